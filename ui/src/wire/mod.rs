//! Reading what the background says.
//!
//! The protocol's types are read by the tables of this room and not by their own derived readers:
//! those are made for any format and would be a third of the whole page. A member that is missing in
//! a table, or one too many, does not compile.

mod protocol;
mod records;
mod settings;
mod values;

use js_sys::JSON;
use sidelight::halo::record::RecordKind;
use sidelight::protocol::Intent;
use wasm_bindgen::JsValue;

pub use values::Read;

/// A record's kind from its word ("client").
pub fn record_kind(word: &str) -> Option<RecordKind> {
    RecordKind::read(&JsValue::from_str(word))
}

/// An intent from its JSON text.
pub fn intent(text: &str) -> Option<Intent> {
    Intent::read(&JSON::parse(text).ok()?)
}
