//! One custom field's value: from what a client writes to what is stored, and to what is read.
//!
//! Stored: text as a string, a number as a number, a date as `YYYY-MM-DD`, a list as item ids, an asset
//! link as asset ids, an address as an object.

use serde_json::{Value, json};

use super::super::state::State;
use super::super::store::{Record, blank, int, int_of, text_of, truth};
use super::super::switches::{DateForm, Decimals, Encoding, Scalar};

/// Checks and stores. The error is the sentence of the 422.
pub(super) fn store(state: &State, company: Option<i64>, field: &Record, value: &Value) -> Result<Value, String> {
    let label = text_of(field, "label");
    let kind = text_of(field, "field_type");
    if blank(Some(value)) {
        return Ok(Value::Null);
    }
    match kind {
        "CheckBox" => Ok(Value::Bool(truth(value))),
        "Number" => number(state.switches.decimals, label, value),
        "Date" => value.as_str().and_then(date).map(Value::from).ok_or_else(|| format!("{label} is not a valid date")),
        "ListSelect" => list(state, field, label, value),
        "Dropdown" | "DropDown" => {
            let chosen = text(value);
            let known = text_of(field, "options").lines().any(|option| option.trim() == chosen);
            if known { Ok(Value::from(chosen)) } else { Err(format!("'{chosen}' is not a valid option for '{label}'")) }
        }
        "AssetTag" => tags(state, company, label, value),
        "AddressData" => address(value).ok_or_else(|| format!("{label} is not a valid address")),
        _ => Ok(Value::from(text(value))),
    }
}

/// As a client reads it.
pub(super) fn shown(state: &State, field: &Record, value: &Value) -> Value {
    let switches = &state.switches;
    match text_of(field, "field_type") {
        "CheckBox" if switches.checkbox == Scalar::Text => Value::from(truth(value).to_string()),
        "Number" if switches.number == Scalar::Text => Value::from(value.to_string()),
        "Date" => {
            let iso = value.as_str().unwrap_or_default();
            let parts: Vec<&str> = iso.split('-').collect();
            match (switches.date, parts.as_slice()) {
                (DateForm::Slashes, [y, m, d]) => json!(format!("{y}/{m}/{d}")),
                (DateForm::American, [y, m, d]) => json!(format!("{m}/{d}/{y}")),
                _ => json!(iso),
            }
        }
        // A string that holds JSON, seen on live servers.
        "ListSelect" => Value::from(json!({ "list_ids": value }).to_string()),
        "AssetTag" => Value::from(Value::Array(linked(state, value)).to_string()),
        "AddressData" if switches.address == Encoding::JsonString => Value::from(value.to_string()),
        _ => value.clone(),
    }
}

/// As a page shows it: plain text.
pub(in super::super) fn display(state: &State, field: &Record, value: &Value) -> String {
    match text_of(field, "field_type") {
        "CheckBox" => if truth(value) { "Yes" } else { "No" }.to_owned(),
        "Password" => "••••••••".to_owned(),
        "ListSelect" => {
            let wanted: Vec<i64> = value.as_array().into_iter().flatten().filter_map(int).collect();
            let names = items(state, field).filter(|item| int_of(item, "id").is_some_and(|id| wanted.contains(&id)));
            names.map(|item| text_of(item, "name").to_owned()).collect::<Vec<_>>().join(", ")
        }
        "AssetTag" => {
            let names =
                linked(state, value).into_iter().filter_map(|link| Some(link.get("name")?.as_str()?.to_owned()));
            names.collect::<Vec<_>>().join(", ")
        }
        "AddressData" => {
            let line = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let lines = ["address_line_1", "address_line_2", "city", "state", "zip", "country_name"].into_iter();
            lines.filter_map(line).collect::<Vec<_>>().join(", ")
        }
        _ => text(value),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn number(decimals: Decimals, label: &str, value: &Value) -> Result<Value, String> {
    let refuse = || format!("{label} must be an integer");
    if let Some(whole) = int(value) {
        return Ok(Value::from(whole));
    }
    let number: f64 = text(value).trim().parse().map_err(|_| refuse())?;
    if decimals == Decimals::Rounded && number.is_finite() { Ok(json!(number.round() as i64)) } else { Err(refuse()) }
}

/// `YYYY/MM/DD`, `YYYY-MM-DD` and `MM/DD/YYYY` were all seen to work.
fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next()?;
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, a, b) };
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

