//! The index: a few segments of different size, and what is gone of each.
//!
//! Documents are added in batches. Each batch becomes a small segment, and segments of like size are
//! merged, so that adding costs little and a query meets few segments.

mod build;
mod merge;
mod segment;
mod terms;

use std::collections::HashSet;

pub(crate) use segment::{Segment, Texts};
pub(crate) use terms::Terms;

use crate::document::{Document, Key};
use crate::query::Board;

/// Segments of like size that are merged into one.
const TIER: usize = 4;
/// How many documents a tier's smallest segment has at most.
const SMALL: usize = 4_000;

/// Documents that are found at each keystroke.
#[derive(Default)]
pub struct Index {
    pub(crate) parts: Vec<Part>,
    next: u64,
    pub(crate) board: Board,
}

/// A segment with what is gone of it.
pub(crate) struct Part {
    id: u64,
    pub(crate) segment: Segment,
    gone: Vec<u64>,
    gone_count: usize,
}

/// A piece of the index to be kept, or (`None`) dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name among the pieces.
    pub name: String,
    /// Its bytes.
    pub bytes: Option<Vec<u8>>,
}

/// What is known of a document besides its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub key: Key,
    /// Company; 0 where it belongs to none.
    pub company: i64,
    /// In which pass it was read.
    pub pass: u8,
}

impl Part {
    fn new(id: u64, segment: Segment) -> Self {
        let gone = vec![0; segment.len().div_ceil(64)];
        Self { id, segment, gone, gone_count: 0 }
    }

    #[inline]
    pub(crate) fn is_gone(&self, document: usize) -> bool {
        self.gone.get(document / 64).is_some_and(|word| word & (1 << (document % 64)) != 0)
    }

    fn entry(&self, document: usize) -> Entry {
        let segment = &self.segment;
        Entry { key: segment.key(document), company: segment.company(document), pass: segment.columns.passes[document] }
    }

    fn live(&self) -> usize {
        self.segment.len() - self.gone_count
    }

    /// Notes what is gone; whether anything was.
    fn remove(&mut self, is_gone: impl Fn(Entry) -> bool) -> bool {
        let before = self.gone_count;
        for document in 0..self.segment.len() {
            if !self.is_gone(document) && is_gone(self.entry(document)) {
                self.gone[document / 64] |= 1 << (document % 64);
                self.gone_count += 1;
            }
        }
        self.gone_count > before
    }

    fn segment_name(&self) -> String {
        format!("segment/{}", self.id)
    }

    fn gone_name(&self) -> String {
        format!("gone/{}", self.id)
    }

    fn gone_piece(&self) -> Piece {
        Piece { name: self.gone_name(), bytes: Some(self.gone.iter().flat_map(|word| word.to_le_bytes()).collect()) }
    }
}

impl Index {
    /// Puts the kept pieces together. `None` where one is broken or of another version: read all anew.
    pub fn load(pieces: impl IntoIterator<Item = (String, Vec<u8>)>) -> Option<Self> {
        let mut index = Self::default();
        let mut gone = Vec::new();
        for (name, bytes) in pieces {
            let (what, id) = name.split_once('/')?;
            let id: u64 = id.parse().ok()?;
            match what {
                "segment" => index.parts.push(Part::new(id, Segment::from_bytes(&bytes)?)),
                "gone" => gone.push((id, bytes)),
                _ => return None,
            }
        }
        for (id, bytes) in gone {
            let part = index.parts.iter_mut().find(|part| part.id == id)?;
            if bytes.len() != part.gone.len() * 8 {
                return None;
            }
            for (word, bytes) in part.gone.iter_mut().zip(bytes.chunks_exact(8)) {
                *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            }
            part.gone_count = part.gone.iter().map(|word| word.count_ones() as usize).sum();
        }
        index.next = index.parts.iter().map(|part| part.id + 1).max().unwrap_or_default();
        index.parts.sort_by_key(|part| std::cmp::Reverse(part.segment.len()));
        Some(index)
    }

    /// Takes documents in, in place of those of the same names. Answers what has to be kept and dropped.
    pub fn add(&mut self, documents: &[Document], pass: u8) -> Vec<Piece> {
        let mut newest: HashSet<Key> = HashSet::new();
        let mut kept: Vec<&Document> = documents.iter().rev().filter(|new| newest.insert(new.key)).collect();
        kept.reverse();
        let mut pieces = self.remove(|entry| newest.contains(&entry.key));
        if !kept.is_empty() {
            let segment = build::build(kept, pass);
            self.push(segment, &mut pieces);
            self.settle(&mut pieces);
        }
        pieces
    }

    /// Forgets the documents of which this is true.
    pub fn remove(&mut self, is_gone: impl Fn(Entry) -> bool) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in &mut self.parts {
            if part.remove(&is_gone) {
                pieces.push(part.gone_piece());
            }
        }
        let (empty, parts) = std::mem::take(&mut self.parts).into_iter().partition(|part| part.live() == 0);
        self.parts = parts;
        drop_parts(&empty, &mut pieces);
        pieces
    }

    /// Makes one segment of all, so that a query costs least.
    pub fn compact(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.parts.len() > 1 || self.parts.iter().any(|part| part.gone_count * 8 > part.segment.len()) {
            let all = std::mem::take(&mut self.parts);
            self.unite(all, &mut pieces);
        }
        pieces
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::live).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it takes in memory.
    pub fn memory(&self) -> usize {
        self.parts.iter().map(|part| part.segment.memory() + part.gone.len() * 8).sum::<usize>() + self.board.memory()
    }

    fn push(&mut self, segment: Segment, pieces: &mut Vec<Piece>) {
        let part = Part::new(self.next, segment);
        self.next += 1;
        pieces.push(Piece { name: part.segment_name(), bytes: Some(part.segment.to_bytes()) });
        self.parts.push(part);
    }

    /// Merges segments of like size.
    fn settle(&mut self, pieces: &mut Vec<Piece>) {
        loop {
            let tier = |part: &Part| (part.live() / SMALL).checked_ilog(TIER).map_or(0, |tier| tier + 1);
            let mut tiers: Vec<u32> = self.parts.iter().map(tier).collect();
            tiers.sort_unstable();
            let Some(full) = tiers.chunk_by(|a, b| a == b).find(|alike| alike.len() >= TIER).map(|alike| alike[0])
            else {
                return;
            };
            let (alike, rest) = std::mem::take(&mut self.parts).into_iter().partition(|part| tier(part) == full);
            self.parts = rest;
            self.unite(alike, pieces);
        }
    }

    fn unite(&mut self, parts: Vec<Part>, pieces: &mut Vec<Piece>) {
        let merged = merge::merge(&parts);
        drop_parts(&parts, pieces);
        self.push(merged, pieces);
    }
}

/// What was to be kept of these parts is dropped instead.
fn drop_parts(parts: &[Part], pieces: &mut Vec<Piece>) {
    for part in parts {
        let names = [part.segment_name(), part.gone_name()];
        pieces.retain(|piece| !names.contains(&piece.name));
        pieces.extend(names.map(|name| Piece { name, bytes: None }));
    }
}
