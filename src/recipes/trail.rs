//! Audit trail: private notes on tickets that say what was synced, looked up and changed for them.
//!
//! Entries come from the journal of syncs, the runs of recipes and the local list of what was used. Each has a
//! code, `#3f2a91c7`, that stands in the note: an entry that a note of the ticket names is not told again. The
//! ticket's own fields are not touched.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::assist::trail;
use crate::assist::view::DocumentKind;
use crate::call::typed;
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::Product;
use crate::http::date;
use crate::http::raw::read::{integer_of, text_of};
use crate::json::{Json, Shape, Value};
use crate::order::{Order, gathered};
use crate::platform::Later;
use crate::recipes::item::{Item, Look, Planned, Write, members};
use crate::recipes::journal::{self, StepState};
use crate::recipes::{Arguments, Bench, CallError, Recipe, place};
use crate::schema::{self, Id};
use crate::sync::{describe, journal as synced};
use crate::words::say;
use crate::{many, mark, settings, t};

/// Days back where nobody says how many.
const DAYS: i64 = 30;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// A larger sync is named as a whole.
const LARGE: usize = 2_000;
/// Entries of one note.
const ENTRIES: usize = 100;

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "audit_trail",
    title: mark!("Audit trail"),
    about: mark!(
        "Private notes on tickets that list what was synced, looked up and changed for them from this computer. Each entry is told once; the ticket's own fields are not touched."
    ),
    arguments: schema::of::<Given>,
    plan,
    finish: None,
};

/// Something that was done.
#[derive(Clone, Debug)]
struct Entry {
    at: Option<i64>,
    who: String,
    /// "Synced", "Looked up", "Recipe".
    kind: &'static str,
    what: String,
    /// Told apart from all others by this.
    code: String,
}

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// HaloITSM's ids of the tickets; else all that something is known of.
    #[json(omit, most = 200)]
    ticket_ids: Option<Vec<Id>>,
    /// So many days back; 30 where nothing is said.
    #[json(omit, least = 1, most = 3650)]
    days: Option<i64>,
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let Given { ticket_ids: named, days } = typed(given)?;
        let days = days.unwrap_or(DAYS);
        let since = bench.sides.host.clock.now() - days * DAY_MS;
        let outcome = settings::load(&bench.sides.host).await?.tickets.outcome;
        let mut of_records = BTreeMap::new();
        syncs(bench, since, &mut of_records).await?;
        recipes(bench, since, &mut of_records).await?;
        let tickets: BTreeSet<i64> = match &named {
            Some(ids) => gathered(ids.iter().map(|id| id.0)),
            None => {
                let own = of_records.keys().filter(|record| record.kind == RecordKind::Ticket).map(|record| record.id);
                gathered(own.chain(trail::tickets(&bench.sides.host).await?))
            }
        };
        let mut items = Vec::new();
        for ticket in tickets {
            items.extend(note(bench, ticket, &of_records, outcome, named.is_some()).await?);
        }
        Ok(Planned { items, ..Planned::default() })
    })
}

type ByRecord = BTreeMap<RecordRef, Vec<Entry>>;

fn code(of: &str) -> String {
    let hash = Sha256::digest(of.as_bytes());
    hash.iter().take(4).fold(String::from("#"), |code, byte| format!("{code}{byte:02x}"))
}

/// What syncs did, by the record of HaloITSM that it was done for.
async fn syncs(bench: &Bench, since: i64, into: &mut ByRecord) -> Result<(), CallError> {
    let host = &bench.sides.host;
    let (heads, _) = synced::heads(host, 0, usize::MAX).await?;
    for head in heads.iter().filter(|head| head.started >= since && head.steps <= LARGE) {
        let Some(run) = synced::load(host, &head.id).await? else { continue };
        for (item, step) in run.plan.items.iter().zip(&run.steps) {
            let (Some(record), true) = (item.record, step.state == synced::StepState::Done) else { continue };
            if step.wrote(item).is_empty() {
                continue;
            }
            into.entry(record).or_default().push(Entry {
                at: step.at.or(Some(run.started)),
                who: run.who.clone(),
                kind: mark!("Synced"),
                what: describe::done(item, run.plan.direction),
                code: code(&format!("sync {} {}", run.id, item.id)),
            });
        }
    }
    Ok(())
}

/// What recipes did, by the record of HaloITSM that they made or changed.
async fn recipes(bench: &Bench, since: i64, into: &mut ByRecord) -> Result<(), CallError> {
    let host = &bench.sides.host;
    for head in journal::heads(host).await?.iter().filter(|head| head.started >= since && head.recipe != RECIPE.name) {
        let Some(run) = journal::load(host, &head.id).await? else { continue };
        let title = Recipe::named(&head.recipe).map_or(head.recipe.as_str(), |recipe| recipe.title);
        for kept in &run.items {
            for (write, step) in kept.item.writes.iter().zip(&kept.steps) {
                let (Some(id), true) = (step.id, step.state == StepState::Done && write.product == Product::Halo)
                else {
                    continue;
                };
                let above = step.after.get("ticket_id").and_then(integer_of);
                let record = match (write.resource.as_str(), above) {
                    ("tickets" | "projects" | "opportunites", _) => RecordRef::new(RecordKind::Ticket, id),
                    ("actions", Some(ticket)) => RecordRef::new(RecordKind::Ticket, ticket),
                    ("assets", _) => RecordRef::new(RecordKind::Asset, id),
                    ("users", _) => RecordRef::new(RecordKind::User, id),
                    _ => continue,
                };
                let did = match (step.made, step.before.is_empty(), step.undone) {
                    (_, _, true) => mark!("taken back"),
                    (true, ..) => mark!("made"),
                    (_, false, _) => mark!("changed"),
                    _ => continue,
                };
                let fields: Vec<String> = step.before.keys().cloned().collect();
                let fields = if fields.is_empty() { String::new() } else { format!(" ({})", fields.join(", ")) };
                into.entry(record).or_default().push(Entry {
                    at: Some(head.started),
                    who: head.who.clone(),
                    kind: mark!("Recipe"),
                    what: format!("{}: {} {}{fields}.", say(title), say(&write.name), say(did)),
                    code: code(&format!("recipe {} {} {} {did}", head.id, kept.item.key, write.name)),
                });
            }
        }
    }
    Ok(())
}

