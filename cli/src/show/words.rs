//! Words and marks that several answers share.

use sidelight::assist::view::DocumentKind;
use sidelight::halo::record::RecordKind;
use sidelight::sync::table::RowView;
use sidelight::sync::view::{Action, RunState};

use super::grid::Cell;
use crate::args::Form;
use crate::out::{Out, Style};

/// The mark of an action, at the beginning of its line.
pub fn mark(action: Action) -> (&'static str, Style) {
    match action {
        Action::Create => ("+", Style::Good),
        Action::Update | Action::Link => ("~", Style::Warn),
        Action::Archive => ("-", Style::Warn),
        Action::Unchanged => ("=", Style::Dim),
        Action::Conflict => ("!", Style::Bad),
        Action::Ambiguous => ("?", Style::Warn),
        Action::Blocked => ("✗", Style::Bad),
        Action::Gone => ("·", Style::Dim),
    }
}

/// What a document is.
pub fn document(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Asset => "asset",
        DocumentKind::Person => "person",
        DocumentKind::Article => "article",
        DocumentKind::Password => "password",
        DocumentKind::Process => "process",
        DocumentKind::Website => "website",
        DocumentKind::Expiration => "expiration",
    }
}

/// Every action with the head of its column, in the order of the columns.
pub const ACTIONS: [(Action, &str); 9] = [
    (Action::Create, "create"),
    (Action::Update, "update"),
    (Action::Link, "link"),
    (Action::Archive, "archive"),
    (Action::Conflict, "conflict"),
    (Action::Ambiguous, "choose"),
    (Action::Blocked, "blocked"),
    (Action::Gone, "gone"),
    (Action::Unchanged, "in step"),
];

/// Records of a kind, as rows are headed; layouts and lists have none.
pub fn kinds(kind: Option<RecordKind>) -> &'static str {
    match kind {
        Some(RecordKind::Client) => "clients",
        Some(RecordKind::Site) => "sites",
        Some(RecordKind::User) => "users",
        Some(RecordKind::Asset) => "assets",
        Some(RecordKind::Contract) => "contracts",
        Some(RecordKind::Article) => "articles",
        Some(RecordKind::Ticket) => "tickets",
        None => "layouts and lists",
    }
}

/// One record of a kind.
pub fn kind(kind: Option<RecordKind>) -> &'static str {
    match kind {
        Some(RecordKind::Client) => "client",
        Some(RecordKind::Site) => "site",
        Some(RecordKind::User) => "user",
        Some(RecordKind::Asset) => "asset",
        Some(RecordKind::Contract) => "contract",
        Some(RecordKind::Article) => "article",
        Some(RecordKind::Ticket) => "ticket",
        None => "",
    }
}

/// Widest title and client in a table; JSON and CSV have them whole.
const WIDTHS: (usize, usize) = (44, 28);

/// Title and client of a row. A client is not named twice.
pub fn names(row: &RowView) -> [Cell; 2] {
    let client = if row.client == row.title { "" } else { row.client.as_str() };
    [Cell::clipped(Style::Plain, &row.title, WIDTHS.0), Cell::clipped(Style::Dim, client, WIDTHS.1)]
}

/// Where a run is.
pub fn state(state: RunState) -> (&'static str, Style) {
    match state {
        RunState::Running => ("Left open", Style::Warn),
        RunState::Done => ("Done", Style::Good),
        RunState::Paused => ("Paused", Style::Warn),
        RunState::Stopped => ("Stopped", Style::Bad),
        RunState::Part => ("In part", Style::Warn),
        RunState::Undone => ("Undone", Style::Dim),
    }
}

/// "1 write", "12 writes".
pub fn count(writes: usize) -> String {
    if writes == 1 { "1 write".to_owned() } else { format!("{writes} writes") }
}

/// Why nothing was asked, where there is a plan to look at.
pub fn nobody(out: &Out) -> String {
    format!("Nothing was written: {}. Look at the plan, then apply it with --yes.", unasked(out))
}

/// Why nothing was deleted or written, where there is no plan.
pub fn nobody_said_yes(out: &Out, done: &str) -> String {
    format!("Nothing was {done}: {}. --yes does it without asking.", unasked(out))
}

fn unasked(out: &Out) -> &'static str {
    if out.form() != Form::Table { "with --format json nothing is asked" } else { "there is no terminal to ask on" }
}

/// Milliseconds since 1970 as a person reads them, in UTC.
pub fn moment(ms: i64) -> String {
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
