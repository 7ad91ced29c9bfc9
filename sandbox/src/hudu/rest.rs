//! List, read, create, change, delete and archive: the same code for every resource in the table.

use serde_json::{Value, json};

use super::answer::{Answer, Reply};
use super::call::Call;
use super::filter;
use super::resource::{Resource, Shape, Takes};
use super::save::save;
use super::state::State;
use super::store::{Record, flag_of, int_of, record};
use crate::written::Written;

/// A page of records.
pub(super) fn list(state: &State, call: &Call, resource: &Resource) -> Reply {
    list_of(state, call, resource, None)
}

/// A page of the records of one company, or of all.
pub(super) fn list_of(state: &State, call: &Call, resource: &Resource, company: Option<i64>) -> Reply {
    filter::admit(resource, call)?;
    let store = &state.store;
    let hits = store.found(asked(call), || {
        let active = filter::active(resource, call);
        let exact = |name: &str| call.query(name).filter(|_| filter::is_exact(resource, name));
        let wanted = |id: &i64| {
            let record = store.get(resource.path, *id);
            record.is_some_and(|r| sees(state, call, resource, r) && filter::passes(state, &active, r))
        };
        // The narrowest index that there is.
        let one = exact("id").and_then(|id| id.trim().parse().ok());
        let company = company.or_else(|| exact("company_id")?.trim().parse().ok());
        match (one, company) {
            (Some(id), None) => Some(id).into_iter().filter(wanted).collect(),
            (_, Some(company)) => store.of_company(resource.path, company).filter(wanted).collect(),
            (None, None) => store.table(resource.path).keys().copied().filter(wanted).collect(),
        }
    });
    let nothing = hits.is_empty() && filter::any(resource, call);
    let rows = filter::page(state, resource, call, hits.iter());
    let rows = rows.into_iter().filter_map(|id| store.get(resource.path, *id));
    let rows: Vec<Value> = rows.map(|r| show(state, resource, r)).collect();
    Ok(match resource.list {
        Shape::Bare => Answer::json(200, &Value::Array(rows)),
        Shape::BareUnlessNothing if !nothing => Answer::json(200, &Value::Array(rows)),
        _ => Answer::json(200, &json!({ resource.path: rows })),
    })
}

/// What a list asks, whichever page it is, and who asks it.
fn asked(call: &Call) -> String {
    let query = call.query.iter().filter(|(name, _)| name != "page").map(|(name, value)| format!("&{name}={value}"));
    format!("{:?} {}{}", call.key.companies, call.path.join("/"), query.collect::<String>())
}

/// One record by id.
pub(super) fn get(state: &mut State, call: &Call, resource: &Resource, id: i64) -> Reply {
    match find(state, call, resource, id) {
        Ok(found) => {
            if resource.path == "asset_passwords" {
                state.log("viewed password", resource.model, &found);
            }
            Ok(single(state, resource, 200, &found))
        }
        Err(_) if resource.null_when_lost => Ok(Answer::json(200, &Value::Null)),
        Err(lost) => Err(lost),
    }
}

/// Creates a record.
pub(super) fn create(state: &mut State, call: &Call, resource: &'static Resource) -> Reply {
    let body = unwrap(resource, call)?;
    create_from(state, call, resource, body)
}

/// Creates a record from a body that is already unwrapped.
pub(super) fn create_from(state: &mut State, call: &Call, resource: &'static Resource, body: Record) -> Reply {
    admit_company(state, call, &body)?;
    let id = save(state, resource, None, body, false)?;
    let mut new = state.store.get(resource.path, id).cloned().unwrap_or_default();
    note(state, resource, id, None);
    state.log("created", resource.model, &new);
    new.insert("_new".to_owned(), Value::Bool(true));
    Ok(single(state, resource, resource.created, &new))
}

/// Changes a record: only the members that were sent.
pub(super) fn update(state: &mut State, call: &Call, resource: &'static Resource, id: i64) -> Reply {
    find(state, call, resource, id)?;
    let bare = state.switches.bare_changes && !call.broken && call.body.get(resource.root).is_none();
    let body = if bare { record(call.body.clone()) } else { unwrap(resource, call)? };
    update_from(state, call, resource, id, body)
}

/// Changes a record from a body that is already unwrapped.
pub(super) fn update_from(state: &mut State, call: &Call, resource: &'static Resource, id: i64, body: Record) -> Reply {
    admit_company(state, call, &body)?;
    let before = shown_for_log(state, resource, id);
    save(state, resource, Some(id), body, false)?;
    note(state, resource, id, before);
    let changed = state.store.get(resource.path, id).cloned().unwrap_or_default();
    state.log("updated", resource.model, &changed);
    Ok(single(state, resource, 200, &changed))
}

/// A record for the log of writes, if there is one.
fn shown_for_log(state: &State, resource: &Resource, id: i64) -> Option<Value> {
    let found = state.store.get(resource.path, id).filter(|_| state.written.is_on())?;
    Some(show(state, resource, found))
}

