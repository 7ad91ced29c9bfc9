//! Which letters of a text a query matches.

use std::ops::Range;

use crate::query::near::{distance, forgiven};
use crate::query::words::{MOST, Words};
use crate::text::{Form, fold_char, tokens};

/// Where and how a text matches a query.
pub(crate) struct Marked {
    /// Matched parts in order, none touching another.
    pub(crate) marks: Vec<Range<usize>>,
    /// Matched words of the query, one bit for each.
    pub(crate) words: u8,
    /// Words that stand behind the one that was typed before them; the first one, where it begins the text.
    pub(crate) in_order: u32,
}

impl Marked {
    pub(crate) fn of(text: &str, words: &Words, near: bool) -> Self {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut fits = 0;
        let mut places = [usize::MAX; MOST];
        tokens(text, |token| {
            for needle in &words.needles {
                let place = token.start..token.end;
                let Some(letters) = matched(token.text, token.form, &needle.text, needle.inside, near) else {
                    continue;
                };
                fits |= needle.words;
                if needle.words.count_ones() == 1 {
                    let at = &mut places[needle.words.trailing_zeros() as usize];
                    *at = token.start.min(*at);
                }
                found.push(within(text, place, letters));
            }
        });
        let behind = places.windows(2).filter(|pair| pair[0] < pair[1] && pair[1] != usize::MAX).count();
        let in_order = behind as u32 + u32::from(places[0] == 0);
        found.retain(|range| !range.is_empty());
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut marks: Vec<Range<usize>> = Vec::new();
        for range in found {
            match marks.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => marks.push(range),
            }
        }
        Self { marks, words: fits, in_order }
    }
}

/// Which bytes of the folded token a needle matches.
fn matched(token: &str, form: Form, needle: &str, inside: bool, near: bool) -> Option<Range<usize>> {
    if token.starts_with(needle) {
        return Some(0..needle.len());
    }
    if inside
        && needle.len() >= 3
        && let Some(at) = token.find(needle)
    {
        return Some(at..at + needle.len());
    }
    let edits = forgiven(needle.as_bytes());
    // What stands for several words would mark them all for one.
    let nearly = || distance(needle.as_bytes(), token.as_bytes(), edits).is_some();
    (near && edits > 0 && form != Form::Whole && nearly()).then_some(0..token.len())
}

/// The place in the text of these bytes of its folded token.
fn within(text: &str, token: Range<usize>, folded: Range<usize>) -> Range<usize> {
    let connected = |letter: char| matches!(letter, '.' | '-' | '_' | ':' | '\'' | '’');
    let (mut start, mut end) = (None, token.start);
    let mut buffer = String::new();
    let mut done = 0;
    for (at, letter) in text[token.clone()].char_indices() {
        if done >= folded.end {
            break;
        }
        if connected(letter) {
            continue;
        }
        buffer.clear();
        fold_char(letter, &mut buffer);
        if done + buffer.len() > folded.start && start.is_none() {
            start = Some(token.start + at);
        }
        done += buffer.len();
        end = token.start + at + letter.len_utf8();
    }
    // An address in another spelling than its token is marked whole.
    if done < folded.end { token } else { start.unwrap_or(token.start)..end }
}

#[cfg(test)]
mod tests {
    use super::{Marked, Words};

    #[test]
    fn marks_stand_where_a_person_sees_the_match() {
        for (text, query, marked) in [
            ("Büro-Drucker 3", "buro dru", vec!["Büro-Dru"]),
            ("HF-LT-0142", "lt0142", vec!["LT-0142"]),
            ("Anna's MacBook", "book", vec!["Book"]),
            ("Exchange Online", "exchnage", vec!["Exchange"]),
            ("00:1A:2B:3C:4D:5E", "001a.2b3c.4d5e", vec!["00:1A:2B:3C:4D:5E"]),
            ("Straße", "stras", vec!["Straß"]),
            ("Printer", "vpn", vec![]),
        ] {
            let found = Marked::of(text, &Words::of(query), true);
            let found: Vec<&str> = found.marks.into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, marked, "{query} in {text}");
        }
    }
}
