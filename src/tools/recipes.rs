//! Recipes as tools: plan, run, list the runs, undo.

use serde_json::Value;

use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::recipes::journal::Head;
use crate::recipes::view::{PlanView, RunView};
use crate::recipes::{self, ALL, Recipe, journal, undo};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, Work, answer, own, schema, typed, whole};

/// Runs that a list shows.
const RUNS: usize = 50;

/// What is done with a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Plan,
    Run,
}

/// Which run is taken back.
#[derive(Json, Shape)]
struct Undo {
    /// id of the run, as list_recipe_runs tells.
    run_id: String,
    /// Only tell what would become of each item.
    #[json(omit)]
    preview: Option<bool>,
}

/// What a run takes beside the arguments of its recipe.
#[derive(Json, Shape)]
struct Agreed {
    /// id of the plan that was shown; the plan is made again and has to be the same.
    #[json(omit)]
    plan_id: Option<String>,
    /// Agree to a plan that changes far more than usual.
    #[json(omit)]
    confirm: Option<bool>,
}

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let mut tools: Vec<Tool> =
        ALL.iter().flat_map(|recipe| [tool(recipe, Verb::Plan), tool(recipe, Verb::Run)]).collect();
    tools.push(own(
        "list_recipe_runs",
        "Recipes that were run from this computer, newest first.",
        Marks::READS,
        schema::object(&[], &[]),
        Vec::<Head>::shape(),
        runs,
    ));
    tools.push(own(
        "undo_recipe_run",
        "Take a run of a recipe back, from the values as they were before it. Nothing is deleted: what it made is \
        closed, set inactive or archived. What somebody changed since is left alone.",
        Marks { runs: true, ..Marks::CHANGES },
        schema::of::<Undo>(),
        RunView::shape(),
        take_back,
    ));
    tools
}

fn tool(recipe: &'static Recipe, verb: Verb) -> Tool {
    let arguments = (recipe.arguments)();
    let Recipe { name, about, .. } = recipe;
    let (name, about, marks, arguments, result) = match verb {
        Verb::Plan => (
            format!("plan_{name}"),
            format!("What this would do. Writes nothing. {about}"),
            Marks::READS,
            arguments,
            PlanView::shape(),
        ),
        Verb::Run => (
            format!("run_{name}"),
            format!("{about} Running it again makes nothing twice. It can be undone with undo_recipe_run."),
            Marks { idempotent: true, runs: true, ..Marks::WRITES },
            schema::and::<Agreed>(arguments),
            RunView::shape(),
        ),
    };
    let result = schema::answer(result);
    Tool { name, about, marks, arguments, result, work: Work::Recipe(recipe, verb) }
}

/// What recipes work at, as far as these tools may reach.
pub(super) async fn bench_of(bench: &Bench) -> Result<recipes::Bench, CallError> {
    Ok(recipes::Bench { sides: bench.sides.clone(), client: bench.reach.client, company: bench.company().await? })
}

/// Plans or runs one.
pub(super) async fn call(bench: &Bench, recipe: &Recipe, verb: Verb, given: &Arguments) -> Result<Value, CallError> {
    let bench = bench_of(bench).await?;
    if let Some(mine) = bench.client.filter(|mine| whole(given, "client_id").is_some_and(|asked| asked != *mine)) {
        return Err(CallError::Outside(mine));
    }
    let origin = &bench.sides.halo.connection().origin;
    let Agreed { plan_id, confirm } = typed(given)?;
    let mut arguments = given.clone();
    arguments.retain(|name, _| name != "plan_id" && name != "confirm");
    let view = match verb {
        Verb::Plan => recipe.plan(&bench, &arguments).await?.view(origin).to_json(),
        Verb::Run => {
            let confirmed = confirm.unwrap_or_default();
            recipe.run(&bench, &arguments, plan_id.as_deref(), confirmed).await?.view(origin).to_json()
        }
    };
    Ok(answer(view, None))
}

fn runs<'a>(bench: &'a Bench, _: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(CallError::Outside(client));
        }
        let heads = journal::heads(&bench.sides.host).await?;
        Ok(answer(heads.iter().take(RUNS).map(Json::to_json).collect(), None))
    })
}

fn take_back<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, CallError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(CallError::Outside(client));
        }
        let bench = bench_of(bench).await?;
        let Undo { run_id, preview } = typed(given)?;
        let run = undo::undo(&bench, &run_id, !preview.unwrap_or_default()).await?;
        Ok(answer(run.view(&bench.sides.halo.connection().origin).to_json(), None))
    })
}
