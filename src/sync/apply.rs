//! Applying a plan: a state machine that writes each step down before and after its one request.
//!
//! Look, write down, send, write down. A lost answer is looked up before anything is sent again, so
//! that a killed worker or a cut connection costs one step and makes no duplicate.

use std::collections::BTreeMap;

use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run, StepState};
use crate::sync::plan::{Change, Item, Keep, Link, Plan};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, RunState};
use crate::sync::write::{Look, Writer};
use crate::trouble::{Explain, Retry};

/// How often a step is sent after its answer was lost, within one go.
const RESENDS: u32 = 3;

/// How many goes a step gets when it fails for a reason that may pass.
const GOES: u32 = 30;

/// Whether this plan may be applied: something to write, nothing to be chosen, and every conflict
/// agreed to.
pub fn is_ready(plan: &Plan, overwrite: &[String]) -> bool {
    let open = plan.items.iter().any(|item| match item.action {
        Action::Ambiguous | Action::Blocked => true,
        Action::Conflict => !overwrite.contains(&item.id),
        _ => false,
    });
    !open && plan.items.iter().any(Item::writes)
}

/// Writes a new run of the plan down. Nothing is sent yet.
pub async fn begin(host: &Host, plan: Plan, overwrite: &[String]) -> Result<Run, SyncError> {
    if !is_ready(&plan, overwrite) {
        return Err(SyncError::NotReady);
    }
    let run = Run::new(host, plan);
    let gone = Write { table: Table::Plans, key: run.plan.id.clone(), value: None };
    let mut changes = run.header();
    changes.push(gone);
    host.store.write(changes).await?;
    Ok(run)
}

/// Goes on with a run until it is done, has to stop, or has to wait. Whatever happens to a step is in
/// the run and in the journal; an error here is one of the journal itself.
pub async fn go_on(sides: &Sides, run: &mut Run) -> Result<(), StoreError> {
    let host = &sides.host;
    let writer = Writer::new(sides);
    let before = sides.requests();
    let already = run.requests;
    run.state = RunState::Running;
    for index in 0..run.plan.items.len() {
        if !run.is_due(index) {
            continue;
        }
        let result = step(&writer, run, index).await;
        run.requests = already + u32::try_from(sides.requests() - before).unwrap_or(u32::MAX);
        if let Err(error) = result {
            if let SyncError::Store(error) = error {
                return Err(error);
            }
            let step = &mut run.steps[index];
            step.trouble = Some(error.trouble());
            step.attempts += 1;
            let pass = error.retry() == Retry::Later && step.attempts < GOES;
            if !pass {
                step.state = StepState::Failed;
                run.state = RunState::Stopped;
            }
            let header = run.header();
            return run.save_step(host, index, header).await;
        }
    }
    run.state = RunState::Done;
    let mut changes = run.header();
    if let Some(undone) = &run.plan.undoes
        && let Some(mut original) = journal::load(host, undone).await?
    {
        original.state = RunState::Undone;
        changes.push(original.entry());
    }
    host.store.write(changes).await
}

/// Does one step.
async fn step(writer: &Writer<'_>, run: &mut Run, index: usize) -> Result<(), SyncError> {
    let host = &writer.sides().host;
    let item = run.plan.items[index].clone();
    let made = made(run);
    for _ in 0..=RESENDS {
        let look = writer.look(&item, &made, run.steps[index].state == StepState::Sent).await?;
        let todo = match look {
            Look::Done { target, url, made } => {
                let step = &mut run.steps[index];
                step.made |= made;
                if step.written.is_empty() && made {
                    step.written = item.changes.clone();
                }
                return finish(host, run, index, &item, target, url, None).await;
            }
            Look::Skip(note) => {
                let step = &mut run.steps[index];
                step.state = StepState::Skipped;
                step.note = Some(note);
                step.trouble = None;
                return Ok(run.save_step(host, index, Vec::new()).await?);
            }
            Look::Todo(todo) => todo,
        };
        let step = &mut run.steps[index];
        if step.state != StepState::Sent {
            step.link_before = match link_key(&item) {
                Some(key) => get(host, Table::Links, &key).await?,
                None => None,
            };
        }
        step.state = StepState::Sent;
        step.made = item.action == Action::Create;
        merge(&mut step.written, &todo);
        run.save_step(host, index, Vec::new()).await?;
        match writer.send(&item, &made, &todo).await {
            Ok(done) => return finish(host, run, index, &item, done.target, done.url, done.note).await,
            Err(SyncError::Api(error)) if error.maybe_done() => continue,
            Err(error) => {
                // Refused: nothing was done, and the next go starts afresh.
                let step = &mut run.steps[index];
                step.state = StepState::Waiting;
                step.written.clear();
                step.made = false;
                run.save_step(host, index, Vec::new()).await?;
                if let Some(note) = writer.forgivable(&item, &error) {
                    let step = &mut run.steps[index];
                    step.state = StepState::Skipped;
                    step.note = Some(note);
                    return Ok(run.save_step(host, index, Vec::new()).await?);
                }
                return Err(error);
            }
        }
    }
    Err(SyncError::Lost(item.title))
}

/// Adds the changes that are not written down yet.
fn merge(written: &mut Vec<Change>, todo: &[Change]) {
    for change in todo {
        if !written.iter().any(|other| other.slot.is(&change.slot)) {
            written.push(change.clone());
        }
    }
}

/// Writes a step down as done, together with the link that it makes or changes.
async fn finish(
    host: &Host,
    run: &mut Run,
    index: usize,
    item: &Item,
    target: i64,
    url: Option<String>,
    note: Option<String>,
) -> Result<(), SyncError> {
    let mut changes = Vec::new();
    if let Some(key) = link_key(item) {
        let before: Option<Link> = get(host, Table::Links, &key).await?;
        match &item.keep {
            Keep::Synced => {
                let mut link = before.unwrap_or_default();
                link.target = target;
                link.chosen = false;
                link.synced.extend(item.agreed.clone());
                link.synced.extend(item.changes.iter().map(|change| (change.slot.key(), change.after.clone())));
                changes.push(put(Table::Links, key, &link));
            }
            Keep::Restore(Some(link)) => changes.push(put(Table::Links, key, link.as_ref())),
            Keep::Restore(None) => changes.push(Write { table: Table::Links, key, value: None }),
        }
    }
    let step = &mut run.steps[index];
    step.state = StepState::Done;
    step.target = Some(target);
    step.url = url.or_else(|| item.url.clone());
    step.note = note;
    step.trouble = None;
    Ok(run.save_step(host, index, changes).await?)
}

/// Under which key the link of an item is kept: the Halo record's, or the Hudu article's.
fn link_key(item: &Item) -> Option<String> {
    if item.id.starts_with("hudu-article/") {
        return Some(item.id.clone());
    }
    item.record.map(|record| record.key())
}

/// Results of the items that are done, by item id.
fn made(run: &Run) -> BTreeMap<String, i64> {
    let mut made = BTreeMap::new();
    for (item, step) in run.plan.items.iter().zip(&run.steps) {
        if let Some(target) = step.target {
            made.insert(item.id.clone(), target);
        }
    }
    made
}
