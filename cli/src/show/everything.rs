//! A plan for everything: what was read, counts by kind and action, and the rows that matter.

use sidelight::sync::plan::Plan;
use sidelight::sync::table::{RowQuery, RowView, SummaryView};
use sidelight::sync::view::Action;
use sidelight::sync::{describe, rows};

use super::grid::{self, Cell};
use super::words::{ACTIONS, kind, kinds, mark, moment};
use crate::out::{Out, Style};

/// So many rows are shown where not all are asked for.
const SHOWN: usize = 60;

/// Prints the plan. `all` shows every row, also what is in step; `details` shows old and new values.
pub fn everything(out: &Out, plan: &Plan, all: bool, details: bool) {
    let view = rows::summary(plan);
    summary(out, &view);
    let actions = ACTIONS.map(|(action, _)| action);
    let actions = actions.into_iter().filter(|action| all || *action != Action::Unchanged).collect();
    let query = RowQuery { actions, ..RowQuery::default() };
    let most = if all { usize::MAX } else { SHOWN };
    let window = rows::rows(plan, None, &query, 0, most);
    if window.rows.is_empty() {
        return;
    }
    out.text("");
    if details {
        let items = plan.items.iter().filter(|item| query.actions.contains(&item.action));
        for item in items.take(most) {
            super::item(out, &describe::item(item, plan.direction));
        }
    } else {
        grid::print(out, &window.rows.iter().map(row).collect::<Vec<_>>());
    }
    if window.total > window.rows.len() {
        let more = window.total - window.rows.len();
        out.line(&[(Style::Dim, &format!("… and {more} more: `sidelight plan --all` prints every row."))]);
    }
}

fn row(row: &RowView) -> Vec<Cell> {
    let (mark, style) = mark(row.action);
    vec![
        Cell::new(style, mark),
        Cell::new(Style::Dim, kind(row.kind)),
        Cell::plain(row.title.as_str()),
        Cell::new(Style::Dim, row.client.as_str()),
        Cell::plain(row.summary.as_str()),
    ]
}

/// Prints the plan at a glance.
fn summary(out: &Out, view: &SummaryView) {
    out.line(&[(Style::Strong, &view.title)]);
    if view.made > 0 {
        let (halo, hudu) = view.requests;
        let read = format!("Read {} with {halo} requests to HaloITSM and {hudu} to Hudu.", moment(view.made));
        out.line(&[(Style::Dim, &read)]);
    }
    out.text("");
    counts(out, view);
    if !view.notes.is_empty() || view.guard.is_some() {
        out.text("");
    }
    for note in &view.notes {
        out.line(&[(Style::Warn, "! "), (Style::Plain, note)]);
    }
    if let Some(guard) = &view.guard {
        out.line(&[(Style::Bad, "! "), (Style::Bad, guard)]);
    }
}

/// One row for each kind, one column for each action that there is.
fn counts(out: &Out, view: &SummaryView) {
    let seen: Vec<(Action, &str)> =
        ACTIONS.into_iter().filter(|(action, _)| view.counts.iter().any(|count| count.action == *action)).collect();
    let mut all = vec![Vec::from([Cell::plain("")])];
    all[0].extend(seen.iter().map(|(_, head)| Cell::right(Style::Dim, *head)));
    let mut of: Vec<_> = view.counts.iter().map(|count| count.kind).collect();
    of.dedup();
    let mut known = Vec::new();
    for kind in of {
        if known.contains(&kind) {
            continue;
        }
        known.push(kind);
        let mut cells = vec![Cell::plain(kinds(kind))];
        for (action, _) in &seen {
            let here = view.counts.iter().filter(|count| count.kind == kind && count.action == *action);
            let count: usize = here.map(|count| count.count).sum();
            let style = if count == 0 { Style::Dim } else { mark(*action).1 };
            cells.push(Cell::right(style, if count == 0 { "·".to_owned() } else { count.to_string() }));
        }
        all.push(cells);
    }
    if known.is_empty() {
        return out.text("There is nothing of these kinds.");
    }
    grid::print(out, &all);
}
