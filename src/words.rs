//! The sentences that people read, in their language.
//!
//! The English sentence stands in the code and is its own key: [`t!`](crate::t), [`many!`](crate::many) and
//! [`mark!`](crate::mark) name it. A host that wants another language installs a translation once per page or
//! worker; without one the English is said and nothing is looked up. What is stored for long can be kept as sentence and
//! values ([`keeping`]), to be said when it is read ([`tell`]).

use std::cell::RefCell;
use std::fmt::{Display, Write};

use crate::mark;
use crate::order::Order;

mod kept;
#[cfg(test)]
mod tests;

pub use kept::{keeping, tell};

/// How numbers are written: what stands behind the thousands, and before the tenths.
const FIGURES: &str = mark!("1,204.5");

struct Translation {
    language: String,
    /// Keys in order, each with its sentence.
    sentences: Vec<(u64, Box<str>)>,
}

thread_local! {
    static TRANSLATION: RefCell<Option<Translation>> = const { RefCell::new(None) };
}

/// Says everything in this language (`de`) from now on. `sentences` has a line for each: the key without its prefix, a tab, and
/// the sentence. No sentences mean English. Lines that are no entry are passed over: their sentences stay English.
pub fn install(language: &str, sentences: &str) {
    let mut entries: Vec<(u64, Box<str>)> = sentences
        .lines()
        .filter_map(|line| {
            let (key, sentence) = line.split_once('\t')?;
            Some((u64::from_str_radix(key, 16).ok()?, sentence.into()))
        })
        .collect();
    entries.order_by(|a, b| a.0.cmp(&b.0));
    let translation = (!entries.is_empty()).then(|| Translation { language: language.to_owned(), sentences: entries });
    TRANSLATION.with(|installed| *installed.borrow_mut() = translation);
}

/// The language that is spoken: `en` until another one was installed.
pub fn language() -> String {
    with(|translation| translation.map_or("en", |t| t.language.as_str()).to_owned())
}

/// The key of an English sentence: FNV-1a in 64 bits. Files write it as `w_` and 16 hexadecimal digits.
pub const fn key(english: &str) -> u64 {
    let bytes = english.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// This sentence in the language that is spoken.
pub fn say(english: &str) -> String {
    if kept::keeps() {
        return kept::keep(english, &[]);
    }
    with(|translation| find(translation, english).to_owned())
}

/// [`say`], with values in the places of their `{names}`. A name without a value stays as it is.
pub fn fill(english: &str, values: &[(&str, &dyn Display)]) -> String {
    if kept::keeps() {
        return kept::keep(english, values);
    }
    with(|translation| filled(find(translation, english), values))
}

/// One of two sentences by a number, which stands for `{n}` as the language writes it.
pub fn many(n: u64, one: &str, many: &str, values: &[(&str, &dyn Display)]) -> String {
    let sentence = if n == 1 { one } else { many };
    if kept::keeps() {
        let all: Vec<(&str, &dyn Display)> =
            [("n", &n as &dyn Display)].into_iter().chain(values.iter().copied()).collect();
        return kept::keep(sentence, &all);
    }
    let number = number(n);
    with(|translation| filled(&filled(find(translation, sentence), &[("n", &number)]), values))
}

/// A noun or a label within a sentence: English writes it small, other languages as it is.
pub fn inside(noun: &str) -> String {
    if language() == "en" { noun.to_lowercase() } else { noun.to_owned() }
}

/// A whole number as the language writes it: "1,204", "1.204".
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let group = sign(1);
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

/// A number with one decimal as the language writes it: "2.5", "2,5".
pub fn tenths(number: f64) -> String {
    let point = sign(5);
    format!("{number:.1}").chars().map(|letter| if letter == '.' { point } else { letter }).collect()
}

/// The sign at this place of the sample.
fn sign(at: usize) -> char {
    with(|translation| find(translation, FIGURES).chars().nth(at)).unwrap_or(' ')
}

fn with<T>(read: impl FnOnce(Option<&Translation>) -> T) -> T {
    TRANSLATION.with(|installed| read(installed.borrow().as_ref()))
}

fn find<'a>(translation: Option<&'a Translation>, english: &'a str) -> &'a str {
    let Some(translation) = translation else { return english };
    let key = key(english);
    let place = translation.sentences.binary_search_by(|(known, _)| known.cmp(&key));
    place.map_or(english, |at| &translation.sentences[at].1)
}

fn filled(sentence: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = after
            .split_once('}')
            .and_then(|(name, behind)| Some((values.iter().find(|(known, _)| *known == name)?.1, behind)));
        if let Some((value, behind)) = value {
            // Writing into a text cannot fail.
            let _ = write!(text, "{value}");
            rest = behind;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// Numbers that [`many!`](crate::many) counts with.
pub trait Count {
    /// As one type; nothing is fewer than none.
    fn count(self) -> u64;
}

macro_rules! counts {
    ($($number:ty)*) => {
        $(impl Count for $number {
            fn count(self) -> u64 {
                u64::try_from(self).unwrap_or_default()
            }
        })*
    };
}

counts!(u8 u16 u32 u64 usize i32 i64);

/// The sentence in the language that is spoken, with values for its `{names}`:
/// `t!("Copy")`, `t!("{name} of {client}", name, client = record.client)`.
#[macro_export]
macro_rules! t {
    ($english:literal $(,)?) => {
        $crate::words::say($english)
    };
    ($english:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        $crate::words::fill($english, &[$((stringify!($name), &$crate::__value!($name $(= $value)?))),+])
    };
}

/// One of two sentences by a number, which stands for `{n}`: `many!(found.len(), "{n} document", "{n} documents")`. Other
/// names follow as in [`t!`].
#[macro_export]
macro_rules! many {
    ($n:expr, $one:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::many(
            $crate::words::Count::count($n),
            $one,
            $many,
            &[$((stringify!($name), &$crate::__value!($name $(= $value)?))),*],
        )
    };
}

/// Marks a sentence in a table, which stays English until [`say`](crate::words::say) is asked for it.
#[macro_export]
macro_rules! mark {
    ($english:literal) => {
        $english
    };
}

/// A value that bears its name, or one that is given.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($name:ident) => {
        $name
    };
    ($name:ident = $value:expr) => {
        $value
    };
}
