//! Custom fields: an array of one-key objects when written, `fields[]` in position order when read.

mod convert;
mod keys;

use serde_json::{Value, json};

use super::answer::Answer;
use super::resource::Draft;
use super::resources::assets::values_of;
use super::resources::layouts::fields_of;
use super::state::State;
use super::store::{Record, blank, flag_of, int_of, text_of};
use super::switches::{EmptyFields, UnknownField};

pub(super) use convert::display;

/// A field's row in an asset gets its own id; made from both ids, so that it never changes.
const ROWS_PER_ASSET: i64 = 100_000;

/// The id of a field's row in an asset.
pub(super) fn row_id(asset: &Record, field: &Record) -> i64 {
    int_of(asset, "id").unwrap_or_default() * ROWS_PER_ASSET + int_of(field, "id").unwrap_or_default()
}

/// The stored value of a field.
pub(super) fn stored<'a>(values: &'a Record, field: &Record) -> Option<&'a Value> {
    values.get(&key(field)).filter(|value| !blank(Some(value)))
}

/// Takes over the `custom_fields` of a draft.
pub(super) fn write(state: &State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    let layout: Vec<&Record> = fields_of(state, int_of(&draft.record, "asset_layout_id")).collect();
    let mut values = values_of(&draft.record);
    if let Some(sent) = draft.body.get("custom_fields").filter(|sent| !sent.is_null()) {
        if !state.switches.fields_merge {
            values.clear();
        }
        let company = int_of(&draft.record, "company_id");
        let mut unknown = Vec::new();
        for (name, value) in flatten(sent)? {
            let field = layout.iter().find(|field| {
                text_of(field, "field_type") != "Heading"
                    && keys::names(&state.switches, &name, text_of(field, "label"))
            });
            match field {
                Some(field) => {
                    let value = convert::store(state, company, field, &value).map_err(Answer::invalid_fields)?;
                    values.insert(key(field), value);
                }
                None => unknown.push(name),
            }
        }
        if !unknown.is_empty() && state.switches.unknown_field == UnknownField::Refused {
            return Err(Answer::invalid_fields(format!("Invalid field names: {}", unknown.join(", "))));
        }
    }
    if state.switches.required_fields {
        let lacking = layout.iter().filter(|field| flag_of(field, "required") && stored(&values, field).is_none());
        let lacking: Vec<String> = lacking.map(|field| format!("{} can't be blank", text_of(field, "label"))).collect();
        if !lacking.is_empty() {
            return Err(Answer::invalid(lacking));
        }
    }
    draft.record.insert("_values".to_owned(), Value::Object(values));
    Ok(())
}

/// `fields[]` of an asset. Headings have no value and are not in it.
pub(super) fn read(state: &State, asset: &Record) -> Value {
    let values = values_of(asset);
    fields_of(state, int_of(asset, "asset_layout_id"))
        .filter(|field| text_of(field, "field_type") != "Heading")
        .filter(|field| state.switches.empty_fields == EmptyFields::Null || stored(&values, field).is_some())
        .map(|field| {
            let value = stored(&values, field).map_or(Value::Null, |value| convert::shown(state, field, value));
            json!({
                "id": row_id(asset, field), "label": field.get("label"), "value": value,
                "position": field.get("position"),
            })
        })
        .collect()
}

/// One object with many keys or many with one: both are taken. A map is not.
fn flatten(sent: &Value) -> Result<Vec<(String, Value)>, Box<Answer>> {
    let refuse = || Answer::invalid_fields("custom_fields must be an array of objects (use [ ] not { }).".to_owned());
    let mut pairs = Vec::new();
    for entry in sent.as_array().ok_or_else(refuse)? {
        let entry = entry.as_object().ok_or_else(refuse)?;
        pairs.extend(entry.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    Ok(pairs)
}

fn key(field: &Record) -> String {
    int_of(field, "id").unwrap_or_default().to_string()
}
