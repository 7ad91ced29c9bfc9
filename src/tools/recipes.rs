//! Recipes as tools: plan, run, list the runs, undo.

use serde_json::{Value, json};

use crate::http::raw::read::flag_of;
use crate::json::{Json, Shape};
use crate::platform::Later;
use crate::recipes::journal::Head;
use crate::recipes::view::{PlanView, RunView};
use crate::recipes::{self, ALL, Recipe, journal, undo};
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, schema, text};

/// Runs that a list shows.
const RUNS: usize = 50;

/// What is done with a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Plan,
    Run,
}

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    let mut tools: Vec<Tool> =
        ALL.iter().flat_map(|recipe| [tool(recipe, Verb::Plan), tool(recipe, Verb::Run)]).collect();
    let run = schema::words("id of the run, as list_recipe_runs tells.");
    let preview = json!({"type": "boolean", "description": "Only tell what would become of each item."});
    tools.push(Tool {
        name: "list_recipe_runs".to_owned(),
        about: "Recipes that were run from this computer, newest first.".to_owned(),
        marks: Marks::READS,
        arguments: schema::object(&[], &[]),
        result: schema::answer(schema::rows(Head::shape())),
        work: Work::Other(runs),
    });
    tools.push(Tool {
        name: "undo_recipe_run".to_owned(),
        about:
            "Take a run of a recipe back, from the values as they were before it. Nothing is deleted: what it made is \
            closed, set inactive or archived. What somebody changed since is left alone."
                .to_owned(),
        marks: Marks { runs: true, ..Marks::CHANGES },
        arguments: schema::object(&[("run_id", run), ("preview", preview)], &["run_id"]),
        result: schema::answer(RunView::shape()),
        work: Work::Other(take_back),
    });
    tools
}

fn tool(recipe: &'static Recipe, verb: Verb) -> Tool {
    let mut arguments = (recipe.arguments)();
    let Recipe { name, about, .. } = recipe;
    let (name, about, marks, result) = match verb {
        Verb::Plan => (
            format!("plan_{name}"),
            format!("What this would do. Writes nothing. {about}"),
            Marks::READS,
            PlanView::shape(),
        ),
        Verb::Run => {
            arguments["properties"]["plan_id"] =
                schema::words("id of the plan that was shown; the plan is made again and has to be the same.");
            arguments["properties"]["confirm"] =
                json!({"type": "boolean", "description": "Agree to a plan that changes far more than usual."});
            let about = format!("{about} Running it again makes nothing twice. It can be undone with undo_recipe_run.");
            (format!("run_{name}"), about, Marks { idempotent: true, runs: true, ..Marks::WRITES }, RunView::shape())
        }
    };
    let result = schema::answer(result);
    Tool { name, about, marks, arguments, result, work: Work::Recipe(recipe, verb) }
}

/// What recipes work at, as far as these tools may reach.
pub(super) async fn bench_of(bench: &Bench) -> Result<recipes::Bench, ToolError> {
    Ok(recipes::Bench { sides: bench.sides.clone(), client: bench.reach.client, company: bench.company().await? })
}

/// Plans or runs one.
pub(super) async fn call(bench: &Bench, recipe: &Recipe, verb: Verb, given: &Arguments) -> Result<Value, ToolError> {
    let bench = bench_of(bench).await?;
    let origin = &bench.sides.halo.connection().origin;
    let mut arguments = given.clone();
    let shown = arguments.remove("plan_id");
    let confirmed = arguments.remove("confirm").as_ref().and_then(flag_of).unwrap_or_default();
    let view = match verb {
        Verb::Plan => recipe.plan(&bench, &arguments).await?.view(origin).to_json(),
        Verb::Run => {
            let shown = shown.as_ref().and_then(Value::as_str);
            recipe.run(&bench, &arguments, shown, confirmed).await?.view(origin).to_json()
        }
    };
    Ok(answer(view, None))
}

fn runs<'a>(bench: &'a Bench, _: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(ToolError::Outside(client));
        }
        let heads = journal::heads(&bench.sides.host).await?;
        Ok(answer(Value::Array(heads.iter().take(RUNS).map(Json::to_json).collect()), None))
    })
}

fn take_back<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Value, ToolError>> {
    Box::pin(async move {
        if let Some(client) = bench.reach.client {
            return Err(ToolError::Outside(client));
        }
        let bench = bench_of(bench).await?;
        let preview = given.get("preview").and_then(flag_of).unwrap_or_default();
        let run = undo::undo(&bench, text(given, "run_id").unwrap_or_default(), !preview).await?;
        Ok(answer(run.view(&bench.sides.halo.connection().origin).to_json(), None))
    })
}
