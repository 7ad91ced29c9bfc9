//! Custom fields (`customfields`, any entity) and the fields of an asset's type (`fields`).

use serde_json::{Value, json};

use super::resource::{Record, number, text};
use super::state::State;

/// Only the listed custom fields change, found by `id` or by `name`; unknown ones are passed over.
pub(crate) fn merged_custom(state: &State, usage: i64, record: &Record, sent: &Value) -> Value {
    let definitions = definitions(state, usage);
    merged(record.get("customfields"), sent, |entry| {
        let name = entry["name"].as_str().unwrap_or_default();
        let id = number(entry.get("id"));
        definitions.iter().copied().find(|definition| {
            id.is_some_and(|id| number(definition.get("id")) == Some(id))
                || text(definition, "name").eq_ignore_ascii_case(name)
        })
    })
}

/// Whether a sent list names a custom field that nobody has defined.
pub(crate) fn has_unknown(state: &State, usage: i64, sent: &Value) -> bool {
    let known = definitions(state, usage);
    sent.as_array().into_iter().flatten().any(|entry| {
        let name = entry["name"].as_str().unwrap_or_default();
        let id = number(entry.get("id"));
        !known.iter().any(|definition| {
            (id.is_some() && number(definition.get("id")) == id) || text(definition, "name").eq_ignore_ascii_case(name)
        })
    })
}

/// [`merged_custom`] for the fields of the asset's type.
pub(crate) fn merged_own(state: &State, sent_record: &Record, record: &Record, sent: &Value) -> Value {
    let type_id = number(sent_record.get("assettype_id").or_else(|| record.get("assettype_id")));
    let definitions = own_definitions(state, type_id.unwrap_or_default());
    let kept = record.get("fields").filter(|_| !state.switches.asset_fields_replace);
    merged(kept, sent, |entry| {
        let name = entry["name"].as_str().unwrap_or_default();
        let id = number(entry.get("id"));
        definitions.iter().copied().find(|definition| {
            id.is_some_and(|id| number(definition.get("id")) == Some(id))
                || text(definition, "name").eq_ignore_ascii_case(name)
        })
    })
}

/// Kept as `{id, value, display}` only; the rest comes from the definition when shown.
fn merged<'a>(kept: Option<&Value>, sent: &Value, definition: impl Fn(&Value) -> Option<&'a Record>) -> Value {
    let mut kept: Vec<Value> = kept.and_then(Value::as_array).cloned().unwrap_or_default();
    for entry in sent.as_array().map(Vec::as_slice).unwrap_or_default() {
        let Some(definition) = definition(entry) else {
            continue;
        };
        let id = number(definition.get("id"));
        kept.retain(|one| number(one.get("id")) != id);
        let value = entry.get("value").cloned().unwrap_or_default();
        if !value.is_null() {
            let display = displayed(definition, &value);
            kept.push(json!({ "id": id, "value": value, "display": display }));
        }
    }
    Value::Array(kept)
}

/// The readable text: a choice by its name, anything else as it is.
fn displayed(definition: &Record, value: &Value) -> String {
    let choices = definition.get("values").and_then(Value::as_array);
    let choice = choices
        .into_iter()
        .flatten()
        .find(|choice| number(choice.get("id")).is_some() && number(choice.get("id")) == number(Some(value)));
    match (choice.and_then(|choice| choice["name"].as_str()), value) {
        (Some(name), _) => name.to_owned(),
        (None, Value::String(text)) => text.clone(),
        (None, Value::Bool(flag)) => if *flag { "Yes" } else { "No" }.to_owned(),
        (None, Value::Array(parts)) => {
            parts.iter().map(|part| displayed(definition, part)).collect::<Vec<_>>().join(", ")
        }
        (None, other) => other.to_string(),
    }
}

/// Every custom field of the entity, with its value where it has one.
pub(crate) fn shown_custom(state: &State, usage: i64, record: &Record) -> Value {
    let kept = record.get("customfields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all = definitions(state, usage).into_iter().map(|definition| {
        let mut shown = json!({
            "id": definition.get("id"),
            "name": definition.get("name"),
            "label": definition.get("label"),
            "type": definition.get("type"),
            "usage": usage,
            "characterlimit": 0,
            "inputtype": definition.get("inputtype"),
            "searchable": true,
        });
        with_value(&mut shown, kept);
        shown
    });
    Value::Array(all.collect())
}

/// Every field of the asset's type, in order, with its value where it has one.
pub(crate) fn shown_own(state: &State, record: &Record) -> Value {
    let type_id = number(record.get("assettype_id")).unwrap_or_default();
    let kept = record.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let all = own_definitions(state, type_id).into_iter().map(|definition| {
        let mut shown = json!({
            "id": definition.get("id"),
            "name": definition.get("name"),
            "validate": definition.get("validate"),
            "lookup": definition.get("lookup"),
            "mandatory": false,
            "systemuse": 0,
            "typeinfo_id": definition.get("typeinfo_id"),
            "tab_name": definition.get("tab_name"),
        });
        with_value(&mut shown, kept);
        shown
    });
    Value::Array(all.collect())
}

fn with_value(shown: &mut Value, kept: &[Value]) {
    let id = number(shown.get("id"));
    if let Some(have) = kept.iter().find(|have| number(have.get("id")) == id) {
        shown["value"] = have["value"].clone();
        shown["display"] = have["display"].clone();
    }
    super::rules::without_nulls(shown);
}

/// Definitions of an entity's custom fields.
fn definitions(state: &State, usage: i64) -> Vec<&Record> {
    state.records("FieldInfo").filter(|one| number(one.get("usage")) == Some(usage)).collect()
}

/// Definitions of an asset type's fields, in their order.
pub(crate) fn own_definitions(state: &State, type_id: i64) -> Vec<&Record> {
    state.records("Field").filter(|one| number(one.get("parenttype_id")) == Some(type_id)).collect()
}