/// What was used for a ticket from this device and no note names yet.
async fn used(bench: &Bench, ticket: i64) -> Result<Vec<Entry>, CallError> {
    let mut entries = Vec::new();
    for used in trail::of(&bench.sides.host, ticket).await?.iter().filter(|used| !used.noted) {
        let (resource, word) = match used.kind {
            DocumentKind::Asset | DocumentKind::Person => ("assets", "asset"),
            DocumentKind::Article => ("articles", "article"),
            DocumentKind::Password => ("passwords", "password"),
            DocumentKind::Process => ("processes", "process"),
            DocumentKind::Website => ("websites", "website"),
            DocumentKind::Expiration => continue,
        };
        let name = match place::read(bench, Product::Hudu, resource, used.id, None).await {
            Ok(record) => record.get("name").and_then(text_of).unwrap_or_else(|| format!("{word} {}", used.id)),
            // What is gone meanwhile has no name to tell.
            Err(error) if error.api().is_some_and(crate::http::ApiError::is_of_this) => continue,
            Err(error) => return Err(error),
        };
        entries.push(Entry {
            at: None,
            who: String::new(),
            kind: mark!("Looked up"),
            what: t!("{name} ({word} in Hudu).", name, word = say(word)),
            code: code(&format!("used {ticket} {word} {}", used.id)),
        });
    }
    Ok(entries)
}

/// The note of a ticket, where there is something new to tell.
async fn note(
    bench: &Bench,
    id: i64,
    of_records: &ByRecord,
    outcome: i64,
    asked: bool,
) -> Result<Option<Item>, CallError> {
    let ticket = match place::ticket(bench, id).await {
        Ok(ticket) => ticket,
        // A ticket that is gone needs no note, unless it was asked for.
        Err(error) if !asked && error.api().is_some_and(crate::http::ApiError::is_not_found) => return Ok(None),
        Err(error) => return Err(error),
    };
    let number = |name: &str| ticket.get(name).and_then(integer_of).filter(|id| *id > 0);
    if let Some(own) = bench.client.filter(|own| number("client_id") != Some(*own)) {
        return Err(CallError::Outside(own));
    }
    let assets = ticket.get("assets").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let assets = assets.iter().filter_map(|asset| asset.get("id").and_then(integer_of));
    let mut records: Vec<RecordRef> = assets.map(|id| RecordRef::new(RecordKind::Asset, id)).collect();
    records.extend(number("user_id").map(|id| RecordRef::new(RecordKind::User, id)));
    // What was done before there was a ticket was not done for it.
    let opened = ticket.get("dateoccurred").and_then(text_of).and_then(|at| date::instant(&at)).unwrap_or_default();
    let mut entries: Vec<Entry> = of_records.get(&RecordRef::new(RecordKind::Ticket, id)).cloned().unwrap_or_default();
    for record in records {
        let own = of_records.get(&record).map(Vec::as_slice).unwrap_or_default();
        entries.extend(own.iter().filter(|entry| entry.at.is_some_and(|at| at >= opened)).cloned());
    }
    entries.order_by_key(|entry| entry.at);
    entries.extend(used(bench, id).await?);
    let filters = members([("ticket_id", id.into()), ("includehtmlnote", true.into())]);
    let told: String = place::rows(bench, Product::Halo, "actions", &filters)
        .await?
        .iter()
        .flat_map(|action| [action.get("note"), action.get("note_html")])
        .filter_map(|text| text.and_then(text_of))
        .collect();
    entries.retain(|entry| !told.contains(&entry.code));
    entries.truncate(ENTRIES);
    let Some(last) = entries.last() else { return Ok(None) };
    let summary = ticket.get("summary").and_then(text_of).unwrap_or_default();
    let record = members([
        ("ticket_id", id.into()),
        ("outcome_id", outcome.into()),
        ("hiddenfromuser", true.into()),
        ("note_html", html(&entries).into()),
    ]);
    let filters = [("ticket_id", id.into()), ("includehtmlnote", true.into())];
    let write =
        Write::create(mark!("note"), Product::Halo, "actions", record, Look::within(filters, "note", &last.code));
    let count = entries.len();
    Ok(Some(Item {
        key: format!("ticket {id} {}", last.code),
        subject: many!(
            count,
            "Ticket {id} “{summary}”: {n} entry",
            "Ticket {id} “{summary}”: {n} entries",
            id,
            summary
        ),
        target: Some(id),
        resource: Some("tickets".to_owned()),
        writes: vec![write],
        ..Item::default()
    }))
}

/// One line for each entry: when, who, what, code.
fn html(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|Entry { at, who, kind, what, code }| {
            let at = at.map(|at| format!("{} UTC · ", date::iso(at).get(..16).unwrap_or_default().replace('T', " ")));
            let who = if who.is_empty() { String::new() } else { format!("{who} · ") };
            format!("{}{who}{} · {what} {code}", at.unwrap_or_default(), say(kind))
        })
        .collect();
    let text = format!("Sidelight audit trail\n{}", lines.join("\n"));
    place::html(&text)
}
