//! Tickets with their actions, and one attachment.

use jiff::SignedDuration;
use serde_json::json;

use super::{agent_id, put};
use crate::halo::dates::{UNSET, ago};
use crate::halo::state::State;
use crate::world::{Ticket, World};

pub(super) fn fill(state: &mut State, world: &World) {
    for ticket in &world.tickets {
        one(state, world, ticket);
    }
}

fn one(state: &mut State, world: &World, ticket: &Ticket) {
    let now = state.clock.now();
    let logged = ago(now, SignedDuration::from_hours(ticket.hours_ago));
    // Later notes are spread evenly between logging and now.
    let notes = i64::try_from(ticket.actions.len()).unwrap_or_default();
    let at = |note: i64| ago(now, SignedDuration::from_mins(ticket.hours_ago * 60 * (notes + 1 - note) / (notes + 1)));
    let last = at(notes);
    let status = state.find_named("Status", &ticket.status).unwrap_or(1);
    let closed = state.by_id("Status", status).is_some_and(|status| status.get("type") == Some(&json!(2)));
    let record = json!({
        "id": ticket.id,
        "client_id": ticket.client_id,
        "site_id": ticket.site_id,
        "user_id": ticket.user_id,
        "summary": ticket.summary,
        "details_html": ticket.details_html,
        "category_1": ticket.category,
        "tickettype_id": state.find_named("TicketType", &ticket.kind),
        "priority_id": ticket.priority,
        "status_id": status,
        "assets": ticket.assets.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
        "team": ticket.team,
        "agent_id": agent_id(world, ticket.agent_id),
        "dateoccurred": logged,
        "datecreated": logged,
        "dateclosed": if closed { last.as_str() } else { UNSET },
        "lastactiondate": last,
        "last_update": last,
    });
    put(state, "Tickets", record);
    for (number, (author, html, private)) in (1..).zip(&ticket.actions) {
        let agent = state.find_named("Agent", author);
        let action = json!({
            "ticket_id": ticket.id,
            "outcome": if *private { "Private Note" } else if agent.is_some() { "Public Note" } else { "User Update" },
            "note_html": html,
            "hiddenfromuser": private,
            "who": author,
            "who_type": if agent.is_some() { 1 } else { 0 },
            "who_agentid": agent,
            "datetime": at(number),
            "last_updated": at(number),
        });
        put(state, "Actions", action);
    }
}
