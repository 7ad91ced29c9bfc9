//! Several segments as one, without what is gone.

use crate::bytes::{Reader, put_number, put_text};
use crate::index::Part;
use crate::index::build::{Interned, Postings};
use crate::index::segment::{Columns, Segment};
use crate::index::terms::Terms;

/// A document that is not carried over.
const GONE: u32 = u32::MAX;

pub(crate) fn merge(parts: &[Part]) -> Segment {
    let mut columns = Columns::default();
    let (mut companies, mut groups, mut labels) = (Interned::default(), Interned::default(), Interned::default());
    let mut places: Vec<Vec<u32>> = Vec::with_capacity(parts.len());
    for part in parts {
        let segment = &part.segment;
        let names = &segment.labels.names;
        let label: Vec<u64> = names.iter().map(|name| u64::from(labels.place(0, name))).collect();
        let mut place = vec![GONE; segment.len()];
        for (document, place) in place.iter_mut().enumerate() {
            if part.is_gone(document) {
                continue;
            }
            *place = columns.kinds.len() as u32;
            let from = &segment.columns;
            let company = from.companies[document] as usize;
            columns.kinds.push(from.kinds[document]);
            columns.ids.push(from.ids[document]);
            columns.companies.push(companies.place(segment.companies.ids[company], &segment.companies.names[company]));
            columns.groups.push(groups.place(0, &segment.groups.names[from.groups[document] as usize]));
            columns.passes.push(from.passes[document]);
            columns.lengths.push(from.lengths[document]);
            columns.at.push(columns.texts.len() as u32);
            copy_texts(segment.raw_texts(document), &label, &mut columns.texts);
        }
        places.push(place);
    }
    columns.at.push(columns.texts.len() as u32);
    let (terms, postings) = terms(parts, &places);
    Segment {
        columns,
        companies: companies.into_names(),
        groups: groups.into_names(),
        labels: labels.into_names(),
        terms,
        posting_at: postings.at,
        postings: postings.bytes,
    }
}

/// Copies a document's texts with the new places of its labels.
fn copy_texts(raw: &[u8], labels: &[u64], into: &mut Vec<u8>) {
    let mut from = Reader::new(raw);
    for _ in 0..2 {
        put_text(into, from.text().unwrap_or_default());
    }
    while let Some(head) = from.number() {
        let Some(text) = from.text() else { break };
        let label = labels.get((head >> 2) as usize).copied().unwrap_or_default();
        put_number(into, label << 2 | (head & 3));
        put_text(into, text);
    }
}

/// Merges the sorted terms; a term that only documents had that are gone is left out.
fn terms(parts: &[Part], places: &[Vec<u32>]) -> (Terms, Postings) {
    let mut next = vec![0; parts.len()];
    let (mut bytes, mut at) = (Vec::new(), vec![0]);
    let mut postings = Postings::default();
    let head = |next: &[usize], part: usize| {
        let terms = &parts[part].segment.terms;
        (next[part] < terms.len()).then(|| terms.get(next[part]))
    };
    while let Some(term) = (0..parts.len()).filter_map(|part| head(&next, part)).min() {
        let before = postings.bytes.len();
        for part in 0..parts.len() {
            if head(&next, part) != Some(term) {
                continue;
            }
            parts[part].segment.documents(next[part], |document, class| {
                let place = places[part][document];
                if place != GONE {
                    postings.put(u64::from(place), class);
                }
            });
            next[part] += 1;
        }
        if postings.bytes.len() > before {
            bytes.extend_from_slice(term);
            at.push(bytes.len() as u32);
            postings.close();
        }
    }
    (Terms::new(bytes, at), postings)
}
