//! The words of a documentation with where they stand: made once for each state of it.

use std::collections::HashMap;

use super::corpus::{Entry, Text, documents, print};
use super::words::{Piece, pieces};
use crate::library::{Library, Shapes};
use crate::order::Order;

/// How much one occurrence counts in each place, and how many words such a place has.
const TITLE: (f32, f32) = (4.0, 6.0);
const KEYS: (f32, f32) = (3.0, 8.0);
const GROUP: (f32, f32) = (1.5, 3.0);
const BODY: (f32, f32) = (1.0, 90.0);
/// A notion in running text says less than a word: long texts touch on many.
const PASSING: f32 = 0.5;
/// How much a place that is longer than such places are is held against it.
const LENGTH: f32 = 0.5;

/// Where a term stands: the document, and how often, weighted by place.
pub(super) type Posting = (u32, f32);

/// An index over a documentation.
#[derive(Debug, Default)]
pub struct Index {
    /// Documents, by number.
    pub(super) entries: Vec<Entry>,
    /// Stems and codes in order, with where they stand.
    terms: Vec<(Box<str>, Vec<Posting>)>,
    /// Notions by number.
    notions: Vec<Vec<Posting>>,
    by_id: HashMap<(u8, i64), u32>,
    print: u64,
}

/// A term of a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Term {
    /// Stem.
    Word(String),
    /// Something with digits.
    Code(String),
    /// Notion by number.
    Notion(usize),
}

#[derive(Default)]
struct Making {
    terms: HashMap<Box<str>, Vec<Posting>>,
    notions: Vec<Vec<Posting>>,
}

impl Index {
    /// Makes the index of a company's documentation, or of the Central knowledge base. `people` names the
    /// layout that holds people.
    pub fn new(library: &Library, shapes: &Shapes, people: &str) -> Self {
        let (mut entries, mut making, mut by_id) = (Vec::new(), Making::default(), HashMap::new());
        documents(library, shapes, people, |entry, text| {
            let number = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            by_id.insert((entry.kind as u8, entry.id), number);
            making.add(number, &text);
            entries.push(entry);
        });
        let mut terms: Vec<(Box<str>, Vec<Posting>)> = making.terms.into_iter().collect();
        terms.order_by(|a, b| a.0.cmp(&b.0));
        Self { entries, terms, notions: making.notions, by_id, print: print(library) }
    }

    /// Whether it was made of this documentation as it stands.
    pub fn fits(&self, library: &Library) -> bool {
        self.print == print(library)
    }

    /// How many documents it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether a word stands anywhere in it, as the index keeps words. For tests of what is kept.
    pub fn holds(&self, word: &str) -> bool {
        self.terms.binary_search_by(|(term, _)| (**term).cmp(word)).is_ok()
    }

    pub(super) fn postings(&self, term: &Term) -> &[Posting] {
        match term {
            Term::Word(word) | Term::Code(word) => match self.terms.binary_search_by(|(term, _)| (**term).cmp(word)) {
                Ok(at) => &self.terms[at].1,
                Err(_) => &[],
            },
            Term::Notion(number) => self.notions.get(*number).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// Stems that begin with this letter.
    pub(super) fn starting<'a>(&'a self, letter: char) -> impl Iterator<Item = &'a str> + use<'a> {
        let from = self.terms.partition_point(|(term, _)| term.chars().next().is_some_and(|first| first < letter));
        self.terms[from..].iter().map(|(term, _)| &**term).take_while(move |term| term.starts_with(letter))
    }

    /// The entry of a document.
    pub(super) fn number(&self, kind: crate::assist::view::DocumentKind, id: i64) -> Option<u32> {
        self.by_id.get(&(kind as u8, id)).copied()
    }
}

impl Making {
    fn add(&mut self, number: u32, text: &Text) {
        let mut found: HashMap<Term, f32> = HashMap::new();
        for ((weight, usual), part) in
            [(TITLE, &text.title), (GROUP, &text.group), (KEYS, &text.keys), (BODY, &text.body)]
        {
            let mut here: HashMap<Term, f32> = HashMap::new();
            let mut length = 0.0;
            pieces(part, |piece| {
                let term = match piece {
                    Piece::Word(word, _) => Term::Word(word.to_owned()),
                    Piece::Code(code, _) => Term::Code(code.to_owned()),
                    Piece::Notion(number, _) => Term::Notion(number),
                };
                if !matches!(term, Term::Notion(_)) {
                    length += 1.0;
                }
                *here.entry(term).or_default() += 1.0;
            });
            let factor = weight / (1.0 - LENGTH + LENGTH * f32::max(length / usual, 0.5));
            for (term, count) in here {
                let passing = weight == BODY.0 && matches!(term, Term::Notion(_));
                *found.entry(term).or_default() += count * factor * if passing { PASSING } else { 1.0 };
            }
        }
        for (term, count) in found {
            match term {
                Term::Word(word) | Term::Code(word) => {
                    self.terms.entry(word.into_boxed_str()).or_default().push((number, count));
                }
                Term::Notion(notion) => {
                    if self.notions.len() <= notion {
                        self.notions.resize_with(notion + 1, Vec::new);
                    }
                    self.notions[notion].push((number, count));
                }
            }
        }
    }
}
