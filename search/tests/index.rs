//! What the index promises, on any documents.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sidelight_search::{Class, Document, Field, Index, Key, Piece, Query, text};

fn document(id: i64, title: &str, fields: &[(Class, &str)]) -> Document {
    let field = |(class, text): &(Class, &str)| Field { label: "Field".into(), text: (*text).into(), class: *class };
    Document {
        key: Key { kind: 1, id },
        company: 1 + id % 3,
        company_name: ["Harbour & Finch", "Northgate Dental", "Oakfield"][(id % 3) as usize].into(),
        group: "Laptops".into(),
        title: title.into(),
        url: format!("/a/{id}"),
        fields: fields.iter().map(field).collect(),
    }
}

fn index(documents: &[Document]) -> Index {
    let mut index = Index::default();
    index.add(documents, 0);
    index
}

fn ids(index: &mut Index, query: &str) -> Vec<i64> {
    let query = Query { text: query, limit: 1000, ..Query::default() };
    index.search(&query).hits.into_iter().map(|hit| hit.key.id).collect()
}

fn titles() -> impl Strategy<Value = Vec<String>> {
    let word = "[a-z]{3,9}|[A-Z]{2}-[0-9]{4}|é[a-z]{3,6}|10\\.0\\.[0-9]{1,2}\\.[0-9]{1,2}";
    proptest::collection::vec(proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" ")), 1..40)
}

