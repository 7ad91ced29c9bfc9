//! Relations between two records. Each is two rows, one per direction; they come and go together.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{Filter, LIST, PLAIN, Resource, test};
use super::super::rest;
use super::super::state::{State, page_of};
use super::super::store::{Record, int_of, record, text_of};
use super::of_model;

/// Kinds that may be an end.
const ENDS: &[&str] = &[
    "Asset",
    "Website",
    "Procedure",
    "AssetPassword",
    "Company",
    "Article",
    "RackStorage",
    "Network",
    "IpAddress",
    "Vlan",
    "VlanZone",
];

pub(in super::super) static RELATIONS: Resource = Resource {
    path: "relations",
    root: "relation",
    model: "Relation",
    verbs: LIST,
    lost: "Relation not found",
    filters: &[by_end("fromable_type"), by_end("fromable_id"), by_end("toable_type"), by_end("toable_id")],
    writes: &["description", "fromable_id", "fromable_type", "toable_id", "toable_type"],
    blank: || {
        json!({
            "id": null, "description": null, "is_inverse": false, "fromable_id": null, "fromable_type": null,
            "toable_id": null, "toable_type": null, "created_at": null, "updated_at": null,
        })
    },
    check: |state, draft| {
        let faults: Vec<String> =
            ["fromable", "toable"].iter().filter_map(|end| fault(state, &draft.record, end)).collect();
        if !faults.is_empty() {
            return Err(Answer::invalid(faults));
        }
        let same = |row: &Record| {
            ["fromable_type", "fromable_id", "toable_type", "toable_id"]
                .iter()
                .all(|c| row.get(*c) == draft.record.get(*c))
        };
        if state.switches.relation_once && state.store.table("relations").values().any(same) {
            return Err(Answer::invalid(vec!["Toable has already been taken".to_owned()]));
        }
        Ok(())
    },
    saved: mirror,
    shown,
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] =
    &[route(Method::POST, "relations", create), route(Method::DELETE, "relations/:id", remove)];

/// Nobody knows whether these filters exist; the switch decides.
const fn by_end(name: &'static str) -> Filter {
    match name.as_bytes() {
        b"fromable_type" => test(name, |state, row, wanted| end_is(state, row, "fromable_type", wanted)),
        b"fromable_id" => test(name, |state, row, wanted| end_is(state, row, "fromable_id", wanted)),
        b"toable_type" => test(name, |state, row, wanted| end_is(state, row, "toable_type", wanted)),
        _ => test(name, |state, row, wanted| end_is(state, row, "toable_id", wanted)),
    }
}

fn end_is(state: &State, row: &Record, column: &str, wanted: &str) -> bool {
    let own = match row.get(column) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    !state.switches.relations_by_end || own == wanted
}

fn create(state: &mut State, call: &Call) -> Reply {
    let mut body = rest::unwrap(&RELATIONS, call)?;
    for end in ["fromable_id", "toable_id"] {
        if let Some(id) = int_of(&body, end) {
            body.insert(end.to_owned(), Value::from(id));
        }
    }
    rest::create_from(state, call, &RELATIONS, body)
}

fn remove(state: &mut State, call: &Call) -> Reply {
    let row = rest::find(state, call, &RELATIONS, call.id_at(1))?;
    let pair = int_of(&row, "_pair");
    state.store.remove_where("relations", |other| int_of(other, "_pair") == pair);
    Ok(Answer::empty(204))
}

fn fault(state: &State, row: &Record, end: &str) -> Option<String> {
    let kind = text_of(row, &format!("{end}_type"));
    if !ENDS.contains(&kind) {
        return Some(format!("{} type is not included in the list", rest::words(end)));
    }
    let id = int_of(row, &format!("{end}_id"));
    let exists = of_model(kind).zip(id).is_some_and(|(resource, id)| state.store.get(resource.path, id).is_some());
    (!exists).then(|| format!("{} must exist", rest::words(end)))
}

/// Writes the second row.
fn mirror(state: &mut State, id: i64) {
    let Some(row) = state.store.get("relations", id).cloned() else {
        return;
    };
    if row.contains_key("_pair") {
        return;
    }
    let other = state.store.next_id("relations");
    let mut inverse = row.clone();
    for (name, value) in [
        ("id", Value::from(other)),
        ("is_inverse", Value::Bool(true)),
        ("fromable_id", row.get("toable_id").cloned().unwrap_or_default()),
        ("fromable_type", row.get("toable_type").cloned().unwrap_or_default()),
        ("toable_id", row.get("fromable_id").cloned().unwrap_or_default()),
        ("toable_type", row.get("fromable_type").cloned().unwrap_or_default()),
    ] {
        inverse.insert(name.to_owned(), value);
    }
    let mut row = row;
    for (own, mut one) in [(id, std::mem::take(&mut row)), (other, inverse)] {
        one.insert("_pair".to_owned(), Value::from(id));
        state.store.put("relations", own, one);
    }
}

fn shown(state: &State, row: &Record) -> Value {
    let mut row = row.clone();
    for end in ["fromable", "toable"] {
        let kind = text_of(&row, &format!("{end}_type")).to_owned();
        let id = int_of(&row, &format!("{end}_id"));
        let target = of_model(&kind).zip(id).and_then(|(resource, id)| state.store.get(resource.path, id));
        let target = target.cloned().unwrap_or_else(|| record(Value::Null));
        row.insert(format!("{end}_url"), json!(page_of(&kind, text_of(&target, "slug"))));
        if end == "toable" {
            row.insert("name".to_owned(), target.get("name").cloned().unwrap_or_default());
        }
    }
    Value::Object(row)
}
