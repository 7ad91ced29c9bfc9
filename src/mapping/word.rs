//! Words that come again and again: labels of fields, keys of facts and slots.
//!
//! A hundred thousand records have the same few hundred labels. Each is kept once, so that a record holds
//! no copy of it and two are compared by where they stand.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use crate::json::{Json, Value, Wrong};
use crate::mapping::quick::QuickSet;

thread_local! {
    static WORDS: RefCell<QuickSet<Rc<str>>> = RefCell::default();
}

/// A text of which there is one copy. For labels and keys, of which a tenant has some hundred; never for
/// values.
#[derive(Clone)]
pub struct Word(Rc<str>);

impl Word {
    /// The one copy of this text.
    pub fn of(text: &str) -> Self {
        WORDS.with_borrow_mut(|words| match words.get(text) {
            Some(word) => Self(word.clone()),
            None => {
                let word: Rc<str> = text.into();
                words.insert(word.clone());
                Self(word)
            }
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Word {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Word {}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for Word {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Rc::as_ptr(&self.0).cast::<u8>().hash(state);
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self::of(text)
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self::of(&text)
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Self {
        Self::of(text)
    }
}

impl From<&Word> for Word {
    fn from(word: &Word) -> Self {
        word.clone()
    }
}

impl From<&Word> for String {
    fn from(word: &Word) -> Self {
        word.as_str().to_owned()
    }
}

impl Json for Word {
    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
    fn from_json(value: Value) -> Result<Self, Wrong> {
        String::from_json(value).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_word() {
        let word = Word::of("Serial Number");
        assert_eq!(word, Word::from(String::from("Serial Number")));
        assert!(word == "Serial Number" && word != Word::of("serial number"));
    }
}
