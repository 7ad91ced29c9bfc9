//! Layouts: sites, people, contracts, and one per kind of device as the world names it.

use serde_json::{Value, json};

use super::{Seeded, add};
use crate::hudu::state::State;
use crate::hudu::store::int_of;
use crate::world::World;

/// Name of the list behind `Status` of computers.
const STATUS_LIST: &str = "Asset status";
/// What a person may choose there.
pub(super) const STATUSES: [&str; 4] = ["In use", "In stock", "In repair", "Retired"];

/// Type of a device field by its label; anything else is `Text`.
const TYPES: &[(&str, &str)] = &[("Phone Number", "Phone")];

pub(super) fn run(state: &mut State, world: &World, seeded: &mut Seeded) {
    let items: Vec<Value> = STATUSES.iter().map(|name| json!({ "name": name })).collect();
    let list = add(state, "lists", json!({ "name": STATUS_LIST, "list_items_attributes": items }));
    let sites = layout(
        state,
        seeded,
        "Sites",
        "fas fa-map-marker-alt",
        "#2f6f4f",
        &[
            field("Address", "AddressData"),
            field("Phone", "Phone"),
            field("Main contact", "Text"),
            field("Time zone", "Text"),
            field("Notes", "RichText"),
            field("Halo link", "Website"),
        ],
    );
    let people = layout(
        state,
        seeded,
        "People",
        "fas fa-user",
        "#3b5b92",
        &[
            field("Email", "Email"),
            field("Phone", "Phone"),
            field("Mobile", "Phone"),
            field("Job title", "Text"),
            field("Department", "Text"),
            link("Site", sites),
            field("Login", "Text"),
            field("VIP", "CheckBox"),
            field("Inactive", "CheckBox"),
            field("Notes", "RichText"),
        ],
    );
    layout(
        state,
        seeded,
        "Contracts",
        "fas fa-file-signature",
        "#7a5230",
        &[
            field("Type", "Text"),
            choice("Status", &["Active", "Ended"]),
            field("Start Date", "Date"),
            expiring("End Date"),
            field("SLA", "Text"),
            field("Value", "Number"),
            field("Note", "RichText"),
            field("Halo ID", "Text"),
        ],
    );
    let mut names: Vec<&str> = Vec::new();
    for kind in &world.asset_types {
        if !names.contains(&kind.layout.as_str()) {
            names.push(&kind.layout);
        }
    }
    for (place, name) in names.iter().enumerate() {
        let mut labels: Vec<&str> = Vec::new();
        for label in world.asset_types.iter().filter(|kind| kind.layout == *name).flat_map(|kind| &kind.fields) {
            if !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
        let mut fields: Vec<Value> = labels.iter().map(|label| device_field(label)).collect();
        // The first layout uses a list, the others a plain dropdown: both are in use on real instances.
        let status = if place == 0 {
            let mut status = field("Status", "ListSelect");
            status["list_id"] = json!(list);
            status
        } else {
            choice("Status", &STATUSES)
        };
        fields.extend([
            json!({ "label": "Lifecycle", "field_type": "Heading" }),
            field("Purchase date", "Date"),
            expiring("Warranty end"),
            status,
            link("Assigned user", people),
            link("Site", sites),
            field("Notes", "RichText"),
        ]);
        layout(state, seeded, name, icon(name), "#44546a", &fields);
    }
}

fn layout(
    state: &mut State,
    seeded: &mut Seeded,
    name: &str,
    icon: &str,
    color: &str,
    fields: &[Value],
) -> Option<i64> {
    let mut placed = fields.to_vec();
    for (place, field) in placed.iter_mut().enumerate() {
        field["position"] = json!(place + 1);
    }
    let id = add(
        state,
        "asset_layouts",
        json!({
            "name": name, "icon": icon, "color": color, "icon_color": "#ffffff", "fields": placed,
            "password_types": "",
        }),
    )?;
    seeded.layouts.insert(name.to_owned(), id);
    Some(id)
}

fn field(label: &str, kind: &str) -> Value {
    json!({ "label": label, "field_type": kind, "show_in_list": true, "required": false })
}

fn device_field(label: &str) -> Value {
    let kind = TYPES.iter().find(|(name, _)| *name == label).map_or("Text", |(_, kind)| kind);
    field(label, kind)
}

fn expiring(label: &str) -> Value {
    let mut field = field(label, "Date");
    field["expiration"] = json!(true);
    field
}

fn choice(label: &str, options: &[&str]) -> Value {
    let mut field = field(label, "Dropdown");
    field["options"] = json!(options.join("\n"));
    field
}

fn link(label: &str, layout: Option<i64>) -> Value {
    let mut field = field(label, "AssetTag");
    field["linkable_id"] = json!(layout);
    field
}

fn icon(layout: &str) -> &'static str {
    match layout.split(' ').next() {
        Some("Computer") => "fas fa-laptop",
        Some("Servers") => "fas fa-server",
        Some("Network") => "fas fa-network-wired",
        Some("Printers") => "fas fa-print",
        Some("Mobile") => "fas fa-mobile-alt",
        _ => "fas fa-cube",
    }
}

/// The layout that holds devices of this type.
pub(super) fn of_type(world: &World, seeded: &Seeded, type_id: i64) -> Option<i64> {
    let kind = world.asset_types.iter().find(|kind| kind.id == type_id)?;
    seeded.layouts.get(&kind.layout).copied()
}

/// Whether a layout has a field of this label.
pub(super) fn has(state: &State, layout: i64, label: &str) -> bool {
    let layout = state.store.get("asset_layouts", layout);
    let fields = layout.and_then(|layout| layout.get("fields")).and_then(Value::as_array);
    fields.is_some_and(|fields| {
        fields
            .iter()
            .filter_map(Value::as_object)
            .any(|field| int_of(field, "id").is_some() && field.get("label").is_some_and(|own| own == label))
    })
}