/// The word with one edit that leaves its first letter.
fn edited(word: &str, how: u8, at: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + at % (letters.len() - 1);
    match how % 4 {
        0 => letters[at] = if letters[at] == 'q' { 'x' } else { 'q' },
        1 => letters.insert(at, 'q'),
        2 if letters.len() > 4 => drop(letters.remove(at)),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.push('q'),
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_document_is_found_by_its_words_and_their_beginnings(titles in titles(), cut in 1..5_usize) {
        let documents: Vec<Document> = titles.iter().zip(0..).map(|(title, id)| document(id, title, &[])).collect();
        let mut index = index(&documents);
        for (title, id) in titles.iter().zip(0..) {
            prop_assert!(ids(&mut index, title).contains(&id), "{title}");
            for word in title.split(' ') {
                prop_assert!(ids(&mut index, word).contains(&id), "{word} of {title}");
                let part: String = word.chars().take(word.chars().count().saturating_sub(cut).max(1)).collect();
                prop_assert!(ids(&mut index, &part).contains(&id), "{part} of {title}");
            }
            let backwards: Vec<&str> = title.split(' ').rev().collect();
            prop_assert!(ids(&mut index, &backwards.join(" ")).contains(&id));
        }
    }

    #[test]
    fn one_edit_is_forgiven(word in "[a-p]{4,10}", how in 0..4_u8, at in 0..9_usize) {
        let mut index = index(&[document(7, &format!("The {word} here"), &[])]);
        let typed = edited(&word, how, at);
        prop_assert_eq!(ids(&mut index, &typed), vec![7], "{} for {}", typed, word);
    }

    #[test]
    fn batches_and_one_go_answer_alike(titles in titles(), size in 1..7_usize, query in "[a-z]{1,4}") {
        let documents: Vec<Document> = titles.iter().zip(0..).map(|(title, id)| document(id, title, &[])).collect();
        let mut whole = index(&documents);
        let mut kept = BTreeMap::new();
        let mut batched = Index::default();
        for batch in documents.chunks(size) {
            keep(&mut kept, batched.add(batch, 0));
        }
        let mut loaded = Index::load(kept.clone()).unwrap();
        let expected = ids(&mut whole, &query);
        prop_assert_eq!(&ids(&mut batched, &query), &expected);
        prop_assert_eq!(&ids(&mut loaded, &query), &expected);
        keep(&mut kept, loaded.remove(|entry| entry.key.id % 2 == 0));
        keep(&mut kept, loaded.compact());
        let mut loaded = Index::load(kept).unwrap();
        let odd: Vec<i64> = expected.into_iter().filter(|id| id % 2 == 1).collect();
        prop_assert!(odd.iter().all(|id| ids(&mut loaded, &query).contains(id)));
        prop_assert_eq!(loaded.len(), documents.len() / 2);
    }

    #[test]
    fn nothing_panics(title in "\\PC{0,40}", value in "\\PC{0,60}", query in "\\PC{0,20}") {
        let mut index = index(&[document(1, &title, &[(Class::Value, &value), (Class::Body, &title)])]);
        for query in [query.as_str(), title.as_str(), value.as_str()] {
            for hit in index.search(&Query { text: query, limit: 9, ..Query::default() }).hits {
                let marked = |text: &str, range: &std::ops::Range<usize>| text.get(range.clone()).is_some();
                prop_assert!(hit.marks.iter().all(|range| marked(&hit.title, range)));
                prop_assert!(hit.value.iter().all(|(_, text, marks)| marks.iter().all(|range| marked(text, range))));
            }
        }
    }

    #[test]
    fn broken_pieces_are_refused_or_read(at in 0..2_000_usize, to in 0..=255_u8) {
        let documents: Vec<Document> = (0..20).map(|id| document(id, &format!("Laptop {id}"), &[])).collect();
        let mut index = Index::default();
        let mut pieces = index.add(&documents, 0);
        let bytes = pieces[0].bytes.as_mut().unwrap();
        let at = at % bytes.len();
        bytes[at] = to;
        let read = Index::load(pieces.into_iter().map(|piece| (piece.name, piece.bytes.unwrap())));
        if let Some(mut index) = read {
            ids(&mut index, "lap 1");
        }
    }
}

fn keep(kept: &mut BTreeMap<String, Vec<u8>>, pieces: Vec<Piece>) {
    for piece in pieces {
        match piece.bytes {
            Some(bytes) => kept.insert(piece.name, bytes),
            None => kept.remove(&piece.name),
        };
    }
}

#[test]
fn better_matches_come_first() {
    let mut index = index(&[
        document(1, "Archive", &[(Class::Value, "router")]),
        document(2, "Archive", &[(Class::Key, "router")]),
        document(3, "Roputer", &[]),
        document(4, "Microrouter", &[]),
        document(5, "Routers", &[]),
        document(6, "Router", &[]),
        document(7, "Archive", &[(Class::Body, "the router is here")]),
    ]);
    assert_eq!(ids(&mut index, "router"), [6, 5, 2, 1, 4, 7]);
    assert_eq!(ids(&mut index, "roputer")[0], 3);
    assert!(ids(&mut index, "roputer").contains(&6));
}

#[test]
fn the_own_company_comes_first_and_alone_where_asked() {
    let documents: Vec<Document> = (0..9).map(|id| document(id, "Firewall", &[])).collect();
    let mut index = index(&documents);
    let query = Query { text: "fire", company: Some(2), only: false, limit: 9 };
    let found = index.search(&query);
    assert_eq!(found.hits[..3].iter().map(|hit| hit.company).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!((found.total, found.elsewhere), (9, 0));
    let found = index.search(&Query { only: true, ..query });
    assert_eq!((found.total, found.elsewhere), (3, 6));
}

#[test]
fn a_word_may_name_the_company_or_the_group() {
    let mut index = index(&[document(0, "Reception", &[]), document(1, "Reception", &[]), document(2, "Store", &[])]);
    assert_eq!(ids(&mut index, "reception northgate"), [1]);
    // Of many words one may be wrong, where nothing fits all.
    assert_eq!(ids(&mut index, "laptop reception oak"), [0, 1]);
    assert_eq!(ids(&mut index, "laptop store oak"), [2]);
    assert_eq!(ids(&mut index, "northgate"), Vec::<i64>::new());
}

#[test]
fn codes_are_found_in_any_notation() {
    let fields = [
        (Class::Key, "5CG-2041-XYZ"),
        (Class::Key, "00:1A:2B:3C:4D:5E"),
        (Class::Key, "10.0.12.7"),
        (Class::Key, "anna.finch@harbour.example"),
        (Class::Value, "+44 20 7946 0123"),
    ];
    let mut index = index(&[document(4, "HF-LT-0142", &fields), document(5, "HF-LT-0143", &[])]);
    for query in [
        "5cg2041xyz",
        "2041",
        "001a.2b3c.4d5e",
        "00-1a-2b-3c-4d-5e",
        "00:1a:2b",
        "4d5e",
        "10.0.12",
        "10.0.12.7",
        "anna.finch@har",
        "finch anna",
        "harbour.example",
        "020 7946 0123",
        "79460123",
        "hflt0142",
        "lt 142",
        "5cg2O41xyz",
    ] {
        assert_eq!(ids(&mut index, query).first(), Some(&4), "{query}");
    }
    // An address with another digit is another address.
    assert_eq!(ids(&mut index, "10.0.13.7"), Vec::<i64>::new());
    assert_eq!(ids(&mut index, "10.20.0.1"), Vec::<i64>::new());
    let found = index.search(&Query { text: "2041", limit: 1, ..Query::default() });
    let (label, value, marks) = found.hits[0].value.clone().unwrap();
    assert_eq!((label.as_str(), &value[marks[0].clone()]), ("Field", "2041"));
}

#[test]
fn words_run_together_or_apart_are_found() {
    let mut index = index(&[document(1, "SharePoint permissions", &[]), document(2, "Wi-Fi guest network", &[])]);
    assert_eq!(ids(&mut index, "share point"), [1]);
    assert_eq!(ids(&mut index, "wifi guest"), [2]);
    assert_eq!(ids(&mut index, "permisions sharepiont"), [1]);
    assert_eq!(text::fold("É"), "e");
}
