//! A plan for everything: what was read, counts by kind and action, and the rows that matter.

use sidelight::sync::plan::Plan;
use sidelight::sync::table::{RowQuery, RowView, SummaryView};
use sidelight::sync::view::Action;
use sidelight::sync::{describe, rows};

use super::grid::{self, Cell};
use super::words::{ACTIONS, kind, kinds, mark, moment, names};
use crate::out::{Out, Style};

/// So many rows of each part are shown where not all are asked for.
const SHOWN: usize = 40;

/// What is written, what is left alone, and (last, because it is to be looked at) what waits for a person.
const PARTS: [(&str, &[Action]); 4] = [
    ("", &[Action::Create, Action::Update, Action::Link, Action::Archive]),
    ("In step", &[Action::Unchanged]),
    ("Left as it is", &[Action::Blocked, Action::Gone]),
    ("Waits for you", &[Action::Conflict, Action::Ambiguous]),
];

/// Prints the plan. `all` shows every row, also what is in step; `details` shows old and new values.
pub fn everything(out: &Out, plan: &Plan, all: bool, details: bool) {
    summary(out, &rows::summary(plan));
    let most = if all { usize::MAX } else { SHOWN };
    for (head, actions) in PARTS.into_iter().filter(|(_, actions)| all || actions[0] != Action::Unchanged) {
        part(out, plan, (head, actions), most, details);
    }
    let choose = plan.items.iter().find(|item| item.action == Action::Ambiguous).and_then(|item| item.record);
    if let Some(record) = choose {
        let (kind, id) = (record.kind.word(), record.id);
        let how =
            format!("`sidelight sync {kind} {id}` shows what there is to choose from, --choose says which it is.");
        out.line(&[(Style::Dim, &how)]);
    }
    if plan.items.iter().any(|item| item.action == Action::Conflict) {
        out.line(&[(
            Style::Dim,
            "--details shows both values of a conflict, --overwrite writes over what was edited.",
        )]);
    }
}

fn part(out: &Out, plan: &Plan, (head, actions): (&str, &[Action]), most: usize, details: bool) {
    let query = RowQuery { actions: actions.to_vec(), ..RowQuery::default() };
    let window = rows::rows(plan, None, &query, 0, most);
    if window.rows.is_empty() {
        return;
    }
    out.text("");
    if !head.is_empty() {
        out.line(&[(Style::Strong, head)]);
    }
    if details {
        for item in plan.items.iter().filter(|item| actions.contains(&item.action)).take(most) {
            super::item(out, &describe::item(item, plan.direction));
        }
    } else {
        grid::print(out, &window.rows.iter().map(row).collect::<Vec<_>>());
    }
    if window.total > window.rows.len() {
        let more = window.total - window.rows.len();
        let how = if plan.undoes.is_some() { "." } else { ": `sidelight plan --all` prints every row." };
        out.line(&[(Style::Dim, &format!("… and {more} more{how}"))]);
    }
}

fn row(row: &RowView) -> Vec<Cell> {
    let (mark, style) = mark(row.action);
    let [title, client] = names(row);
    let what = Cell::plain(row.summary.as_str());
    vec![Cell::new(style, mark), Cell::new(Style::Dim, kind(row.kind)), title, client, what]
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
