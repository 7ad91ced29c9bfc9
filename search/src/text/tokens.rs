//! Cutting a text into words, codes and addresses.

use super::address;
use super::fold::fold_char;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A word between spaces and punctuation.
    Word,
    /// A piece of something written with connectors: `lt` of `HF-LT-0142`, `anna` of `anna.finch@…`.
    Part,
    /// Something written with connectors, without them: `hflt0142`. It follows its parts.
    Whole,
    /// An IP or hardware address in one spelling (`10.0.12.7`, `001a2b3c4d5e`); it has no parts.
    Address,
}

/// A piece of a text, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded.
    pub text: &'a str,
    /// First byte in the text that was given.
    pub start: usize,
    /// Byte after the last one in the text that was given.
    pub end: usize,
    /// What it is.
    pub form: Form,
}

/// The longest token in bytes; what is longer (encoded files, long links) is cut.
const LONGEST: usize = 64;

/// Hands out the tokens of a text in order. Apostrophes inside words are dropped; `. - _` connect.
///
/// "Anna's HF-LT-0142" → `annas`, `hf`, `lt`, `0142`, `hflt0142`.
pub fn tokens(text: &str, mut take: impl FnMut(Token<'_>)) {
    let mut cutter = Cutter { text, buffer: String::new(), take: &mut take };
    let mut run: Option<(usize, usize)> = None;
    let mut open = 0;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if is_word(letter) {
            run = match run {
                // One connector joins; `::` does so in IP addresses.
                Some((start, last)) if open <= 1 || &text[last..at] == "::" => Some((start, end)),
                before => {
                    cutter.run(before);
                    Some((at, end))
                }
            };
            open = 0;
        } else if connects(letter) {
            open += 1;
        } else {
            cutter.run(run.take());
            open = 0;
        }
    }
    cutter.run(run);
}

/// The folded tokens of a text that are words or parts of something, without wholes: for counting words.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokens(text, |token| {
        if token.form != Form::Whole {
            words.push(token.text.to_owned());
        }
    });
    words
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}' | '\'' | '’' | '\u{ad}')
}

fn is_dropped(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

fn connects(letter: char) -> bool {
    matches!(letter, '.' | '-' | '_' | ':')
}

struct Cutter<'t, 'f> {
    text: &'t str,
    buffer: String,
    take: &'f mut dyn FnMut(Token<'_>),
}

impl Cutter<'_, '_> {
    /// A run of words and connectors, without connectors at its ends.
    fn run(&mut self, run: Option<(usize, usize)>) {
        let Some((start, end)) = run else { return };
        let text = &self.text[start..end];
        if !text.contains(connects) {
            return self.piece(start, end, Form::Word);
        }
        if text.len() <= 45
            && text.is_ascii()
            && let Some(found) = address::mac(text).or_else(|| address::ip(text))
        {
            let folded = found.to_ascii_lowercase();
            return (self.take)(Token { text: &folded, start, end, form: Form::Address });
        }
        if text.contains(':') {
            let mut at = start;
            for part in text.split(':') {
                let next = at + part.len();
                self.run((!part.is_empty()).then_some((at, next)));
                at = next + 1;
            }
            return;
        }
        if text.len() < 16 && address::ip_start(text) {
            return (self.take)(Token { text, start, end, form: Form::Address });
        }
        let mut at = start;
        for part in text.split(connects) {
            self.piece(at, at + part.len(), Form::Part);
            at += part.len() + 1;
        }
        self.piece(start, end, Form::Whole);
    }

    fn piece(&mut self, start: usize, end: usize, form: Form) {
        self.buffer.clear();
        for letter in self.text[start..end].chars() {
            if !is_dropped(letter) && !connects(letter) {
                fold_char(letter, &mut self.buffer);
            }
            if self.buffer.len() >= LONGEST {
                break;
            }
        }
        if !self.buffer.is_empty() {
            (self.take)(Token { text: &self.buffer, start, end, form });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{tokens, words};

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        tokens(text, |token| found.push(token.text.to_owned()));
        found
    }

    #[test]
    fn words_codes_and_addresses_are_cut_as_people_read_them() {
        for (text, expected) in [
            ("Anna's HF-LT-0142, new!", vec!["annas", "hf", "lt", "0142", "hflt0142", "new"]),
            ("00:1A:2B:3C:4D:5E", vec!["001a2b3c4d5e"]),
            ("00-1a-2b-3c-4d-5e", vec!["001a2b3c4d5e"]),
            ("001a.2b3c.4d5e", vec!["001a2b3c4d5e"]),
            ("00:1a:2", vec!["001a2"]),
            ("10.0.12.7/24", vec!["10.0.12.7", "24"]),
            ("10.0.12", vec!["10.0.12"]),
            ("10.0.12.7:443", vec!["10.0.12.7", "443"]),
            ("2001:0DB8::0001", vec!["2001:db8::1"]),
            ("anna.f@h.example", vec!["anna", "f", "annaf", "h", "example", "hexample"]),
            ("https://hudu.example/a/b", vec!["https", "hudu", "example", "huduexample", "a", "b"]),
            ("error 0x80070035.", vec!["error", "0x80070035"]),
            ("TCP/IP -- note: ok", vec!["tcp", "ip", "note", "ok"]),
            ("", vec![]),
            ("'' -.-", vec![]),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_that_was_given() {
        let text = "Büro Łódź-2";
        tokens(text, |token| {
            let place = &text[token.start..token.end];
            let folded: String = crate::text::fold(place).chars().filter(|c| *c != '-').collect();
            assert_eq!(folded, token.text);
        });
        assert_eq!(words("HF-LT-0142"), ["hf", "lt", "0142"]);
    }
}
