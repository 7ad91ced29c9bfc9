//! What is indexed.

/// Names a document among all: its kind and its id within the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Kind, a number of the caller's.
    pub kind: u8,
    /// Id within the kind.
    pub id: i64,
}

/// How much a match in a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The name.
    Title,
    /// What tells this document from others: serial, address, e-mail, user name.
    Key,
    /// Any other value.
    Value,
    /// Running text, of which only the words are kept.
    Body,
}

impl Class {
    pub(crate) fn of(bits: u32) -> Self {
        [Class::Title, Class::Key, Class::Value, Class::Body][(bits & 3) as usize]
    }

    /// Eighths of the quality that a match keeps.
    pub(crate) fn weight(self) -> u32 {
        [8, 6, 4, 2][self as usize]
    }
}

/// A value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub label: String,
    /// Plain text. The first 160 bytes are kept to be shown.
    pub text: String,
    /// Key, value or body; a body is not kept to be shown.
    pub class: Class,
}

/// A document to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name among all.
    pub key: Key,
    /// Company; 0 where it belongs to none.
    pub company: i64,
    /// Name of the company: a word of the query may be one of these.
    pub company_name: String,
    /// What kind of thing it is, in words ("Laptops"): a word of the query may be one of these.
    pub group: String,
    /// Name.
    pub title: String,
    /// Where it opens, in the caller's form.
    pub url: String,
    /// Values, the most important one first.
    pub fields: Vec<Field>,
}