/// Logs what a client wrote.
fn note(state: &mut State, resource: &Resource, id: i64, before: Option<Value>) {
    if let Some(after) = shown_for_log(state, resource, id) {
        let at = state.clock.now();
        state.written.add(Written { resource: resource.path, id, before, after, at });
    }
}

/// Deletes a record for good, with the relations that hang on it.
pub(super) fn delete(state: &mut State, call: &Call, resource: &Resource, id: i64) -> Reply {
    find(state, call, resource, id)?;
    erase(state, resource, id);
    Ok(if resource.delete_message {
        Answer::json(200, &json!({ "message": format!("{} deleted successfully", words(resource.root)) }))
    } else {
        Answer::empty(204)
    })
}

/// Takes a record out and tidies up behind it.
pub(super) fn erase(state: &mut State, resource: &Resource, id: i64) {
    if let Some(old) = state.store.remove(resource.path, id) {
        state.log("deleted", resource.model, &old);
        let model = resource.model;
        state.store.remove_where("relations", |r| {
            [("fromable_type", "fromable_id"), ("toable_type", "toable_id")]
                .iter()
                .any(|(kind, end)| r.get(*kind).is_some_and(|k| k == model) && int_of(r, end) == Some(id))
        });
        (resource.gone)(state, &old);
    }
}

/// Archives a record or brings it back.
pub(super) fn archive(state: &mut State, call: &Call, resource: &Resource, id: i64, archived: bool) -> Reply {
    find(state, call, resource, id)?;
    let before = shown_for_log(state, resource, id);
    set_archived(state, resource, id, archived);
    note(state, resource, id, before);
    let changed = state.store.get(resource.path, id).cloned().unwrap_or_default();
    state.log(if archived { "archived" } else { "unarchived" }, resource.model, &changed);
    Ok(single(state, resource, 200, &changed))
}

/// Marks a record as archived or active.
pub(super) fn set_archived(state: &mut State, resource: &Resource, id: i64, archived: bool) {
    let now = state.now();
    if let Some(r) = state.store.get_mut(resource.path, id) {
        r.insert("archived".to_owned(), Value::Bool(archived));
        r.insert("updated_at".to_owned(), Value::from(now));
    }
    (resource.saved)(state, id);
}

/// Whether the key may see the record.
fn sees(state: &State, call: &Call, resource: &Resource, record: &Record) -> bool {
    let central = resource.path == "articles" && record.get("company_id").is_none_or(Value::is_null);
    call.key.sees(resource.path, record) || (central && state.switches.scoped_central)
}

/// The record, if it exists and the key may see it.
pub(super) fn find(state: &State, call: &Call, resource: &Resource, id: i64) -> Result<Record, Box<Answer>> {
    match state.store.get(resource.path, id) {
        Some(found) if sees(state, call, resource, found) => Ok(found.clone()),
        _ => Err(Answer::error(404, resource.lost)),
    }
}

/// One record in the shape of its resource.
pub(super) fn single(state: &State, resource: &Resource, status: u16, found: &Record) -> Answer {
    let shown = show(state, resource, found);
    match resource.one {
        Shape::Wrapped => Answer::json(status, &json!({ resource.root: shown })),
        _ => Answer::json(status, &shown),
    }
}

/// A record as a client reads it, without the store's own members.
pub(super) fn show(state: &State, resource: &Resource, found: &Record) -> Value {
    let mut shown = (resource.shown)(state, found);
    if let Value::Object(map) = &mut shown {
        map.retain(|name, _| !name.starts_with('_'));
    }
    shown
}

/// The members that the client sent, out of their root key.
pub(super) fn unwrap(resource: &Resource, call: &Call) -> Result<Record, Box<Answer>> {
    if call.broken {
        return Err(Box::new(Answer::json(400, &json!({ "status": 400, "error": "Bad Request" }))));
    }
    let inner = call.body.get(resource.root);
    match (resource.takes, inner) {
        (Takes::Bare, Some(_)) => Err(Answer::crash()),
        (Takes::Bare, None) => Ok(record(call.body.clone())),
        (_, Some(Value::Object(map))) if !map.is_empty() => Ok(map.clone()),
        (Takes::RootOrBare, _) => Ok(record(call.body.clone())),
        (Takes::RootOrCrash, _) => Err(Answer::crash()),
        (Takes::Root, _) => Err(Answer::unwrapped(resource.root)),
    }
}

/// A key that is bound to companies may write into those only.
fn admit_company(state: &State, call: &Call, body: &Record) -> Result<(), Box<Answer>> {
    match (&call.key.companies, int_of(body, "company_id")) {
        (Some(allowed), Some(id)) if !allowed.contains(&id) => {
            Err(Answer::error(state.switches.denied_status, &state.switches.denied_text))
        }
        _ => Ok(()),
    }
}

/// `vlan_id_ranges` as "Vlan id ranges".
pub(super) fn words(column: &str) -> String {
    let text = column.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A yes-or-no member of a body that was sent.
pub(super) fn sent_flag(body: &Record, name: &str) -> Option<bool> {
    body.contains_key(name).then(|| flag_of(body, name))
}
