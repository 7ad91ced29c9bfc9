//! Agents, teams, statuses, types, agreements, asset types and custom fields.

use serde_json::{Value, json};

use super::{agent_id, assets, distinct, put};
use crate::halo::state::State;
use crate::world::World;

/// Statuses of Halo's default data: (id, name, type 0 open, 1 pending, 2 closed, colour).
const STATUSES: &[(i64, &str, i64, &str)] = &[
    (1, "New", 0, "#3f51b5"),
    (2, "In Progress", 0, "#009688"),
    (28, "On Hold", 1, "#ff9800"),
    (8, "Cancelled", 2, "#9e9e9e"),
    (9, "Closed", 2, "#607d8b"),
];

/// Action types: (id, name, hidden from the user).
const OUTCOMES: &[(i64, &str, bool)] = &[
    (1, "First User Email", false),
    (4, "Email User", false),
    (7, "Private Note", true),
    (10, "Public Note", false),
    (12, "User Update", false),
];

pub(super) fn fill(state: &mut State, world: &World) {
    people(state, world);
    tickets(state, world);
    assets_of(state, world);
    put(state, "Organisation", json!({ "id": 1, "name": "Sandbox MSP" }));
    for (id, name) in (1..).zip(top_levels(world)) {
        put(state, "TopLevel", json!({ "id": id, "name": name, "type": 0, "organisation_id": 1 }));
    }
}

/// Names of the tree above clients.
pub(super) fn top_levels(world: &World) -> Vec<&str> {
    distinct(std::iter::once("Top").chain(world.clients.iter().map(|client| client.top_level.as_str())))
}

fn people(state: &mut State, world: &World) {
    let teams = world.agents.iter().map(|agent| agent.team.as_str());
    let teams = distinct(teams.chain(world.tickets.iter().map(|ticket| ticket.team.as_str())));
    for (id, name) in (1..).zip(teams) {
        let team = json!({
            "id": id, "name": name, "sequence": id, "inactive": false,
            "forrequests": true, "foropps": false, "forprojects": true,
        });
        put(state, "Team", team);
    }
    put(state, "Agent", json!({ "id": 1, "name": "Unassigned", "initials": "U", "is_agent": true }));
    for (index, agent) in world.agents.iter().enumerate() {
        let (first, last) = agent.name.split_once(' ').unwrap_or((&agent.name, ""));
        let record = json!({
            "id": agent_id(world, agent.id),
            "name": agent.name,
            "email": agent.email,
            "firstname": first,
            "surname": last,
            "initials": agent.name.split(' ').filter_map(|part| part.chars().next()).collect::<String>(),
            "team": agent.team,
            "role_list": if index == 0 { "Integration" } else { "Technician" },
            "isapiagent": index == 0,
        });
        put(state, "Agent", record);
    }
}

