//! How a value is sent.

use serde_json::{Value, json};

use crate::http::date;
use crate::http::raw::read;
use crate::hudu::field::{FieldType, FieldValue};
use crate::hudu::model::{LayoutField, List};
use crate::json::object;

/// A value cannot stand in this field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Another kind of value belongs there.
    #[error("“{label}” takes {expected}")]
    Kind {
        /// Label.
        label: String,
        /// "a whole number".
        expected: &'static str,
    },
    /// The list has no such item.
    #[error("“{label}” has no choice “{value}”")]
    Choice {
        /// Label.
        label: String,
        /// What was to be chosen.
        value: String,
    },
    /// A heading, a confidential text or an unknown type: Sidelight does not write it.
    #[error("“{label}” is not written by Sidelight")]
    NotWritten {
        /// Label.
        label: String,
    },
}

/// A value for one field, ready to be sent, with the other form that some versions want instead.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldWrite {
    /// Label of the layout field.
    pub label: String,
    /// Form that most versions take.
    pub value: Value,
    /// Form for versions that refuse the first: a list item's id instead of its name.
    pub otherwise: Option<Value>,
}

/// Makes a value ready for a field. [`FieldValue::Empty`] clears the field.
pub fn write(field: &LayoutField, value: &FieldValue, lists: &[List]) -> Result<FieldWrite, FieldError> {
    let label = field.label.clone().unwrap_or_default();
    let kind = field.kind();
    if matches!(kind, FieldType::Password | FieldType::Heading | FieldType::Unknown) {
        return Err(FieldError::NotWritten { label });
    }
    let mut otherwise = None;
    let wrong = |expected| FieldError::Kind { label: label.clone(), expected };
    let ready = match (kind, value) {
        (_, FieldValue::Empty) => Value::Null,
        (_, FieldValue::Secret) => return Err(FieldError::NotWritten { label }),
        (FieldType::CheckBox, FieldValue::Check(set)) => json!(set),
        (FieldType::CheckBox, other) => {
            let text = Value::String(plain(other));
            json!(read::flag_of(&text).ok_or_else(|| wrong("yes or no"))?)
        }
        (FieldType::Number, other) => {
            let text = Value::String(plain(other));
            json!(read::integer_of(&text).ok_or_else(|| wrong("a whole number"))?)
        }
        (FieldType::Date, other) => json!(date::day(&plain(other)).ok_or_else(|| wrong("a date"))?),
        (FieldType::ListSelect, other) => {
            let names = match other {
                FieldValue::Items(names) => names.clone(),
                other => vec![plain(other)],
            };
            let list = field.list_id.and_then(|id| lists.iter().find(|l| l.id == id));
            if let Some(list) = list {
                let mut ids = Vec::new();
                for name in &names {
                    let choice = || FieldError::Choice { label: label.clone(), value: name.clone() };
                    ids.push(list.item_id(name).ok_or_else(choice)?);
                }
                otherwise = Some(json!(ids));
            }
            json!(names)
        }
        (FieldType::Dropdown, other) => {
            let text = plain(other);
            let choices = field.choices();
            let found = choices.iter().find(|c| c.eq_ignore_ascii_case(text.trim()));
            match found {
                Some(choice) => json!(choice),
                None if choices.is_empty() => json!(text),
                None => return Err(FieldError::Choice { label, value: text }),
            }
        }
        (FieldType::AssetTag, FieldValue::Assets(links)) => {
            json!(links.iter().map(|(id, _)| id).collect::<Vec<_>>())
        }
        (FieldType::AssetTag, _) => return Err(wrong("links to assets")),
        (FieldType::AddressData, FieldValue::Address(address)) => {
            let parts = address.parts().into_iter();
            Value::Object(object(parts.map(|(key, part)| (key.to_owned(), json!(part)))))
        }
        (FieldType::AddressData, _) => return Err(wrong("an address")),
        (FieldType::Website, other) => {
            let text = plain(other);
            json!(if text.contains("://") { text } else { format!("https://{text}") })
        }
        (_, other) => json!(plain(other)),
    };
    Ok(FieldWrite { label, value: ready, otherwise })
}

fn plain(value: &FieldValue) -> String {
    match value {
        FieldValue::Empty | FieldValue::Secret => String::new(),
        FieldValue::Text(text) | FieldValue::Html(text) | FieldValue::Number(text) | FieldValue::Date(text) => {
            text.clone()
        }
        FieldValue::Check(set) => set.to_string(),
        FieldValue::Items(names) => names.join(", "),
        FieldValue::Assets(links) => {
            let names: Vec<&str> = links.iter().map(|(_, name)| name.as_str()).collect();
            names.join(", ")
        }
        FieldValue::Address(address) => {
            let parts: Vec<&str> = address.parts().into_iter().map(|(_, p)| p).filter(|p| !p.is_empty()).collect();
            parts.join(", ")
        }
    }
}

/// The key of `custom_fields` for a label: lower case, spaces become `_`, the rest stays. A server
/// that refuses it ("Invalid field names") takes the label as it stands.
pub fn key(label: &str) -> String {
    label.trim().to_lowercase().replace(' ', "_")
}
