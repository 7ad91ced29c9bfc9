//! Ids in what a client sends: numbers, or the same numbers as text.

use serde_json::Value;

use super::reply::Reply;
use super::resource::{Ids, Record, Resource, number};
use super::state::{Key, State};

/// Members that hold ids of other records: a number, or the same number as text.
const ID_MEMBERS: &[&str] = &[
    "agent_id",
    "assetgroup_id",
    "assettype_id",
    "business_owner_id",
    "client_id",
    "contract_id",
    "group_id",
    "item_id",
    "outcome_id",
    "parent_id",
    "priority_id",
    "site_id",
    "sla_id",
    "status_id",
    "supplier_id",
    "technical_owner_id",
    "ticket_id",
    "tickettype_id",
    "toplevel_id",
    "unique_id",
    "user_id",
];

/// Ids as text become numbers; `"95.0"` is refused, as on live servers.
pub(crate) fn ids(sent: &mut Record, place: &impl Fn(&str) -> String) -> Result<(), Reply> {
    for name in ID_MEMBERS {
        let Some(value) = sent.get_mut(*name) else {
            continue;
        };
        let given = value.as_str().map(str::trim);
        match given.map(|given| (given, given.parse::<i64>())) {
            None => (),
            Some((_, Ok(id))) => *value = id.into(),
            Some(("", _)) => *value = Value::Null,
            Some((given, _)) => {
                return Err(Reply::unbound(&place(name), &format!("The value '{given}' is not valid.")));
            }
        }
    }
    Ok(())
}

/// The record that is meant, or nothing for a new one. An id that does not exist is a 404.
pub(crate) fn key_of(
    state: &State,
    resource: &Resource,
    sent: &Record,
    posted: bool,
    place: &impl Fn(&str) -> String,
) -> Result<Option<Key>, Reply> {
    let id = match sent.get("id") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(id)) => id.trim().to_owned(),
        Some(other) => other.to_string(),
    };
    let above = match resource.ids {
        Ids::Within(above) => number(sent.get(above)),
        _ => None,
    };
    if resource.ids != Ids::Guid {
        match id.parse::<i64>() {
            Ok(id) if id > 0 => (),
            Ok(_) => return Ok(None),
            Err(_) => {
                return Err(Reply::unbound(&place("id"), &format!("The value '{id}' is not valid.")));
            }
        }
    }
    match state.find(resource, &id, above) {
        Some(key) => Ok(Some(key)),
        None if posted && state.switches.unknown_ids_create => Ok(None),
        None if posted => Err(Reply::empty(404)),
        None => Ok(id.parse().ok().map(|id| (above.unwrap_or_default(), id))),
    }
}
