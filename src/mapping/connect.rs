//! Values from one product in the type of a field of the other, and why that cannot be.

use std::borrow::Cow;

use crate::hudu::field::{FieldType, FieldValue};
use crate::mapping::compare::{peek, show};
use crate::mapping::facts::Holds;
use crate::mapping::record::{FactValue, LayoutField};
use crate::mapping::spelling::{day, website, whole_number, yes_or_no};
use crate::mapping::wanted::{Known, paragraphs};
use crate::t;

/// Whether a fact of this type can go to the field at all; the error is a sentence for the page on
/// which fields are connected. Whether a certain text reads as a date or a number is only known
/// with the text: [`to_hudu`] tells.
pub fn fits(holds: Holds, field: &LayoutField) -> Result<(), String> {
    admits(FieldType::of(&field.kind), holds, field)
}

/// The same, where the type of the field is known already.
fn admits(kind: FieldType, holds: Holds, field: &LayoutField) -> Result<(), String> {
    use FieldType as T;
    let fine = match kind {
        T::Heading | T::Password | T::Embed | T::Unknown => {
            let field = field.label.trim();
            return Err(match kind {
                T::Heading => t!("“{field}” is a heading and holds no value.", field),
                T::Password => t!("“{field}” is a confidential text, which Sidelight never writes.", field),
                T::Embed => t!("“{field}” holds embedded content, which Sidelight never writes.", field),
                _ => t!("“{field}” is of a type that Sidelight does not know.", field),
            });
        }
        T::AssetTag => holds == Holds::Record,
        T::AddressData => holds == Holds::Address,
        T::CheckBox => matches!(holds, Holds::Check | Holds::Text),
        T::Date => matches!(holds, Holds::Date | Holds::Text),
        T::Number => matches!(holds, Holds::Number | Holds::Text),
        T::ListSelect | T::Dropdown => matches!(holds, Holds::Text | Holds::Number | Holds::Record | Holds::Check),
        T::Website => matches!(holds, Holds::Text | Holds::RichText),
        T::Text | T::Phone | T::Email | T::RichText => holds != Holds::Check,
    };
    if fine {
        Ok(())
    } else {
        Err(t!("{takes}, and the value in Halo is {holds}.", takes = takes(field), holds = article(holds)))
    }
}

/// A Halo value in the field's type, without a copy where it has that already. The error is a sentence that
/// names the value.
pub fn to_hudu<'v>(value: &'v FactValue, field: &LayoutField, known: Known) -> Result<Cow<'v, FieldValue>, String> {
    turned(value, FieldType::of(&field.kind), field, known)
}

/// The same, where the type of the field is known already.
pub(super) fn turned<'v>(
    value: &'v FactValue,
    kind: FieldType,
    field: &LayoutField,
    known: Known,
) -> Result<Cow<'v, FieldValue>, String> {
    admits(kind, Holds::of(value), field)?;
    let plain = match value {
        FactValue::Plain(value) => value,
        FactValue::Record(record, name) if kind == FieldType::AssetTag => {
            let link = known(*record).map(|link| Cow::Owned(FieldValue::Assets(vec![link])));
            return link.ok_or_else(|| t!("“{name}” is not known in Hudu yet.", name));
        }
        FactValue::Record(_, name) => &FieldValue::Text(name.clone()),
    };
    let Some(text) = peek(plain) else { return Ok(Cow::Owned(FieldValue::Empty)) };
    let wrong = || t!("{takes}, and “{text}” is none.", takes = takes(field), text);
    let fits = match (kind, plain) {
        (FieldType::Date, FieldValue::Date(_)) | (FieldType::CheckBox, FieldValue::Check(_)) => true,
        (FieldType::RichText, FieldValue::Html(_)) | (FieldType::AddressData, FieldValue::Address(_)) => true,
        (FieldType::Text | FieldType::Phone | FieldType::Email, FieldValue::Text(own)) => own.len() == text.len(),
        _ => false,
    };
    if let (true, FactValue::Plain(value)) = (fits, value) {
        return Ok(Cow::Borrowed(value));
    }
    let made = match kind {
        FieldType::Date => day(&text).map(FieldValue::Date).ok_or_else(wrong),
        FieldType::CheckBox => yes_or_no(&text).map(FieldValue::Check).ok_or_else(wrong),
        FieldType::Number => whole_number(&text).map(FieldValue::Number).ok_or_else(wrong),
        FieldType::Website => website(&text).map(FieldValue::Text).ok_or_else(wrong),
        FieldType::RichText => Ok(FieldValue::Html(paragraphs(&text))),
        FieldType::Dropdown => choice(&text, field).map(FieldValue::Text),
        FieldType::ListSelect => choices(&text, field).map(FieldValue::Items),
        _ => Ok(FieldValue::Text(text.into_owned())),
    };
    made.map(Cow::Owned)
}

