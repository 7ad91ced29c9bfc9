//! Everything into step: a plan of both sides, its rows, and applying exactly that plan.

use serde_json::Value;

use crate::halo::record::RecordKind;
use crate::http::cursor::{self, Cursor};
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::sync::apply::Order;
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run};
use crate::sync::plan::Plan;
use crate::sync::table::{Outcome, RowQuery, Scope, SummaryView};
use crate::sync::view::{Action, RunState};
use crate::sync::{rest, rows, shelf, survey};
use crate::tools::schema::{self, Id, Paging};
use crate::tools::sync::{FIRST, RUNS, RunAnswer, SyncRow, kept, row, told};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, own, typed};

/// Name of the tool that plans everything.
pub const PLAN: &str = "plan_sync";
/// Name of the tool that applies such a plan.
pub(super) const APPLY: &str = "apply_sync_plan";
/// Most rows on a page.
const ROWS: i64 = 500;

/// A plan with its first rows.
#[derive(Json, Shape)]
struct PlanAnswer {
    /// What there is to do, the first of it. list_sync_rows goes on with next_cursor.
    rows: Vec<SyncRow>,
    /// The plan at a glance; its id is what apply_sync_plan takes.
    #[json(flat)]
    summary: SummaryView,
}

/// What is planned.
#[derive(Json, Shape)]
struct Asked {
    /// Only these kinds; those of the settings where nothing is said.
    #[json(omit)]
    kinds: Option<Vec<RecordKind>>,
    /// Only clients of these ids; all where nothing is said.
    #[json(omit)]
    client_ids: Option<Vec<Id>>,
}

/// Which rows are listed.
#[derive(Json, Shape)]
struct Rows {
    /// id of the plan that was shown.
    #[json(omit)]
    plan_id: Option<String>,
    /// id of a run: its steps, and what became of them.
    #[json(omit)]
    run_id: Option<String>,
    /// Only these; of a plan all but unchanged where nothing is said.
    #[json(omit)]
    actions: Option<Vec<Action>>,
    /// Of a run: only steps that ended so.
    #[json(omit)]
    outcomes: Option<Vec<Outcome>>,
    /// Words in names and reasons.
    #[json(omit)]
    search: Option<String>,
    /// Only records of these kinds.
    #[json(omit)]
    kinds: Option<Vec<RecordKind>>,
    /// Only records of the clients of these ids.
    #[json(omit)]
    client_ids: Option<Vec<Id>>,
    /// Which part of the list.
    #[json(flat)]
    paging: Paging,
}

/// What applying a plan is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json, Shape)]
pub struct Applied {
    /// id of the plan that was shown.
    pub plan_id: String,
    /// Ids of rows that are left out, with what needs them.
    #[json(omit)]
    pub except: Option<Vec<String>>,
    /// Ids of rows in conflict that are written over.
    #[json(omit)]
    pub overwrite: Option<Vec<String>>,
    /// Agree to a plan that changes far more than usual (its guard says why).
    #[json(omit)]
    pub confirm: Option<bool>,
}

pub(super) fn tools() -> Vec<Tool> {
    vec![
        own(
            PLAN,
            "What bringing everything, or these kinds and clients, into step would write in Hudu and HaloITSM: counts, \
            what stands in the way, and the first rows with old and new values. It reads both products whole, which \
            takes a while, and writes nothing.",
            Marks { long: true, ..Marks::READS },
            schema::of::<Asked>(),
            PlanAnswer::shape(),
            plan,
        ),
        own(
            "list_sync_rows",
            "The rows of a plan that plan_sync made, or of a run, page by page: old and new values, reasons, candidates.",
            Marks::READS,
            schema::of::<Rows>(),
            Vec::<SyncRow>::shape(),
            list_rows,
        ),
        own(
            APPLY,
            "Apply a plan that plan_sync made, exactly as it was shown. A record that somebody changed since is left \
            alone and named. Where the run was paused or cut off, the same call goes on with it; a run that is done is \
            only told. It can be undone with undo_sync_run.",
            RUNS,
            schema::of::<Applied>(),
            RunAnswer::shape(),
            apply,
        ),
    ]
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let Asked { kinds, client_ids } = typed(given)?;
        let clients = ids(client_ids);
        let clients = match bench.reach.client {
            Some(client) if clients.iter().any(|other| *other != client) => return Err(CallError::Outside(client)),
            Some(client) => vec![client],
            None => clients,
        };
        let scope = Scope { kinds: kinds.unwrap_or_default(), clients };
        let plan = survey::everything(&bench.sides, &scope, &*bench.watch).await?;
        shelf::keep(&bench.sides.host, &plan).await?;
        let query = RowQuery { actions: Action::DUE.to_vec(), ..RowQuery::default() };
        let (rows, total) = row::of_plan(&plan, &query, 0, FIRST);
        let next = next(&plan.id, &query, 0, FIRST, rows.len(), total);
        Ok(answer(PlanAnswer { rows, summary: rows::summary(&plan) }.to_json(), next))
    })
}

