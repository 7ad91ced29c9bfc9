//! What an answered value means.

use serde_json::{Number, Value};

use crate::http::date;
use crate::http::raw::read;
use crate::hudu::field::{Address, FieldType, FieldValue};
use crate::hudu::model::{LayoutField, List};
use crate::json;

/// Reads the value of a field. `lists` resolve the ids of `ListSelect`.
pub fn read(field: &LayoutField, value: &Value, lists: &[List]) -> FieldValue {
    let kind = field.kind();
    if kind == FieldType::Password {
        return if value.is_null() { FieldValue::Empty } else { FieldValue::Secret };
    }
    let text = || read::text_of(value);
    let found = match kind {
        FieldType::CheckBox => read::flag_of(value).map(FieldValue::Check),
        FieldType::Number => text().map(|t| FieldValue::Number(number(&t).unwrap_or(t))),
        FieldType::Date => text().map(|t| date::day(&t).map_or(FieldValue::Text(t), FieldValue::Date)),
        FieldType::RichText | FieldType::Embed => text().map(FieldValue::Html),
        FieldType::ListSelect => items(field, value, lists),
        FieldType::AssetTag => links(value),
        FieldType::AddressData => address(value),
        _ => text().map(FieldValue::Text),
    };
    found.unwrap_or_default()
}

/// The shortest form of a number: `12.50` is `12.5`, `12.0` is `12`.
pub fn number(text: &str) -> Option<String> {
    Some(read::plain(&Number::from_f64(read::number_of(text)?)?))
}

/// A string that holds JSON is opened; anything else stays.
fn opened(value: &Value) -> Value {
    match value {
        Value::String(text) => json::parse(text.as_bytes()).unwrap_or_else(|_| value.clone()),
        other => other.clone(),
    }
}

fn items(field: &LayoutField, value: &Value, lists: &[List]) -> Option<FieldValue> {
    let list = field.list_id.and_then(|id| lists.iter().find(|l| l.id == id));
    let name = |value: &Value| match (read::integer_of(value), list) {
        (Some(id), Some(list)) => list.item_name(id).map(str::to_owned).or_else(|| Some(format!("#{id}"))),
        (Some(id), None) => Some(format!("#{id}")),
        (None, _) => value.get("name").map_or_else(|| read::text_of(value), read::text_of),
    };
    let opened = opened(value);
    let rows = match &opened {
        Value::Object(map) => map.get("list_ids")?.as_array()?.as_slice(),
        Value::Array(rows) => rows.as_slice(),
        Value::Null => return None,
        single => std::slice::from_ref(single),
    };
    let names: Vec<String> = rows.iter().filter_map(name).collect();
    (!names.is_empty()).then_some(FieldValue::Items(names))
}

fn links(value: &Value) -> Option<FieldValue> {
    let link = |value: &Value| {
        let id = value.get("id").map_or_else(|| read::integer_of(value), read::integer_of)?;
        let name = value.get("name").and_then(read::text_of).unwrap_or_default();
        Some((id, name))
    };
    let links: Vec<(i64, String)> = match opened(value) {
        Value::Array(rows) => rows.iter().filter_map(link).collect(),
        single => link(&single).into_iter().collect(),
    };
    (!links.is_empty()).then_some(FieldValue::Assets(links))
}

fn address(value: &Value) -> Option<FieldValue> {
    match opened(value) {
        Value::Object(map) => {
            let part = |key| read::text(&map, key).unwrap_or_default();
            let address = Address {
                line1: part("address_line_1"),
                line2: part("address_line_2"),
                city: part("city"),
                state: part("state"),
                zip: part("zip"),
                country: part("country_name"),
            };
            (!address.is_empty()).then(|| FieldValue::Address(address.into()))
        }
        // Typed before the field had parts.
        other => read::text_of(&other).map(FieldValue::Text),
    }
}
