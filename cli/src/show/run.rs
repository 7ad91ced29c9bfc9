//! Runs: the steps of one, and the list of all.

use sidelight::sync::view::{RunState, RunView, StepView};

use crate::out::{Out, Style};

/// Prints the steps of a run, where it stands and how to take it back.
pub fn run(out: &Out, run: &RunView) {
    for step in &run.steps {
        self::step(out, step);
    }
    let (words, style) = state(run.state);
    let requests = format!(" ({} requests)", run.requests);
    out.line(&[(style, words), (Style::Dim, &requests)]);
    if let Some(url) = &run.url {
        out.line(&[(Style::Dim, "Open  "), (Style::Plain, url)]);
    }
    if run.undoable {
        out.line(&[(Style::Dim, "Undo  "), (Style::Plain, "sidelight undo "), (Style::Plain, &run.id)]);
    }
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

/// Prints all runs, newest first.
pub fn runs(out: &Out, runs: &[RunView]) {
    if runs.is_empty() {
        out.text("Nothing was done from this computer yet.");
    }
    for run in runs {
        let (words, style) = state(run.state);
        let undo = if run.undoable { "  can be undone" } else { "" };
        out.line(&[
            (Style::Plain, &run.id),
            (Style::Dim, &format!("  {}  ", moment(run.started))),
            (style, &format!("{words:<12}")),
            (Style::Plain, &format!("  {}", run.title)),
            (Style::Dim, undo),
        ]);
    }
}

fn state(state: RunState) -> (&'static str, Style) {
    match state {
        RunState::Running => ("Left open", Style::Warn),
        RunState::Done => ("Done", Style::Good),
        RunState::Paused => ("Paused", Style::Warn),
        RunState::Stopped => ("Stopped", Style::Bad),
        RunState::Part => ("In part", Style::Warn),
        RunState::Undone => ("Undone", Style::Dim),
    }
}

/// Milliseconds since 1970 as a person reads them, in UTC.
fn moment(ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    moment.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_readable() {
        assert_eq!(moment(1_795_251_600_000), "2026-11-21 09:00 UTC");
    }
}
