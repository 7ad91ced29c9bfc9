//! `sidelight recipe`: plan, show, ask, carry out; the runs, and taking one back.

use serde::Serialize;
use serde_json::{Map, Value};
use sidelight::recipes::item::State;
use sidelight::recipes::journal::{self, Head};
use sidelight::recipes::view::{PlanView, RunView};
use sidelight::recipes::{ALL, Bench, Recipe, apply, undo};
use sidelight::sync::error::SyncError;
use sidelight::sync::view::RunState;
use sidelight::trouble::{Explain, Trouble};

use crate::args::{How, RecipeWork, typed};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Answer, Out, Style};
use crate::progress::alive;
use crate::show::{self, recipe as shown};

/// The JSON answer: as much as was reached.
#[derive(Debug, Default, Serialize)]
struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<PlanView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<Trouble>,
}

#[derive(Serialize)]
struct Runs<'a> {
    runs: &'a [Head],
}

/// Tells which recipes there are.
pub fn list(out: &Out) -> Result<Exit, Failure> {
    for recipe in ALL {
        out.line(&[(Style::Strong, &recipe.name.replace('_', "-")), (Style::Dim, "  "), (Style::Dim, recipe.title)]);
        out.line(&[(Style::Plain, "    "), (Style::Plain, recipe.about)]);
    }
    let all: Vec<Value> = ALL
        .iter()
        .map(|recipe| {
            serde_json::json!({"name": recipe.name, "title": recipe.title, "about": recipe.about,
                "arguments": (recipe.arguments)()})
        })
        .collect();
    out.json(&all);
    Ok(Exit::Done)
}

/// Does what was asked.
pub async fn recipe(desk: &Desk, out: &Out, work: &RecipeWork) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let end = match work {
        RecipeWork::List(_) => return list(out),
        RecipeWork::Runs(_) => {
            let runs = journal::heads(&desk.host).await?;
            shown::runs(out, &runs);
            out.json(&Runs { runs: &runs });
            return Ok(Exit::Done);
        }
        RecipeWork::Undo { run, how } => take_back(desk, out, run.as_deref(), *how, &mut report).await,
        RecipeWork::Run { recipe, given, args, how } => {
            carry_out(desk, out, (recipe, given, args.as_deref()), *how, &mut report).await
        }
    };
    if let Err(failure) = &end {
        report.trouble = Some(failure.trouble());
    }
    out.json(&report);
    end
}

async fn bench(desk: &Desk) -> Result<Bench, Failure> {
    Ok(Bench { sides: desk.patient().await?, client: None, company: None })
}

async fn carry_out(
    desk: &Desk,
    out: &Out,
    (name, given, args): (&str, &[(String, String)], Option<&str>),
    how: How,
    report: &mut Report,
) -> Result<Exit, Failure> {
    let recipe = Recipe::named(name)?;
    let arguments = arguments(recipe, given, args)?;
    let bench = bench(desk).await?;
    let _turn = if how.plan { None } else { Some(desk.turn(out)?) };
    if !how.plan {
        apply::settle(&bench).await?;
    }
    let plan = alive("Reading both sides", &bench.sides, recipe.plan(&bench, &arguments)).await?;
    let origin = bench.sides.halo.connection().origin.clone();
    let view = plan.view(&origin);
    shown::rows(out, recipe.title, &view.rows);
    for note in &view.notes {
        out.note(note);
    }
    let (due, guard) = (view.due, view.guard.clone());
    report.plan = Some(view);
    if due == 0 {
        out.text("Nothing to write.");
        return Ok(Exit::Done);
    }
    if let Some(guard) = &guard {
        out.failure(guard);
    }
    if how.plan {
        out.text(&format!("{}. A plan writes nothing.", show::count(due)));
        return Ok(Exit::Done);
    }
    if let Some(exit) = refused(out, how, guard.as_deref(), &format!("{}. Go on?", show::count(due))) {
        return Ok(exit);
    }
    let _busy = desk.interrupt.busy();
    let wished = || !desk.interrupt.asked();
    let run = alive(recipe.title, &bench.sides, recipe.carry_out(&bench, plan, &wished)).await?;
    let view = run.view(&origin);
    out.text("");
    shown::rows(out, shown::done(view.head.state), &view.rows);
    out.note(&format!("`sidelight recipe undo {}` takes it back.", view.head.id));
    let exit = exit_of(&view.head);
    report.run = Some(view);
    Ok(exit)
}

