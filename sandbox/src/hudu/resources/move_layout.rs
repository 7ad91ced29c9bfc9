//! Moving an asset to another layout: fields match by exact label and type, missing ones are added.

use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::call::Call;
use super::super::rest;
use super::super::state::State;
use super::super::store::{Record, blank, flag_of, int, int_of, text_of};
use super::assets::{ASSETS, values_of};
use super::expirations;
use super::layouts::fields_of;

/// Takes `{"asset_layout_id": n}`, bare or below `asset`.
pub(super) fn run(state: &mut State, call: &Call, mut asset: Record) -> Reply {
    let body = call.body.get("asset").unwrap_or(&call.body);
    let target = body.get("asset_layout_id").and_then(int);
    let Some(target) = target.filter(|id| state.store.get("asset_layouts", *id).is_some()) else {
        return Err(Answer::error(404, "Asset layout not found"));
    };
    let old: Vec<Record> = fields_of(state, int_of(&asset, "asset_layout_id")).cloned().collect();
    let new: Vec<Record> = fields_of(state, Some(target)).cloned().collect();
    let values = values_of(&asset);
    let mut moved = Record::new();
    let mut added = Vec::new();
    for field in &old {
        let Some(value) = values.get(&key(field)).filter(|value| !blank(Some(value))) else {
            continue;
        };
        match new.iter().find(|other| same(field, other)) {
            Some(other) => {
                moved.insert(key(other), value.clone());
            }
            None => {
                let mut copy = field.clone();
                copy.insert("id".to_owned(), Value::from(state.store.next_id("asset_layout_fields")));
                copy.insert("position".to_owned(), json!(new.len() + added.len() + 1));
                moved.insert(key(&copy), value.clone());
                added.push(Value::Object(copy));
            }
        }
    }
    let lacking: Vec<String> = new
        .iter()
        .filter(|field| flag_of(field, "required") && blank(moved.get(&key(field))))
        .map(|field| format!("{} is required", text_of(field, "label")))
        .collect();
    if !lacking.is_empty() {
        return Err(Answer::invalid(lacking));
    }
    if let Some(Value::Array(list)) = state.store.get_mut("asset_layouts", target).and_then(|l| l.get_mut("fields")) {
        list.extend(added);
    }
    let id = int_of(&asset, "id").unwrap_or_default();
    asset.insert("asset_layout_id".to_owned(), Value::from(target));
    asset.insert("_values".to_owned(), Value::Object(moved));
    asset.insert("updated_at".to_owned(), Value::from(state.now()));
    state.store.put("assets", id, asset.clone());
    expirations::follow_asset(state, id);
    Ok(rest::single(state, &ASSETS, 200, &asset))
}

fn key(field: &Record) -> String {
    int_of(field, "id").unwrap_or_default().to_string()
}

fn same(one: &Record, other: &Record) -> bool {
    text_of(one, "label") == text_of(other, "label") && text_of(one, "field_type") == text_of(other, "field_type")
}
