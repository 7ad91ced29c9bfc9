//! What the sync engine writes for a recipe: records of Hudu that stand for records of HaloITSM have one writer,
//! which keeps their links and what was synced last. A recipe shows these items in its plan; they are carried out
//! after all others, as a run of the sync that the recipe's run names, and taken back with it.

use std::collections::BTreeSet;

use crate::order::gathered;
use crate::platform::Later;
use crate::recipes::item::{Item, State};
use crate::recipes::journal::{Kept, Run};
use crate::recipes::{Arguments, Bench, CallError};
use crate::sync::apply::{self, Order};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run as SyncRun, StepState};
use crate::sync::plan::{Item as SyncItem, Made, Plan, Subject, Target};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, Direction, RunState};
use crate::sync::watch::Nobody;
use crate::trouble::Explain;
use crate::words::say;
use crate::{mark, t};

/// The part of a recipe that comes after its items: it reads what they made of both sides, and has the sync engine
/// write what the plan showed.
#[derive(Clone, Copy)]
pub struct Finish {
    /// Does it.
    pub work: Work,
    /// The key in the recipe's run of an item of the sync.
    pub key: fn(&str) -> String,
}

/// What a [`Finish`] does.
type Work = for<'a> fn(&'a Bench, &'a Arguments, &'a mut Run) -> Later<'a, Result<(), CallError>>;

/// Finishes a run whose items are carried out. What became of each item is in the run.
pub async fn finish(
    bench: &Bench,
    finish: Option<Finish>,
    arguments: &Arguments,
    run: &mut Run,
) -> Result<(), CallError> {
    let Some(Finish { work, .. }) = finish.filter(|_| run.head.items > 0) else { return Ok(()) };
    // Somebody may have stopped it between two items.
    let left = |kept: &Kept| !kept.item.is_synced() && kept.state == State::Left;
    let stopped = run.head.trouble.is_some() || run.items.iter().any(left);
    let done = if stopped { Ok(()) } else { work(bench, arguments, run).await };
    let left = mark!("It was not tried, because the run was stopped before.");
    for kept in run.items.iter_mut().filter(|kept| kept.item.is_synced() && !kept.is_over()) {
        (kept.state, kept.why) = match (&done, stopped) {
            (Ok(()), false) => (State::Known, None),
            _ => (State::Left, Some(say(left))),
        };
    }
    if let Err(error) = &done {
        run.head.trouble = Some(error.trouble());
        run.head.state = RunState::Stopped;
    }
    run.head.ended = Some(bench.sides.host.clock.now());
    keep(bench, run).await
}

/// What was interrupted while the sync engine wrote for it: that run goes on, and what became of each item is noted.
pub async fn settle(bench: &Bench, finish: Option<Finish>, run: &mut Run) -> Result<(), CallError> {
    let (Some(Finish { key, .. }), Some(id)) = (finish, run.head.sync.clone()) else { return Ok(()) };
    let Some(mut sync) = journal::load(&bench.sides.host, &id).await? else { return Ok(()) };
    if sync.state == RunState::Running {
        apply::go_on(&bench.sides, &mut sync, &Nobody).await?;
    }
    note(run, &sync, key);
    keep(bench, run).await
}

/// Writes down how the items that the sync engine wrote ended, and the run with them.
async fn keep(bench: &Bench, run: &mut Run) -> Result<(), CallError> {
    let host = &bench.sides.host;
    for place in 0..run.items.len() {
        if run.items[place].item.is_synced() {
            run.save_item(host, place).await?;
        }
    }
    run.counted();
    if run.head.trouble.is_none() {
        run.head.state = if run.head.done == run.head.items { RunState::Done } else { RunState::Part };
    }
    Ok(run.save_head(host).await?)
}

