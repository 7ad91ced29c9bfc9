//! Runs of syncs: what was done, going on, taking back.

use serde_json::Value;

use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::sync::apply::Order;
use crate::sync::error::SyncError;
use crate::sync::journal;
use crate::sync::plan::Plan;
use crate::sync::table::RunHead;
use crate::sync::view::RunState;
use crate::tools::sync::{RUNS, RunAnswer, kept, told};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, own, schema, typed};

/// Name of the tool that goes on with a run.
pub(super) const RESUME: &str = "resume_sync_run";
/// Name of the tool that takes a run back.
pub(super) const UNDO: &str = "undo_sync_run";
/// Runs that a list shows.
const SHOWN: usize = 50;

/// Which run.
#[derive(Json, Shape)]
pub(super) struct RunOf {
    /// id of the run, as list_sync_runs tells.
    pub(super) run_id: String,
}

/// Taking a run back.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct Undone {
    /// id of the run, as list_sync_runs tells.
    pub run_id: String,
    /// Put away what the run made and somebody edited since, too.
    #[json(omit)]
    pub overwrite: Option<bool>,
}

impl Undone {
    /// Ids of what is put away although somebody edited it.
    pub fn agreed(&self, plan: &Plan) -> Vec<String> {
        if self.overwrite.unwrap_or_default() { plan.conflicts() } else { Vec::new() }
    }
}

pub(super) fn tools() -> Vec<Tool> {
    let run = schema::of::<RunOf>();
    let undone = schema::of::<Undone>();
    vec![
        own(
            "list_sync_runs",
            "What was synced from this computer, newest first.",
            Marks::READS,
            schema::object(&[], &[]),
            Vec::<RunHead>::shape(),
            runs,
        ),
        own(
            RESUME,
            "Go on with a run that was paused, cut off or stopped: what is done stays, what failed is tried again.",
            RUNS,
            run.clone(),
            RunAnswer::shape(),
            resume,
        ),
        own(
            UNDO,
            "Take a run back, from the values as they were before it. What somebody changed since is left alone, unless \
            overwrite says to put away what the run made as it is now.",
            RUNS,
            undone,
            RunAnswer::shape(),
            undo,
        ),
    ]
}

fn runs<'a>(bench: &'a Bench, _: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(CallError::Outside(client));
        }
        let (heads, _) = journal::heads(&bench.sides.host, 0, SHOWN).await?;
        Ok(answer(heads.to_json(), None))
    })
}

fn resume<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let mut run = kept(bench, &typed::<RunOf>(given)?.run_id).await?;
        if run.state == RunState::Undone {
            return Err(SyncError::NotReady.into());
        }
        bench.go_on(&mut run).await?;
        Ok(told(&run))
    })
}

fn undo<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let asked: Undone = typed(given)?;
        let run = kept(bench, &asked.run_id).await?;
        let plan = bench.sides.plan_undo(&run, None).await?;
        let order = Order { overwrite: asked.agreed(&plan), ..Order::default() };
        let run = bench.carry_out(plan, order).await?;
        Ok(told(&run))
    })
}
