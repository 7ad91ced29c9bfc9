//! Alert to incident: what ends or is down in Hudu becomes one HaloITSM ticket each.
//!
//! A ticket carries its alert's reference in its summary, so that any computer finds it again: a second run
//! makes none. An alert that is cleared adds one private action; the ticket itself is left to people.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::http::Product;
use crate::http::raw::read::{integer_of, text_of};
use crate::json::Map;
use crate::platform::Later;
use crate::recipes::item::{Item, Look, Planned, State, Write, made, members};
use crate::recipes::{Arguments, Bench, CallError, Recipe, place};
use crate::{mark, t};
use crate::{schema, settings};

use read::{Alert, Alerts};

/// Days ahead where nobody says how many.
const DAYS: i64 = 30;
/// What the action of a cleared alert says; also how it is found again.
const CLEARED: &str = "This alert is cleared in Hudu.";

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "alert_tickets",
    title: mark!("Alert to incident"),
    about: mark!(
        "One ticket in HaloITSM for each expiration of Hudu that is due and each website that is down, with the asset linked and the details as a private action. An alert that is cleared adds an action."
    ),
    arguments,
    plan,
    finish: None,
};

/// From so many open alerts on, so many of a hundred may be cleared at once without a question.
const FROM: usize = 10;
const PERCENT: usize = 30;

/// References that still stand.
type Standing = BTreeSet<String>;

fn arguments() -> Value {
    let days = json!({"type": "integer", "minimum": 0, "maximum": 3650, "description": mark!("So many days ahead; 30 where nothing is said.")});
    let kind = schema::id(mark!("Ticket type of new tickets; HaloITSM's default where nothing is said."));
    schema::object(&[("days", days), ("tickettype_id", kind)], &[])
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let whole = |name: &str| given.get(name).and_then(integer_of);
        let outcome = settings::load(&bench.sides.host).await?.tickets.outcome;
        let Alerts { due, standing } = read::alerts(bench, whole("days").unwrap_or(DAYS)).await?;
        let open = tickets(bench, &members([("open_only", "true".into())])).await?;
        let mut items = Vec::new();
        for alert in due {
            let Some(client) = alert.client else {
                let why = Some(t!("No HaloITSM client is known for its company."));
                items.push(Item { state: State::Skipped, why, ..blank(&alert) });
                continue;
            };
            let known = match open.get(&alert.reference) {
                Some(ticket) => Some(*ticket),
                // A website that is down again is a new alert; a date that was dealt with is not.
                None if alert.of_a_date => {
                    let word = alert.reference.trim_matches(['[', ']']);
                    let asked = members([("client_id", client.into()), ("search", word.into())]);
                    tickets(bench, &asked).await?.get(&alert.reference).copied()
                }
                None => None,
            };
            items.push(match known {
                Some(_) => Item { state: State::Known, target: known, ..blank(&alert) },
                None => Item { writes: new(&alert, client, whole("tickettype_id"), outcome), ..blank(&alert) },
            });
        }
        for (reference, ticket) in open.iter().filter(|(reference, _)| !standing.contains(*reference)) {
            items.push(Item {
                key: reference.clone(),
                subject: format!("{reference}: {CLEARED}"),
                state: State::Cleared,
                target: Some(*ticket),
                resource: Some("tickets".to_owned()),
                writes: vec![note(CLEARED, (*ticket).into(), outcome)],
                ..Item::default()
            });
        }
        let cleared = items.iter().filter(|item| item.state == State::Cleared).count();
        let guard = (open.len() >= FROM && cleared * 100 > open.len() * PERCENT).then(|| {
            t!(
                "{cleared} of {open} open alerts would be called cleared. Look whether the key for Hudu still sees expirations and websites.",
                cleared,
                open = open.len()
            )
        });
        Ok(Planned { items, guard, ..Planned::default() })
    })
}

fn blank(alert: &Alert) -> Item {
    Item {
        key: alert.reference.clone(),
        subject: alert.summary.clone(),
        resource: Some("tickets".to_owned()),
        ..Item::default()
    }
}

/// The ticket and its private action.
fn new(alert: &Alert, client: i64, kind: Option<i64>, outcome: i64) -> Vec<Write> {
    let mut ticket = members([
        ("summary", alert.summary.as_str().into()),
        ("details", alert.details.as_str().into()),
        ("client_id", client.into()),
    ]);
    ticket.extend(kind.map(|kind| ("tickettype_id".to_owned(), kind.into())));
    ticket.extend(alert.asset.map(|asset| ("assets".to_owned(), json!([{ "id": asset }]))));
    let word = alert.reference.trim_matches(['[', ']']);
    let mut filters = members([("client_id", client.into()), ("search", word.into())]);
    if !alert.of_a_date {
        filters.insert("open_only".to_owned(), "true".into());
    }
    let look = Look { filters, ..Look::within([], "summary", &alert.reference) };
    vec![
        Write::create(mark!("ticket"), Product::Halo, "tickets", ticket, look),
        note(&alert.details, made(&alert.reference, "ticket"), outcome),
    ]
}

/// A private action, found again by the first line of its text.
fn note(text: &str, ticket: Value, outcome: i64) -> Write {
    let record = members([
        ("ticket_id", ticket.clone()),
        ("outcome_id", outcome.into()),
        ("hiddenfromuser", true.into()),
        ("note_html", place::html(text).into()),
    ]);
    let first = text.lines().next().unwrap_or_default();
    let look = Look::within([("ticket_id", ticket), ("includehtmlnote", "true".into())], "note", first);
    Write::create(mark!("note"), Product::Halo, "actions", record, look)
}

/// Tickets of alerts, by reference, the oldest of each.
async fn tickets(bench: &Bench, filters: &Map<String, Value>) -> Result<BTreeMap<String, i64>, CallError> {
    let mut found = BTreeMap::new();
    for ticket in place::rows(bench, Product::Halo, "tickets", filters).await? {
        let summary = ticket.get("summary").and_then(text_of).unwrap_or_default();
        if let (Some(reference), Some(id)) = (read::reference(&summary), ticket.get("id").and_then(integer_of)) {
            found.entry(reference.to_owned()).or_insert(id);
        }
    }
    Ok(found)
}
