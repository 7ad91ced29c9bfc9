//! A text as relevance counts it: stems of words, codes, and the notions of the service desk that it speaks of.

use std::collections::HashMap;
use std::sync::OnceLock;

use sidelight_search::text::{Form, stem, tokens};

/// Notions with the phrases that speak of them.
const TABLE: &str = include_str!("vocabulary.txt");

/// What says nothing of the matter.
const STOP: &str = "a about above actually after again all almost already also although always am an and another any \
    anybody anyone anything are around as ask asked asks at away back be because been before being below best better \
    between both but by call came can cannot cant come comes could day days did didnt do does doesnt doing done dont \
    down each either else enough error even ever every everybody everyone everything few find fine first for from \
    further gave get gets getting give given go goes going gone good got great had happen happened happens has hasnt \
    have having he hello help her here hers hey hi him his hope how however i if im in instead into is isnt issue \
    issues it its itself ive just keep keeps kind know known last late later least less let like little long look \
    looks lot made make makes many may maybe me mean might mine minute minutes monday more morning most much must my \
    myself need needs never new next no nobody none nor not nothing now of off often oh ok old on once one only onto \
    or other others our ours out over own per perhaps please problem problems put quite rather really regards right \
    said same saw say says see seem seems seen several shall she should show shows since so some somebody someone \
    something soon sorry still such suddenly sure take tell than thank thanks that the their them then there these \
    they thing things think this those though three through time times to today told tomorrow too tried tries try \
    trying two under until up upon us use used uses using very via wait want wants was way we week weeks well went \
    were what when where whether which while who whole whom whose why will with within without wont work worked \
    working works would wrong yes yesterday yet you your yours tuesday wednesday thursday friday saturday sunday \
    afternoon evening night noon midnight four five six ten hour hours month months year years client service team \
    ticket urgent asap dear kindly incident general request set \
    turn name names named end ends ended ending left full answer answers answered begin begins began begun choose \
    chose chosen building house people person colleague colleagues everywhere nowhere somewhere bit yesterday's \
    small big large nice hard easy easily quick quickly place side part whole times second third half open \
    opens opened opening close closes closed write writes written wrote bring brought give gives given follow";

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Stem of a word, with the place of the word in the text.
    Word(&'a str, (usize, usize)),
    /// Something with digits or connectors, with its place: an error code, a serial, an address.
    Code(&'a str, (usize, usize)),
    /// A notion, by its number, with the place of the last word that spoke of it.
    Notion(usize, (usize, usize)),
}

struct Vocabulary {
    names: Vec<&'static str>,
    /// By last word of a phrase: the words before it, last first, and the notion.
    phrases: HashMap<String, Vec<(Vec<String>, usize)>>,
    stop: HashMap<&'static str, ()>,
}

fn vocabulary() -> &'static Vocabulary {
    static MADE: OnceLock<Vocabulary> = OnceLock::new();
    MADE.get_or_init(|| {
        let (mut names, mut phrases) = (Vec::new(), HashMap::<String, Vec<(Vec<String>, usize)>>::new());
        for (name, list) in TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
        {
            for phrase in list.split(", ") {
                let mut words = stems(phrase);
                if let Some(last) = words.pop() {
                    words.reverse();
                    phrases.entry(last).or_default().push((words, names.len()));
                }
            }
            names.push(name);
        }
        Vocabulary { names, phrases, stop: STOP.split_whitespace().map(|word| (word, ())).collect() }
    })
}

/// The stems of a phrase's words.
fn stems(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokens(phrase, |token| {
        if token.form != Form::Whole {
            words.push(stemmed(token.text));
        }
    });
    words
}

/// The stem, without the endings that make a noun of a verb: "connection" meets "connected", "enrolment"
/// "enrolled".
fn stemmed(word: &str) -> String {
    let mut word = word.to_owned();
    stem(&mut word);
    for ending in ["ion", "ment"] {
        if word.len() > ending.len() + 4 && word.is_ascii() && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
        }
    }
    word
}

