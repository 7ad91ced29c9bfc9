//! How well a password resists guessing: three classes by a few rules of our own.
//!
//! Only the class is ever kept or shown. The rules are those by which guessing programs work: words
//! that everybody uses, years, runs of neighbours on the keyboard or in the alphabet, repetitions; what
//! is left counts by the kinds of characters in it.

use crate::json::{Json, Shape};
use crate::order::Order;

/// How well a password resists guessing: three classes, and nothing more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Strength {
    /// Guessed within hours, or one that everybody tries first.
    Weak,
    /// Holds out for a while.
    Fair,
    /// Not to be guessed.
    Strong,
}

/// Below so many bits of guessing work a password is weak.
const WEAK_BITS: f64 = 45.0;
/// From so many bits on it is strong.
const STRONG_BITS: f64 = 70.0;
/// Bits that a character is worth which follows from the one before.
const FOLLOWING_BITS: f64 = 1.0;
/// Bits that a word is worth which everybody tries.
const WORD_BITS: f64 = 10.0;
/// A password that is longer than this is judged by its beginning.
const LONGEST: usize = 256;

/// Words that stand in passwords everywhere, in lower case and with letters for digits.
const WORDS: [&str; 34] = [
    "password",
    "passwort",
    "passw",
    "welcome",
    "admin",
    "administrator",
    "letmein",
    "secret",
    "changeme",
    "default",
    "login",
    "master",
    "dragon",
    "monkey",
    "football",
    "sunshine",
    "princess",
    "iloveyou",
    "spring",
    "summer",
    "autumn",
    "winter",
    "monday",
    "friday",
    "january",
    "october",
    "november",
    "december",
    "office",
    "company",
    "server",
    "guest",
    "user",
    "test",
];

/// Rows of keys, the alphabet and the digits.
const ROWS: [&str; 5] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890"];

impl Strength {
    /// The class of a password.
    pub fn of(password: &str) -> Self {
        match bits(password) {
            bits if bits < WEAK_BITS => Strength::Weak,
            bits if bits < STRONG_BITS => Strength::Fair,
            _ => Strength::Strong,
        }
    }

    /// Its word in stored records.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Weak => "weak",
            Strength::Fair => "fair",
            Strength::Strong => "strong",
        }
    }

    /// From its word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Strength::Weak, Strength::Fair, Strength::Strong].into_iter().find(|class| class.word() == word)
    }
}

fn bits(password: &str) -> f64 {
    let typed: Vec<char> = password.chars().take(LONGEST).collect();
    let plain: Vec<char> = typed.iter().map(|c| letter(*c)).collect();
    let each = f64::from(pool(&typed)).log2();
    let (mut bits, mut at) = (0.0, 0);
    while at < typed.len() {
        if let Some(length) = word_at(&plain[at..]) {
            bits += WORD_BITS;
            at += length;
        } else if is_year(&typed[at..]) {
            bits += WORD_BITS / 2.0;
            at += 4;
        } else {
            let follows = at > 0 && follows(typed[at - 1], typed[at]);
            bits += if follows { FOLLOWING_BITS } else { each };
            at += 1;
        }
    }
    // The same few characters over and over are worth little more than once.
    let mut different = typed;
    different.order();
    different.dedup();
    bits.min(different.len() as f64 * 2.0 * each)
}

/// How many characters somebody has to try at each place.
fn pool(typed: &[char]) -> u32 {
    let any = |kind: fn(&char) -> bool, size| if typed.iter().any(kind) { size } else { 0 };
    let size = any(char::is_ascii_lowercase, 26)
        + any(char::is_ascii_uppercase, 26)
        + any(char::is_ascii_digit, 10)
        + any(|c| c.is_ascii() && !c.is_ascii_alphanumeric(), 33)
        + any(|c| !c.is_ascii(), 100);
    size.max(2)
}

/// In lower case, the usual digits and signs read as the letters that they stand for.
fn letter(typed: char) -> char {
    match typed {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other.to_ascii_lowercase(),
    }
}

fn word_at(plain: &[char]) -> Option<usize> {
    let fits = |word: &&&str| word.chars().count() <= plain.len() && word.chars().zip(plain).all(|(a, b)| a == *b);
    WORDS.iter().filter(fits).map(|word| word.chars().count()).max()
}

fn is_year(typed: &[char]) -> bool {
    typed.len() >= 4
        && typed[..4].iter().all(char::is_ascii_digit)
        && (typed.starts_with(&['1', '9']) || typed.starts_with(&['2', '0']))
}

/// Whether the second is the first again, or its neighbour in a row.
fn follows(first: char, second: char) -> bool {
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    let near = |row: &&str| match (row.find(first), row.find(second)) {
        (Some(a), Some(b)) => a.abs_diff(b) <= 1,
        _ => false,
    };
    first == second || ROWS.iter().any(near)
}

#[cfg(test)]
mod tests {
    use super::Strength::{self, Fair, Strong, Weak};

    #[test]
    fn passwords_fall_into_three_classes() {
        for (password, class) in [
            ("", Weak),
            ("hunter2", Weak),
            ("Password123!", Weak),
            ("P@ssw0rd2024!", Weak),
            ("Summer2025!!", Weak),
            ("qwertyuiop123456", Weak),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", Weak),
            ("abcabcabcabcabcabcabc", Weak),
            ("Kc7#vQ2w", Fair),
            ("ferrymoundvolt", Fair),
            ("Ferry!Cinder!Oboe!19", Strong),
            ("x8$Lq!92vRt#Zp0m", Strong),
            ("correct horse battery staple", Strong),
            ("Größe-und-Färbung-47", Strong),
        ] {
            assert_eq!(Strength::of(password), class, "{password}");
        }
    }

    #[test]
    fn what_is_longer_than_any_password_is_judged_all_the_same() {
        assert_eq!(Strength::of(&"7Tq!".repeat(100_000)), Fair);
    }
}