/// Which rows are asked for.
fn query(asked: Rows) -> RowQuery {
    let mut actions = asked.actions.unwrap_or_default();
    if actions.is_empty() && asked.plan_id.is_some() {
        actions = Action::DUE.to_vec();
    }
    RowQuery {
        actions,
        kinds: asked.kinds.unwrap_or_default(),
        clients: ids(asked.client_ids),
        outcomes: asked.outcomes.unwrap_or_default(),
        text: asked.search.unwrap_or_default(),
        ..RowQuery::default()
    }
}

fn ids(given: Option<Vec<Id>>) -> Vec<i64> {
    given.into_iter().flatten().map(|id| id.0).collect()
}

/// Which list a cursor belongs to.
fn list_of(of: &str, query: &RowQuery) -> String {
    cursor::name(of, "rows", &[("query".to_owned(), crate::json::write(query))])
}

/// Where the list goes on. The rows of a plan and the steps of a run do not change their places.
fn next(of: &str, query: &RowQuery, offset: usize, size: usize, shown: usize, total: usize) -> Option<String> {
    let at = offset + shown;
    let mut cursor = Cursor::new(list_of(of, query), u32::try_from(size).unwrap_or(u32::MAX));
    cursor.last = i64::try_from(at).unwrap_or(i64::MAX);
    (at < total && shown > 0).then(|| cursor.write())
}

fn list_rows<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let host = &bench.sides.host;
        let mut asked: Rows = typed(given)?;
        let is_plan = asked.plan_id.is_some();
        let Some(of) = asked.plan_id.clone().xor(asked.run_id.take()) else {
            return Err(CallError::argument("", "has to name either plan_id or run_id"));
        };
        let Paging { limit, cursor } = std::mem::take(&mut asked.paging);
        let query = query(asked);
        let from = cursor.map(|text| Cursor::read(&text, &list_of(&of, &query)));
        let wrong = || CallError::argument("cursor", "belongs to another list, or to other filters");
        let from = from.map(|cursor| cursor.ok_or_else(wrong)).transpose()?;
        let usual = from.as_ref().map_or(FIRST as i64, |cursor| i64::from(cursor.size));
        let size = usize::try_from(limit.unwrap_or(usual).clamp(1, ROWS)).unwrap_or(FIRST);
        let offset = from.map_or(0, |cursor| usize::try_from(cursor.last).unwrap_or_default());
        let (rows, total) = if is_plan {
            if bench.reach.client.is_some() {
                bench.may_plan(&shelf::outline(host, &of).await?.ok_or(SyncError::NoPlan)?.plan)?;
            }
            row::of_kept(host, &of, &query, offset, size).await?
        } else {
            let run = kept(bench, &of).await?;
            row::of_run(&run, &query, offset, size)
        };
        let next = next(&of, &query, offset, size, rows.len(), total);
        Ok(answer(rows.to_json(), next))
    })
}

fn apply<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        let host = &bench.sides.host;
        let asked: Applied = typed(given)?;
        let plan = shelf::load(host, &asked.plan_id).await?;
        let run = match journal::of_plan(host, &asked.plan_id).await? {
            Some(id) => journal::load(host, &id).await?,
            None => None,
        };
        // The same plan can be made again after its run: then it is another reading.
        let of_this = |run: &Run| plan.as_ref().is_none_or(|plan| run.started >= plan.made);
        let run = match run {
            Some(mut run) if open(run.state) || of_this(&run) => {
                bench.may_plan(&run.plan)?;
                if !matches!(run.state, RunState::Done | RunState::Undone) {
                    bench.go_on(&mut run).await?;
                } else {
                    rest::keep(host, &run).await?;
                }
                run
            }
            _ => begin(bench, plan.ok_or(SyncError::NoPlan)?, asked).await?,
        };
        Ok(told(&run))
    })
}

fn open(state: RunState) -> bool {
    matches!(state, RunState::Running | RunState::Paused)
}

async fn begin(bench: &Bench, plan: Plan, asked: Applied) -> Result<Run, CallError> {
    bench.may_plan(&plan)?;
    let confirmed = asked.confirm.unwrap_or_default();
    let (except, overwrite) = (asked.except.unwrap_or_default(), asked.overwrite.unwrap_or_default());
    for (name, ids) in [("except", &except), ("overwrite", &overwrite)] {
        if let Some(at) = ids.iter().position(|id| plan.items.iter().all(|item| item.id != *id)) {
            return Err(CallError::argument(format!("{name}[{at}]"), "is no row of this plan"));
        }
    }
    bench.carry_out(plan, Order { except, overwrite, confirmed, ..Order::default() }).await
}
