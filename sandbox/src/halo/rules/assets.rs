//! Assets, their types and groups.

use serde_json::{Value, json};

use super::{expanded, of_visible_client, picked, with_number};
use crate::halo::dates::UNSET;
use crate::halo::fields;
use crate::halo::query::numbers;
use crate::halo::reply::Reply;
use crate::halo::resource::{Draft, Record, Saved, Show, ids_of, number, text};
use crate::halo::state::State;
use crate::halo::switches::{AssetFields, Rights};

/// States that an asset can be in.
const STATUSES: &[&str] = &["In use", "In stock", "Retired", "On loan", "In repair"];

/// What a linked user looks like on an asset.
const USER: &[&str] = &["id", "name", "emailaddress", "site_id", "site_name", "client_id", "client_name", "inactive"];

/// An asset needs its client and its asset group: without the group it is simply absent.
pub(crate) fn asset_visible(state: &State, rights: &Rights, record: &Record) -> bool {
    let in_groups = |groups: &Vec<i64>| {
        let kind = state.linked("AssetType", record, "assettype_id");
        let group = kind.and_then(|kind| number(kind.get("assetgroup_id")));
        group.is_some_and(|id| groups.contains(&id))
    };
    let group_seen = rights.asset_groups.as_ref().is_none_or(in_groups);
    group_seen && of_visible_client(state, rights, record)
}

/// Site and client agree, the key fields and the status name follow, dates that are not set say 1900.
pub(crate) fn save_asset(draft: &mut Draft) -> Result<(), Reply> {
    let state = draft.state;
    let kind = state
        .linked("AssetType", &draft.record, "assettype_id")
        .ok_or_else(|| Reply::refused("Please select a valid Asset Type"))?;
    place(draft);
    let record = &mut draft.record;
    for (key, name) in [("keyfield_id", "key_field"), ("keyfield2_id", "key_field2"), ("keyfield3_id", "key_field3")] {
        let field = number(kind.get(key));
        let own = record.get("fields").and_then(Value::as_array);
        let value = own.into_iter().flatten().find(|one| field.is_some() && number(one.get("id")) == field);
        match value.map(|one| one["display"].clone()) {
            Some(value) => record.insert(name.to_owned(), value),
            None => record.remove(name),
        };
    }
    save_status(draft.sent, record);
    let users = ids_of(record.get("users"), "id");
    record.insert("users".to_owned(), users.iter().map(|id| json!({ "id": id })).collect());
    for name in ["warranty_start", "warranty_end"] {
        record.entry(name).or_insert_with(|| UNSET.into());
    }
    record.entry("inactive").or_insert(Value::Bool(false));
    record.entry("criticality").or_insert(json!(0));
    for (name, none) in [("business_owner_id", -99), ("sla_id", -1), ("priority_id", -1)] {
        record.entry(name).or_insert(json!(none));
    }
    Ok(())
}

/// A site brings its client; a client alone brings its main site.
fn place(draft: &mut Draft) {
    let state = draft.state;
    let client_sent = draft.sent.contains_key("client_id") && !draft.sent.contains_key("site_id");
    let site = match state.linked("Site", &draft.record, "site_id") {
        Some(site) if !client_sent => Some(site),
        _ => {
            let client = state.linked("Client", &draft.record, "client_id");
            client.and_then(|client| state.linked("Site", client, "main_site_id"))
        }
    };
    if let Some(site) = site {
        draft.record.insert("site_id".to_owned(), site.get("id").cloned().unwrap_or_default());
        draft.record.insert("client_id".to_owned(), site.get("client_id").cloned().unwrap_or_default());
    }
}

fn save_status(sent: &Record, record: &mut Record) {
    let by_name = STATUSES.iter().position(|name| name.eq_ignore_ascii_case(text(record, "status_name")));
    let by_id = number(record.get("status_id"))
        .and_then(|id| usize::try_from(id - 1).ok())
        .filter(|index| *index < STATUSES.len());
    let status = if sent.contains_key("status_id") { by_id.or(by_name) } else { by_name.or(by_id) };
    let status = status.unwrap_or_default();
    record.insert("status_id".to_owned(), (status + 1).into());
    record.insert("status_name".to_owned(), STATUSES[status].into());
}

