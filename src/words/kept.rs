//! Sentences that are kept, and told later in the language of whoever reads them then.
//!
//! A kept sentence is the English with its values, between signs of Unicode's private range. Values may be kept sentences
//! themselves. A text that is none is told as it stands.

use std::cell::Cell;
use std::fmt::{Display, Write};

use super::{fill, number};

/// Begins a sentence; the English follows.
const BEGIN: char = '\u{e000}';
/// Stands before the name of a value.
const NAME: char = '\u{e001}';
/// Stands between the name and the value.
const IS: char = '\u{e002}';
/// Ends a sentence.
const END: char = '\u{e003}';

thread_local! {
    static KEEPS: Cell<bool> = const { Cell::new(false) };
}

/// Does something whose sentences are to be kept: [`t!`](crate::t) and its like give them in the form for [`tell`].
pub fn keeping<T>(act: impl FnOnce() -> T) -> T {
    let before = KEEPS.replace(true);
    let made = act();
    KEEPS.set(before);
    made
}

/// Whether sentences are being kept.
pub(super) fn keeps() -> bool {
    KEEPS.get()
}

/// A sentence in the form for [`tell`].
pub(super) fn keep(english: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = format!("{BEGIN}{english}");
    for (name, value) in values {
        // Writing into a text cannot fail.
        let _ = write!(text, "{NAME}{name}{IS}{value}");
    }
    text.push(END);
    text
}

/// A text that may be or hold kept sentences, in the language that is spoken.
pub fn tell(kept: &str) -> String {
    let mut text = String::with_capacity(kept.len());
    let mut rest = kept;
    while let Some((before, sentence)) = rest.split_once(BEGIN) {
        text.push_str(before);
        let Some((told, behind)) = sentence_of(sentence) else {
            rest = sentence;
            continue;
        };
        text.push_str(&told);
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// The sentence behind its beginning, told, and what stands behind its end.
fn sentence_of(text: &str) -> Option<(String, &str)> {
    let end = text.find([NAME, END])?;
    let (english, mut rest) = text.split_at(end);
    let mut values: Vec<(&str, String)> = Vec::new();
    while let Some(value) = rest.strip_prefix(NAME) {
        let (name, value) = value.split_once(IS)?;
        let (value, behind) = value_of(value)?;
        // A count is written as the language writes it.
        let digits = name == "n" && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        values.push((name, if digits { value.parse().map_or(value, number) } else { value }));
        rest = behind;
    }
    let values: Vec<(&str, &dyn Display)> = values.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
    Some((fill(english, &values), rest.strip_prefix(END)?))
}

/// A value with the sentences in it told, and what stands behind it.
fn value_of(text: &str) -> Option<(String, &str)> {
    let mut told = String::new();
    let mut rest = text;
    loop {
        let at = rest.find([BEGIN, NAME, END])?;
        told.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(sentence) = rest.strip_prefix(BEGIN) else { return Some((told, rest)) };
        let (sentence, behind) = sentence_of(sentence)?;
        told.push_str(&sentence);
        rest = behind;
    }
}
