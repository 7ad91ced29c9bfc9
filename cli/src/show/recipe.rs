//! Plans and runs of recipes.

use sidelight::recipes::item::State;
use sidelight::recipes::journal::Head;
use sidelight::recipes::view::RowView;
use sidelight::sync::view::RunState;

use super::grid::{self, Cell};
use super::words;
use crate::out::{Out, Style};

/// Longest value that is shown whole.
const LONGEST: usize = 80;

fn mark(state: State) -> (&'static str, Style) {
    match state {
        State::New | State::Created => ("+", Style::Good),
        State::Change | State::Changed | State::Cleared => ("~", Style::Warn),
        State::Known => ("=", Style::Dim),
        State::Skipped | State::Left | State::Kept => ("·", Style::Warn),
        State::Failed => ("✗", Style::Bad),
        State::Undone => ("-", Style::Good),
    }
}

/// What a run came to, as its heading.
pub fn done(state: RunState) -> &'static str {
    words::state(state).0
}

/// One line for each item, with what is written below it. What is in step, and needs no more words, is only counted.
pub fn rows(out: &Out, title: &str, rows: &[RowView]) {
    out.line(&[(Style::Strong, title)]);
    let (in_step, told): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.state == State::Known && row.why.is_none());
    for row in told {
        let (mark, style) = mark(row.state);
        let id =
            row.id.map(|id| format!("  ({} {id})", row.resource.as_deref().unwrap_or("record"))).unwrap_or_default();
        out.line(&[
            (Style::Plain, "  "),
            (style, mark),
            (Style::Plain, " "),
            (Style::Plain, &row.subject),
            (Style::Dim, &id),
        ]);
        if let Some(why) = &row.why {
            out.line(&[(Style::Plain, "    "), (Style::Dim, why)]);
        }
        if !matches!(row.state, State::New | State::Change) {
            continue;
        }
        for field in &row.fields {
            let label = format!("    {}.{}  ", field.write, field.member);
            let before = field.before.as_deref().map(|before| format!("{} → ", short(before))).unwrap_or_default();
            let after = short(field.after.as_deref().unwrap_or_default());
            out.line(&[(Style::Dim, &label), (Style::Dim, &before), (Style::Plain, &after)]);
        }
    }
    if !in_step.is_empty() {
        out.line(&[(Style::Plain, "  "), (Style::Dim, &format!("= {} in step already", in_step.len()))]);
    }
    if rows.is_empty() {
        out.text("  There is nothing.");
    }
}

/// The history.
pub fn runs(out: &Out, runs: &[Head]) {
    if runs.is_empty() {
        out.text("No recipe was run yet.");
        return;
    }
    let row = |head: &Head| {
        let (word, style) = words::state(head.state);
        vec![
            Cell::new(Style::Dim, head.id.as_str()),
            Cell::plain(words::moment(head.started)),
            Cell::new(Style::Strong, head.recipe.replace('_', "-")),
            Cell::new(style, word),
            Cell::plain(format!("{} of {} done", head.done, head.items)),
            Cell::new(Style::Dim, head.who.as_str()),
        ]
    };
    grid::print(out, &runs.iter().map(row).collect::<Vec<_>>());
}

fn short(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
