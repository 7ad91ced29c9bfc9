//! Documents that were indexed together. A segment never changes; what is gone is noted beside it.

use crate::bytes::{Reader, put_block, put_list, put_number, put_text};
use crate::document::{Class, Key};
use crate::index::terms::Terms;

/// First bytes of a kept segment: its form and that form's number.
const MARK: &[u8] = b"sls1";

/// Names that many documents share, each once.
#[derive(Default, Clone, PartialEq, Debug)]
pub(crate) struct Names {
    pub(crate) ids: Vec<i64>,
    pub(crate) names: Vec<String>,
}

impl Names {
    fn write(&self, into: &mut Vec<u8>) {
        put_number(into, self.names.len() as u64);
        for (id, name) in self.ids.iter().zip(&self.names) {
            put_number(into, *id as u64);
            put_text(into, name);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut names = Self::default();
        for _ in 0..from.number()? {
            names.ids.push(from.number()? as i64);
            names.names.push(from.text()?.to_owned());
        }
        Some(names)
    }
}

/// What is kept of each document, in columns.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) kinds: Vec<u8>,
    pub(crate) ids: Vec<i64>,
    /// Place in [`Segment::companies`].
    pub(crate) companies: Vec<u32>,
    /// Place in [`Segment::groups`].
    pub(crate) groups: Vec<u32>,
    /// In which pass over its kind it was read.
    pub(crate) passes: Vec<u8>,
    /// Letters of the title, at most 255.
    pub(crate) lengths: Vec<u8>,
    /// Where its texts begin, and the end.
    pub(crate) at: Vec<u32>,
    /// Texts of all.
    pub(crate) texts: Vec<u8>,
}

/// Documents that were indexed together.
#[derive(Default)]
pub(crate) struct Segment {
    pub(crate) columns: Columns,
    pub(crate) companies: Names,
    pub(crate) groups: Names,
    pub(crate) labels: Names,
    pub(crate) terms: Terms,
    /// Where each term's documents begin, and the end.
    pub(crate) posting_at: Vec<u32>,
    /// For each term its documents: distance from the one before, times four, plus the class.
    pub(crate) postings: Vec<u8>,
}

/// A document's texts as they are kept.
pub(crate) struct Texts<'a> {
    pub(crate) title: &'a str,
    pub(crate) url: &'a str,
    /// Place of the label, class, text.
    pub(crate) fields: Vec<(usize, Class, &'a str)>,
}

impl Segment {
    pub(crate) fn len(&self) -> usize {
        self.columns.kinds.len()
    }

    pub(crate) fn key(&self, document: usize) -> Key {
        Key { kind: self.columns.kinds[document], id: self.columns.ids[document] }
    }

    pub(crate) fn company(&self, document: usize) -> i64 {
        self.companies.ids[self.columns.companies[document] as usize]
    }

    pub(crate) fn raw_texts(&self, document: usize) -> &[u8] {
        let at = &self.columns.at;
        &self.columns.texts[at[document] as usize..at[document + 1] as usize]
    }

    /// The kept texts; broken ones are empty.
    pub(crate) fn texts(&self, document: usize) -> Texts<'_> {
        let mut from = Reader::new(self.raw_texts(document));
        let mut texts =
            Texts { title: from.text().unwrap_or_default(), url: from.text().unwrap_or_default(), fields: Vec::new() };
        while let Some(head) = from.number() {
            let Some(text) = from.text() else { break };
            texts.fields.push(((head >> 2) as usize, Class::of(head as u32), text));
        }
        texts
    }

    /// The documents of a term, with the class in which they hold it.
    #[inline]
    pub(crate) fn documents(&self, term: usize, mut take: impl FnMut(usize, Class)) {
        let mut from = Reader::new(&self.postings[self.posting_at[term] as usize..self.posting_at[term + 1] as usize]);
        let mut document = 0;
        while let Some(number) = from.number() {
            document += (number >> 2) as usize;
            take(document, Class::of(number as u32));
        }
    }

    /// How much there is to read for the terms that begin with this, in bytes.
    pub(crate) fn size(&self, start: &[u8]) -> usize {
        let range = self.terms.narrow(self.terms.all(), 0, start);
        (self.posting_at[range.end] - self.posting_at[range.start]) as usize
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let columns = &self.columns;
        let mut bytes = MARK.to_vec();
        put_block(&mut bytes, &columns.kinds);
        for id in &columns.ids {
            put_number(&mut bytes, *id as u64);
        }
        put_list(&mut bytes, &columns.companies);
        put_list(&mut bytes, &columns.groups);
        put_block(&mut bytes, &columns.passes);
        put_block(&mut bytes, &columns.lengths);
        put_list(&mut bytes, &columns.at);
        put_block(&mut bytes, &columns.texts);
        for names in [&self.companies, &self.groups, &self.labels] {
            names.write(&mut bytes);
        }
        self.terms.write(&mut bytes);
        put_list(&mut bytes, &self.posting_at);
        put_block(&mut bytes, &self.postings);
        bytes
    }

    /// `None` where the bytes are no segment of this version, or not whole.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        if from.take(MARK.len())? != MARK {
            return None;
        }
        let kinds = from.block()?;
        let mut ids = Vec::with_capacity(kinds.len());
        for _ in 0..kinds.len() {
            ids.push(from.number()? as i64);
        }
        let columns = Columns {
            kinds,
            ids,
            companies: from.list()?,
            groups: from.list()?,
            passes: from.block()?,
            lengths: from.block()?,
            at: from.list()?,
            texts: from.block()?,
        };
        let segment = Self {
            columns,
            companies: Names::read(&mut from)?,
            groups: Names::read(&mut from)?,
            labels: Names::read(&mut from)?,
            terms: Terms::read(&mut from)?,
            posting_at: from.list()?,
            postings: from.block()?,
        };
        segment.is_whole().then_some(segment)
    }

    /// Whether every place that is named is there, so that reading never leaves a list.
    fn is_whole(&self) -> bool {
        let columns = &self.columns;
        let count = self.len();
        let below = |places: &[u32], names: &Names| places.iter().all(|place| (*place as usize) < names.ids.len());
        let rises = |at: &[u32], count: usize, end: usize| {
            at.len() == count + 1 && at.is_sorted() && at.last().is_some_and(|last| *last as usize == end)
        };
        let documents_are_there = || {
            (0..self.terms.len()).all(|term| {
                let mut last = 0;
                self.documents(term, |document, _| last = document.max(last));
                last < count.max(1)
            })
        };
        [columns.passes.len(), columns.lengths.len(), columns.companies.len(), columns.groups.len()] == [count; 4]
            && below(&columns.companies, &self.companies)
            && below(&columns.groups, &self.groups)
            && rises(&columns.at, count, columns.texts.len())
            && rises(&self.posting_at, self.terms.len(), self.postings.len())
            && documents_are_there()
    }

    /// Bytes that it takes in memory.
    pub(crate) fn memory(&self) -> usize {
        let columns = &self.columns;
        columns.texts.len()
            + self.terms.memory()
            + self.postings.len()
            + self.posting_at.len() * 4
            + self.len() * (1 + 8 + 4 + 4 + 1 + 1 + 4)
    }
}
