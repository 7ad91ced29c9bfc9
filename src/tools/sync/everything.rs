//! Everything into step: a plan of both sides, its rows, and applying exactly that plan.

use serde_json::{Value, json};

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
use crate::tools::sync::{FIRST, RUNS, RunAnswer, SyncRow, flag, kept, list_of_words, plan_id, row, texts, told, tool};
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, answer, schema, text, whole};

/// Name of the tool that plans everything.
pub const PLAN: &str = "plan_sync";
/// Name of the tool that applies such a plan.
pub(super) const APPLY: &str = "apply_sync_plan";
/// Most rows on a page.
const ROWS: i64 = 500;

/// What there is to do: all but what is in step.
const DUE: [Action; 8] = [
    Action::Create,
    Action::Update,
    Action::Link,
    Action::Archive,
    Action::Conflict,
    Action::Ambiguous,
    Action::Blocked,
    Action::Gone,
];

/// A plan with its first rows.
#[derive(Json, Shape)]
struct PlanAnswer {
    /// What there is to do, the first of it. list_sync_rows goes on with next_cursor.
    rows: Vec<SyncRow>,
    /// The plan at a glance; its id is what apply_sync_plan takes.
    #[json(flat)]
    summary: SummaryView,
}

/// What applying a plan was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Id of the plan.
    pub plan: String,
    /// Items that are left out.
    pub except: Vec<String>,
    /// Conflicts that are written over.
    pub overwrite: Vec<String>,
    /// The plan's guard was agreed to.
    pub confirmed: bool,
}

impl Applied {
    /// What a call of the applying tool asks for.
    pub(super) fn of(given: &Arguments) -> Self {
        Self {
            plan: text(given, "plan_id").unwrap_or_default().to_owned(),
            except: texts(given, "except"),
            overwrite: texts(given, "overwrite"),
            confirmed: flag(given, "confirm"),
        }
    }
}

pub(super) fn tools() -> Vec<Tool> {
    let list = |of: Value, meaning: &str| json!({"type": "array", "items": of, "description": meaning});
    let kinds = |meaning: &str| list(RecordKind::shape(), meaning);
    let clients = |meaning: &str| list(schema::id("HaloITSM's id of a client."), meaning);
    let mut filters = vec![
        ("plan_id", plan_id()),
        ("run_id", schema::words("id of a run: its steps, and what became of them.")),
        ("actions", list(Action::shape(), "Only these; of a plan all but unchanged where nothing is said.")),
        ("outcomes", list(Outcome::shape(), "Of a run: only steps that ended so.")),
        ("kinds", kinds("Only records of these kinds.")),
        ("client_ids", clients("Only records of these clients.")),
        ("search", schema::words("Words in names and reasons.")),
    ];
    filters.extend(schema::paging());
    vec![
        tool(
            PLAN,
            "What bringing everything, or these kinds and clients, into step would write in Hudu and HaloITSM: counts, \
            what stands in the way, and the first rows with old and new values. It reads both products whole, which \
            takes a while, and writes nothing.",
            Marks { long: true, ..Marks::READS },
            schema::object(
                &[
                    ("kinds", kinds("Only these kinds; those of the settings where nothing is said.")),
                    ("client_ids", clients("Only these clients; all where nothing is said.")),
                ],
                &[],
            ),
            PlanAnswer::shape(),
            plan,
        ),
        tool(
            "list_sync_rows",
            "The rows of a plan that plan_sync made, or of a run, page by page: old and new values, reasons, candidates.",
            Marks::READS,
            schema::object(&filters, &[]),
            schema::rows(SyncRow::shape()),
            list_rows,
        ),
        tool(
            APPLY,
            "Apply a plan that plan_sync made, exactly as it was shown. A record that somebody changed since is left \
            alone and named. Where the run was paused or cut off, the same call goes on with it; a run that is done is \
            only told. It can be undone with undo_sync_run.",
            RUNS,
            schema::object(
                &[
                    ("plan_id", plan_id()),
                    ("except", list_of_words("Ids of rows that are left out, with what needs them.")),
                    ("overwrite", list_of_words("Ids of rows in conflict that are written over.")),
                    ("confirm", shape_of_confirm()),
                ],
                &["plan_id"],
            ),
            RunAnswer::shape(),
            apply,
        ),
    ]
}

