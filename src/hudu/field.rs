//! Custom fields: types, values in one typed form, reading and writing by the layout field's type.

mod read;
mod write;

use crate::json::Json;

pub use read::{number, read};
pub use write::{FieldError, FieldWrite, key, write};

/// Types of layout fields, as Hudu spells them (the case matters when writing a layout).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// One line.
    Text,
    /// HTML.
    RichText,
    /// A heading between fields: holds no value.
    Heading,
    /// Yes or no.
    CheckBox,
    /// "Link" in Hudu's own words.
    Website,
    /// "Confidential text": never read, never written.
    Password,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// One or several items of a list.
    ListSelect,
    /// One of some lines (deprecated by Hudu).
    Dropdown,
    /// HTML from elsewhere.
    Embed,
    /// "Copyable text" in Hudu's own words.
    Email,
    /// Phone number.
    Phone,
    /// A postal address.
    AddressData,
    /// Links to assets of another layout.
    AssetTag,
    /// A type that this version does not know: never written.
    Unknown,
}

impl FieldType {
    /// Every type that can be written into a layout.
    pub const KNOWN: [FieldType; 15] = [
        FieldType::Text,
        FieldType::RichText,
        FieldType::Heading,
        FieldType::CheckBox,
        FieldType::Website,
        FieldType::Password,
        FieldType::Number,
        FieldType::Date,
        FieldType::ListSelect,
        FieldType::Dropdown,
        FieldType::Embed,
        FieldType::Email,
        FieldType::Phone,
        FieldType::AddressData,
        FieldType::AssetTag,
    ];

    /// From Hudu's spelling, in any case.
    pub fn of(name: &str) -> Self {
        Self::KNOWN.into_iter().find(|t| t.name().eq_ignore_ascii_case(name)).unwrap_or(FieldType::Unknown)
    }

    /// Hudu's spelling.
    pub fn name(self) -> &'static str {
        match self {
            FieldType::Text => "Text",
            FieldType::RichText => "RichText",
            FieldType::Heading => "Heading",
            FieldType::CheckBox => "CheckBox",
            FieldType::Website => "Website",
            FieldType::Password => "Password",
            FieldType::Number => "Number",
            FieldType::Date => "Date",
            FieldType::ListSelect => "ListSelect",
            FieldType::Dropdown => "Dropdown",
            FieldType::Embed => "Embed",
            FieldType::Email => "Email",
            FieldType::Phone => "Phone",
            FieldType::AddressData => "AddressData",
            FieldType::AssetTag => "AssetTag",
            FieldType::Unknown => "Unknown",
        }
    }
}

/// A field's value in one typed form, whatever Hudu's storage format is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Json)]
#[json(tag = "type", content = "value")]
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
    Address(Box<Address>),
    /// Names of list items.
    Items(Vec<String>),
    /// Linked assets: Hudu id and name.
    Assets(Vec<(i64, String)>),
    /// A password-type field: never read, never written.
    Secret,
}

/// A postal address in its parts; empty parts are empty texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Json)]
#[json(default)]
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

impl Address {
    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, part)| part.trim().is_empty())
    }

    /// Parts with their names in Hudu.
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("address_line_1", &self.line1),
            ("address_line_2", &self.line2),
            ("city", &self.city),
            ("state", &self.state),
            ("zip", &self.zip),
            ("country_name", &self.country),
        ]
    }
}
