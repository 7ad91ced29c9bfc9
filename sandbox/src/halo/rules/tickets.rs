//! Tickets (with opportunities and projects) and their actions.

use serde_json::{Value, json};

use super::{expanded, of_visible_client};
use crate::halo::dates::{UNSET, is_unset, normalised};
use crate::halo::html;
use crate::halo::query::numbers;
use crate::halo::reply::Reply;
use crate::halo::resource::{Draft, Record, Saved, Show, flag, ids_of, number, text};
use crate::halo::state::State;
use crate::halo::switches::{Rights, TicketTemplates};

/// Status type of a finished ticket.
const CLOSED: i64 = 2;

/// What a ticket's template calls it.
const TEMPLATE: &str = "To be sorted by the service desk";

/// What a linked asset looks like on a ticket.
const ASSET: &[&str] = &[
    "id",
    "inventory_number",
    "key_field",
    "key_field2",
    "key_field3",
    "assettype_id",
    "assettype_name",
    "client_id",
    "client_name",
    "site_id",
    "site_name",
    "inactive",
    "status_id",
    "status_name",
];

/// Completes a ticket.
pub(crate) fn save_ticket(draft: &mut Draft) -> Result<(), Reply> {
    save(draft, "ticket")
}

/// Completes an opportunity.
pub(crate) fn save_opportunity(draft: &mut Draft) -> Result<(), Reply> {
    save(draft, "opportunity")
}

/// Completes a project.
pub(crate) fn save_project(draft: &mut Draft) -> Result<(), Reply> {
    save(draft, "project")
}

/// What a new one needs; the site brings the client, bodies keep their twins, a closed status closes.
fn save(draft: &mut Draft, kind: &str) -> Result<(), Reply> {
    let state = draft.state;
    let of_kind = |id: i64| state.by_id("TicketType", id).is_some_and(|one| text(one, "use") == kind);
    let given = number(draft.record.get("tickettype_id")).filter(|id| of_kind(*id));
    if draft.posted && draft.before.is_none() {
        if kind != "ticket" && given.is_none() && !state.switches.default_types {
            return Err(Reply::refused("Please select a Ticket Type"));
        }
        let names = |name: &str| number(draft.record.get(name)).is_some_and(|id| id > 0);
        if names("user_id") && !names("site_id") && !state.switches.user_brings_site {
            return Err(Reply::refused("Please select a Site"));
        }
    }
    let first = || state.records("TicketType").find(|one| text(one, "use") == kind);
    let kind_id = given.or_else(|| number(first()?.get("id")));
    draft.record.insert("tickettype_id".to_owned(), kind_id.into());
    if draft.posted && draft.before.is_none() {
        let told = flag(draft.sent, "donotapplytemplateintheapi");
        match state.switches.ticket_templates {
            TicketTemplates::Absent => (),
            TicketTemplates::UnlessTold if told => (),
            _ => drop(draft.record.insert("summary".to_owned(), TEMPLATE.into())),
        }
    }
    draft.record.remove("donotapplytemplateintheapi");
    place(draft);
    let sent = |name: &str| draft.sent.get(name).and_then(Value::as_str);
    if let Some(body) = sent("details_html") {
        draft.record.insert("details_html".to_owned(), html::without_styles(body).into());
        draft.record.insert("details".to_owned(), html::text_of(body).into());
    } else if let Some(body) = sent("details") {
        draft.record.insert("details_html".to_owned(), html::paragraph(body).into());
    }
    let defaults = [
        ("status_id", json!(1)),
        ("agent_id", json!(1)),
        ("sla_id", json!(1)),
        ("priority_id", json!(3)),
        ("dateoccurred", draft.now.clone().into()),
        ("dateclosed", UNSET.into()),
        ("targetdate", UNSET.into()),
        ("onhold", json!(false)),
        ("inactive", json!(false)),
    ];
    for (name, value) in defaults {
        draft.record.entry(name).or_insert(value);
    }
    let assets = ids_of(draft.record.get("assets"), "id");
    draft.record.insert("assets".to_owned(), assets.iter().map(|id| json!({ "id": id })).collect());
    let closed = is_closed(state, &draft.record);
    let date = match (closed, is_unset(draft.record.get("dateclosed"))) {
        (false, _) => UNSET.to_owned(),
        (true, true) => draft.now.clone(),
        (true, false) => text(&draft.record, "dateclosed").to_owned(),
    };
    draft.record.insert("dateclosed".to_owned(), date.into());
    draft.record.insert("hasbeenclosed".to_owned(), closed.into());
    Ok(())
}

fn place(draft: &mut Draft) {
    let state = draft.state;
    let user = state.linked("Users", &draft.record, "user_id");
    if let Some(site) = user.and_then(|user| number(user.get("site_id"))) {
        draft.record.entry("site_id").or_insert(site.into());
    }
    let client = state.linked("Site", &draft.record, "site_id").and_then(|site| site.get("client_id"));
    if let Some(client) = client.cloned() {
        draft.record.insert("client_id".to_owned(), client);
    }
    draft.record.entry("client_id").or_insert(json!(1));
}

fn is_closed(state: &State, record: &Record) -> bool {
    let status = state.linked("Status", record, "status_id");
    status.and_then(|status| number(status.get("type"))) == Some(CLOSED)
}

/// Linked assets by name.
pub(crate) fn show_ticket(state: &State, show: &Show, record: &mut Record) {
    if show.single {
        let assets = expanded(state, "Asset", record.get("assets"), ASSET);
        record.insert("assets".to_owned(), assets);
    }
}