/// Fields of the type, users by name.
pub(crate) fn show_asset(state: &State, show: &Show, record: &mut Record) {
    let kind = state.linked("AssetType", record, "assettype_id");
    if let Some(group) = kind.and_then(|kind| kind.get("assetgroup_name")) {
        record.insert("assetgroup_name".to_owned(), group.clone());
    }
    let users = expanded(state, "Users", record.get("users"), USER);
    if let Some(first) = users.get(0).and_then(|user| user.get("name")) {
        record.insert("username".to_owned(), first.clone());
    }
    record.insert("users".to_owned(), users);
    let asked = show.query.flag("includeassetfields");
    let told = match state.switches.asset_fields {
        AssetFields::OfOneType => asked && show.query.number("assettype_id").is_some_and(|id| id > 0),
        AssetFields::WhenAsked => asked,
        AssetFields::Always => true,
        AssetFields::Never => false,
    };
    if show.single || told {
        record.insert("fields".to_owned(), fields::shown_own(state, record));
    } else {
        record.remove("fields");
    }
}

/// Filter: assets of a type in one of these groups.
pub(crate) fn with_asset_group(state: &State, record: &Record, asked: &str) -> bool {
    let asked: Vec<i64> = numbers(asked).into_iter().filter(|id| *id > 0).collect();
    let kind = state.linked("AssetType", record, "assettype_id");
    let group = kind.and_then(|kind| number(kind.get("assetgroup_id")));
    asked.is_empty() || group.is_some_and(|id| asked.contains(&id))
}

/// Filter: assets of a user.
pub(crate) fn with_user(_: &State, record: &Record, asked: &str) -> bool {
    ids_of(record.get("users"), "id").iter().any(|id| numbers(asked).contains(id))
}

/// Filter: assets linked to a ticket.
pub(crate) fn with_linked_ticket(state: &State, record: &Record, asked: &str) -> bool {
    let id = number(record.get("id")).unwrap_or_default();
    numbers(asked)
        .into_iter()
        .filter_map(|ticket| state.by_id("Tickets", ticket))
        .any(|ticket| ids_of(ticket.get("assets"), "id").contains(&id))
}

/// Fields that came with a type become definitions: their ids are the type's id times 100 and on.
pub(crate) fn after_asset_type(state: &mut State, saved: &Saved) {
    let Some(resource) = crate::halo::resources::named("Field") else {
        return;
    };
    let type_id = number(saved.record.get("id")).unwrap_or_default();
    let sent = saved.sent.get("field_list").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut next = fields::own_definitions(state, type_id)
        .iter()
        .filter_map(|one| number(one.get("id")))
        .max()
        .unwrap_or(type_id * 100);
    for mut field in sent.into_iter().filter(|field| number(field.get("id")).is_none()) {
        next += 1;
        field["id"] = next.into();
        field["parenttype_id"] = type_id.into();
        field["sequence"] = (next - type_id * 100).into();
        crate::halo::write::direct(state, resource, field);
    }
    let mut record = saved.record.clone();
    record.remove("field_list");
    record.remove("fields");
    let definitions = fields::own_definitions(state, type_id);
    for (member, field) in ["keyfield_id", "keyfield2_id", "keyfield3_id"].iter().zip(&definitions) {
        record.entry(*member).or_insert_with(|| field.get("id").cloned().unwrap_or_default());
    }
    state.put("AssetType", (0, type_id), record);
}

/// Placements (`fields`) and definitions (`field_list`).
pub(crate) fn show_asset_type(state: &State, _: &Show, record: &mut Record) {
    let type_id = number(record.get("id")).unwrap_or_default();
    for (key, name) in
        [("keyfield_id", "keyfield_name"), ("keyfield2_id", "keyfield2_name"), ("keyfield3_id", "keyfield3_name")]
    {
        let field = state.linked("Field", record, key).and_then(|field| field.get("name")).cloned();
        if let Some(field) = field {
            record.insert(name.to_owned(), field);
        }
    }
    let definitions = fields::own_definitions(state, type_id);
    let placements = definitions.iter().map(|field| {
        json!({
            "typeinfo_id": field.get("typeinfo_id"),
            "id": field.get("id"),
            "field_id": field.get("id"),
            "field_name": field.get("name"),
            "sequence": field.get("sequence"),
            "type": "T",
        })
    });
    record.insert("fields".to_owned(), placements.collect());
    record.insert("field_list".to_owned(), definitions.into_iter().cloned().map(Value::Object).collect());
}

/// The types of the group, where they are asked for.
pub(crate) fn show_asset_group(state: &State, show: &Show, record: &mut Record) {
    let id = number(record.get("id")).unwrap_or_default();
    if show.single || show.query.flag("includetypesforgroups") {
        let types = with_number(state, "AssetType", "assetgroup_id", id)
            .map(|kind| picked(kind, &["id", "name", "assetgroup_id", "assetgroup_name", "icon"]));
        record.insert("assettypes".to_owned(), types.collect());
    }
}
