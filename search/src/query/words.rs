//! What was typed, as words to look for.

use crate::text::{Form, digits, fold, tokens};

/// How many words of a query count; the rest is passed over.
pub(crate) const MOST: usize = 8;
/// The longest word that is looked for, in bytes.
const LONGEST: usize = 40;

/// Something to look for, and for which words of the query it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needle {
    pub(crate) text: String,
    /// One bit for each word.
    pub(crate) words: u8,
    /// In the middle of a term counts too.
    pub(crate) inside: bool,
}

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// How many words there are.
    pub(crate) count: usize,
    /// What stands for several words first, then the words, the longest first.
    pub(crate) needles: Vec<Needle>,
    /// The whole, folded, with single spaces.
    pub(crate) line: String,
}

impl Words {
    pub(crate) fn of(query: &str) -> Self {
        let mut singles: Vec<(String, Form)> = Vec::new();
        let mut wholes: Vec<Needle> = Vec::new();
        let mut parts_from = 0;
        tokens(query, |token| {
            let text = clip(token.text);
            match token.form {
                Form::Whole => {
                    let words = mask(parts_from, singles.len());
                    wholes.push(Needle { text, words, inside: true });
                    parts_from = singles.len();
                }
                _ if singles.len() == MOST => {}
                Form::Part => singles.push((text, token.form)),
                form => {
                    singles.push((text, form));
                    parts_from = singles.len();
                }
            }
        });
        let count = singles.len();
        let plain = |at: usize| singles[at].1 == Form::Word;
        for at in 1..count {
            if plain(at - 1) && plain(at) {
                let text = format!("{}{}", singles[at - 1].0, singles[at].0);
                wholes.push(Needle { text, words: mask(at - 1, at + 1), inside: false });
            }
        }
        if count > 1
            && let Some(number) = digits(query)
        {
            wholes.push(Needle { text: number, words: mask(0, count), inside: true });
        }
        let mut needles: Vec<Needle> = singles
            .into_iter()
            .enumerate()
            .map(|(at, (text, _))| Needle { inside: text.len() >= 3, text, words: 1 << at })
            .collect();
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.text.len()));
        wholes.retain(|whole| whole.words != 0);
        wholes.extend(needles);
        let line = fold(query).split_whitespace().collect::<Vec<_>>().join(" ");
        Self { count, needles: wholes, line }
    }

    /// One bit for each word.
    pub(crate) fn all(&self) -> u8 {
        mask(0, self.count)
    }
}

fn mask(from: usize, to: usize) -> u8 {
    (from..to.min(MOST)).fold(0, |bits, at| bits | 1 << at)
}

fn clip(text: &str) -> String {
    crate::bytes::clip(text, LONGEST).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn codes_stand_for_their_parts_and_neighbours_for_one_word() {
        let words = Words::of("hf-lt share point");
        assert_eq!(words.count, 4);
        let found: Vec<(&str, u8)> = words.needles.iter().map(|n| (n.text.as_str(), n.words)).collect();
        assert_eq!(found, [("hflt", 3), ("sharepoint", 12), ("share", 4), ("point", 8), ("hf", 1), ("lt", 2)]);
        assert_eq!(Words::of("020 7946 0123").needles[2].text, "2079460123");
        assert_eq!(Words::of(" - ").count, 0);
    }
}
