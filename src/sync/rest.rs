//! What a run that did only a part of its plan left of it.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::hudu::field::FieldValue;
use crate::platform::{Host, StoreError};
use crate::sync::journal::{Run, StepState};
use crate::sync::plan::{Change, Item, Made, Plan, Target};
use crate::sync::shelf;
use crate::sync::view::Action;

/// The plan without what the run did; what was to be made first and was made is known by its id now.
pub fn of(plan: Plan, run: &Run) -> Plan {
    let done: HashMap<&str, Option<i64>> = run
        .plan
        .items
        .iter()
        .zip(&run.steps)
        .filter(|(_, step)| step.state == StepState::Done)
        .map(|(item, step)| (item.id.as_str(), step.target))
        .collect();
    let known = |made: &mut Made| {
        if let Made::By(id) = made
            && let Some(Some(target)) = done.get(id.as_str())
        {
            *made = Made::Is(*target);
        }
    };
    let Plan { direction, subject, mut items, undoes, clients, notes, made, requests, .. } = plan;
    items.retain(|item| !done.contains_key(item.id.as_str()));
    for item in &mut items {
        match &mut item.target {
            Target::Asset { company, layout, .. } => {
                known(company);
                known(layout);
            }
            Target::FaqList { parent: Some(parent), .. } => known(parent),
            Target::Article { write: Some(write), .. } => {
                if let Some(list) = &mut write.list {
                    known(list);
                }
            }
            _ => {}
        }
        for change in &mut item.changes {
            link(change, &done);
        }
    }
    let guard = None;
    let mut rest = Plan { id: String::new(), direction, subject, items, undoes, clients, guard, notes, made, requests };
    rest.sign();
    rest
}

/// Takes what a run did out of its plan, where that is kept. What is left of it is kept, and told, where something of
/// it waits.
pub async fn keep(host: &Host, run: &Run) -> Result<Option<Plan>, StoreError> {
    let Some(plan) = plan_of(host, run).await? else { return Ok(None) };
    let gone = shelf::forget(&plan);
    let rest = of(plan, run);
    host.store.write(gone).await?;
    if !rest.items.iter().any(waits) {
        return Ok(None);
    }
    shelf::keep(host, &rest).await?;
    Ok(Some(rest))
}

/// The plan of a run; of one that went on after its end what that end left of it, which has the same reading.
async fn plan_of(host: &Host, run: &Run) -> Result<Option<Plan>, StoreError> {
    let whole = shelf::load(host, &run.plan.id).await?;
    if whole.is_some() {
        return Ok(whole);
    }
    let Some(id) = shelf::last(host).await? else { return Ok(None) };
    let made = shelf::outline(host, &id).await?.map(|outline| outline.plan.made);
    if made == Some(run.plan.made) { shelf::load(host, &id).await } else { Ok(None) }
}

/// A linked asset that was made is known by its id.
fn link(change: &mut Change, done: &HashMap<&str, Option<i64>>) {
    let made = change.by.as_ref().and_then(|id| done.get(id.as_str()).copied().flatten());
    if let (Some(id), FieldValue::Assets(assets)) = (made, &mut change.after) {
        for (asset, _) in assets.iter_mut().filter(|(asset, _)| *asset == 0) {
            *asset = id;
        }
        change.by = None;
    }
}

/// Whether an item needs a person, or a run that carries it out.
pub fn waits(item: &Item) -> bool {
    item.writes() || item.action == Action::Ambiguous
}

/// A digest of these items, to tell whether they are the same as before.
pub fn digest(items: &[&Item]) -> String {
    let mut digest = Sha256::new();
    for item in items {
        digest.update(&item.id);
        digest.update([0]);
        for change in &item.changes {
            digest.update(change.slot.key().as_bytes());
            digest.update([1]);
        }
    }
    digest.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
