//! Which rows the user ticked: what a plan leaves out, or what of a run is to be undone.

use std::collections::{BTreeSet, HashSet};

use leptos::prelude::*;
use sidelight::sync::table::RowView;
use sidelight::sync::view::Action;

/// What a tick means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Everything that writes is ticked until the user leaves it out.
    LeaveOut,
    /// Nothing is ticked until the user takes it.
    Take,
}

/// The ticks of one table.
#[derive(Clone, Copy)]
pub struct Marks {
    /// What a tick means.
    pub sense: Sense,
    /// Ids of items that stand apart from the rest.
    pub ids: RwSignal<HashSet<String>>,
    /// Items in conflict whose target may be overwritten.
    pub overwrite: RwSignal<BTreeSet<String>>,
}

impl Marks {
    /// No tick set by the user.
    pub fn new(sense: Sense) -> Self {
        Self { sense, ids: RwSignal::default(), overwrite: RwSignal::default() }
    }

    /// Whether a row is ticked; `None` where there is nothing to tick.
    pub fn state(&self, row: &RowView) -> Option<bool> {
        if !self.concerns(row) {
            return None;
        }
        match (self.sense, row.action) {
            (Sense::LeaveOut, Action::Conflict) => Some(true),
            (Sense::LeaveOut, _) => Some(self.ids.with(|ids| !ids.contains(&row.id))),
            (Sense::Take, _) => Some(self.ids.with(|ids| ids.contains(&row.id))),
        }
    }

    /// Ticks a row, or takes the tick away.
    pub fn turn(&self, row: &RowView) {
        if !self.concerns(row) {
            return;
        }
        if self.sense == Sense::LeaveOut && row.action == Action::Conflict {
            self.overwrite.update(|ids| {
                ids.remove(&row.id);
            });
            return;
        }
        self.ids.update(|ids| {
            if !ids.remove(&row.id) {
                ids.insert(row.id.clone());
            }
        });
    }

    /// Ticks these rows, or takes their ticks away.
    pub fn set(&self, rows: &[RowView], ticked: bool) {
        let apart = ticked == (self.sense == Sense::Take);
        self.ids.update(|ids| {
            for row in rows.iter().filter(|row| row.action != Action::Conflict && may_write(row, self.sense)) {
                if apart {
                    ids.insert(row.id.clone());
                } else {
                    ids.remove(&row.id);
                }
            }
        });
        if !ticked {
            self.overwrite.update(|ids| ids.retain(|id| !rows.iter().any(|row| row.id == *id)));
        }
    }

    fn concerns(&self, row: &RowView) -> bool {
        if self.sense == Sense::LeaveOut && row.action == Action::Conflict {
            return self.overwrite.with(|ids| ids.contains(&row.id));
        }
        may_write(row, self.sense)
    }
}

/// Whether a row is one that the tick can be about.
fn may_write(row: &RowView, sense: Sense) -> bool {
    match sense {
        Sense::LeaveOut => writes(row.action),
        Sense::Take => row.undoable,
    }
}

/// Whether an item with this action is written without being asked about.
pub fn writes(action: Action) -> bool {
    matches!(action, Action::Create | Action::Update | Action::Link | Action::Archive)
}
