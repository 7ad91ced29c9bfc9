//! What of a plan goes into a run.

use std::collections::HashSet;

use crate::mapping::record::Slot;
use crate::sync::apply::{Order, queue};
use crate::sync::journal::is_step;
use crate::sync::plan::{Item, Plan};
use crate::sync::view::Action;

/// The plan with the items that the run carries out, and with those that wait for a person. What is left
/// out takes along what cannot be done without it; a mere link to it is no reason.
pub(super) fn choose(mut plan: Plan, order: &Order) -> Plan {
    let except: HashSet<&str> = order.except.iter().map(String::as_str).collect();
    let overwrite: HashSet<&str> = order.overwrite.iter().map(String::as_str).collect();
    let mut missing: HashSet<String> = HashSet::new();
    plan.items.retain_mut(|item| {
        if item.action == Action::Conflict && overwrite.contains(item.id.as_str()) {
            let away = item.changes.iter().all(|change| change.slot == Slot::Archived);
            item.action = if away { Action::Archive } else { Action::Update };
        }
        if !is_step(item) {
            // What an unattended run leaves waits in its plan: told in each of them it would fill the store.
            return !order.safe_only && item.action != Action::Unchanged && !except.contains(item.id.as_str());
        }
        let out = except.contains(item.id.as_str())
            || (order.safe_only && !item.safe)
            || queue::hard(item).any(|need| missing.contains(need));
        if out {
            missing.insert(item.id.clone());
        }
        !out
    });
    plan.items.iter_mut().for_each(slim);
    plan.items.shrink_to_fit();
    plan
}

/// An item that is only shown needs none of what a write would.
fn slim(item: &mut Item) {
    if !is_step(item) {
        item.agreed = Default::default();
    }
}