/// Has the sync engine write these items, and notes in the run what became of each under its `key`. A run that is
/// limited to a client writes what is that client's; layouts are for everybody.
pub async fn carry_out(
    bench: &Bench,
    sides: &Sides,
    run: &mut Run,
    title: &str,
    (mut items, made): (Vec<SyncItem>, i64),
    key: fn(&str) -> String,
) -> Result<(), CallError> {
    if bench.client.is_some() {
        let at_home = |item: &SyncItem| match &item.target {
            Target::Asset { company: Made::Is(company), .. } => bench.company == Some(*company),
            _ => item.client == bench.client,
        };
        let mut out = BTreeSet::new();
        items.retain(|item| {
            let stays = at_home(item) && !item.needs().iter().any(|need| out.contains(*need));
            stays || {
                out.insert(item.id.clone());
                false
            }
        });
        let out: BTreeSet<String> = gathered(out.iter().map(|id| key(id)));
        for kept in run.items.iter_mut().filter(|kept| out.contains(&kept.item.key)) {
            let why = t!("It needs what is for everybody in Hudu, and this run is limited to one client.");
            (kept.state, kept.why) = (State::Left, Some(why));
        }
    }
    if !items.iter().any(SyncItem::writes) {
        return Ok(());
    }
    let mut plan = Plan::new(Direction::ToHudu, Subject::ByHand(title.to_owned()), items, None);
    plan.made = made;
    let order = Order { who: run.head.who.clone(), confirmed: true, ..Order::default() };
    let mut sync = apply::begin(&sides.host, plan, &order).await?;
    run.head.sync = Some(sync.id.clone());
    run.save_head(&sides.host).await?;
    apply::go_on(sides, &mut sync, &Nobody).await?;
    note(run, &sync, key);
    Ok(())
}

/// Notes in the run what became of each item of the sync.
fn note(run: &mut Run, sync: &SyncRun, key: fn(&str) -> String) {
    for (item, step) in sync.plan.items.iter().zip(&sync.steps).filter(|(item, _)| item.writes()) {
        let state = match (step.state, item.action) {
            (StepState::Done, Action::Create) => State::Created,
            (StepState::Done, _) => State::Changed,
            (StepState::Skipped, _) => State::Skipped,
            (StepState::Failed, _) => State::Failed,
            (StepState::Waiting | StepState::Sent, _) => State::Left,
        };
        let trouble = step.trouble.as_ref().or(sync.waits.as_ref().filter(|_| state == State::Left));
        let why = trouble.map(|trouble| trouble.sentence.clone()).or(step.note.clone());
        let key = key(&item.id);
        match run.items.iter_mut().find(|kept| kept.item.key == key) {
            Some(kept) => (kept.state, kept.why) = (state, why),
            // What had to come first, such as a layout, is worth a row where it failed.
            None if matches!(state, State::Failed | State::Left) => {
                let item = Item { key, subject: item.title.clone(), state, why: why.clone(), ..Item::default() };
                run.items.push(Kept { item, steps: Vec::new(), state, why });
            }
            None => {}
        }
    }
}

/// Takes back what the sync engine wrote for a run; with `writes` false it only tells so.
pub async fn undo(bench: &Bench, run: &mut Run, writes: bool) -> Result<(), CallError> {
    let Some(id) = run.head.sync.clone() else { return Ok(()) };
    let sides = &bench.sides;
    if writes && let Some(sync) = journal::load(&sides.host, &id).await? {
        match sides.plan_undo(&sync, None).await {
            Ok(plan) => {
                let (who, overwrite) = (run.head.who.clone(), plan.conflicts());
                let order = Order { who, confirmed: true, overwrite, ..Order::default() };
                let mut back = apply::begin(&sides.host, plan, &order).await?;
                apply::go_on(sides, &mut back, &Nobody).await?;
            }
            Err(SyncError::NothingToUndo) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let synced = |kept: &&mut Kept| kept.item.is_synced() && matches!(kept.state, State::Created | State::Changed);
    run.items.iter_mut().filter(synced).for_each(|kept| (kept.state, kept.why) = (State::Undone, None));
    if writes {
        run.head.sync = None;
    }
    Ok(())
}
