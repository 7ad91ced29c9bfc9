//! Writes: POST takes an array and creates or updates, DELETE answers with what it took away.

use serde_json::{Value, json};

use super::reply::Reply;
use super::resource::{Draft, Ids, Record, Resource, Saved};
use super::state::{Caller, Key, State};
use super::switches::MultiPost;
use super::{bind, dates, fields, rules, show};
use crate::written::Written;

/// `POST /api/<Resource>`: one refused element refuses the whole request.
pub(crate) fn post(
    state: &mut State,
    resource: &'static Resource,
    caller: &Caller,
    body: &[u8],
) -> Result<Reply, Reply> {
    let (words, text) = ("The JSON value could not be converted to a list.", state.switches.unbound_as_text);
    let not_a_list = || if text { Reply::refused(words) } else { Reply::unbound("", words) };
    let elements = match serde_json::from_slice(body) {
        Ok(Value::Array(elements)) => elements,
        Ok(single @ Value::Object(_)) if state.switches.object_posts => vec![single],
        _ => return Err(not_a_list()),
    };
    if elements.is_empty() {
        return Err(not_a_list());
    }
    let mut prepared = Vec::new();
    let mut refusal = None;
    for (index, element) in elements.into_iter().enumerate() {
        let Value::Object(sent) = element else {
            return Err(not_a_list());
        };
        match prepare(state, resource, caller, sent, Some(index)) {
            Ok(one) => prepared.push(one),
            Err(why) if state.switches.multi_post == MultiPost::UpToTheFirstRefused => {
                refusal = Some(why);
                break;
            }
            Err(why) => return Err(why),
        }
    }
    let mut keys: Vec<Key> = Vec::new();
    for one in prepared {
        let shown = |state: &State, key: Option<Key>| {
            let record = key.filter(|_| state.written.is_on()).and_then(|key| state.at(resource.store, key));
            record.map(|record| show::whole(state, resource, record))
        };
        let before = shown(state, one.key);
        let key = commit(state, resource, one);
        if let Some(after) = shown(state, Some(key)) {
            let at = state.clock.now();
            state.written.add(Written { resource: resource.path, id: key.1, before, after, at });
        }
        keys.push(key);
    }
    if let Some(why) = refusal {
        return Err(why);
    }
    let mut kept: Vec<Value> = keys
        .into_iter()
        .filter_map(|key| state.at(resource.store, key))
        .map(|record| show::whole(state, resource, record))
        .collect();
    let several = kept.len() > 1 && state.switches.multi_post != MultiPost::FirstOnly;
    let answer = if several { Value::Array(kept) } else { kept.swap_remove(0) };
    Ok(Reply::json(state.switches.post_status, &answer))
}

/// A record from a seed or a test: any id, any stamp, no refusals.
pub(crate) fn direct(state: &mut State, resource: &'static Resource, record: Value) -> i64 {
    let Value::Object(sent) = record else {
        return 0;
    };
    let caller = Caller { agent_id: super::auth::api_agent(state), scopes: Vec::new(), application: false };
    match prepare(state, resource, &caller, sent, None) {
        Ok(prepared) => commit(state, resource, prepared).1,
        Err(_) => 0,
    }
}

/// `DELETE /api/<Resource>/{id}`.
pub(crate) fn delete(state: &mut State, resource: &'static Resource, key: Key) -> Result<Reply, Reply> {
    if resource.store == "Tickets" && state.switches.soft_delete {
        let mut record = state.at(resource.store, key).cloned().ok_or_else(|| Reply::empty(404))?;
        record.insert("deleted".to_owned(), true.into());
        state.put(resource.store, key, record.clone());
        return Ok(Reply::json(200, &show::whole(state, resource, &record)));
    }
    let record = state.remove(resource.store, key).ok_or_else(|| Reply::empty(404))?;
    Ok(Reply::json(200, &show::whole(state, resource, &record)))
}

/// A record that passed every rule.
struct Prepared {
    key: Option<Key>,
    record: Record,
    sent: Record,
    created: bool,
    posted: bool,
}

