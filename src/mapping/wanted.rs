//! What the target should hold for a Halo record: one list of wanted values, by slot.

use crate::halo::record::RecordRef;
use crate::hudu::field::FieldValue;
use crate::mapping::record::{LayoutShape, Slot, Source};
use crate::mapping::route::Routes;
use crate::mapping::word::Word;
use crate::settings::{Policy, SyncSettings};

/// A value that the mapping wants in a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Where.
    pub slot: Slot,
    /// Name of the place in the target's words.
    pub label: Word,
    /// What; never empty.
    pub value: FieldValue,
    /// Who wins.
    pub policy: Policy,
}

/// What a Halo record of another kind is in Hudu, where that is known.
pub type Known<'a> = &'a dyn Fn(RecordRef) -> Option<(i64, String)>;

/// The wanted values of a company. For many clients, make [`Routes::company`] once.
pub fn company(client: &Source, settings: &SyncSettings) -> Vec<Wanted> {
    Routes::company(settings).wanted(client, settings, &|_| None)
}

/// The wanted values of an asset in this layout. For many records, make [`Routes::asset`] once for each
/// kind and layout.
pub fn asset(source: &Source, layout: &LayoutShape, settings: &SyncSettings, known: Known) -> Vec<Wanted> {
    Routes::asset(source.record.kind, layout, settings).wanted(source, settings, known)
}

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
