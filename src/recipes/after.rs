//! What the sync engine writes for a recipe: records of Hudu that stand for records of HaloITSM have one writer,
//! which keeps their links and what was synced last. A recipe shows these items in its plan; they are carried out
//! after all others, as a run of the sync that the recipe's run names, and taken back with it.

use std::collections::{BTreeMap, BTreeSet};

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
use crate::trouble::{Explain, Trouble};
use crate::words::{say, tell};
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
        let trouble = step.trouble.clone().or(sync.waits.clone().filter(|_| state == State::Left));
        let why = trouble.map(|trouble| trouble.told().sentence).or(step.note());
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

/// Takes back what the sync engine wrote for a run; with `writes` false it only tells so. What somebody changed since
/// stays, and says so. The answer is what it waits for or was stopped by.
pub async fn undo(
    bench: &Bench,
    finish: Option<Finish>,
    run: &mut Run,
    writes: bool,
) -> Result<Option<Trouble>, CallError> {
    let (Some(Finish { key, .. }), Some(id)) = (finish, run.head.sync.clone()) else { return Ok(None) };
    let sides = &bench.sides;
    let (mut became, mut over, mut trouble) = (BTreeMap::new(), true, None);
    let plan = match journal::load(&sides.host, &id).await? {
        Some(sync) => match sides.plan_undo(&sync, None).await {
            Err(SyncError::NothingToUndo) => None,
            planned => Some(planned?),
        },
        None => None,
    };
    if let Some(mut plan) = plan {
        for item in &plan.items {
            let state = match item.action {
                Action::Conflict => (State::Kept, Some(t!("Somebody edited it since, so it stays."))),
                _ if item.writes() => (State::Undone, None),
                _ => (State::Kept, Some(tell(&item.reason))),
            };
            became.insert(key(&item.id), state);
        }
        over = plan.conflicts().is_empty();
        plan.items.retain(|item| item.writes() && item.action != Action::Conflict);
        plan.sign();
        if writes && !plan.items.is_empty() {
            let order = Order { who: run.head.who.clone(), confirmed: true, ..Order::default() };
            let mut back = apply::begin(&sides.host, plan, &order).await?;
            apply::go_on(sides, &mut back, &Nobody).await?;
            for (item, step) in back.plan.items.iter().zip(&back.steps) {
                if step.state != StepState::Done {
                    let why = step.trouble.as_ref().or(back.waits.as_ref()).map(|trouble| trouble.sentence.clone());
                    became.insert(key(&item.id), (State::Kept, why.or(step.note.clone())));
                }
            }
            over &= back.state == RunState::Done;
            trouble = back.waits;
        }
    }
    let synced =
        |kept: &Kept| kept.item.is_synced() && matches!(kept.state, State::Created | State::Changed | State::Kept);
    for place in 0..run.items.len() {
        let kept = &mut run.items[place];
        if !synced(kept) {
            continue;
        }
        let nothing = || (State::Kept, Some(t!("There is nothing left of it to take back.")));
        (kept.state, kept.why) = became.remove(&kept.item.key).unwrap_or_else(nothing);
        if writes {
            run.save_item(&sides.host, place).await?;
        }
    }
    if writes && over {
        run.head.sync = None;
    }
    Ok(trouble)
}
