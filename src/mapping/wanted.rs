//! What the target should hold for a Halo record: one list of wanted values, by slot.

use std::borrow::Cow;

use crate::halo::record::RecordRef;
use crate::hudu::field::FieldValue;
use crate::mapping::route::Route;

/// A value that the mapping wants in a place. Most are equal to what is there and are never copied.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Where, and who wins.
    pub route: &'a Route,
    /// What; never empty.
    pub value: Cow<'a, FieldValue>,
}

/// What a Halo record of another kind is in Hudu, where that is known.
pub type Known<'a> = &'a dyn Fn(RecordRef) -> Option<(i64, String)>;

/// Plain text as HTML paragraphs, escaped.
pub fn paragraphs(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<p>{line}</p>")
        })
        .collect()
}
