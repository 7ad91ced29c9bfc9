//! Applying a plan: a state machine that writes each step down before and after its one request.
//!
//! Look, write down, send, write down. A lost answer is looked up before anything is sent again, so
//! that a killed worker or a cut connection costs one step and makes no duplicate. One mechanism for one
//! record and for 100,000: steps are done as soon as what they need is at its end, up to four at once. A
//! run of a few writes looks at each record before it writes; a large one takes what the plan read for the
//! state before, and learns in batches what others changed since.

mod articles;
mod choose;
mod classify;
mod drive;
mod go;
mod news;
mod progress;
mod queue;
mod ready;
mod reread;
mod retry;
mod rhythm;
mod step;
mod twins;

pub(super) use ready::{fill, name_of};

use crate::http::Patience;
use crate::platform::{Host, StoreError};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run, StepState, is_step};
use crate::sync::plan::{Item, Plan, Subject};
use crate::sync::shelf;
use crate::sync::sides::Sides;
use crate::sync::view::{Action, RunState};
use crate::sync::watch::Watch;
use crate::words::tell;

/// Up to so many writes each record is looked at before it is written.
const FEW: usize = 5;

/// How long a run waits where nothing says how long it takes.
const AGAIN_MS: i64 = 60_000;

/// So often that time is doubled while nothing can be done: to about an hour.
const DOUBLED: u32 = 6;

/// How a plan is to be applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Ids of items that are left out, and with them what needs them.
    pub except: Vec<String>,
    /// Ids of conflicts that are written all the same.
    pub overwrite: Vec<String>,
    /// The plan's guard was read and agreed to.
    pub confirmed: bool,
    /// Only what may be done unattended.
    pub safe_only: bool,
    /// Who starts it: a person or agent, or "schedule".
    pub who: String,
}

/// Whether the plan of one record may be applied: something to write, nothing to be chosen, and every
/// conflict agreed to.
pub fn is_ready(plan: &Plan, overwrite: &[String]) -> bool {
    let open = plan.items.iter().any(|item| match item.action {
        Action::Ambiguous | Action::Blocked => true,
        Action::Conflict => !overwrite.contains(&item.id),
        _ => false,
    });
    !open && plan.items.iter().any(Item::writes)
}

/// Whether the plan is for one record, which is done whole or not at all.
fn is_single(plan: &Plan) -> bool {
    matches!(plan.subject, Subject::Record(..) | Subject::HuduArticle(..) | Subject::ByHand(_))
}

/// Whether the plan stays on the shelf while its run goes on: what the run leaves of it, because it was
/// left out, waits for a person or failed, is the plan to look at next.
pub fn stays(plan: &Plan) -> bool {
    matches!(plan.subject, Subject::Everything(_)) && plan.undoes.is_none()
}

/// Writes a new run of the plan down. Nothing is sent yet. Fails with [`SyncError::NotConfirmed`] where
/// the plan's guard was not agreed to, and with [`SyncError::NotReady`] where nothing may be written.
pub async fn begin(host: &Host, plan: Plan, order: &Order) -> Result<Run, SyncError> {
    if let Some(why) = plan.guard.as_ref().filter(|_| !order.confirmed) {
        return Err(SyncError::NotConfirmed(tell(why)));
    }
    if is_single(&plan) && !is_ready(&plan, &order.overwrite) {
        return Err(SyncError::NotReady);
    }
    let taken = if stays(&plan) { Vec::new() } else { shelf::forget(&plan) };
    let plan = choose::choose(plan, order);
    if !plan.items.iter().any(is_step) {
        return Err(SyncError::NotReady);
    }
    journal::prune(host).await?;
    let run = Run::new(host, plan, order.who.clone());
    journal::save_all(host, &run, taken).await?;
    Ok(run)
}

/// Goes on with a run until it is done, is paused, has to stop, or has to wait: see [`Run::state`] and
/// [`Run::waits`]. What failed in a run that came to its end is tried again. Whatever happens to a step is in the run and in the journal; an error here is one of
/// the journal itself. Large runs wait for their turn as long as it takes.
pub async fn go_on(sides: &Sides, run: &mut Run, watch: &dyn Watch) -> Result<(), StoreError> {
    // By the size of the whole run, so that the few steps that are left of a large one are looked after in
    // its way. A plan that does not know when it was made cannot tell what changed since.
    let many = run.counts().steps > FEW && run.plan.made > 0;
    let mut sides = sides.clone();
    if many {
        sides.halo = sides.halo.with_patience(Patience::UNLIMITED);
        sides.hudu = sides.hudu.with_patience(Patience::UNLIMITED);
    }
    if matches!(run.state, RunState::Part | RunState::Stopped) {
        retry::failed(&sides.host, run).await?;
    }
    run.state = RunState::Running;
    run.waits = None;
    run.ended = None;
    let before = run.counts();
    let end = drive::drive(&sides, run, watch, many).await;
    run.waited = if run.state == RunState::Running && run.counts() == before { run.waited + 1 } else { 0 };
    if let Some(trouble) = run.waits.as_mut().filter(|_| run.state == RunState::Running) {
        let wait = AGAIN_MS << run.waited.min(DOUBLED);
        trouble.until = trouble.until.or(Some(sides.host.clock.now() + wait));
    }
    let at_its_end = matches!(run.state, RunState::Done | RunState::Part | RunState::Stopped);
    run.ended = at_its_end.then(|| sides.host.clock.now());
    end?;
    if at_its_end
        && let Some(id) = &run.plan.undoes
        && let Some(original) = journal::load(&sides.host, id).await?
    {
        let items = run.plan.items.iter().zip(&run.steps);
        let undone = items.filter(|(_, step)| step.state == StepState::Done).map(|(item, _)| item.id.as_str());
        journal::amend(&sides.host, original, &undone.collect()).await?;
    }
    sides.host.store.write(run.header()).await
}
