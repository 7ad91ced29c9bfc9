//! Values of custom fields: one typed form for both ways in which Hudu stores them.
//!
//! The type [`FieldValue`] is agreed with `mapping`; reading and writing by layout type stand here too.

use serde::{Deserialize, Serialize};

/// A field's value in one typed form, whatever Hudu's storage format is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum FieldValue {
    /// Nothing.
    #[default]
    Empty,
    /// Text of any plain kind (text, e-mail, phone, website, drop-down, embed).
    Text(String),
    /// A number in its shortest spelling ("12", "3.5").
    Number(String),
    /// `YYYY-MM-DD`.
    Date(String),
    /// A check box.
    Check(bool),
    /// HTML, not sanitised.
    Html(String),
    /// An address.
    Address(Address),
    /// Names of list items.
    Items(Vec<String>),
    /// Linked assets: Hudu id and name.
    Assets(Vec<(i64, String)>),
    /// A password-type field: never read, never written.
    Secret,
}

/// A postal address in its parts; empty parts are empty texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street.
    pub line1: String,
    /// Second line.
    pub line2: String,
    /// Town.
    pub city: String,
    /// State or county (ISO code where Hudu has one).
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// Country (name or ISO code).
    pub country: String,
}
