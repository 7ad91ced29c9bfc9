//! Taking a run back, from its before images. Nothing is deleted: what a run made is put away, in the way that
//! its resource has for that. A value that somebody changed since stays, and is named.

use crate::halo::record::RecordRef;
use crate::http::Product;
use crate::http::raw::read::{flag_of, integer_of, text_of};
use crate::json::{Map, Value, object};
use crate::platform::{Table, Write as Entry};
use crate::recipes::item::{Mark, State, Write, fits, members};
use crate::recipes::journal::{self, Run, Step, StepState};
use crate::recipes::place::{self, html};
use crate::recipes::view::kind;
use crate::recipes::{Bench, CallError, Recipe};
use crate::sync::error::SyncError;
use crate::sync::view::RunState;
use crate::trouble::Explain;
use crate::words::say;
use crate::{mark, t};

/// What stands in the place of the reference of what was taken back, so that it can be made again.
const TAKEN_BACK: &str = "(taken back)";
/// What the private note of a closed ticket says.
const NOTE: &str = "Taken back in Sidelight: this ticket was made by a recipe, and the run was undone.";

/// How a resource puts away what was made.
enum Away {
    /// Tickets and projects: closed, with a private note.
    Close,
    /// A member is set.
    Set(&'static str, bool),
    /// An action: its text is taken away.
    Blank,
    /// In the way that Hudu has for it.
    Archive,
    /// It stays: why.
    Stays,
}

fn away(write: &Write) -> Away {
    match (write.product, write.resource.as_str()) {
        (Product::Halo, "tickets" | "projects" | "opportunites") => Away::Close,
        (Product::Halo, "clients" | "sites" | "users" | "assets" | "suppliers" | "knowledge_base" | "teams") => {
            Away::Set("inactive", true)
        }
        (Product::Halo, "contracts") => Away::Set("active", false),
        (Product::Halo, "agents") => Away::Set("isdisabled", true),
        (Product::Halo, "actions") => Away::Blank,
        (Product::Hudu, "assets" | "companies" | "articles" | "passwords" | "processes" | "websites") => Away::Archive,
        _ => Away::Stays,
    }
}

/// What is done with a step.
enum Back {
    /// It is taken back.
    Done,
    /// There is nothing to take back.
    Nothing,
    /// It stays: why.
    Stays(String),
}

/// Takes a run back, the last write first; with `writes` false it only tells what would become of each item.
/// Whoever calls it holds the turn to write.
pub async fn undo(bench: &Bench, id: &str, writes: bool) -> Result<Run, CallError> {
    let host = &bench.sides.host;
    let mut run = journal::load(host, id).await?.ok_or(SyncError::NoRun)?;
    if run.head.state == RunState::Running && writes {
        // What was begun and never ended is looked up first, so that all of it is known.
        super::apply::end(bench, &mut run).await?;
    }
    recover(bench, &mut run).await?;
    if run.head.sync.is_none() && !run.items.iter().flat_map(|kept| &kept.steps).any(Step::undoable) {
        return Err(SyncError::NothingToUndo.into());
    }
    let finish = Recipe::named(&run.head.recipe)?.finish;
    let waits = super::after::undo(bench, finish, &mut run, writes).await?;
    let mut stopped = None;
    for place in (0..run.items.len()).rev() {
        if !run.items[place].steps.iter().any(Step::undoable) {
            continue;
        }
        let (mut any, mut why) = (false, None);
        for at in (0..run.items[place].steps.len()).rev() {
            let kept = &run.items[place];
            if stopped.is_some() || !kept.steps[at].undoable() {
                continue;
            }
            // A note goes with the ticket that the same item made.
            let with_ticket = at > 0 && kept.item.writes[at].resource == "actions" && kept.steps[0].made;
            let done = match with_ticket {
                true => Ok(Back::Done),
                false => step(bench, &kept.item.writes[at], &kept.steps[at], writes).await,
            };
            match done {
                Ok(Back::Done) => any = true,
                Ok(Back::Nothing) => {}
                Ok(Back::Stays(reason)) => {
                    why = Some(reason);
                    continue;
                }
                Err(error) => {
                    why = Some(error.sentence());
                    stopped = stopped.or(error.stops().then_some(error));
                    continue;
                }
            }
            if writes {
                run.items[place].steps[at].undone = true;
                run.save_item(host, place).await?;
            }
        }
        let kept = &mut run.items[place];
        (kept.state, kept.why) = match why {
            _ if stopped.is_some() && !any => (kept.state, why),
            None if any => (State::Undone, None),
            None => (State::Kept, Some(t!("There is nothing left of it to take back."))),
            Some(why) => (State::Kept, Some(why)),
        };
        if writes {
            run.save_item(host, place).await?;
        }
    }
    if writes {
        run.head.trouble = stopped.as_ref().map(Explain::trouble).or(waits);
        run.counted();
        run.head.state = if run.head.undoable { run.head.state } else { RunState::Undone };
        run.save_head(host).await?;
    }
    Ok(run)
}

/// Looks up what was sent and whose answer never came.
async fn recover(bench: &Bench, run: &mut Run) -> Result<(), CallError> {
    let ids = run.ids();
    for kept in &mut run.items {
        for (write, step) in kept.item.writes.iter().zip(&mut kept.steps) {
            if step.state == StepState::Sent && step.id.is_none() && write.makes() {
                step.id = place::find(bench, write, &ids).await?;
                step.made = step.id.is_some();
            }
            if step.state == StepState::Sent && step.id.is_some() {
                step.state = StepState::Done;
            }
        }
    }
    Ok(())
}

async fn step(bench: &Bench, write: &Write, step: &Step, writes: bool) -> Result<Back, CallError> {
    let id = step.id.unwrap_or_default();
    let above = place::above(write, &step.after);
    let there = match place::read(bench, write.product, &write.resource, id, above.as_ref().map(|(_, v)| v)).await {
        Ok(there) => there,
        Err(error) if error.api().is_some_and(crate::http::ApiError::is_not_found) => return Ok(Back::Nothing),
        Err(error) => return Err(error),
    };
    if !step.made {
        return back(bench, write, step, (id, there), writes).await;
    }
    let set = |name: &str| there.get(name).and_then(flag_of);
    match away(write) {
        Away::Stays => {
            Ok(Back::Stays(t!("The {what} stays: it has no way of being put away.", what = say(&write.name))))
        }
        Away::Archive if set("archived") == Some(true) => Ok(Back::Nothing),
        Away::Archive => {
            if writes {
                bench.sides.hudu.put_away(place::shelf(&write.resource)?, id, true).await?;
            }
            Ok(Back::Done)
        }
        Away::Set(name, value) if set(name) == Some(value) => Ok(Back::Nothing),
        Away::Set(name, value) => {
            if writes {
                place::send(bench, write, Some(id), members([(name, value.into())])).await?;
                unlink(bench, write, id).await?;
            }
            Ok(Back::Done)
        }
        Away::Blank => {
            let changed = step.after.get("note_html").is_some_and(|wrote| !holds(&there, wrote));
            if changed {
                return Ok(Back::Stays(t!("The note was edited by someone since, so it stays.")));
            }
            let mut record = members([("note_html", html("This note of Sidelight was taken back.").into())]);
            record.extend(above.map(|(name, value)| (name.to_owned(), value)));
            if writes {
                place::send(bench, write, Some(id), record).await?;
            }
            Ok(Back::Done)
        }
        Away::Close => close(bench, write, (id, &there), writes).await,
    }
}

/// What was put away stands for nothing in Hudu any more: a sync must not put that away as well.
async fn unlink(bench: &Bench, write: &Write, id: i64) -> Result<(), CallError> {
    let Some(kind) = kind(&write.resource) else { return Ok(()) };
    let entry = Entry { table: Table::Links, key: RecordRef::new(kind, id).key(), value: None };
    Ok(bench.sides.host.store.write(vec![entry]).await?)
}

/// Whether an action still holds what was written.
fn holds(there: &Value, wrote: &Value) -> bool {
    let plain = |value: &Value| crate::mapping::compare::plain(value.as_str().unwrap_or_default());
    let note = there.get("note_html").or_else(|| there.get("note")).map(plain).unwrap_or_default();
    note.contains(&plain(wrote))
}

/// Puts the values of a change back, but for those that somebody changed since.
async fn back(
    bench: &Bench,
    write: &Write,
    step: &Step,
    (id, there): (i64, Value),
    writes: bool,
) -> Result<Back, CallError> {
    let mut moved = Vec::new();
    let mut todo = Map::new();
    for (name, before) in &step.before {
        let now = place::member(&there, name);
        match step.after.get(name) {
            _ if fits(before, &now) => {}
            Some(after) if fits(after, &now) => {
                todo.insert(name.clone(), before.clone());
            }
            _ => moved.push(name.as_str()),
        }
    }
    let any = !todo.is_empty();
    if any && writes {
        todo.extend(place::above(write, &step.after).map(|(name, value)| (name.to_owned(), value)));
        place::send(bench, write, Some(id), place::whole(write, &there, todo)).await?;
    }
    Ok(match (moved.as_slice(), any) {
        ([], true) => Back::Done,
        ([], false) => Back::Nothing,
        (moved, _) => Back::Stays(t!(
            "Changed by someone since, so left as it is: {fields} of the {what}.",
            fields = moved.join(", "),
            what = say(&write.name)
        )),
    })
}

/// Closes a ticket, takes its reference out so that it can be made again, and says so in a private note.
async fn close(bench: &Bench, write: &Write, (id, there): (i64, &Value), writes: bool) -> Result<Back, CallError> {
    let status = there.get("status_id").and_then(integer_of);
    let (closed, wanted) = closed(bench).await?;
    let mut record = Map::new();
    if status.is_none_or(|status| !closed.contains(&status)) {
        let Some(wanted) = wanted else {
            return Ok(Back::Stays(t!("The ticket stays open: no status of HaloITSM closes tickets.")));
        };
        record.insert("status_id".to_owned(), wanted.into());
    }
    for Mark { member, value, within } in write.look.iter().flat_map(|look| &look.marks) {
        let (text, mark) = (there.get(member).and_then(text_of), text_of(value));
        if let (true, Some(text), Some(mark)) = (within, text, mark)
            && text.contains(&mark)
        {
            record.insert(member.clone(), text.replace(&mark, TAKEN_BACK).into());
        }
    }
    if record.is_empty() {
        return Ok(Back::Nothing);
    }
    if writes {
        let outcome = crate::settings::load(&bench.sides.host).await?.tickets.outcome;
        let note = object(
            [
                ("ticket_id", id.into()),
                ("outcome_id", outcome.into()),
                ("hiddenfromuser", true.into()),
                ("note_html", html(NOTE).into()),
            ]
            .map(|(name, value): (&str, Value)| (name.to_owned(), value)),
        );
        let look = crate::recipes::item::Look::within(
            [("ticket_id", id.into()), ("includehtmlnote", true.into())],
            "note",
            NOTE,
        );
        let note = Write::create(mark!("note"), Product::Halo, "actions", note, look);
        if place::find(bench, &note, &place::Ids::default()).await?.is_none() {
            place::send(bench, &note, None, note.record.clone()).await?;
        }
        place::send(bench, write, Some(id), record).await?;
    }
    Ok(Back::Done)
}

/// Statuses that close a ticket, and the one to take.
async fn closed(bench: &Bench) -> Result<(Vec<i64>, Option<i64>), CallError> {
    let all = place::rows(bench, Product::Halo, "status", &members([("showall", true.into())])).await?;
    let open = members([("showall", true.into()), ("excludeclosed", true.into())]);
    let open = place::rows(bench, Product::Halo, "status", &open).await?;
    let id = |row: &Value| row.get("id").and_then(integer_of);
    let rows: Vec<&Value> = all.iter().filter(|row| !open.iter().any(|other| id(other) == id(row))).collect();
    let named = rows
        .iter()
        .find(|row| row.get("name").and_then(text_of).is_some_and(|name| name.eq_ignore_ascii_case("closed")));
    Ok((rows.iter().filter_map(|row| id(row)).collect(), named.or(rows.first()).and_then(|row| id(row))))
}
