//! Custom fields.

use serde_json::Value;

use crate::http::raw::{read, record};

record! {
    /// A custom field with this record's value.
    part CustomField {
        /// Id of the definition.
        id: Option<i64> = reference("id"),
        /// API name with the prefix `CF`.
        name: Option<String> = text("name"),
        /// Label.
        label: Option<String> = text("label"),
        /// Value of any shape.
        value: Value = any("value"),
        /// Value as text.
        display: Option<String> = text("display"),
        /// Kept encrypted by Halo: never shown and never synced.
        encrypted: bool = flag("isencrypted"),
    }
}

impl CustomField {
    /// The readable text: what Halo displays, else the value itself; nothing of an encrypted one.
    pub fn text(&self) -> Option<String> {
        if self.encrypted {
            return None;
        }
        self.display.clone().or_else(|| read::text_of(&self.value))
    }
}
