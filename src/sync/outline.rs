//! A plan in outline: what a table asks of every item, so that the counts and a window of the rows are there without
//! reading a hundred thousand items.

use crate::halo::record::RecordKind;
use crate::json;
use crate::platform::StoreError;
use crate::platform::json::parse;
use crate::sync::plan::{Item, Plan};
use crate::sync::view::Action;

/// What tells which rows an item is among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it does.
    pub action: Action,
    /// Kind of the record; `None` for layouts and lists.
    pub kind: Option<RecordKind>,
    /// Halo id of the client that it belongs to.
    pub client: Option<i64>,
}

impl Mark {
    /// The mark of an item.
    pub fn of(item: &Item) -> Self {
        Self { action: item.action, kind: item.kind(), client: item.client }
    }
}

/// A plan without its items, and a mark for each of these.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The plan without its items.
    pub plan: Plan,
    /// In the order of the items.
    pub marks: Vec<Mark>,
}

/// So many items in a row have one mark.
type Run = ((Action, Option<RecordKind>), (Option<i64>, usize));

/// Marks as a text for the store.
pub fn fold(items: &[Item]) -> String {
    let mut runs: Vec<Run> = Vec::new();
    for Mark { action, kind, client } in items.iter().map(Mark::of) {
        match runs.last_mut() {
            Some((what, (of, count))) if (*what, *of) == ((action, kind), client) => *count += 1,
            _ => runs.push(((action, kind), (client, 1))),
        }
    }
    json::write(&runs)
}

/// Marks from such a text.
pub fn unfold(text: &str) -> Result<Vec<Mark>, StoreError> {
    let mut marks = Vec::new();
    for ((action, kind), (client, count)) in parse::<Vec<Run>>(text)? {
        marks.resize(marks.len() + count, Mark { action, kind, client });
    }
    Ok(marks)
}
