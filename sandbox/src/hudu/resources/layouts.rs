//! Asset layouts: the field lists of assets. Written whole, fields merged by id, never deleted.

use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::resource::{Draft, GET, LIST, PLAIN, POST, PUT, Pages, Resource, Takes, exact, range};
use super::super::state::State;
use super::super::store::{Record, blank, flag_of, int_of, record, text_of};

/// Every field type, in Hudu's exact spelling.
pub(in super::super) const FIELD_TYPES: &[&str] = &[
    "Text",
    "RichText",
    "Heading",
    "CheckBox",
    "Website",
    "Password",
    "Number",
    "Date",
    "ListSelect",
    "Dropdown",
    "DropDown",
    "Embed",
    "Email",
    "Phone",
    "AddressData",
    "AssetTag",
    "Relation",
];

/// Members that a body must have, or Hudu crashes.
const WHOLE: &[&str] = &["name", "icon", "color", "icon_color", "fields"];

pub(in super::super) static LAYOUTS: Resource = Resource {
    path: "asset_layouts",
    root: "asset_layout",
    model: "AssetLayout",
    verbs: LIST | GET | POST | PUT,
    created: 200,
    lost: "Asset layout not found",
    null_when_lost: true,
    takes: Takes::RootOrCrash,
    pages: Pages::Fixed,
    filters: &[exact("name"), exact("slug"), exact("active"), range("updated_at")],
    writes: &[
        "name",
        "icon",
        "color",
        "icon_color",
        "active",
        "include_passwords",
        "include_photos",
        "include_comments",
        "include_files",
        "password_types",
        "sidebar_folder_id",
        "location",
    ],
    blank: || {
        json!({
            "id": null, "slug": null, "name": null, "icon": null, "color": null, "icon_color": null,
            "sidebar_folder_id": null, "active": true, "include_passwords": true, "include_photos": true,
            "include_comments": true, "include_files": true, "password_types": null, "location": false, "fields": [],
            "created_at": null, "updated_at": null,
        })
    },
    check,
    ..PLAIN
};

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    if WHOLE.iter().any(|name| draft.body.get(*name).is_none_or(|value| value.is_null())) {
        return Err(Answer::crash());
    }
    let Some(Value::Array(sent)) = draft.body.get("fields") else {
        return Err(Answer::crash());
    };
    let before = draft.before.as_ref().and_then(|b| b.get("fields")).and_then(Value::as_array);
    let mut fields: Vec<Record> = before.into_iter().flatten().cloned().map(record).collect();
    for sent in sent {
        merge(state, &mut fields, record(sent.clone()))?;
    }
    fields.sort_by_key(|field| int_of(field, "position").unwrap_or(i64::MAX));
    draft.record.insert("fields".to_owned(), fields.into_iter().map(Value::Object).collect());
    Ok(())
}

/// With an id a field is changed (or destroyed), without one it is new.
fn merge(state: &mut State, fields: &mut Vec<Record>, sent: Record) -> Result<(), Box<Answer>> {
    let place = match int_of(&sent, "id") {
        Some(id) => Some(fields.iter().position(|f| int_of(f, "id") == Some(id)).ok_or_else(Answer::not_found)?),
        None => None,
    };
    if let Some(place) = place
        && (flag_of(&sent, "_destroy") || flag_of(&sent, "is_destroyed"))
    {
        fields.remove(place);
        return Ok(());
    }
    let mut field = match place {
        Some(place) => fields[place].clone(),
        None => new_field(state.store.next_id("asset_layout_fields"), fields.len() + 1),
    };
    for (name, value) in sent {
        if field.contains_key(&name) && name != "id" {
            field.insert(name, value);
        }
    }
    let others = || fields.iter().enumerate().filter(|(at, _)| Some(*at) != place).map(|(_, f)| f);
    let mut faults = Vec::new();
    let label = text_of(&field, "label");
    if blank(field.get("label")) {
        faults.push("Asset layout fields label can't be blank".to_owned());
    } else if others().any(|other| text_of(other, "label") == label) {
        faults.push("Asset layout fields label has already been taken".to_owned());
    }
    let kind = text_of(&field, "field_type");
    if !FIELD_TYPES.contains(&kind) {
        faults.push("Asset layout fields field type is not included in the list".to_owned());
    }
    if kind == "AssetTag" && int_of(&field, "linkable_id").is_none() {
        faults.push("Asset layout fields linkable must exist".to_owned());
    }
    if kind == "ListSelect" && int_of(&field, "list_id").and_then(|id| state.store.get("lists", id)).is_none() {
        faults.push("Asset layout fields list must exist".to_owned());
    }
    if !faults.is_empty() {
        return Err(Answer::invalid(faults));
    }
    match place {
        Some(place) => fields[place] = field,
        None => fields.push(field),
    }
    Ok(())
}

fn new_field(id: i64, position: usize) -> Record {
    record(json!({
        "id": id, "label": null, "field_type": "Text", "required": null, "show_in_list": false,
        "position": position, "hint": null, "min": null, "max": null, "linkable_id": null, "linkable_type": null,
        "expiration": false, "options": null, "list_id": null, "multiple_options": false, "is_destroyed": false,
    }))
}

/// The fields of a layout, in position order.
pub(in super::super) fn fields_of(state: &State, layout: Option<i64>) -> impl Iterator<Item = &Record> {
    let layout = layout.and_then(|id| state.store.get("asset_layouts", id));
    layout
        .and_then(|layout| layout.get("fields"))
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
}
