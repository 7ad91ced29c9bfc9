//! Saying things to the background, and reading what it says.
//!
//! The protocol's types are read and written by the tables of this room, straight from and to
//! JavaScript's own values. Their general JSON form, for stores and other hosts, would make the pages
//! a tenth larger. A member or a variant that is missing in a table, or one too many, does not compile.

mod back;
mod centre;
mod protocol;
mod recipes;
mod records;
mod settings;
mod values;

use js_sys::{JSON, Object};
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{Envelope, Intent};
use wasm_bindgen::{JsCast, JsValue};

pub use protocol::answer;
pub use values::Wire;

/// A message with its token, as it is sent.
pub fn envelope(envelope: &Envelope) -> JsValue {
    let value = envelope.message.write();
    if let (Some(token), Some(object)) = (&envelope.token, value.dyn_ref::<Object>()) {
        values::put(object, "token", &token.write());
    }
    value
}

/// A record's kind from its word ("client").
pub fn record_kind(word: &str) -> Option<RecordKind> {
    RecordKind::read(&JsValue::from_str(word))
}

/// An intent from its JSON text.
pub fn intent(text: &str) -> Option<Intent> {
    Intent::read(&JSON::parse(text).ok()?)
}
