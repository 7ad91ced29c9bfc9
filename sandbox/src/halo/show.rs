//! A stored record as the API answers it: a row of a list, or one record by its id.

use serde_json::{Value, json};

use super::fields;
use super::query::Query;
use super::resource::{Record, Resource, Row, Show, number};
use super::state::State;
use super::switches::{AssetFields, RowFields};

/// One record by its id. Children, custom fields and HTML only with `includedetails=true`.
pub(crate) fn single(state: &State, resource: &Resource, query: &Query, record: &Record) -> Value {
    let mut shown = completed(state, resource, &Show { query, single: true }, record);
    if !query.flag("includedetails") {
        for name in resource.details {
            shown.remove(*name);
        }
    }
    Value::Object(shown)
}

/// One record with everything.
pub(crate) fn whole(state: &State, resource: &Resource, record: &Record) -> Value {
    single(state, resource, &Query::default().with("includedetails", "true"), record)
}

/// A row of a list.
pub(crate) fn row(state: &State, resource: &Resource, query: &Query, record: &Record) -> Value {
    let mut shown = completed(state, resource, &Show { query, single: false }, record);
    let always = resource.path == "Asset" && state.switches.asset_fields == AssetFields::Always;
    let extra = |name: &str| {
        let asked = resource.extras.iter().any(|(param, names)| names.contains(&name) && query.flag(param));
        asked || (always && name == "fields")
    };
    let told = state.switches.custom_fields_in_lists;
    let custom = query.flag("includedetails") || told != RowFields::WithDetails;
    match (told, shown.get_mut("customfields").and_then(Value::as_array_mut)) {
        (RowFields::Empty, Some(fields)) => fields.clear(),
        (RowFields::Unvalued, Some(fields)) => {
            for field in fields.iter_mut().filter_map(Value::as_object_mut) {
                field.retain(|name, _| !["value", "display"].contains(&name.as_str()));
            }
        }
        _ => {}
    }
    shown.retain(|name, _| match (name.as_str(), resource.row) {
        ("customfields", _) => custom,
        (name, Row::Of(names)) => names.contains(&name) || extra(name),
        (name, Row::All) => !resource.details.contains(&name) || extra(name),
    });
    Value::Object(shown)
}

fn completed(state: &State, resource: &Resource, show: &Show, record: &Record) -> Record {
    let mut shown = record.clone();
    join(state, resource, &mut shown);
    if resource.usage != 0 {
        shown.insert("customfields".to_owned(), fields::shown_custom(state, resource.usage, record));
    }
    (resource.show)(state, show, &mut shown);
    if state.switches.double_ids {
        let member = match resource.path {
            "Site" => "client_id",
            "Users" => "site_id",
            _ => return shown,
        };
        if let Some(id) = number(shown.get(member)) {
            shown.insert(member.to_owned(), json!(id as f64));
        }
    }
    shown
}

/// Copies the names of other records; a link that leads nowhere loses its name.
pub(crate) fn join(state: &State, resource: &Resource, record: &mut Record) {
    for join in resource.joins {
        let name = state.linked(join.store, record, join.id).and_then(|other| other.get(join.from));
        match name.cloned() {
            Some(name) => record.insert(join.to.to_owned(), name),
            None => record.remove(join.to),
        };
    }
}