/// `index` is the place in the posted array, or nothing for a seed.
fn prepare(
    state: &State,
    resource: &'static Resource,
    caller: &Caller,
    mut sent: Record,
    index: Option<usize>,
) -> Result<Prepared, Reply> {
    let posted = index.is_some();
    let place = |name: &str| format!("[{}].{name}", index.unwrap_or_default());
    let rights = caller.rights(state);
    bind::ids(&mut sent, &place)?;
    let key = bind::key_of(state, resource, &sent, posted, &place)?;
    let before = key.and_then(|key| state.at(resource.store, key));
    if before.is_some_and(|record| !(resource.visible)(state, &rights, record)) {
        return Err(Reply::empty(state.switches.hidden_status));
    }
    if posted && before.is_none() {
        let has = |name: &&str| sent.get(*name).is_some_and(|value| !value.is_null() && value != "");
        if let Some((_, sentence)) = resource.required.iter().find(|(any, _)| !any.iter().any(has)) {
            return Err(Reply::refused(sentence));
        }
    }
    let custom = sent.get("customfields").filter(|_| posted && state.switches.unknown_fields_refused);
    if custom.is_some_and(|custom| fields::has_unknown(state, resource.usage, custom)) {
        return Err(Reply::refused("Unknown custom field"));
    }
    let mut draft = Draft {
        state,
        caller,
        before,
        sent: &sent,
        record: before.cloned().unwrap_or_default(),
        now: state.now(),
        posted,
    };
    merge(&mut draft, resource);
    match (resource.save)(&mut draft) {
        Err(refusal) if posted => return Err(refusal),
        _ => (),
    }
    stamp(&mut draft, resource);
    let mut record = draft.record;
    show::join(state, resource, &mut record);
    if !(resource.visible)(state, &rights, &record) {
        return Err(Reply::empty(403));
    }
    Ok(Prepared { key, record, created: before.is_none(), sent, posted })
}

/// Only what was sent changes; null takes a member away; a leading underscore is an instruction.
fn merge(draft: &mut Draft, resource: &Resource) {
    for (name, value) in draft.sent {
        match (name.as_str(), value) {
            ("id", Value::String(_)) if resource.ids == Ids::Guid => {
                draft.record.insert(name.clone(), value.clone());
            }
            ("id", _) => (),
            (name, _) if name.starts_with('_') => (),
            ("customfields", value) => {
                let merged = fields::merged_custom(draft.state, resource.usage, &draft.record, value);
                draft.record.insert("customfields".to_owned(), merged);
            }
            ("fields", value) if resource.path == "Asset" => {
                let merged = fields::merged_own(draft.state, draft.sent, &draft.record, value);
                draft.record.insert("fields".to_owned(), merged);
            }
            (name, Value::Null) => {
                draft.record.remove(name);
            }
            (name, Value::String(text)) if dates::is_date_field(name) => {
                let date = dates::normalised(text).unwrap_or_else(|| text.clone());
                draft.record.insert(name.to_owned(), date.into());
            }
            (name, value) => {
                let mut value = value.clone();
                rules::without_nulls(&mut value);
                draft.record.insert(name.to_owned(), value);
            }
        }
    }
}

/// Stamps of a seed stay as they are given.
fn stamp(draft: &mut Draft, resource: &Resource) {
    let given = |name: &str| !draft.posted && draft.sent.contains_key(name);
    let created = (draft.before.is_none() && !resource.created.is_empty()).then_some(resource.created);
    let stamped: Vec<&str> = resource.modified.iter().copied().chain(created).filter(|name| !given(name)).collect();
    for name in stamped {
        draft.record.insert(name.to_owned(), draft.now.clone().into());
    }
}

fn commit(state: &mut State, resource: &'static Resource, prepared: Prepared) -> Key {
    let Prepared { key, mut record, sent, created, posted } = prepared;
    let key = key.unwrap_or_else(|| state.new_key(resource, &record));
    if resource.ids != Ids::Guid {
        record.insert("id".to_owned(), key.1.into());
    } else if !record.contains_key("id") {
        record.insert("id".to_owned(), json!(format!("00000000-0000-4000-8000-{:012x}", key.1)));
    }
    state.put(resource.store, key, record.clone());
    (resource.after)(state, &Saved { record, sent, created, posted });
    key
}
