//! Carrying a plan out: look, write down, send, write down; one item after the other.
//!
//! A failure stops what depends on it. What stands in the way of everything stops the run. A record whose
//! answer was lost is looked up before it is sent again.

use crate::http::ApiError;
use crate::http::raw::read::integer_of;
use crate::json::{Map, Value};
use crate::recipes::item::{State, Write, fits};
use crate::recipes::journal::{self, Run, StepState};
use crate::recipes::place::{self, Ids};
use crate::recipes::{Bench, CallError, Plan, Recipe, after};
use crate::sync::view::RunState;
use crate::t;
use crate::trouble::Explain;
use crate::words::say;

/// How often a record is looked up and sent again after a lost answer.
const TRIES: u32 = 3;
/// Wait before it is looked up; doubled each time.
const WAIT_MS: i64 = 1_000;

/// Which items of a run are carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// What was begun; the rest is left.
    Begun,
}

/// What became of a write.
enum Did {
    /// A record was made.
    Made,
    /// A record was changed.
    Changed,
    /// There was nothing to do.
    Nothing,
}

/// What stood in the way of an item.
enum Halt {
    /// Something that it needs is missing.
    Lacks,
    /// This item cannot be done.
    Failed(String),
    /// Nothing can be done.
    All(CallError),
}

impl From<CallError> for Halt {
    fn from(error: CallError) -> Self {
        if error.stops() { Halt::All(error) } else { Halt::Failed(error.sentence()) }
    }
}

impl From<crate::platform::StoreError> for Halt {
    fn from(error: crate::platform::StoreError) -> Self {
        Halt::All(error.into())
    }
}

/// Begins a run of a plan: it is written down as a whole before anything is sent.
pub async fn begin(bench: &Bench, plan: Plan) -> Result<Run, CallError> {
    let who = bench.sides.halo.me().await.ok().and_then(|me| me.name);
    let mut run = Run::new(&bench.sides.host, plan, who.unwrap_or_else(|| "Sidelight".to_owned()));
    if run.head.items > 0 {
        run.save_all(&bench.sides.host).await?;
    }
    Ok(run)
}

/// Brings runs that were interrupted to an end: what they had begun is finished, the rest is left to the next
/// plan. Whoever calls it holds the turn to write. A run that is limited to a client sees too little of others to end
/// them.
pub async fn settle(bench: &Bench) -> Result<(), CallError> {
    for head in journal::heads(&bench.sides.host).await?.iter().filter(|head| head.state == RunState::Running) {
        if bench.client.is_some() {
            return Err(CallError::LeftOpen);
        }
        if let Some(mut run) = journal::load(&bench.sides.host, &head.id).await? {
            end(bench, &mut run).await?;
        }
    }
    Ok(())
}

/// Brings one run that was interrupted to an end.
pub async fn end(bench: &Bench, run: &mut Run) -> Result<(), CallError> {
    go_on(bench, run, Scope::Begun, &|| true).await?;
    let finish = Recipe::named(&run.head.recipe).ok().and_then(|recipe| recipe.finish);
    after::settle(bench, finish, run).await
}