fn shape_of_confirm() -> Value {
    json!({"type": "boolean", "description": "Agree to a plan that changes far more than usual (its guard says why)."})
}

/// A member that is a list of these, read by the type itself: the schema saw to the words.
fn listed<T: Json>(given: &Arguments, name: &str) -> Vec<T> {
    given.get(name).cloned().and_then(|list| Vec::from_json(list).ok()).unwrap_or_default()
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let clients: Vec<i64> = listed(given, "client_ids");
        let clients = match bench.reach.client {
            Some(client) if clients.iter().any(|other| *other != client) => return Err(ToolError::Outside(client)),
            Some(client) => vec![client],
            None => clients,
        };
        let scope = Scope { kinds: listed(given, "kinds"), clients };
        let plan = survey::everything(&bench.sides, &scope, &*bench.watch).await?;
        shelf::keep(&bench.sides.host, &plan).await?;
        let query = query(&json!({"plan_id": plan.id}).as_object().cloned().unwrap_or_default());
        let (rows, total) = row::of_plan(&plan, &query, 0, FIRST);
        let next = next(&plan.id, &query, 0, FIRST, rows.len(), total);
        Ok(answer(PlanAnswer { rows, summary: rows::summary(&plan) }.to_json(), next))
    })
}

/// Which rows are asked for.
fn query(given: &Arguments) -> RowQuery {
    let mut actions: Vec<Action> = listed(given, "actions");
    if actions.is_empty() && given.contains_key("plan_id") {
        actions = DUE.to_vec();
    }
    RowQuery {
        actions,
        kinds: listed(given, "kinds"),
        clients: listed(given, "client_ids"),
        outcomes: listed(given, "outcomes"),
        text: text(given, "search").unwrap_or_default().to_owned(),
        ..RowQuery::default()
    }
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

fn list_rows<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let host = &bench.sides.host;
        let (plan, run) = (text(given, "plan_id"), text(given, "run_id"));
        let Some(of) = plan.xor(run) else {
            return Err(ToolError::argument("", "has to name either plan_id or run_id"));
        };
        let query = query(given);
        let from = text(given, "cursor").map(|text| Cursor::read(text, &list_of(of, &query)));
        let wrong = || ToolError::argument("cursor", "belongs to another list, or to other filters");
        let from = from.map(|cursor| cursor.ok_or_else(wrong)).transpose()?;
        let usual = from.as_ref().map_or(FIRST as i64, |cursor| i64::from(cursor.size));
        let size = usize::try_from(whole(given, "limit").unwrap_or(usual).clamp(1, ROWS)).unwrap_or(FIRST);
        let offset = from.map_or(0, |cursor| usize::try_from(cursor.last).unwrap_or_default());
        let (rows, total) = if plan.is_some() {
            if bench.reach.client.is_some() {
                bench.may_plan(&shelf::outline(host, of).await?.ok_or(SyncError::NoPlan)?.plan)?;
            }
            row::of_kept(host, of, &query, offset, size).await?
        } else {
            let run = kept(bench, of).await?;
            row::of_run(&run, &query, offset, size)
        };
        let next = next(of, &query, offset, size, rows.len(), total);
        Ok(answer(rows.to_json(), next))
    })
}

fn apply<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        let host = &bench.sides.host;
        let asked = Applied::of(given);
        let plan = shelf::load(host, &asked.plan).await?;
        let run = match journal::of_plan(host, &asked.plan).await? {
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

async fn begin(bench: &Bench, plan: Plan, asked: Applied) -> Result<Run, ToolError> {
    bench.may_plan(&plan)?;
    let Applied { mut except, overwrite, confirmed, .. } = asked;
    for (name, ids) in [("except", &except), ("overwrite", &overwrite)] {
        if let Some(at) = ids.iter().position(|id| plan.items.iter().all(|item| item.id != *id)) {
            return Err(ToolError::argument(format!("{name}[{at}]"), "is no row of this plan"));
        }
    }
    if bench.reach.client.is_some() {
        // What is for everybody is not this client's to write.
        except.extend(plan.items.iter().filter(|item| item.client.is_none()).map(|item| item.id.clone()));
    }
    bench.carry_out(plan, Order { except, overwrite, confirmed, ..Order::default() }).await
}