/// A Hudu value in the type of a Halo field; links to assets become the names of the assets. The error
/// is a sentence that names the value.
pub fn to_halo(value: &FieldValue, holds: Holds) -> Result<FieldValue, String> {
    let Some(text) = show(value) else { return Ok(FieldValue::Empty) };
    if *value == FieldValue::Secret {
        return Err(t!("Confidential values never leave Hudu."));
    }
    let wrong = || t!("Halo takes {holds} here, and “{text}” is none.", holds = article(holds), text);
    match (holds, value) {
        (Holds::Date, FieldValue::Date(_)) | (Holds::Check, FieldValue::Check(_)) => Ok(value.clone()),
        (Holds::RichText, FieldValue::Html(_)) | (Holds::Address, FieldValue::Address(_)) => Ok(value.clone()),
        (Holds::Address, _) => Err(wrong()),
        (Holds::Date, _) => day(&text).map(FieldValue::Date).ok_or_else(wrong),
        (Holds::Check, _) => yes_or_no(&text).map(FieldValue::Check).ok_or_else(wrong),
        (Holds::Number, _) => match text.parse::<f64>() {
            Ok(_) => Ok(FieldValue::Number(text)),
            Err(_) => whole_number(&text).map(FieldValue::Number).ok_or_else(wrong),
        },
        (Holds::RichText, _) => Ok(FieldValue::Html(paragraphs(&text))),
        (Holds::Text | Holds::Record, _) => Ok(FieldValue::Text(text)),
    }
}

/// The option of the field that reads the same; where none are known, any text goes.
fn choice(text: &str, field: &LayoutField) -> Result<String, String> {
    let same = |option: &&String| option.trim().to_lowercase() == text.trim().to_lowercase();
    match field.options.iter().find(same) {
        Some(option) => Ok(option.clone()),
        None if field.options.is_empty() => Ok(text.trim().to_owned()),
        None => Err(t!("“{label}” has no choice “{odd}”.", label = field.label.trim(), odd = text.trim())),
    }
}

/// The whole text as one item, else each part of it between commas, semicolons or lines.
fn choices(text: &str, field: &LayoutField) -> Result<Vec<String>, String> {
    let whole = choice(text, field);
    let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match whole {
        Err(_) if parts.len() > 1 => parts.into_iter().map(|part| choice(part, field)).collect(),
        whole => whole.map(|item| vec![item]),
    }
}

fn takes(field: &LayoutField) -> String {
    let what = match FieldType::of(&field.kind) {
        FieldType::AssetTag => t!("links to assets"),
        FieldType::AddressData => t!("an address in its parts"),
        FieldType::CheckBox => t!("yes or no"),
        FieldType::Date => t!("a date"),
        FieldType::Number => t!("a whole number"),
        FieldType::Website => t!("a web address"),
        FieldType::ListSelect | FieldType::Dropdown => t!("one of its choices"),
        _ => t!("text"),
    };
    t!("“{field}” takes {what}", field = field.label.trim(), what)
}

fn article(holds: Holds) -> String {
    match holds {
        Holds::Text => t!("text"),
        Holds::Number => t!("a number"),
        Holds::Date => t!("a date"),
        Holds::Check => t!("yes or no"),
        Holds::RichText => t!("rich text"),
        Holds::Address => t!("an address"),
        Holds::Record => t!("another record"),
    }
}
