//! The settings as a file, with a comment above each key.

use super::sections::{ALL, HALO, HUDU, LOCK, RATES, RECIPES, SCHEDULE, SIDEBAR, SYNC, Section, TICKETS};
use crate::json::{Json, Map, Value};
use crate::settings::{Settings, SyncSettings, VERSION};

/// The file's text. What a connection lacks stands there as a comment, so that the file of the defaults
/// is one to start from.
pub fn write(settings: &Settings) -> String {
    let mut text = format!("# Settings of Sidelight. No secret stands here.\nversion = {VERSION}\n");
    for section in ALL {
        let values = match section.name {
            name if name == HALO.name => halo(settings),
            name if name == HUDU.name => hudu(settings),
            name if name == SYNC.name => settings.sync.to_json(),
            name if name == SCHEDULE.name => settings.schedule.to_json(),
            name if name == SIDEBAR.name => settings.frame.to_json(),
            name if name == TICKETS.name => settings.tickets.to_json(),
            name if name == RECIPES.name => settings.recipes.to_json(),
            name if name == LOCK.name => settings.lock.to_json(),
            name if name == RATES.name => settings.rates.to_json(),
            _ => Value::Null,
        };
        write_section(&mut text, section, &values);
    }
    text
}

fn halo(settings: &Settings) -> Value {
    let Some(halo) = &settings.connections.halo else { return Value::Null };
    let mut values = halo.to_json();
    values["resource_server"] = Value::from(halo.origin.as_str());
    values
}

fn hudu(settings: &Settings) -> Value {
    let mut values = Map::new();
    if let Some(hudu) = &settings.connections.hudu {
        values.insert("url".to_owned(), Value::from(hudu.origin.as_str()));
    }
    Value::Object(values)
}

fn write_section(text: &mut String, section: &Section, values: &Value) {
    text.push_str(&format!("\n# {}\n[{}]\n", section.about, section.name));
    for (key, about) in section.keys {
        let value = values.get(key).unwrap_or(&Value::Null);
        match (section.name, *key) {
            ("sync", "keys") => keys(text, about, value),
            ("sync", "policies") => policies(text, about, value),
            _ if value.is_null() => text.push_str(&format!("# {about}\n# {key} = \"\"\n")),
            _ => text.push_str(&format!("# {about}\n{key} = {}\n", lines(value))),
        }
    }
}

/// A line for each kind; a kind without any has an empty list, because a missing one takes the default.
fn keys(text: &mut String, about: &str, pairs: &Value) {
    text.push_str(&format!("\n# {about}\n[sync.keys]\n"));
    let empty = SyncSettings::default().keys.into_iter().map(|(kind, _)| (kind.to_json(), Value::Array(Vec::new())));
    let mut rows: Vec<(Value, Value)> = pairs.as_array().into_iter().flatten().map(halves).collect();
    for (kind, none) in empty {
        if !rows.iter().any(|(own, _)| *own == kind) {
            rows.push((kind, none));
        }
    }
    for (kind, keys) in rows {
        text.push_str(&format!("{} = {}\n", key(kind.as_str().unwrap_or_default()), inline(&keys)));
    }
}

fn halves(pair: &Value) -> (Value, Value) {
    let part = |place: usize| pair.get(place).cloned().unwrap_or_default();
    (part(0), part(1))
}

fn policies(text: &mut String, about: &str, rows: &Value) {
    text.push_str(&format!("\n# {about}\n[sync.policies]\n"));
    let rows: Vec<&Value> = rows.as_array().into_iter().flatten().collect();
    let part = |row: &Value, place: usize| row.get(place).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut kinds: Vec<String> = Vec::new();
    for row in &rows {
        let kind = part(row, 0);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for kind in kinds {
        text.push_str(&format!("[sync.policies.{}]\n", key(&kind)));
        let mut seen: Vec<String> = Vec::new();
        for row in rows.iter().filter(|row| part(row, 0) == kind) {
            // Where a place stands twice the first one counts.
            let place = part(row, 1);
            if !seen.contains(&place) {
                text.push_str(&format!("{} = {}\n", key(&place), quoted(&part(row, 2))));
                seen.push(place);
            }
        }
    }
}

/// A list of tables with one on each line, anything else on one line.
fn lines(value: &Value) -> String {
    match value.as_array() {
        Some(items) if items.iter().any(Value::is_object) => {
            let items: Vec<String> = items.iter().map(|item| format!("    {},\n", inline(item))).collect();
            format!("[\n{}]", items.concat())
        }
        _ => inline(value),
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let rows: Vec<String> =
                members.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", rows.join(", "))
        }
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// JSON's escapes are TOML's as well, but for one character.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
