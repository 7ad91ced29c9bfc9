//! Typing errors: terms that begin like a word but for one or two edits.

use std::ops::Range;

use crate::index::Terms;

/// Terms within some edits, as ranges: `(terms, edits)`.
pub(crate) type Ranges = Vec<(Range<usize>, u8)>;

/// How many edits are forgiven in a word. A short number with another digit is another number, and an address with
/// another digit another address.
pub(crate) fn forgiven(word: &[u8]) -> u8 {
    let address = word.contains(&b':') || word.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    if address && (word.len() < 6 || !word.iter().all(u8::is_ascii_digit)) {
        return 0;
    }
    match word.len() {
        ..3 => 0,
        3..8 => 1,
        _ => 2,
    }
}

/// Terms that are the word, or go on after it, within so many edits: a letter too much, too few, another
/// one, or two that changed places. An error in the last letter counts only where the term ends there.
pub(crate) fn near(terms: &Terms, word: &[u8], edits: u8) -> Ranges {
    let mut walk = Walk { terms, word, edits, found: Vec::new() };
    walk.step(0, 0, terms.all(), 0, false);
    let mut found = walk.found;
    found.sort_unstable_by_key(|(range, edits)| (*edits, range.start));
    found.dedup();
    found
}

struct Walk<'a> {
    terms: &'a Terms,
    word: &'a [u8],
    edits: u8,
    found: Ranges,
}

impl Walk<'_> {
    /// The terms of the range are alike in their first `depth` bytes, which stand for the first `at` bytes
    /// of the word with `used` edits; `edited` tells whether the last of these was an edit.
    fn step(&mut self, at: usize, depth: usize, range: Range<usize>, used: u8, edited: bool) {
        if range.is_empty() {
            return;
        }
        if at == self.word.len() {
            let first = range.start;
            if !edited {
                self.found.push((range, used));
            } else if self.terms.length(first) == depth {
                self.found.push((first..first + 1, used));
            }
            return;
        }
        if used == self.edits {
            let rest = &self.word[at..];
            let range = self.terms.narrow(range, depth, rest);
            return self.step(self.word.len(), depth + rest.len(), range, used, false);
        }
        // A letter too much.
        self.step(at + 1, depth, range.clone(), used + 1, true);
        if let [a, b, ..] = self.word[at..]
            && a != b
        {
            let swapped = self.terms.narrow(range.clone(), depth, &[b, a]);
            self.step(at + 2, depth + 2, swapped, used + 1, true);
        }
        // A second error in the first two letters leaves nothing of what was meant.
        let early = at == 0 && self.edits > 1 && used > 0;
        let terms = self.terms;
        for (byte, branch) in terms.branches(range, depth) {
            if byte == self.word[at] {
                self.step(at + 1, depth + 1, branch.clone(), used, false);
            } else if !early {
                self.step(at + 1, depth + 1, branch.clone(), used + 1, true);
            }
            if !early {
                self.step(at, depth + 1, branch, used + 1, true);
            }
        }
    }
}

/// How many edits lie between a word and a text that is or begins with it, at most `most`.
pub(crate) fn distance(word: &[u8], text: &[u8], most: u8) -> Option<u8> {
    let width = text.len() + 1;
    let mut before: Vec<u8> = Vec::new();
    let mut last: Vec<u8> = (0..width).map(|n| n.min(250) as u8).collect();
    for (at, letter) in word.iter().enumerate() {
        let mut now = vec![(at + 1).min(250) as u8; width];
        for place in 1..width {
            let same = u8::from(*letter != text[place - 1]);
            let mut best = (last[place - 1] + same).min(last[place] + 1).min(now[place - 1] + 1);
            let swapped = at > 0 && place > 1 && *letter == text[place - 2] && word[at - 1] == text[place - 1];
            if swapped {
                best = best.min(before[place - 2] + 1);
            }
            now[place] = best;
        }
        before = std::mem::replace(&mut last, now);
    }
    last.into_iter().min().filter(|edits| *edits <= most)
}
