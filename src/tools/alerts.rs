//! Alert to incident: what ends or is down in Hudu becomes one HaloITSM ticket each.
//!
//! A ticket carries its alert's reference in its summary, so that any computer finds it again: a second run
//! makes none. An alert that is cleared adds one private action; the ticket itself is left to people.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::halo::catalogue::Entry;
use crate::halo::records::Ask;
use crate::http::raw::read::{integer_of, text_of};
use crate::platform::Later;
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, schema, whole};

use read::{Alert, Alerts};

/// Days ahead where nobody says how many.
const DAYS: i64 = 30;
/// What the action of a cleared alert says; also how it is found again.
const CLEARED: &str = "This alert is cleared in Hudu.";
/// HaloITSM's built-in private note.
const PRIVATE_NOTE: i64 = 7;

/// Both of them.
pub(super) fn tools() -> Vec<Tool> {
    let days = json!({"type": "integer", "minimum": 0, "maximum": 3650, "description": "So many days ahead; 30 where nothing is said."});
    let kind = schema::id("Ticket type of new tickets; HaloITSM's default where nothing is said.");
    let rows = schema::rows(json!({
        "type": "object",
        "required": ["reference", "state", "summary"],
        "properties": {
            "reference": {"type": "string"}, "summary": {"type": "string"},
            "state": {"enum": ["new", "created", "known", "cleared", "skipped"]},
            "ticket_id": {"type": ["integer", "null"]}, "client_id": {"type": ["integer", "null"]},
            "why": {"type": ["string", "null"]},
        },
    }));
    let tool = |name: &str, about: &str, marks, members: &[(&str, Value)], work| Tool {
        name: name.to_owned(),
        about: about.to_owned(),
        marks,
        arguments: schema::object(members, &[]),
        result: schema::answer(rows.clone()),
        work: Work::Other(work),
    };
    vec![
        tool(
            "plan_alert_tickets",
            "Which tickets Hudu's expirations that are due and websites that are down would make. Writes nothing.",
            Marks::READS,
            &[("days", days.clone())],
            plan,
        ),
        tool(
            "create_alert_tickets",
            "One ticket in HaloITSM for each expiration of Hudu that is due and each website that is down, with the asset linked \
             and the details as a private action. Those that have a ticket get no second one; a cleared alert adds an action.",
            Marks { idempotent: true, ..Marks::WRITES },
            &[("days", days), ("tickettype_id", kind)],
            create,
        ),
    ]
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(run(bench, given, false))
}

fn create<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(run(bench, given, true))
}

async fn run(bench: &Bench, given: &Arguments, writes: bool) -> Result<Value, ToolError> {
    let days = whole(given, "days").unwrap_or(DAYS);
    let Alerts { due, standing } = read::alerts(bench, days).await?;
    let open = tickets(bench, &[("open_only", "true")]).await?;
    let mut rows = Vec::new();
    for alert in &due {
        let mut state = ("new", None, None);
        let Some(client) = alert.client else {
            let why = "No HaloITSM client is known for its company.".to_owned();
            rows.push(row(alert, ("skipped", None, Some(why))));
            continue;
        };
        let client_id = client.to_string();
        let known = match open.get(&alert.reference) {
            Some(ticket) => Some(*ticket),
            // A website that is down again is a new alert; a date that was dealt with is not.
            None if alert.of_a_date => {
                let asked = [("client_id", client_id.as_str()), ("search", alert.reference.trim_matches(['[', ']']))];
                tickets(bench, &asked).await?.get(&alert.reference).copied()
            }
            None => None,
        };
        if let Some(ticket) = known {
            state = ("known", Some(ticket), None);
        } else if writes {
            state = match make(bench, alert, client, whole(given, "tickettype_id")).await? {
                (Some(ticket), why) => ("created", Some(ticket), why),
                (None, why) => ("skipped", None, why),
            };
        }
        rows.push(row(alert, state));
    }
    for (reference, ticket) in open.iter().filter(|(reference, _)| !standing.contains(*reference)) {
        if writes && !is_told(bench, *ticket).await? {
            note(bench, *ticket, CLEARED).await?;
        }
        rows.push(json!({"reference": reference, "state": "cleared", "ticket_id": ticket, "summary": CLEARED,
            "client_id": null, "why": null}));
    }
    Ok(answer(rows.into(), None))
}

