//! The sorted terms of a segment, and how some of them are found.

use std::cmp::Ordering;
use std::ops::Range;

use crate::bytes::{Reader, put_block, put_list};

/// Terms in byte order in one block.
#[derive(Default)]
pub(crate) struct Terms {
    bytes: Vec<u8>,
    /// Where each begins, and the end.
    at: Vec<u32>,
    sieve: Sieve,
}

/// Terms of one block of the [`Sieve`].
const BLOCK: usize = 16;
/// Rows of the [`Sieve`].
const ROWS: usize = 1024;

/// Which blocks of terms may hold three bytes in a row: one bit for each block in each of some rows.
#[derive(Default)]
struct Sieve {
    rows: Vec<u64>,
    /// Words of 64 bits in a row.
    width: usize,
}

fn row(three: &[u8]) -> usize {
    let hash = (u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2])).wrapping_mul(0x9e37_79b1);
    (hash >> 22) as usize % ROWS
}

impl Terms {
    /// From terms in byte order, each once.
    pub(crate) fn new(bytes: Vec<u8>, at: Vec<u32>) -> Self {
        let mut terms = Self { bytes, at, sieve: Sieve::default() };
        let blocks = terms.len().div_ceil(BLOCK);
        let width = blocks.div_ceil(64);
        let mut rows = vec![0_u64; ROWS * width];
        for term in 0..terms.len() {
            let block = term / BLOCK;
            for three in terms.get(term).windows(3) {
                rows[row(three) * width + block / 64] |= 1 << (block % 64);
            }
        }
        terms.sieve = Sieve { rows, width };
        terms
    }

    pub(crate) fn len(&self) -> usize {
        self.at.len().saturating_sub(1)
    }

    #[inline]
    pub(crate) fn get(&self, term: usize) -> &[u8] {
        &self.bytes[self.at[term] as usize..self.at[term + 1] as usize]
    }

    /// A term from this byte on.
    #[inline]
    fn tail(&self, term: usize, depth: usize) -> &[u8] {
        self.get(term).get(depth..).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn length(&self, term: usize) -> usize {
        (self.at[term + 1] - self.at[term]) as usize
    }

    pub(crate) fn all(&self) -> Range<usize> {
        0..self.len()
    }

    /// Those of the range, which are alike up to `depth`, that go on with these bytes.
    pub(crate) fn narrow(&self, range: Range<usize>, depth: usize, rest: &[u8]) -> Range<usize> {
        let compare = |term: usize| {
            let tail = self.tail(term, depth);
            tail[..tail.len().min(rest.len())].cmp(rest)
        };
        let from = partition(range.clone(), |term| compare(term) == Ordering::Less);
        let to = partition(from..range.end, |term| compare(term) == Ordering::Equal);
        from..to
    }

    /// The parts of a range, which is alike up to `depth`, by their next byte. A term that ends there is in none.
    pub(crate) fn branches(&self, mut range: Range<usize>, depth: usize) -> impl Iterator<Item = (u8, Range<usize>)> {
        while !range.is_empty() && self.length(range.start) == depth {
            range.start += 1;
        }
        std::iter::from_fn(move || {
            if range.is_empty() {
                return None;
            }
            let byte = *self.tail(range.start, depth).first()?;
            let end = gallop(range.clone(), |term| self.tail(term, depth).first() == Some(&byte));
            let branch = range.start..end;
            range.start = end;
            Some((byte, branch))
        })
    }

    /// Terms that hold these bytes (three at least) somewhere behind their beginning.
    pub(crate) fn inside(&self, needle: &[u8], mut found: impl FnMut(usize)) {
        let width = self.sieve.width;
        for word in 0..width {
            let mut blocks = u64::MAX;
            for three in needle.windows(3) {
                blocks &= self.sieve.rows[row(three) * width + word];
            }
            while blocks != 0 {
                let block = word * 64 + blocks.trailing_zeros() as usize;
                blocks &= blocks - 1;
                self.inside_block(block, needle, &mut found);
            }
        }
    }

    fn inside_block(&self, block: usize, needle: &[u8], found: &mut impl FnMut(usize)) {
        let [a, b, c, rest @ ..] = needle else { return };
        let last = ((block + 1) * BLOCK).min(self.len());
        for term in block * BLOCK..last {
            let holds = |three: &[u8], at: usize| {
                three[0] == *a
                    && three[1] == *b
                    && three[2] == *c
                    && (rest.is_empty() || self.tail(term, at + 4).starts_with(rest))
            };
            if self.tail(term, 1).windows(3).enumerate().any(|(at, three)| holds(three, at)) {
                found(term);
            }
        }
    }

    pub(crate) fn write(&self, into: &mut Vec<u8>) {
        put_block(into, &self.bytes);
        put_list(into, &self.at);
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let (bytes, at) = (from.block()?, from.list()?);
        let rising = at.first() == Some(&0) && at.is_sorted() && at.last().copied() == u32::try_from(bytes.len()).ok();
        rising.then(|| Self::new(bytes, at))
    }

    pub(crate) fn memory(&self) -> usize {
        self.bytes.len() + self.at.len() * 4 + self.sieve.rows.len() * 8
    }
}

/// The first of the range for which it is no longer true.
fn partition(range: Range<usize>, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// [`partition`] for answers that are near the beginning.
fn gallop(range: Range<usize>, is: impl Fn(usize) -> bool) -> usize {
    let mut step = 1;
    let mut low = range.start;
    while low + step < range.end && is(low + step) {
        low += step;
        step *= 2;
    }
    partition(low..(low + step).min(range.end), is)
}