/// Filter: tickets that are not closed.
pub(crate) fn open_only(state: &State, record: &Record, asked: &str) -> bool {
    !asked.eq_ignore_ascii_case("true") || !is_closed(state, record)
}

/// Filter: closed tickets.
pub(crate) fn closed_only(state: &State, record: &Record, asked: &str) -> bool {
    !asked.eq_ignore_ascii_case("true") || is_closed(state, record)
}

/// Filter: tickets with this in their summary.
pub(crate) fn with_summary(_: &State, record: &Record, asked: &str) -> bool {
    text(record, "summary").to_lowercase().contains(&asked.to_lowercase())
}

/// Whether a list of tickets holds this one unasked.
pub(crate) fn listed(state: &State, record: &Record) -> bool {
    !state.switches.closed_hidden || !is_closed(state, record)
}

/// Filter on appointments: those that are not over by then.
pub(crate) fn ends_after(_: &State, record: &Record, asked: &str) -> bool {
    normalised(asked).is_none_or(|from| text(record, "end_date") >= from.as_str())
}

/// Filter on appointments: those that begin by then.
pub(crate) fn starts_before(_: &State, record: &Record, asked: &str) -> bool {
    normalised(asked).is_none_or(|to| text(record, "start_date") <= to.as_str())
}

/// Filter: tickets about an asset.
pub(crate) fn with_asset(_: &State, record: &Record, asked: &str) -> bool {
    let linked = ids_of(record.get("assets"), "id");
    numbers(asked).iter().any(|id| linked.contains(id))
}

/// Filter on statuses: without the closed ones.
pub(crate) fn without_closed(_: &State, record: &Record, asked: &str) -> bool {
    !asked.eq_ignore_ascii_case("true") || number(record.get("type")) != Some(CLOSED)
}

/// An action needs its ticket and an outcome, by name or by id.
pub(crate) fn save_action(draft: &mut Draft) -> Result<(), Reply> {
    let state = draft.state;
    let ticket = state.linked("Tickets", &draft.record, "ticket_id");
    if ticket.is_none() {
        return Err(Reply::refused("A valid Ticket ID must be entered for this Action"));
    }
    let record = &mut draft.record;
    let named = |outcome: &&Record| text(outcome, "outcome").eq_ignore_ascii_case(text(record, "outcome"));
    let outcome = match draft.sent.contains_key("outcome") {
        true => state.records("Outcome").find(named),
        false => state.linked("Outcome", record, "outcome_id"),
    };
    if let Some(outcome) = outcome {
        record.insert("outcome_id".to_owned(), outcome.get("id").cloned().unwrap_or_default());
        record.insert("outcome".to_owned(), outcome.get("outcome").cloned().unwrap_or_default());
        let hidden = outcome.get("hidefromuser").cloned().unwrap_or(json!(false));
        record.entry("hiddenfromuser").or_insert(hidden);
    } else if text(record, "outcome").is_empty() {
        return Err(Reply::refused("An Outcome must be entered for this Action"));
    }
    let sent = |name: &str| draft.sent.get(name).and_then(Value::as_str);
    if let Some(body) = sent("note_html") {
        record.insert("note".to_owned(), html::text_of(body).into());
    } else if let Some(body) = sent("note") {
        record.insert("note_html".to_owned(), html::paragraph(body).into());
    }
    if draft.posted && draft.before.is_none() {
        let agent = state.by_id("Agent", draft.caller.agent_id);
        record.insert("who".to_owned(), agent.and_then(|agent| agent.get("name")).cloned().unwrap_or_default());
        record.insert("who_type".to_owned(), json!(1));
        record.insert("who_agentid".to_owned(), draft.caller.agent_id.into());
    }
    record.entry("timetaken").or_insert(json!(0.0));
    Ok(())
}

/// The ticket remembers its last action, and takes over the action's new status.
pub(crate) fn after_action(state: &mut State, saved: &Saved) {
    let Some(id) = number(saved.record.get("ticket_id")) else {
        return;
    };
    let Some(mut ticket) = state.by_id("Tickets", id).cloned() else {
        return;
    };
    if !saved.posted {
        return;
    }
    let now = state.now();
    for name in ["lastactiondate", "last_update"] {
        ticket.insert(name.to_owned(), now.clone().into());
    }
    if let Some(status) = number(saved.sent.get("new_status")).filter(|status| *status > 0) {
        ticket.insert("status_id".to_owned(), status.into());
        let closed = is_closed(state, &ticket);
        ticket.insert("hasbeenclosed".to_owned(), closed.into());
        ticket.insert("dateclosed".to_owned(), if closed { now.into() } else { UNSET.into() });
    }
    state.put("Tickets", (0, id), ticket);
}

/// Bodies only where they are asked for.
pub(crate) fn show_action(_: &State, show: &Show, record: &mut Record) {
    if show.single {
        return;
    }
    for (param, name) in [("includehtmlnote", "note_html"), ("includehtmlemail", "emailbody_html")] {
        if !show.query.flag(param) {
            record.remove(name);
        }
    }
}

/// Actions are seen with their ticket.
pub(crate) fn visible_action(state: &State, rights: &Rights, record: &Record) -> bool {
    let ticket = state.linked("Tickets", record, "ticket_id");
    ticket.is_some_and(|ticket| of_visible_client(state, rights, ticket))
}

/// Filter: only actions that the end user sees.
pub(crate) fn without_private(_: &State, record: &Record, asked: &str) -> bool {
    !asked.eq_ignore_ascii_case("true") || !flag(record, "hiddenfromuser")
}
