//! Alert to incident: what ends or is down in Hudu becomes one HaloITSM ticket each.
//!
//! A ticket carries its alert's reference in its summary, so that any computer finds it again: a second run
//! makes none. An alert that is cleared adds one private action; the ticket itself is left to people.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::call::typed;
use crate::http::Product;
use crate::http::raw::read::{integer_of, text_of};
use crate::json::{Json, Map, Shape};
use crate::platform::Later;
use crate::recipes::item::{Item, Look, Planned, State, Write, made, members};
use crate::recipes::{Arguments, Bench, CallError, Recipe, place};
use crate::schema::{self, Id};
use crate::{mark, settings, t};

use read::{Alert, Due};

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
    arguments: schema::of::<Given>,
    plan,
    finish: None,
};

/// From so many open alerts on, so many of a hundred may be cleared at once without a question.
const FROM: usize = 10;
const PERCENT: usize = 30;
/// More new tickets than so many are not made at once without a question.
const MANY: usize = 100;

/// References that still stand.
type Standing = BTreeSet<String>;

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// So many days ahead; 30 where nothing is said.
    #[json(omit, least = 0, most = 3650)]
    days: Option<i64>,
    /// Ticket type of new tickets; HaloITSM's default where nothing is said.
    #[json(omit)]
    tickettype_id: Option<Id>,
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let given: Given = typed(given)?;
        let kind = given.tickettype_id.map(|id| id.0);
        let outcome = settings::load(&bench.sides.host).await?.tickets.outcome;
        let alerts = read::alerts(bench, given.days.unwrap_or(DAYS)).await?;
        let open = tickets(bench, &members([("open_only", "true".into())])).await?;
        // A website that is down again is a new alert; a date that was dealt with is not.
        let unknown = |due: &&Due| due.client.is_some() && !open.contains_key(&due.reference);
        let closed = match alerts.due.iter().filter(unknown).any(|due| due.of_a_date) {
            true => {
                // That a list holds closed tickets unasked is only probable.
                let dated = [("search_summary", "Hudu expiration".into()), ("closed_only", true.into())];
                tickets(bench, &members(dated)).await?
            }
            false => BTreeMap::new(),
        };
        let known = |due: &Due| open.get(&due.reference).or(closed.get(&due.reference).filter(|_| due.of_a_date));
        let unseen: Vec<&Due> = alerts.due.iter().filter(|due| known(due).is_none()).collect();
        let told = alerts.told(bench, &unseen).await?;
        let mut items = Vec::new();
        for due in &alerts.due {
            if let Some((ticket, summary)) = known(due) {
                items.push(Item { state: State::Known, target: Some(*ticket), ..blank(due, summary) });
            }
        }
        for (due, alert) in unseen.into_iter().zip(&told) {
            items.push(match due.client {
                Some(client) => {
                    let writes = new(due, alert, client, kind, outcome);
                    Item { writes, ..blank(due, &alert.summary) }
                }
                None => {
                    let why = Some(t!("No HaloITSM client is known for its company."));
                    Item { state: State::Skipped, why, ..blank(due, &alert.summary) }
                }
            });
        }
        let made = items.iter().filter(|item| item.state == State::New).count();
        let (mut cleared, mut noted) = (0, 0);
        for (reference, (ticket, _)) in open.iter().filter(|(reference, _)| !alerts.standing.contains(*reference)) {
            let mut note = note(CLEARED, (*ticket).into(), outcome);
            note.found = place::find(bench, &note, &place::Ids::default()).await?;
            match note.found {
                Some(_) => noted += 1,
                None => cleared += 1,
            }
            items.push(Item {
                key: reference.clone(),
                subject: format!("{reference}: {CLEARED}"),
                state: State::Cleared,
                target: Some(*ticket),
                resource: Some("tickets".to_owned()),
                writes: vec![note],
                ..Item::default()
            });
        }
        let open = open.len() - noted;
        let guard = if open >= FROM && cleared * 100 > open * PERCENT {
            Some(t!(
                "{cleared} of {open} open alerts would be called cleared. Look whether the key for Hudu still sees expirations and websites.",
                cleared,
                open
            ))
        } else {
            (made > MANY).then(|| t!("{made} tickets would be made at once.", made))
        };
        Ok(Planned { items, guard, ..Planned::default() })
    })
}

fn blank(due: &Due, summary: &str) -> Item {
    Item {
        key: due.reference.clone(),
        subject: summary.to_owned(),
        resource: Some("tickets".to_owned()),
        ..Item::default()
    }
}

/// The ticket and its private action.
fn new(due: &Due, alert: &Alert, client: i64, kind: Option<i64>, outcome: i64) -> Vec<Write> {
    let mut ticket = members([
        ("summary", alert.summary.as_str().into()),
        ("details", alert.details.as_str().into()),
        ("client_id", client.into()),
    ]);
    ticket.extend(kind.map(|kind| ("tickettype_id".to_owned(), kind.into())));
    ticket.extend(alert.asset.map(|asset| ("assets".to_owned(), json!([{ "id": asset }]))));
    let word = due.reference.trim_matches(['[', ']']);
    let mut filters = members([("client_id", client.into()), ("search_summary", word.into())]);
    if !due.of_a_date {
        filters.insert("open_only".to_owned(), "true".into());
    }
    let look = Look { filters, ..Look::within([], "summary", &due.reference) };
    // The lists of tickets were read: it is looked for again before it is made.
    let ticket = Write { absent: true, ..Write::create(mark!("ticket"), Product::Halo, "tickets", ticket, look) };
    vec![ticket, note(&alert.details, made(&due.reference, "ticket"), outcome)]
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

/// Tickets of alerts with their summaries, by reference, the oldest of each.
async fn tickets(bench: &Bench, filters: &Map<String, Value>) -> Result<BTreeMap<String, (i64, String)>, CallError> {
    let mut found = BTreeMap::new();
    for ticket in place::rows(bench, Product::Halo, "tickets", filters).await? {
        let summary = ticket.get("summary").and_then(text_of).unwrap_or_default();
        if let (Some(reference), Some(id)) = (read::reference(&summary), ticket.get("id").and_then(integer_of)) {
            found.entry(reference.to_owned()).or_insert((id, summary.clone()));
        }
    }
    Ok(found)
}
