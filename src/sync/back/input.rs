//! What a person may type into the fields of an asset, by the field's type in the layout.

use crate::http::date;
use crate::hudu::field::{Address, FieldType, FieldValue};
use crate::hudu::model::{LayoutField, List};
use crate::json::Json;
use crate::mapping::compare::{plain, show};
use crate::mapping::wanted::paragraphs;
use crate::sync::error::SyncError;
use crate::t;

/// How a value is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum InputKind {
    /// One line.
    Line,
    /// Several lines; of rich text its plain words.
    Lines,
    /// A whole number.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// "true" or "false".
    Check,
    /// One of the options.
    Choice,
    /// Any of the options, one a line.
    Choices,
    /// Street, second line, town, state, postal code and country, one a line.
    Address,
    /// E-mail, or other text to copy.
    Email,
    /// Phone number.
    Phone,
    /// Web address.
    Website,
    /// A secret: dots instead of letters, and nothing comes back.
    Secret,
    /// One of many options, found by typing.
    Pick,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct FormField {
    /// Label in Hudu; `Name` comes first and is the record's own.
    pub label: String,
    /// How it is typed.
    pub kind: InputKind,
    /// What it holds now.
    pub value: String,
    /// Options to choose from.
    pub options: Vec<String>,
    /// It may not be left empty.
    pub required: bool,
    /// What belongs there, in Hudu's own words.
    pub hint: Option<String>,
}

/// A form for what is written back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub struct FormView {
    /// "Edit HF-LT-042".
    pub title: String,
    /// What becomes of it, in a sentence.
    pub lead: String,
    /// The fields that can be typed.
    pub fields: Vec<FormField>,
    /// Hudu id of the layout of a new asset.
    pub layout: Option<i64>,
    /// Layouts to choose from, for a new asset.
    pub layouts: Vec<(i64, String)>,
}

impl FormField {
    /// An empty field that no layout names.
    pub fn new(label: &str, kind: InputKind, required: bool) -> Self {
        let (label, value) = (label.to_owned(), String::new());
        Self { label, kind, value, options: Vec::new(), required, hint: None }
    }

    /// The same with this in it.
    pub fn with(self, value: String) -> Self {
        Self { value, ..self }
    }

    /// The same with what belongs there.
    pub fn hint(self, hint: &str) -> Self {
        Self { hint: Some(hint.to_owned()), ..self }
    }
}

/// What was typed into a field.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Typed {
    /// Label of the field.
    pub label: String,
    /// What it held when the form was opened.
    pub before: String,
    /// What it holds now.
    pub value: String,
}

/// How a field of this type is typed; `None` where it is not.
pub(super) fn kind(field: &LayoutField) -> Option<InputKind> {
    Some(match field.kind() {
        FieldType::Text => InputKind::Line,
        FieldType::RichText => InputKind::Lines,
        FieldType::CheckBox => InputKind::Check,
        FieldType::Website => InputKind::Website,
        FieldType::Number => InputKind::Number,
        FieldType::Date => InputKind::Date,
        FieldType::ListSelect if field.multiple_options => InputKind::Choices,
        FieldType::ListSelect | FieldType::Dropdown => InputKind::Choice,
        FieldType::Email => InputKind::Email,
        FieldType::Phone => InputKind::Phone,
        FieldType::AddressData => InputKind::Address,
        FieldType::Heading | FieldType::Password | FieldType::Embed | FieldType::AssetTag | FieldType::Unknown => {
            return None;
        }
    })
}

/// A value as it stands in its input.
pub(super) fn shown(kind: InputKind, value: &FieldValue) -> String {
    match (kind, value) {
        (InputKind::Check, value) => (*value == FieldValue::Check(true)).to_string(),
        (InputKind::Lines, FieldValue::Html(html)) => plain(html),
        (InputKind::Choices, FieldValue::Items(items)) => items.join("\n"),
        (InputKind::Address, FieldValue::Address(address)) => {
            address.parts().map(|(_, part)| part.to_owned()).join("\n")
        }
        (InputKind::Address, value) => show(value).unwrap_or_default().replace('\n', " "),
        (_, value) => show(value).unwrap_or_default(),
    }
}

/// What was typed, as a value. `field` is `None` for the name.
pub(super) fn read(
    field: Option<&LayoutField>,
    label: &str,
    typed: &str,
    lists: &[List],
) -> Result<FieldValue, SyncError> {
    let wrong = |what: &str| SyncError::NotSynced(t!("“{label}” takes {what}.", label, what));
    let text = typed.trim();
    let kind = field
        .map_or(Some(InputKind::Line), kind)
        .ok_or_else(|| SyncError::NotSynced(t!("“{label}” takes no value here: change it in Hudu.", label)))?;
    if text.is_empty() && kind != InputKind::Check {
        return match field {
            Some(field) if !field.required => Ok(FieldValue::Empty),
            _ => Err(SyncError::NotSynced(t!("Fill in “{label}”.", label))),
        };
    }
    Ok(match kind {
        InputKind::Check => FieldValue::Check(text == "true"),
        InputKind::Number => {
            let number = text.parse::<i64>().map_err(|_| wrong(&t!("a whole number")))?;
            FieldValue::Number(number.to_string())
        }
        InputKind::Date => FieldValue::Date(date::day(text).ok_or_else(|| wrong(&t!("a day such as 2026-05-31")))?),
        InputKind::Lines => FieldValue::Html(paragraphs(text)),
        InputKind::Choice | InputKind::Choices => {
            let items: Vec<String> =
                text.lines().map(|line| line.trim().to_owned()).filter(|l| !l.is_empty()).collect();
            let known = field.map(|field| options(field, lists)).unwrap_or_default();
            let odd = items.iter().find(|item| !known.is_empty() && !known.contains(item));
            if let Some(odd) = odd {
                return Err(SyncError::NotSynced(t!("“{label}” has no choice “{odd}”.", label, odd)));
            }
            match field.map(LayoutField::kind) {
                Some(FieldType::ListSelect) => FieldValue::Items(items),
                _ => FieldValue::Text(text.to_owned()),
            }
        }
        InputKind::Address => {
            let mut lines = typed.split('\n').map(|line| line.trim().to_owned());
            let mut next = || lines.next().unwrap_or_default();
            let address =
                Address { line1: next(), line2: next(), city: next(), state: next(), zip: next(), country: next() };
            FieldValue::Address(Box::new(address))
        }
        InputKind::Line
        | InputKind::Email
        | InputKind::Phone
        | InputKind::Website
        | InputKind::Secret
        | InputKind::Pick => FieldValue::Text(text.to_owned()),
    })
}

/// What can be chosen in a field.
pub(super) fn options(field: &LayoutField, lists: &[List]) -> Vec<String> {
    let list = field.list_id.and_then(|id| lists.iter().find(|list| list.id == id));
    match list {
        Some(list) => list.items.iter().filter_map(|item| item.name.clone()).collect(),
        None => field.choices().into_iter().map(str::to_owned).collect(),
    }
}
