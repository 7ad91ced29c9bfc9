//! Taking a run back: a plan made from its before images, under the same guards.
//!
//! Nothing is deleted: what a run made is archived (in Halo: set inactive). A value that somebody
//! changed since is left alone and named. Layouts, fields and lists stay: others may use them.

use crate::hudu::field::FieldValue;
use crate::mapping::compare::{is_empty, same};
use crate::mapping::record::Slot;
use crate::platform::StoreError;
use crate::sync::article::{agree, values};
use crate::sync::error::SyncError;
use crate::sync::journal::{Run, Step, StepState};
use crate::sync::plan::{Change, Item, Keep, Made, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::view::Action;

/// Reads what stands in a slot of the target now.
type Reading = Box<dyn Fn(&Slot) -> FieldValue>;

impl Sides {
    /// The plan that takes a run back.
    pub async fn plan_undo(&self, run: &Run) -> Result<Plan, SyncError> {
        if !run.undoable() {
            return Err(SyncError::NothingToUndo);
        }
        let mut items = Vec::new();
        for (item, step) in run.plan.items.iter().zip(&run.steps).rev() {
            if step.state != StepState::Done || step.written.is_empty() {
                continue;
            }
            if let Some(back) = self.back(run, item, step).await? {
                items.push(back);
            }
        }
        if items.is_empty() {
            return Err(SyncError::NothingToUndo);
        }
        Ok(Plan::new(run.plan.direction, run.plan.subject.clone(), items, Some(run.id.clone())))
    }

    async fn back(&self, run: &Run, item: &Item, step: &Step) -> Result<Option<Item>, SyncError> {
        let Some(target) = step.target else { return Ok(None) };
        let halo = matches!(item.target, Target::Article { .. });
        let (now, place): (Reading, Target) = match &item.target {
            Target::Company(_) => {
                let record = self.company_record(&self.hudu.company(target).await?);
                (Box::new(move |slot| record.value(slot)), Target::Company(Some(target)))
            }
            Target::Asset { company, layout, .. } => {
                let (company, layout) = (known(run, company)?, known(run, layout)?);
                let asset = self.hudu.asset(company, target).await?;
                let shapes = self.shapes().await?;
                let shape = shapes.layout(asset.asset_layout_id);
                let record = crate::mapping::from_hudu::asset(&asset, shape, &shapes.lists, self.hudu.origin());
                let place = Target::Asset { company: Made::Is(company), layout: Made::Is(layout), id: Some(target) };
                (Box::new(move |slot| record.value(slot)), place)
            }
            Target::Article { .. } => {
                let article = self.halo.get(crate::halo::resource::ARTICLE, target, &[]).await?;
                let values = values(&self.as_halo_article(&article));
                let now = move |slot: &Slot| values.get(slot.key().as_str()).cloned().unwrap_or_default();
                (Box::new(now), Target::Article { id: Some(target), write: None })
            }
            Target::Layout { .. } | Target::FaqList { .. } => return Ok(None),
        };
        let alike = |key: &str, a: &FieldValue, b: &FieldValue| {
            if halo { agree(key, a, b) } else { same(key, a, b) || (is_empty(a) && is_empty(b)) }
        };
        let wanted = if step.made { vec![put_away(halo)] } else { swapped(&step.written) };
        let (mut changes, mut left) = (Vec::new(), Vec::new());
        for change in wanted {
            let (key, value) = (change.slot.key(), now(&change.slot));
            if alike(&key, &value, &change.before) {
                changes.push(Change { before: value, ..change });
            } else if !alike(&key, &value, &change.after) {
                left.push(change.label.to_string());
            }
        }
        if changes.is_empty() {
            return Ok(None);
        }
        let mut reason = "From the values as they were before the sync.".to_owned();
        if step.made {
            reason = "The sync made it. Sidelight deletes nothing, so it is put away.".to_owned();
        } else if !left.is_empty() {
            let names = crate::sync::describe::list(&left);
            reason = format!("Changed by somebody since, so left as it is: {names}.");
        }
        Ok(Some(Item {
            action: if step.made && !halo { Action::Archive } else { Action::Update },
            target: place,
            changes,
            agreed: Default::default(),
            candidates: Vec::new(),
            reason,
            url: step.url.clone(),
            keep: Keep::Restore(step.link_before.clone().map(Box::new)),
            ..item.clone()
        }))
    }
}

fn known(run: &Run, made: &Made) -> Result<i64, StoreError> {
    let lost = || StoreError::Broken("the journal lacks a result".to_owned());
    match made {
        Made::Is(id) => Ok(*id),
        Made::By(id) => {
            let index = run.plan.items.iter().position(|item| item.id == *id).ok_or_else(lost)?;
            run.steps[index].target.ok_or_else(lost)
        }
    }
}

/// What puts a made record away: archived in Hudu, inactive in Halo.
fn put_away(halo: bool) -> Change {
    let (slot, label) = if halo { (Slot::attribute("inactive"), "Inactive") } else { (Slot::Archived, "Archived") };
    Change {
        slot,
        label: label.into(),
        before: FieldValue::Check(false),
        after: FieldValue::Check(true),
        note: None,
        by: None,
    }
}

fn swapped(written: &[Change]) -> Vec<Change> {
    written
        .iter()
        .map(|change| Change {
            slot: change.slot.clone(),
            label: change.label.clone(),
            before: change.after.clone(),
            after: change.before.clone(),
            note: None,
            by: None,
        })
        .collect()
}