/// Goes on with a run to its end, for as long as it is wished; the item that is under way then comes to its end.
/// What became of each item is in the run.
pub async fn go_on(bench: &Bench, run: &mut Run, scope: Scope, wished: &dyn Fn() -> bool) -> Result<(), CallError> {
    if run.head.items == 0 {
        run.head.state = RunState::Done;
        return Ok(());
    }
    let host = &bench.sides.host;
    let mut ids = run.ids();
    let mut stopped = None;
    for place in 0..run.items.len() {
        let kept = &run.items[place];
        if kept.is_over() || (scope == Scope::All && kept.item.is_synced()) {
            continue;
        }
        let (state, why) = if scope == Scope::Begun && !kept.is_half_done() {
            (State::Left, Some(t!("The run was interrupted before it. Run the recipe again.")))
        } else if stopped.is_some() || !wished() {
            (State::Left, Some(t!("It was not tried, because the run was stopped before.")))
        } else {
            match item(bench, run, place, &mut ids).await {
                Ok(state) => (state, run.items[place].why.take()),
                Err(Halt::Lacks) => {
                    (State::Left, Some(t!("It was not tried, because something that it needs failed.")))
                }
                Err(Halt::Failed(why)) => (State::Failed, Some(why)),
                Err(Halt::All(error)) => {
                    let why = error.sentence();
                    stopped = Some(error);
                    (State::Failed, Some(why))
                }
            }
        };
        let kept = &mut run.items[place];
        (kept.state, kept.why) = (state, why);
        if run.save_item(host, place).await.is_err() && stopped.is_none() {
            // What is sent is written down: the next run looks it up.
            stopped = Some(crate::platform::StoreError::Full.into());
        }
    }
    run.head.trouble = stopped.as_ref().map(Explain::trouble);
    run.counted();
    // What the sync engine writes comes after this: until then the run is not at its end.
    let goes_on = scope == Scope::All && run.items.iter().any(|kept| kept.item.is_synced() && !kept.is_over());
    run.head.ended = (stopped.is_some() || !goes_on).then(|| host.clock.now());
    run.head.state = match (&stopped, run.head.done == run.head.items) {
        (None, _) if goes_on => RunState::Running,
        (Some(_), _) => RunState::Stopped,
        (None, true) => RunState::Done,
        (None, false) => RunState::Part,
    };
    run.save_head(host).await?;
    Ok(())
}

/// Carries one item out.
async fn item(bench: &Bench, run: &mut Run, place: usize, ids: &mut Ids) -> Result<State, Halt> {
    let (mut made, mut changed) = (false, false);
    for at in 0..run.items[place].item.writes.len() {
        let write = run.items[place].item.writes[at].clone();
        let key = run.items[place].item.key.clone();
        match run.items[place].steps[at].state {
            StepState::Done => {
                let step = &run.items[place].steps[at];
                (made, changed) = (made || step.made, changed || !step.before.is_empty());
            }
            _ => match one(bench, run, (place, at), &write, ids).await {
                Ok(Did::Made) => made = true,
                Ok(Did::Changed) => changed = true,
                Ok(Did::Nothing) => {}
                Err(halt) => return Err(halt),
            },
        }
        if let Some(id) = run.items[place].steps[at].id {
            ids.put(&key, &write.name, id);
        }
    }
    let planned = run.items[place].item.state;
    Ok(match planned {
        State::Cleared => State::Cleared,
        State::Change if changed || made => State::Changed,
        _ if made => State::Created,
        _ if changed => State::Changed,
        _ => State::Known,
    })
}

/// Carries one write out.
async fn one(bench: &Bench, run: &mut Run, (place, at): (usize, usize), write: &Write, ids: &Ids) -> Result<Did, Halt> {
    let host = &bench.sides.host;
    let record = ids.filled(&write.record).ok_or(Halt::Lacks)?;
    let id = match ids.fill(&write.id).ok_or(Halt::Lacks)? {
        Value::Null => None,
        id => Some(integer_of(&id).ok_or(Halt::Lacks)?),
    };
    if !write.makes() {
        return change(bench, run, (place, at), write, (id, record)).await;
    }
    let mut tries = 0;
    loop {
        let was_sent = run.items[place].steps[at].state == StepState::Sent;
        // Whoever made it meanwhile: it is there. What was sent from here is ours.
        if let Some(found) = place::find(bench, write, ids).await? {
            let step = &mut run.items[place].steps[at];
            (step.state, step.id, step.made, step.after) = (StepState::Done, Some(found), was_sent, record);
            run.save_item(host, place).await?;
            return Ok(if was_sent { Did::Made } else { Did::Nothing });
        }
        let step = &mut run.items[place].steps[at];
        (step.state, step.after) = (StepState::Sent, record.clone());
        run.save_item(host, place).await?;
        match place::send(bench, write, id, record.clone()).await {
            Ok((id, stored)) => {
                let step = &mut run.items[place].steps[at];
                (step.state, step.id, step.made) = (StepState::Done, Some(id), true);
                run.save_item(host, place).await?;
                if place::lost_mark(write, &stored) {
                    return Err(Halt::Failed(t!(
                        "HaloITSM made it with another summary, so it would not be found again and be made once more. Take this run back, and look which template or rule of HaloITSM writes the summary."
                    )));
                }
                return Ok(Did::Made);
            }
            Err(error) if error.api().is_some_and(ApiError::maybe_done) && tries < TRIES => {
                host.clock.sleep(WAIT_MS << tries).await;
                tries += 1;
            }
            Err(error) => {
                if !error.api().is_some_and(ApiError::maybe_done) {
                    run.items[place].steps[at].state = StepState::Failed;
                }
                return Err(error.into());
            }
        }
    }
}

