//! Writing one record: columns, slug, times, then the checks of its resource.

use serde_json::Value;

use super::answer::Answer;
use super::resource::{Draft, Resource};
use super::rest::words;
use super::state::State;
use super::store::{Record, blank, int, record};

/// Writes a record. A trusted writer (the seed, a test) may set every column.
pub(super) fn save(
    state: &mut State,
    resource: &'static Resource,
    id: Option<i64>,
    body: Record,
    trusted: bool,
) -> Result<i64, Box<Answer>> {
    let before = id.and_then(|id| state.store.get(resource.path, id)).cloned();
    let mut fresh = before.clone().unwrap_or_else(|| record((resource.blank)()));
    let id = id.unwrap_or_else(|| state.store.next_id(resource.path));
    fresh.insert("id".to_owned(), Value::from(id));
    for (name, value) in &body {
        let own = trusted && (fresh.contains_key(name) || name.starts_with('_'));
        if (own || resource.writes.contains(&name.as_str())) && name != "id" {
            fresh.insert(name.clone(), value.clone());
        }
    }
    if fresh.get("slug").is_some_and(|slug| blank(Some(slug))) {
        fresh.insert("slug".to_owned(), Value::from(state.store.next_slug()));
    }
    stamp_times(state, &mut fresh, if trusted { Some(&body) } else { None }, before.is_none());
    check_columns(state, resource, &mut fresh)?;
    let mut draft = Draft { record: fresh, before, body };
    (resource.check)(state, &mut draft)?;
    state.store.put(resource.path, id, draft.record);
    (resource.saved)(state, id);
    Ok(id)
}

fn stamp_times(state: &State, fresh: &mut Record, given: Option<&Record>, new: bool) {
    let now = Value::from(state.now());
    for name in ["created_at", "updated_at"] {
        let kept = given.is_some_and(|body| body.contains_key(name)) || (name == "created_at" && !new);
        if fresh.contains_key(name) && !kept {
            fresh.insert(name.to_owned(), now.clone());
        }
    }
}

fn check_columns(state: &State, resource: &Resource, fresh: &mut Record) -> Result<(), Box<Answer>> {
    let mut faults = Vec::new();
    for (column, path) in resource.refs {
        let name = words(column.trim_end_matches("_id"));
        match fresh.get(*column).map(|value| (blank(Some(value)), int(value))) {
            None | Some((true, _)) if resource.required.contains(column) => faults.push(format!("{name} must exist")),
            None => {}
            Some((true, _)) => {
                fresh.insert((*column).to_owned(), Value::Null);
            }
            Some((false, Some(id))) if state.store.get(path, id).is_some() => {
                fresh.insert((*column).to_owned(), Value::from(id));
            }
            Some(_) => faults.push(format!("{name} must exist")),
        }
    }
    for column in resource.required {
        let is_ref = resource.refs.iter().any(|(name, _)| name == column);
        if !is_ref && blank(fresh.get(*column)) {
            faults.push(format!("{} can't be blank", words(column)));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err((resource.refuse)(faults)) }
}