async fn take_back(desk: &Desk, out: &Out, run: Option<&str>, how: How, report: &mut Report) -> Result<Exit, Failure> {
    let bench = bench(desk).await?;
    let _turn = if how.plan { None } else { Some(desk.turn(out)?) };
    let id = match run {
        Some(id) => id.to_owned(),
        None => {
            let heads = journal::heads(&desk.host).await?;
            heads.into_iter().find(|head| head.undoable).ok_or(SyncError::NothingToUndo)?.id
        }
    };
    let origin = bench.sides.halo.connection().origin.clone();
    let preview = alive("Reading both sides", &bench.sides, undo::undo(&bench, &id, false)).await?.view(&origin);
    shown::rows(out, &format!("Take {id} back"), &preview.rows);
    if how.plan {
        report.run = Some(preview);
        return Ok(Exit::Done);
    }
    if let Some(exit) = refused(out, how, None, "Take it back?") {
        return Ok(exit);
    }
    let run = alive("Taking back", &bench.sides, undo::undo(&bench, &id, true)).await?.view(&origin);
    let left = run.head.undoable;
    let kept: Vec<_> = run.rows.iter().filter(|row| row.state == State::Kept).cloned().collect();
    if kept.is_empty() {
        out.text("Taken back.");
    } else {
        out.text("");
        shown::rows(out, "Taken back but for these", &kept);
    }
    report.run = Some(run);
    Ok(if left { Exit::Part } else { Exit::Done })
}

/// Asks what has to be asked.
fn refused(out: &Out, how: How, guard: Option<&str>, question: &str) -> Option<Exit> {
    let guarded = guard.is_some() && !how.confirm;
    if how.yes && !guarded {
        return None;
    }
    match out.ask(question) {
        Answer::Yes => None,
        Answer::No => {
            out.note("Nothing was written.");
            Some(Exit::Act)
        }
        Answer::Nobody if guarded && how.yes => {
            out.failure("Nothing was written. Look at the plan, then carry it out with --yes --confirm.");
            Some(Exit::Act)
        }
        Answer::Nobody => {
            out.failure(&show::nobody(out));
            Some(Exit::Act)
        }
    }
}

fn exit_of(head: &Head) -> Exit {
    match head.state {
        RunState::Done | RunState::Undone => Exit::Done,
        _ if head.done > 0 => Exit::Part,
        _ => head.trouble.as_ref().map_or(Exit::Act, |trouble| Exit::of(trouble.retry)),
    }
}

/// The arguments: those of the JSON, with the options on top.
fn arguments(recipe: &Recipe, given: &[(String, String)], args: Option<&str>) -> Result<Map<String, Value>, Failure> {
    let file = |path: &str| {
        let read = std::fs::read_to_string(path);
        read.map_err(|error| Failure::File(format!("{path} could not be read ({error}).")))
    };
    let mut arguments = match args {
        None => Map::new(),
        Some(args) => {
            let text = if args.trim_start().starts_with('{') { args.to_owned() } else { file(args)? };
            serde_json::from_str(&text)
                .map_err(|error| Failure::File(format!("The arguments are no JSON object ({error}).")))?
        }
    };
    let schema = (recipe.arguments)();
    for (name, text) in given {
        let text = match text.strip_prefix('@') {
            Some(path) => file(path)?,
            None => text.clone(),
        };
        arguments.insert(name.clone(), typed(&schema["properties"][name], &text));
    }
    Ok(arguments)
}