fn row(alert: &Alert, (state, ticket, why): (&str, Option<i64>, Option<String>)) -> Value {
    json!({"reference": alert.reference, "state": state, "summary": alert.summary, "ticket_id": ticket,
        "client_id": alert.client, "why": why})
}

fn entry(name: &str) -> Result<&'static Entry, ToolError> {
    Entry::named(name).ok_or_else(|| ToolError::argument(name, "is no resource"))
}

/// Tickets of alerts, by reference, the oldest of each.
async fn tickets(bench: &Bench, filters: &[(&str, &str)]) -> Result<BTreeMap<String, i64>, ToolError> {
    let entry = entry("tickets")?;
    let mut filters: Vec<(String, String)> = filters.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    if let Some(client) = bench.reach.client {
        filters.retain(|(name, _)| name != "client_id");
        filters.push(("client_id".to_owned(), client.to_string()));
    }
    let (mut found, mut cursor) = (BTreeMap::new(), None::<String>);
    loop {
        let ask = Ask { entry, filters: filters.clone(), limit: Some(1000), cursor: cursor.as_deref() };
        let page = bench.sides.halo.page(&ask).await?;
        for ticket in page.rows.iter().filter(|ticket| bench.sees(entry, ticket)) {
            let summary = ticket.get("summary").and_then(text_of).unwrap_or_default();
            if let (Some(reference), Some(id)) = (read::reference(&summary), ticket.get("id").and_then(integer_of)) {
                found.entry(reference.to_owned()).or_insert(id);
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}

/// Makes the ticket and its private action; without a ticket why there is none.
async fn make(
    bench: &Bench,
    alert: &Alert,
    client: i64,
    kind: Option<i64>,
) -> Result<(Option<i64>, Option<String>), ToolError> {
    let mut ticket = json!({"summary": alert.summary, "details": alert.details, "client_id": client});
    if let Some(kind) = kind {
        ticket["tickettype_id"] = kind.into();
    }
    if let Some(asset) = alert.asset {
        ticket["assets"] = json!([{ "id": asset }]);
    }
    let outcome = bench.sides.halo.save(entry("tickets")?, vec![ticket], 1).await.pop();
    let (id, trouble) = outcome.map_or((None, None), |o| (o.id.filter(|_| o.state.is_done()), o.trouble));
    let Some(id) = id else { return Ok((None, trouble.map(|trouble| trouble.sentence))) };
    // The ticket is there; that its note failed is told and not tried again.
    let why = note(bench, id, &alert.details).await.err().map(|error| crate::trouble::Explain::sentence(&error));
    Ok((Some(id), why))
}

/// Adds a private action.
async fn note(bench: &Bench, ticket: i64, text: &str) -> Result<(), ToolError> {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
    let action = json!({"ticket_id": ticket, "outcome_id": PRIVATE_NOTE, "hiddenfromuser": true,
        "note_html": format!("<p>{safe}</p>")});
    let outcome = bench.sides.halo.save(entry("actions")?, vec![action], 1).await.pop();
    match outcome.and_then(|outcome| outcome.trouble) {
        Some(trouble) => Err(ToolError::NotStored(trouble)),
        None => Ok(()),
    }
}

/// Whether the ticket says already that its alert is cleared.
async fn is_told(bench: &Bench, ticket: i64) -> Result<bool, ToolError> {
    let filters = [("ticket_id", ticket.to_string()), ("includehtmlnote", "true".to_owned())];
    let filters = filters.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let page = bench.sides.halo.page(&Ask { entry: entry("actions")?, filters, limit: None, cursor: None }).await?;
    let says =
        |action: &Value, name: &str| action.get(name).and_then(text_of).is_some_and(|note| note.contains(CLEARED));
    Ok(page.rows.iter().any(|action| says(action, "note") || says(action, "note_html")))
}

/// References that still stand.
type Standing = BTreeSet<String>;