fn tickets(state: &mut State, world: &World) {
    let known = |name: &&str| !STATUSES.iter().any(|(_, have, _, _)| have.eq_ignore_ascii_case(name));
    let more = distinct(world.tickets.iter().map(|ticket| ticket.status.as_str())).into_iter().filter(known);
    for (id, name, kind, colour) in
        STATUSES.iter().copied().chain((40..).zip(more).map(|(id, name)| (id, name, 0, "#795548")))
    {
        put(state, "Status", json!({ "id": id, "name": name, "type": kind, "sequence": id, "colour": colour }));
    }
    let kinds = distinct(
        ["Incident", "Service Request", "Change Request", "Problem"]
            .into_iter()
            .chain(world.tickets.iter().map(|ticket| ticket.kind.as_str())),
    );
    let kinds = kinds.into_iter().map(|name| (name, "ticket"));
    for (id, (name, of)) in (1..).zip(kinds.chain([("Opportunity", "opportunity"), ("Project", "project")])) {
        let kind = json!({
            "id": id, "name": name, "use": of, "sequence": id, "visible": true, "cancreate": true,
            "agentscanselect": true, "default_sla": 1, "default_priority": 3,
        });
        put(state, "TicketType", kind);
    }
    let agreements = world.clients.iter().flat_map(|client| &client.contracts).map(|contract| contract.sla.as_str());
    for (sla, name) in (1..).zip(distinct(std::iter::once("Standard SLA").chain(agreements))) {
        put(state, "SLA", json!({ "id": sla, "name": name, "workday_id": 1 }));
        for (number, name) in (1..).zip(["Critical", "High", "Medium", "Low"]) {
            let priority = json!({
                "id": format!("6d1f0c00-0000-4000-8000-{sla:06x}{number:06x}"),
                "slaid": sla, "priorityid": number, "name": name, "ishidden": false,
                "fixtime": 4.0 * f64::from(number), "fixunits": "H", "responsetime": f64::from(number), "responseunits": "H",
            });
            put(state, "Priority", priority);
        }
    }
    for (id, name, hidden) in OUTCOMES {
        let outcome = json!({
            "id": id, "outcome": name, "buttonname": name, "sequence": id, "hidden": false, "hidefromuser": hidden,
        });
        put(state, "Outcome", outcome);
    }
    let categories = distinct(world.tickets.iter().map(|ticket| ticket.category.as_str()));
    for (id, name) in (1..).zip(categories) {
        put(state, "Category", json!({ "id": id, "value": name, "category_name": name, "type_id": 1 }));
    }
}

fn assets_of(state: &mut State, world: &World) {
    for kind in &world.asset_types {
        put(state, "AssetGroup", json!({ "id": kind.group_id, "name": kind.group, "sequence": kind.group_id }));
    }
    for kind in &world.asset_types {
        let fields: Value =
            kind.fields.iter().map(|name| json!({ "name": name, "validate": data_kind(name) })).collect();
        let record = json!({
            "id": kind.id, "name": kind.name, "assetgroup_id": kind.group_id, "show_to_users": true,
            "icon": "fas fa-desktop", "field_list": fields,
        });
        put(state, "AssetType", record);
    }
    let names = distinct(assets(world).flat_map(|(_, asset)| asset.custom.iter().map(|(name, _)| name.as_str())));
    for (id, name) in (201..).zip(names) {
        let values = || assets(world).flat_map(|(_, asset)| &asset.custom).filter(|(have, _)| have == name);
        let all = |fits: fn(&str) -> bool| values().all(|(_, value)| fits(value));
        let kind = match (all(is_flag), all(is_day)) {
            (true, _) => CHECKBOX,
            (_, true) => DATE,
            _ => TEXT,
        };
        let record = json!({
            "id": id, "name": custom_name(name), "label": spaced(name), "usage": 5, "custom": 1,
            "type": kind, "inputtype": 0,
        });
        put(state, "FieldInfo", record);
    }
}

/// Kinds of custom fields; the numbers are not published, so nobody may depend on them.
const TEXT: i64 = 0;
const DATE: i64 = 4;
const CHECKBOX: i64 = 6;

fn is_day(value: &str) -> bool {
    value.parse::<jiff::civil::Date>().is_ok()
}

pub(super) fn is_flag(value: &str) -> bool {
    matches!(value, "true" | "false")
}

/// Custom fields have the prefix `CF` and no spaces.
pub(super) fn custom_name(name: &str) -> String {
    format!("CF{}", name.replace(' ', ""))
}

/// `CostCentre` as people read it: "Cost Centre".
fn spaced(name: &str) -> String {
    let mut label = String::new();
    for c in name.chars() {
        let after_small = label.chars().last().is_some_and(char::is_lowercase);
        if c.is_uppercase() && after_small {
            label.push(' ');
        }
        label.push(c);
    }
    label
}

/// Data kind of an asset-type field, by its name.
fn data_kind(name: &str) -> &'static str {
    let lower = name.to_lowercase();
    if lower.contains("date") || lower.contains("expir") { "date" } else { "" }
}
