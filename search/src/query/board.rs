//! How well each document fits each word, while a query is answered.

use std::ops::Range;

use crate::document::Class;
use crate::index::Part;
use crate::query::words::{MOST, Needle};
use crate::query::{Named, near};

/// Quality of a term that is the word.
pub(crate) const EXACT: u32 = 100;
/// Quality where a word of the query names the company or the group.
pub(crate) const NAMED: u32 = 20;

/// Quality of a term that begins with the word: the nearer its end, the better.
fn prefix(word: usize, term: usize) -> u32 {
    if word == term { EXACT } else { 60 + (30 * word / term) as u32 }
}

/// Quality of a term that holds the word.
fn inside(word: usize, term: usize) -> u32 {
    35 + (15 * word / term) as u32
}

/// Quality of a term within some edits.
fn nearly(word: usize, term: usize, edits: u8) -> u32 {
    let apart = word.abs_diff(term).min(8) as u32;
    if edits <= 1 { 32 - apart } else { 22 - apart }
}

/// How well each document fits each word of a query. Kept between queries, so that nothing is allocated.
#[derive(Default)]
pub(crate) struct Board {
    best: [Vec<u8>; MOST],
    fits: Vec<u8>,
    touched: Vec<u32>,
}

/// Where it is looked.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    pub(crate) part: &'a Part,
    /// Number of the segment's first document.
    pub(crate) base: usize,
    pub(crate) named: &'a Named,
    /// Words that were looked for already: a document without them is out, unless a name says them.
    pub(crate) needed: u8,
    /// How many of these it may lack all the same.
    pub(crate) missing: u32,
}

impl Board {
    /// Empty, for so many documents and words.
    pub(crate) fn clear(&mut self, documents: usize, words: usize) {
        if self.touched.len() * 8 > documents {
            self.fits.fill(0);
            self.best.iter_mut().for_each(|best| best.fill(0));
        } else {
            for document in &self.touched {
                self.fits[*document as usize] = 0;
                for best in self.best.iter_mut().filter(|best| !best.is_empty()) {
                    best[*document as usize] = 0;
                }
            }
        }
        self.touched.clear();
        if self.fits.len() != documents {
            self.fits = vec![0; documents];
            self.best = Default::default();
        }
        for best in self.best.iter_mut().take(words) {
            best.resize(documents, 0);
        }
    }

    /// Documents that fit some word.
    pub(crate) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// The words that a document fits, one bit for each.
    #[inline]
    pub(crate) fn fits(&self, document: u32) -> u8 {
        self.fits[document as usize]
    }

    /// The qualities of a document, together.
    #[inline]
    pub(crate) fn sum(&self, document: u32, words: usize) -> u32 {
        self.best[..words].iter().map(|best| u32::from(best[document as usize])).sum()
    }

    /// Looks for a needle as it is: terms that are it, begin with it or hold it (`holding`).
    pub(crate) fn look(&mut self, sought: Sought<'_>, needle: &Needle, holding: &[u32]) {
        let terms = &sought.part.segment.terms;
        let length = needle.text.len();
        for term in terms.narrow(terms.all(), 0, needle.text.as_bytes()) {
            self.note(sought, term, prefix(length, terms.length(term)), needle.words);
        }
        for term in holding {
            self.note(sought, *term as usize, inside(length, terms.length(*term as usize)), needle.words);
        }
    }

    /// Looks for terms that are nearly the needle.
    pub(crate) fn look_near(&mut self, sought: Sought<'_>, needle: &Needle) {
        let text = needle.text.as_bytes();
        let edits = near::forgiven(text);
        if edits == 0 {
            return;
        }
        let segment = &sought.part.segment;
        let mut ranges = near::near(&segment.terms, text, 1);
        if edits > 1 && ranges.is_empty() {
            ranges = near::near(&segment.terms, text, edits);
        }
        let mut seen: Vec<Range<usize>> = Vec::new();
        for (range, edits) in ranges {
            if seen.iter().any(|seen| seen.start <= range.start && range.end <= seen.end) {
                continue;
            }
            for term in range.clone() {
                let quality = nearly(text.len(), segment.terms.length(term), edits);
                self.note(sought, term, quality, needle.words);
            }
            seen.push(range);
        }
    }

    #[inline]
    fn note(&mut self, sought: Sought<'_>, term: usize, quality: u32, words: u8) {
        let by_class = [0, 1, 2, 3].map(|class| (quality * Class::of(class).weight() / 8) as u8);
        sought.part.segment.documents(term, |local, class| {
            let document = sought.base + local;
            let fits = &mut self.fits[document];
            let lacks = sought.needed & !*fits;
            if lacks.count_ones() > sought.missing
                && (lacks & !sought.named.says(sought.part, local)).count_ones() > sought.missing
            {
                return;
            }
            if *fits == 0 {
                self.touched.push(document as u32);
            }
            *fits |= words;
            let quality = by_class[class as usize];
            let mut rest = words;
            while rest != 0 {
                let best = &mut self.best[rest.trailing_zeros() as usize][document];
                *best = quality.max(*best);
                rest &= rest - 1;
            }
        });
    }

    pub(crate) fn memory(&self) -> usize {
        self.fits.len() + self.touched.capacity() * 4 + self.best.iter().map(Vec::len).sum::<usize>()
    }
}