/// What a notion is called ("signing in").
pub(super) fn notion(number: usize) -> &'static str {
    vocabulary().names.get(number).copied().unwrap_or_default()
}

/// Whether the vocabulary has a phrase that ends with this stem.
pub(super) fn is_known(stem: &str) -> bool {
    vocabulary().phrases.contains_key(stem)
}

/// Stems of the vocabulary, to compare misspelt words with.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    vocabulary()
        .phrases
        .iter()
        .filter(|(_, phrases)| phrases.iter().any(|(before, _)| before.is_empty()))
        .map(|(stem, _)| stem.as_str())
}

/// The notions that one stem alone speaks of.
pub(super) fn notions_of(stem: &str) -> impl Iterator<Item = usize> {
    let phrases = vocabulary().phrases.get(stem).map(Vec::as_slice).unwrap_or_default();
    phrases.iter().filter(|(before, _)| before.is_empty()).map(|(_, notion)| *notion)
}

/// Hands out the pieces of a text in order.
pub(super) fn pieces(text: &str, mut take: impl FnMut(Piece<'_>)) {
    let vocabulary = vocabulary();
    // The last stems, newest last; a phrase has at most so many.
    let mut past: Vec<String> = Vec::with_capacity(6);
    tokens(text, |token| {
        let place = (token.start, token.end);
        let digits = token.text.bytes().any(|b| b.is_ascii_digit());
        if token.form == Form::Whole || (token.form == Form::Address && digits) {
            if digits || text[token.start..token.end].contains('@') {
                take(Piece::Code(token.text, place));
            } else {
                let word = stemmed(token.text);
                take(Piece::Word(&word, place));
                speak(vocabulary, &[], &word, place, &mut take);
            }
            return;
        }
        let word = stemmed(token.text);
        speak(vocabulary, &past, &word, place, &mut take);
        if digits {
            if token.text.len() > 2 {
                take(Piece::Code(&word, place));
            }
        } else if !vocabulary.stop.contains_key(token.text)
            && (word.len() > 2 || token.form == Form::Word)
            && word.len() > 1
            || !word.is_ascii()
        {
            take(Piece::Word(&word, place));
        }
        if past.len() == 5 {
            past.remove(0);
        }
        past.push(word);
    });
}

fn speak(
    vocabulary: &Vocabulary,
    past: &[String],
    word: &str,
    place: (usize, usize),
    take: &mut impl FnMut(Piece<'_>),
) {
    for (before, notion) in vocabulary.phrases.get(word).map(Vec::as_slice).unwrap_or_default() {
        if before.len() <= past.len() && past.iter().rev().zip(before).all(|(had, wanted)| had == wanted) {
            take(Piece::Notion(*notion, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let (mut words, mut notions) = (Vec::new(), Vec::new());
        pieces(text, |piece| match piece {
            Piece::Word(word, _) | Piece::Code(word, _) => words.push(word.to_owned()),
            Piece::Notion(number, _) => notions.push(notion(number)),
        });
        (words, notions)
    }

    #[test]
    fn words_of_one_notion_meet() {
        for (text, notion) in [
            ("I can’t log in", "signing in"),
            ("the Authenticator is gone", "second factor"),
            ("no more toner", "printer supplies"),
            ("e-mails", "mail"),
            ("Wi-Fi", "wireless"),
            ("it is locked for editing by Ann", "file locks"),
        ] {
            assert!(all(text).1.contains(&notion), "{text}: {:?}", all(text));
        }
        assert!(!all("edit the lock").1.contains(&"file locks"));
    }

    #[test]
    fn codes_stay_whole_and_small_talk_goes() {
        let (words, _) = all("Hello, please help: 0x80070035, error 809, AADSTS50126 on HF-LT-042 at 10.0.1.2");
        for code in ["0x80070035", "809", "aadsts50126", "hflt042", "10.0.1.2"] {
            assert!(words.iter().any(|word| word == code), "{code}: {words:?}");
        }
        assert!(!words.iter().any(|word| ["hello", "pleas", "help", "please"].contains(&word.as_str())));
    }
}
