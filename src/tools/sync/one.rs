//! One record into step.

use serde_json::{Value, json};

use crate::assist::gather;
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::sync::apply::Order;
use crate::sync::describe;
use crate::sync::error::SyncError;
use crate::sync::plan::Plan;
use crate::sync::view::{PlanView, RunView};
use crate::tools::documents::record_of;
use crate::tools::sync::{flag, tool};
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, answer, schema, text};

pub(super) fn tools() -> Vec<Tool> {
    let kind = ("kind", json!({"enum": ["client", "site", "user", "asset", "contract", "article"]}));
    let id = ("id", schema::id("HaloITSM's id of the record."));
    let plan_id =
        ("plan_id", schema::words("id of the plan that was shown; the plan is made again and has to be the same."));
    let overwrite =
        ("overwrite", json!({"type": "boolean", "description": "Write over values that were edited by hand."}));
    vec![
        tool(
            "plan_hudu_sync",
            "What bringing one HaloITSM record into step with Hudu would write, field by field. Writes nothing.",
            Marks::READS,
            schema::object(&[kind.clone(), id.clone()], &["kind", "id"]),
            PlanView::shape(),
            plan,
        ),
        tool(
            "apply_hudu_sync",
            "Apply a plan that plan_hudu_sync made. It can be undone with undo_sync_run.",
            Marks { idempotent: true, runs: true, ..Marks::WRITES },
            schema::object(&[kind, id, plan_id, overwrite], &["kind", "id", "plan_id"]),
            RunView::shape(),
            apply,
        ),
    ]
}

async fn planned(bench: &Bench, given: &Arguments) -> Result<Plan, ToolError> {
    let record = record_of(bench, given).await?;
    let look = gather::look(&bench.sides, record, false).await?;
    Ok(gather::plan_for(&bench.sides, &look).await?)
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let plan = planned(bench, given).await?;
        Ok(answer(describe::plan(&plan).to_json(), None))
    })
}

fn apply<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let plan = planned(bench, given).await?;
        if text(given, "plan_id") != Some(plan.id.as_str()) {
            return Err(SyncError::Stale(describe::title(&plan)).into());
        }
        let all = flag(given, "overwrite");
        let overwrite = plan.items.iter().filter(|_| all).map(|item| item.id.clone()).collect();
        let run = bench.carry_out(plan, Order { overwrite, ..Order::default() }).await?;
        Ok(answer(run.view().to_json(), None))
    })
}