/// Changes a record: only where it still is as it was when the plan was made.
async fn change(
    bench: &Bench,
    run: &mut Run,
    (place, at): (usize, usize),
    write: &Write,
    (id, record): (Option<i64>, Map<String, Value>),
) -> Result<Did, Halt> {
    let host = &bench.sides.host;
    let id = id.ok_or(Halt::Lacks)?;
    let above = place::above(write, &record);
    let mut tries = 0;
    loop {
        let was_sent = run.items[place].steps[at].state == StepState::Sent;
        let there =
            place::read(bench, write.product, &write.resource, id, above.as_ref().map(|(_, value)| value)).await?;
        let now = |name: &str| place::member(&there, name);
        let todo: Map<String, Value> = crate::json::object(
            record.iter().filter(|(name, value)| !fits(value, &now(name))).map(|(n, v)| (n.clone(), v.clone())),
        );
        let step = &mut run.items[place].steps[at];
        step.id = Some(id);
        if todo.is_empty() {
            step.state = StepState::Done;
            run.save_item(host, place).await?;
            return Ok(if was_sent { Did::Changed } else { Did::Nothing });
        }
        let moved = todo.keys().find(|name| write.before.get(*name).is_some_and(|before| !fits(before, &now(name))));
        if let Some(name) = moved {
            let what = &write.name;
            return Err(Halt::Failed(t!(
                "The {what} was changed by someone since the plan was made ({name}), so it is left as it is.",
                what = say(what),
                name
            )));
        }
        if !was_sent {
            step.before = crate::json::object(todo.keys().map(|name| (name.clone(), now(name))));
        }
        (step.state, step.after) = (StepState::Sent, todo.clone());
        run.save_item(host, place).await?;
        let mut sent = place::whole(write, &there, todo.clone());
        if let Some((name, value)) = &above {
            sent.insert((*name).to_owned(), value.clone());
        }
        match place::send(bench, write, Some(id), sent).await {
            Ok((_, stored)) => {
                // A server may say yes and keep nothing; what its answer leaves out is not known.
                let lost = |(name, value): &(&String, &Value)| {
                    let kept = place::member(&stored, name);
                    !kept.is_null() && !fits(value, &kept) && fits(&now(name), &kept)
                };
                if let Some((name, _)) = todo.iter().find(lost) {
                    return Err(Halt::Failed(t!(
                        "The server accepted the write and did not keep {name}. A rule or a permission may forbid it.",
                        name
                    )));
                }
                run.items[place].steps[at].state = StepState::Done;
                run.save_item(host, place).await?;
                return Ok(Did::Changed);
            }
            Err(error) if error.api().is_some_and(ApiError::maybe_done) && tries < TRIES => {
                host.clock.sleep(WAIT_MS << tries).await;
                tries += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
}
