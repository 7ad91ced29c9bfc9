//! Runs: the steps of one, its report, and the list of all.

use sidelight::sync::journal::{Run, StepState};
use sidelight::sync::plan::Subject;
use sidelight::sync::rows;
use sidelight::sync::table::{Outcome, RowQuery, RowView, RunHead};
use sidelight::sync::view::{RunState, RunView, StepView};

use super::grid::{self, Cell};
use super::words::{moment, names, state};
use crate::out::{Out, Style};

/// Prints where a run stands and how to take it back: every step of one record's run, of a large one
/// those that did not go well.
pub fn run(out: &Out, run: &Run, view: &RunView) {
    let large = matches!(run.plan.subject, Subject::Everything(_));
    for step in view.steps.iter().filter(|step| !large || step.trouble.is_some()) {
        self::step(out, step);
    }
    end(out, run, view);
    if let Some(url) = view.url.as_ref().filter(|_| !large) {
        out.line(&[(Style::Dim, "Open  "), (Style::Plain, url)]);
    }
    if large {
        out.line(&[(Style::Dim, "Report  "), (Style::Plain, "sidelight report "), (Style::Plain, &view.id)]);
    }
    if view.undoable {
        out.line(&[(Style::Dim, "Undo  "), (Style::Plain, "sidelight undo "), (Style::Plain, &view.id)]);
    }
}

/// "In part: 12 done, 1 failed (31 requests)".
fn end(out: &Out, run: &Run, view: &RunView) {
    let (words, style) = state(view.state);
    let of = |wanted: &[StepState]| {
        let steps = run.plan.items.iter().zip(&run.steps).filter(|(item, _)| item.writes());
        steps.filter(|(_, step)| wanted.contains(&step.state)).count()
    };
    let in_step = run.steps.iter().filter(|step| step.in_step()).count();
    let counts = [
        (of(&[StepState::Done]) - in_step, "done"),
        (in_step, "in step already"),
        (of(&[StepState::Failed]), "failed"),
        (of(&[StepState::Skipped]), "passed over"),
        (of(&[StepState::Waiting, StepState::Sent]), "left"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    let requests = format!(" ({} requests)", view.requests);
    out.line(&[(style, words), (Style::Plain, &counts), (Style::Dim, &requests)]);
}

fn step(out: &Out, step: &StepView) {
    let (mark, style) = match (&step.trouble, step.done) {
        (_, true) => ("✓", Style::Good),
        (Some(_), false) => ("✗", Style::Bad),
        (None, false) => ("–", Style::Dim),
    };
    out.line(&[(Style::Plain, "  "), (style, mark), (Style::Plain, " "), (Style::Plain, &step.sentence)]);
    if let Some(trouble) = &step.trouble {
        out.line(&[(Style::Plain, "    "), (Style::Bad, &trouble.sentence)]);
    }
}

/// Prints a run step by step, with the ids that `undo --item` takes.
pub fn report(out: &Out, run: &Run, all: bool) {
    let view = run.view();
    out.line(&[(Style::Strong, &view.title)]);
    out.line(&[(Style::Dim, &format!("Begun {}.", moment(view.started)))]);
    out.text("");
    let window = rows::rows(&run.plan, Some(&run.steps), &RowQuery::default(), 0, usize::MAX);
    let tried = |row: &&RowView| all || row.outcome.is_some_and(|outcome| outcome != Outcome::Waiting);
    let shown: Vec<Vec<Cell>> = window.rows.iter().filter(tried).map(row).collect();
    grid::print(out, &shown);
    out.text("");
    end(out, run, &view);
    if view.undoable {
        let undo = format!("sidelight undo {} [--item ID]", view.id);
        out.line(&[(Style::Dim, "Undo  "), (Style::Plain, &undo)]);
    }
}

fn row(row: &RowView) -> Vec<Cell> {
    let (mark, style) = match row.outcome {
        Some(Outcome::Done) => ("✓", Style::Good),
        Some(Outcome::Failed) => ("✗", Style::Bad),
        Some(Outcome::Skipped) => ("–", Style::Warn),
        Some(Outcome::Waiting) | None => ("·", Style::Dim),
    };
    let trouble = row.trouble.as_ref().map(|trouble| trouble.sentence.clone());
    let [title, client] = names(row);
    vec![
        Cell::new(style, mark),
        Cell::new(Style::Dim, row.id.as_str()),
        title,
        client,
        Cell::plain(trouble.unwrap_or_else(|| row.summary.clone())),
    ]
}

/// Prints all runs, newest first.
pub fn runs(out: &Out, runs: &[RunHead]) {
    if runs.is_empty() {
        out.text("Nothing was done from this computer yet.");
    }
    let row = |run: &RunHead| {
        let (words, style) = state(run.state);
        let failed = if run.failed > 0 { format!("{} failed", run.failed) } else { String::new() };
        let undo = if run.undoable && run.state != RunState::Undone { "can be undone" } else { "" };
        vec![
            Cell::plain(run.id.as_str()),
            Cell::new(Style::Dim, moment(run.started)),
            Cell::new(style, words),
            Cell::plain(run.title.as_str()),
            Cell::right(Style::Dim, format!("{} of {}", run.done, run.steps)),
            Cell::new(Style::Bad, failed),
            Cell::new(Style::Dim, run.who.as_str()),
            Cell::new(Style::Dim, undo),
        ]
    };
    grid::print(out, &runs.iter().map(row).collect::<Vec<_>>());
}