fn items<'a>(state: &'a State, field: &Record) -> impl Iterator<Item = &'a Record> {
    let list = int_of(field, "list_id").and_then(|id| state.store.get("lists", id));
    let items = list.and_then(|list| list.get("list_items")).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_object)
}

fn list(state: &State, field: &Record, label: &str, value: &Value) -> Result<Value, String> {
    let one = [value.clone()];
    let chosen = value.as_array().map_or(one.as_slice(), Vec::as_slice);
    let mut ids = Vec::new();
    for choice in chosen {
        let item = items(state, field).find(|item| {
            if state.switches.list_by_name {
                choice.as_str() == Some(text_of(item, "name"))
            } else {
                int(choice).is_some() && int(choice) == int_of(item, "id")
            }
        });
        match item.and_then(|item| int_of(item, "id")) {
            Some(id) => ids.push(Value::from(id)),
            None => {
                return Err(format!("'{}' is not a valid option for '{label}'", text(choice)));
            }
        }
    }
    Ok(Value::Array(ids))
}

/// Ids, or objects with ids; the older form is a string that holds JSON.
fn tags(state: &State, company: Option<i64>, label: &str, value: &Value) -> Result<Value, String> {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let value = parsed.as_ref().unwrap_or(value);
    let one = [value.clone()];
    let entries = value.as_array().map_or(one.as_slice(), Vec::as_slice);
    let id_of = |entry: &Value| int(entry).or_else(|| entry.get("id").and_then(int));
    let here = |id: i64| state.store.get("assets", id).is_some_and(|asset| int_of(asset, "company_id") == company);
    let wrong = entries.iter().filter(|entry| !id_of(entry).is_some_and(here));
    let wrong: Vec<String> = wrong.map(|entry| id_of(entry).map_or_else(|| text(entry), |id| id.to_string())).collect();
    if wrong.is_empty() {
        Ok(entries.iter().filter_map(id_of).map(Value::from).collect())
    } else {
        let ids = wrong.join(", ");
        Err(format!("Asset ID(s) {ids} for '{label}' do not exist or do not belong to this company."))
    }
}

/// The linked assets that still exist.
fn linked(state: &State, value: &Value) -> Vec<Value> {
    let ids = value.as_array().into_iter().flatten().filter_map(int);
    ids.filter_map(|id| state.store.get("assets", id))
        .map(|asset| {
            let url = state.absolute(&format!("/a/{}", text_of(asset, "slug")));
            json!({ "id": asset.get("id"), "url": url, "name": asset.get("name") })
        })
        .collect()
}

fn address(value: &Value) -> Option<Value> {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let object = parsed.as_ref().unwrap_or(value).as_object()?;
    let part = |name: &str| object.get(name).filter(|part| !part.is_null()).map_or(json!(""), |part| json!(text(part)));
    Some(json!({
        "address_line_1": part("address_line_1"), "address_line_2": part("address_line_2"), "city": part("city"),
        "state": part("state"), "zip": part("zip"), "country_name": part("country_name"),
    }))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn three_ways_to_write_a_day() {
        for text in ["2026-09-30", "2026/09/30", "09/30/2026", "2026-09-30T00:00:00Z"] {
            assert_eq!(date(text).as_deref(), Some("2026-09-30"), "{text}");
        }
        assert_eq!(date("2026-13-01"), None);
        assert_eq!(date("soon"), None);
    }
}
