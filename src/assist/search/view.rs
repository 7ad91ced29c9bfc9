//! What a search shows.

use std::ops::Range;

use sidelight_search::{Answer, Hit};

use crate::assist::search::rows::{self, COMPANY};
use crate::assist::view::DocumentKind;
use crate::json::Json;
use crate::trouble::Trouble;
use crate::words::say;

/// Matched bytes of a text: first, and the one after the last.
pub type Marks = Vec<(usize, usize)>;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct FoundView {
    /// By kind, the kind of the best first.
    pub groups: Vec<FoundGroup>,
    /// How many there are where it was looked.
    pub total: usize,
    /// How many more there are with other clients.
    pub elsewhere: usize,
    /// The company whose documentation comes first, if one is in view.
    pub company: Option<String>,
    /// How much is in the index.
    pub index: IndexView,
}

/// Documents of one kind, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct FoundGroup {
    /// Kind; `None` for companies.
    pub kind: Option<DocumentKind>,
    /// Documents.
    pub hits: Vec<HitView>,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HitView {
    /// Kind; `None` for a company.
    pub kind: Option<DocumentKind>,
    /// Hudu id.
    pub id: i64,
    /// Name of its company; empty for what belongs to none.
    pub company: String,
    /// Layout or kind ("Laptops").
    pub group: String,
    /// Name.
    pub title: String,
    /// Matched bytes of the name.
    pub marks: Marks,
    /// The value in which words were found that are not in the name: label, text, matched bytes.
    pub value: Option<(String, String, Marks)>,
    /// What Ctrl+C copies: label and text.
    pub main: Option<(String, String)>,
    /// Absolute address.
    pub url: String,
}

/// How much of Hudu is in the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct IndexView {
    /// Documents.
    pub documents: usize,
    /// About how many there will be, as far as that is known.
    pub expected: Option<usize>,
    /// It is being read.
    pub reading: bool,
    /// When everything was read last, milliseconds since 1970.
    pub as_of: Option<i64>,
    /// What stood in the way of reading.
    pub trouble: Option<Trouble>,
}

fn marks(ranges: Vec<Range<usize>>) -> Marks {
    ranges.into_iter().map(|range| (range.start, range.end)).collect()
}

/// A hit as it is shown.
pub fn hit(hit: Hit, origin: &str) -> HitView {
    let kind = rows::kind_of(hit.key.kind);
    // An asset's labels and layout are the tenant's own.
    let own = matches!(kind, Some(DocumentKind::Asset | DocumentKind::Person));
    let said = |words: String| if own { words } else { say(&words) };
    let value = hit.value.map(|(label, text, ranges)| (said(label), text, marks(ranges)));
    let url = if hit.url.starts_with('/') { format!("{origin}{}", hit.url) } else { hit.url };
    HitView {
        kind,
        id: hit.key.id,
        company: if hit.key.kind == COMPANY { String::new() } else { hit.company_name },
        group: said(hit.group),
        title: hit.title,
        marks: marks(hit.marks),
        main: value
            .as_ref()
            .map(|(label, text, _)| (label.clone(), text.clone()))
            .or(hit.main.map(|(label, text)| (said(label), text))),
        value,
        url,
    }
}

/// The answer of the index as it is shown.
pub fn found(answer: Answer, origin: &str, company: Option<String>, index: IndexView) -> FoundView {
    let mut groups: Vec<FoundGroup> = Vec::new();
    for hit in answer.hits.into_iter().map(|one| hit(one, origin)) {
        match groups.iter_mut().find(|group| group.kind == hit.kind) {
            Some(group) => group.hits.push(hit),
            None => groups.push(FoundGroup { kind: hit.kind, hits: vec![hit] }),
        }
    }
    FoundView { groups, total: answer.total, elsewhere: answer.elsewhere, company, index }
}
