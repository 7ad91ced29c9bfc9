//! Agents, teams and service level agreements: what their children look like.

use serde_json::{Value, json};

use super::{picked, with_number};
use crate::halo::resource::{Record, Show, flag, number, text};
use crate::halo::state::State;

/// The API agent says to which clients it is restricted.
pub(crate) fn show_agent(state: &State, _: &Show, record: &mut Record) {
    let team = state.find_named("Team", text(record, "team"));
    record.insert("teams".to_owned(), json!([{ "team_id": team, "team_name": record.get("team") }]));
    if let (true, Some(clients)) = (flag(record, "isapiagent"), &state.switches.rights.clients) {
        let agent_id = record.get("id").cloned();
        let restricted = clients.iter().map(|id| {
            let name = state.by_id("Client", *id).map(|client| text(client, "name"));
            json!({ "agent_id": agent_id, "client_id": id, "client_name": name })
        });
        let restricted: Value = restricted.collect();
        record.insert("clients".to_owned(), restricted);
    }
}

/// The agents of the team, where they are asked for.
pub(crate) fn show_team(state: &State, show: &Show, record: &mut Record) {
    if show.single || show.query.flag("includeagentsforteams") {
        let team = text(record, "name").to_owned();
        let agents = state.records("Agent").filter(|agent| text(agent, "team") == team);
        let agents: Value = agents.map(|agent| picked(agent, &["id", "name", "email", "isdisabled"])).collect();
        record.insert("agents".to_owned(), agents);
    }
}

/// The priorities of the agreement, where they are asked for.
pub(crate) fn show_sla(state: &State, show: &Show, record: &mut Record) {
    let id = number(record.get("id")).unwrap_or_default();
    if show.single || show.query.flag("showpriorities") {
        let priorities = with_number(state, "Priority", "slaid", id).cloned().map(Value::Object);
        record.insert("priorities".to_owned(), priorities.collect());
    }
}
