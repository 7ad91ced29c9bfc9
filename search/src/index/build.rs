//! From documents to a segment.

use std::collections::{HashMap, HashSet};

use crate::bytes::{clip, put_number, put_text};
use crate::document::{Class, Document};
use crate::index::segment::{Columns, Names, Segment};
use crate::index::terms::Terms;
use crate::text::{digits, tokens};

/// Bytes of a value that are kept to be shown.
const SHOWN: usize = 160;
/// Bytes of a value whose words are indexed.
const INDEXED: usize = 4_000;
/// Bytes of a running text whose words are indexed.
const BODY: usize = 40_000;
/// Bytes of a title.
const TITLE: usize = 400;
/// Values of a document that are kept to be shown.
const FIELDS: usize = 40;

/// Makes a segment of documents, read in this pass.
pub(crate) fn build<'a>(documents: impl IntoIterator<Item = &'a Document>, pass: u8) -> Segment {
    let mut builder = Builder::default();
    for document in documents {
        builder.add(document, pass);
    }
    builder.finish()
}

#[derive(Default)]
struct Builder {
    columns: Columns,
    companies: Interned,
    groups: Interned,
    labels: Interned,
    /// Place of each term in `words`.
    places: HashMap<Box<str>, u32>,
    /// Term, document and class in one number each.
    entries: Vec<u64>,
}

/// Names with their places.
#[derive(Default)]
pub(crate) struct Interned {
    places: HashMap<(i64, String), u32>,
    names: Names,
}

impl Interned {
    pub(crate) fn place(&mut self, id: i64, name: &str) -> u32 {
        if let Some(place) = self.places.get(&(id, name.to_owned())) {
            return *place;
        }
        let place = self.names.ids.len() as u32;
        self.names.ids.push(id);
        self.names.names.push(name.to_owned());
        self.places.insert((id, name.to_owned()), place);
        place
    }

    pub(crate) fn into_names(self) -> Names {
        self.names
    }
}

impl Builder {
    fn add(&mut self, document: &Document, pass: u8) {
        let number = self.columns.kinds.len() as u64;
        let columns = &mut self.columns;
        let title = clip(document.title.trim(), TITLE);
        columns.kinds.push(document.key.kind);
        columns.ids.push(document.key.id);
        columns.companies.push(self.companies.place(document.company, &document.company_name));
        columns.groups.push(self.groups.place(0, &document.group));
        columns.passes.push(pass);
        columns.lengths.push(title.chars().count().min(255) as u8);
        columns.at.push(columns.texts.len() as u32);
        put_text(&mut columns.texts, title);
        put_text(&mut columns.texts, &document.url);
        let shown = document.fields.iter().filter(|field| field.class != Class::Body).take(FIELDS);
        for field in shown {
            let label = u64::from(self.labels.place(0, &field.label));
            put_number(&mut columns.texts, label << 2 | field.class as u64);
            put_text(&mut columns.texts, clip(&field.text, SHOWN));
        }
        self.words(title, number, Class::Title);
        for field in &document.fields {
            if field.class == Class::Body {
                self.body(clip(&field.text, BODY), number);
                continue;
            }
            self.words(clip(&field.text, INDEXED), number, field.class);
            if let Some(digits) = digits(&field.text) {
                self.word(&digits, number, field.class);
            }
        }
    }

    fn words(&mut self, text: &str, document: u64, class: Class) {
        tokens(text, |token| self.word(token.text, document, class));
    }

    fn body(&mut self, text: &str, document: u64) {
        let mut seen = HashSet::new();
        tokens(text, |token| {
            if token.text.len() > 1 && !seen.contains(token.text) {
                seen.insert(token.text.to_owned());
                self.word(token.text, document, Class::Body);
            }
        });
    }

    fn word(&mut self, word: &str, document: u64, class: Class) {
        let place = match self.places.get(word) {
            Some(place) => *place,
            None => {
                let place = self.places.len() as u32;
                self.places.insert(word.into(), place);
                place
            }
        };
        self.entries.push(u64::from(place) << 34 | document << 2 | class as u64);
    }

    fn finish(mut self) -> Segment {
        self.columns.at.push(self.columns.texts.len() as u32);
        let mut sorted: Vec<(Box<str>, u32)> = self.places.into_iter().collect();
        sorted.sort_unstable();
        let mut rank = vec![0_u64; sorted.len()];
        for (at, (_, place)) in sorted.iter().enumerate() {
            rank[*place as usize] = at as u64;
        }
        const REST: u64 = (1 << 34) - 1;
        for entry in &mut self.entries {
            *entry = rank[(*entry >> 34) as usize] << 34 | (*entry & REST);
        }
        self.entries.sort_unstable();
        let (mut bytes, mut at) = (Vec::new(), vec![0]);
        for (term, _) in &sorted {
            bytes.extend_from_slice(term.as_bytes());
            at.push(bytes.len() as u32);
        }
        let mut writer = Postings::default();
        let mut entries = self.entries.iter().peekable();
        for term in 0..sorted.len() as u64 {
            while let Some(entry) = entries.next_if(|entry| **entry >> 34 == term) {
                writer.put((*entry & REST) >> 2, Class::of(*entry as u32));
            }
            writer.close();
        }
        Segment {
            columns: self.columns,
            companies: self.companies.into_names(),
            groups: self.groups.into_names(),
            labels: self.labels.into_names(),
            terms: Terms::new(bytes, at),
            posting_at: writer.at,
            postings: writer.bytes,
        }
    }
}

/// Writes the documents of one term after the other.
pub(crate) struct Postings {
    pub(crate) at: Vec<u32>,
    pub(crate) bytes: Vec<u8>,
    last: Option<u64>,
}

impl Default for Postings {
    fn default() -> Self {
        Self { at: vec![0], bytes: Vec::new(), last: None }
    }
}

impl Postings {
    /// The next document of the term, in rising order; of several classes the first, which is the best, counts.
    pub(crate) fn put(&mut self, document: u64, class: Class) {
        if self.last == Some(document) {
            return;
        }
        let distance = document - self.last.unwrap_or_default();
        put_number(&mut self.bytes, distance << 2 | class as u64);
        self.last = Some(document);
    }

    /// The term has no more documents.
    pub(crate) fn close(&mut self) {
        self.at.push(self.bytes.len() as u32);
        self.last = None;
    }
}
