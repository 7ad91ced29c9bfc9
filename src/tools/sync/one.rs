//! One record into step.

use serde_json::Value;

use crate::assist::gather;
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::sync::apply::Order;
use crate::sync::describe;
use crate::sync::error::SyncError;
use crate::sync::plan::Plan;
use crate::sync::view::{PlanView, RunView};
use crate::tools::documents::{Named, record_of};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, own, schema, typed};

/// Which plan is applied.
#[derive(Json, Shape)]
struct Apply {
    /// id of the plan that was shown; the plan is made again and has to be the same.
    plan_id: String,
    /// Write over values that were edited by hand.
    #[json(omit)]
    overwrite: Option<bool>,
    /// The record.
    #[json(flat)]
    of: Named,
}

pub(super) fn tools() -> Vec<Tool> {
    // A ticket has no counterpart in Hudu.
    let of_record = |arguments| schema::without(arguments, "kind", "ticket");
    vec![
        own(
            "plan_hudu_sync",
            "What bringing one HaloITSM record into step with Hudu would write, field by field. Writes nothing.",
            Marks::READS,
            of_record(schema::of::<Named>()),
            PlanView::shape(),
            plan,
        ),
        own(
            "apply_hudu_sync",
            "Apply a plan that plan_hudu_sync made. It can be undone with undo_sync_run.",
            Marks { idempotent: true, runs: true, ..Marks::WRITES },
            of_record(schema::of::<Apply>()),
            RunView::shape(),
            apply,
        ),
    ]
}

async fn planned(bench: &Bench, named: &Named) -> Result<Plan, CallError> {
    let record = record_of(bench, named).await?;
    let look = gather::look(&bench.sides, record, false).await?;
    Ok(gather::plan_for(&bench.sides, &look).await?)
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let plan = planned(bench, &typed(given)?).await?;
        Ok(answer(describe::plan(&plan).to_json(), None))
    })
}

fn apply<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let asked: Apply = typed(given)?;
        let plan = planned(bench, &asked.of).await?;
        if asked.plan_id != plan.id {
            return Err(SyncError::Stale(describe::title(&plan)).into());
        }
        let all = asked.overwrite.unwrap_or_default();
        let overwrite = plan.items.iter().filter(|_| all).map(|item| item.id.clone()).collect();
        let run = bench.carry_out(plan, Order { overwrite, ..Order::default() }).await?;
        Ok(answer(run.view().to_json(), None))
    })
}
