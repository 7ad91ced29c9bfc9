//! Bringing records into step: plan first, then apply exactly that plan; runs and their undoing.

use serde_json::{Value, json};

use crate::assist::gather;
use crate::json::Json;
use crate::platform::Later;
use crate::sync::apply::{self, Order};
use crate::sync::error::SyncError;
use crate::sync::plan::Plan;
use crate::sync::watch::Nobody;
use crate::sync::{describe, journal};
use crate::tools::documents::record_of;
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, schema, text};

/// Runs that a list shows.
const RUNS: usize = 50;

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let kind = ("kind", json!({"enum": ["client", "site", "user", "asset", "contract", "article"]}));
    let id = ("id", schema::id("HaloITSM's id of the record."));
    let plan_id =
        ("plan_id", schema::words("id of the plan that was shown; the plan is made again and has to be the same."));
    let overwrite =
        ("overwrite", json!({"type": "boolean", "description": "Write over values that were edited by hand."}));
    let run = ("run_id", schema::words("id of the run."));
    vec![
        Tool {
            name: "plan_hudu_sync".to_owned(),
            about: "What bringing one HaloITSM record into step with Hudu would write, field by field. Writes nothing."
                .to_owned(),
            marks: Marks::READS,
            arguments: schema::object(&[kind.clone(), id.clone()], &["kind", "id"]),
            result: schema::answer(schema::any()),
            work: Work::Other(plan),
        },
        Tool {
            name: "apply_hudu_sync".to_owned(),
            about: "Apply a plan that plan_hudu_sync made. It can be undone with undo_sync_run.".to_owned(),
            marks: Marks { idempotent: true, ..Marks::WRITES },
            arguments: schema::object(&[kind, id, plan_id, overwrite], &["kind", "id", "plan_id"]),
            result: schema::answer(schema::any()),
            work: Work::Other(apply),
        },
        Tool {
            name: "list_sync_runs".to_owned(),
            about: "What was synced from this computer, newest first.".to_owned(),
            marks: Marks::READS,
            arguments: schema::object(&[], &[]),
            result: schema::answer(schema::rows(schema::any())),
            work: Work::Other(runs),
        },
        Tool {
            name: "undo_sync_run".to_owned(),
            about:
                "Take a run back, from the values as they were before it. What somebody changed since is left alone."
                    .to_owned(),
            marks: Marks::CHANGES,
            arguments: schema::object(&[run], &["run_id"]),
            result: schema::answer(schema::any()),
            work: Work::Other(undo),
        },
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
        let all = given.get("overwrite").and_then(Value::as_bool).unwrap_or_default();
        let overwrite = plan.items.iter().filter(|_| all).map(|item| item.id.clone()).collect();
        carry_out(bench, plan, Order { overwrite, ..Order::default() }).await
    })
}

fn runs<'a>(bench: &'a Bench, _: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(ToolError::Outside(client));
        }
        let (heads, _) = journal::heads(&bench.sides.host, 0, RUNS).await?;
        Ok(answer(Value::Array(heads.iter().map(Json::to_json).collect()), None))
    })
}

fn undo<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(ToolError::Outside(client));
        }
        let run = journal::load(&bench.sides.host, text(given, "run_id").unwrap_or_default()).await?;
        let plan = bench.sides.plan_undo(&run.ok_or(SyncError::NoRun)?, None).await?;
        carry_out(bench, plan, Order::default()).await
    })
}

async fn carry_out(bench: &Bench, plan: Plan, order: Order) -> Result<Value, ToolError> {
    let who = bench.sides.halo.me().await.ok().and_then(|me| me.name).unwrap_or_else(|| "tools".to_owned());
    let mut run = apply::begin(&bench.sides.host, plan, &Order { who, ..order }).await?;
    apply::go_on(&bench.sides, &mut run, &Nobody).await?;
    Ok(answer(run.view().to_json(), None))
}
