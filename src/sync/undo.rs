//! Taking a run back: a plan made from its before images, under the same guards.
//!
//! Nothing is deleted: what a run made is archived (in Halo: set inactive). A value that somebody
//! changed since is left alone and named, and so is a record that the run made and somebody edited since. What stays
//! as it is has a row with its reason. Layouts, fields and lists stay: others may use them.

use std::collections::{HashMap, HashSet};

use crate::halo::{model, resource};
use crate::http::ApiError;
use crate::hudu::field::FieldValue;
use crate::mapping::compare::{is_empty, same};
use crate::mapping::record::{HuduRecord, Slot};
use crate::sync::apply::fill;
use crate::sync::article::{agree, values};
use crate::sync::describe::list;
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run, Step, StepState};
use crate::sync::plan::{Change, Item, Keep, Link, Made, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::survey::Changes;
use crate::sync::view::Action;
use crate::words::keeping;
use crate::{many, mark, t};

/// Up to so many records are read one by one.
const FEW: usize = 5;
/// Rows on a page of Hudu's lists.
const PAGE: usize = 1_000;

/// What stands in a target now.
enum Now {
    Hudu(Box<HuduRecord>),
    Halo(HashMap<&'static str, FieldValue>),
}

impl Now {
    fn value(&self, slot: &Slot) -> FieldValue {
        match self {
            Now::Hudu(record) => record.value(slot),
            Now::Halo(values) => values.get(&*slot.key()).cloned().unwrap_or_default(),
        }
    }

    fn alike(&self, key: &str, a: &FieldValue, b: &FieldValue) -> bool {
        match self {
            Now::Hudu(_) => same(key, a, b) || (is_empty(a) && is_empty(b)),
            Now::Halo(_) => agree(key, a, b),
        }
    }
}

/// A run with what undoing looks up in it again and again.
struct Past<'r> {
    run: &'r Run,
    places: HashMap<&'r str, usize>,
}

impl Past<'_> {
    /// The id that is known, or that an item of the run made.
    fn id(&self, made: &Made) -> Option<i64> {
        match made {
            Made::Is(id) => Some(*id),
            Made::By(item) => self.result(item),
        }
    }

    fn result(&self, item: &str) -> Option<i64> {
        self.places.get(item).and_then(|place| self.run.steps[*place].target)
    }

    /// What a step wrote, with the ids that were not known when it was planned.
    fn wrote(&self, item: &Item, step: &Step) -> Vec<Change> {
        let mut changes = step.wrote(item).to_vec();
        for change in &mut changes {
            if let Some(id) = change.by.take().and_then(|by| self.result(&by)) {
                fill(&mut change.after, id);
            }
        }
        changes
    }
}

impl Sides {
    /// The plan that takes a run back, or these items of it. Many records are read in batches: what the
    /// run wrote is among what changed since it began.
    pub async fn plan_undo(&self, run: &Run, items: Option<&[String]>) -> Result<Plan, SyncError> {
        if let Some(stranger) =
            items.unwrap_or_default().iter().find(|id| run.plan.items.iter().all(|item| item.id != **id))
        {
            return Err(SyncError::NoItem(stranger.clone()));
        }
        if !run.undoable() {
            return Err(SyncError::NothingToUndo);
        }
        let only: Option<HashSet<&str>> = items.map(|items| items.iter().map(String::as_str).collect());
        let wanted = |index: &usize| {
            let item = &run.plan.items[*index];
            let asked = only.as_ref().is_none_or(|only| only.contains(item.id.as_str()));
            asked && run.steps[*index].undoable(item)
        };
        // What needs something else is taken back before it.
        let steps: Vec<usize> = (0..run.steps.len()).rev().filter(wanted).collect();
        let began = self.host.clock.now();
        let past =
            Past { run, places: run.plan.items.iter().enumerate().map(|(n, item)| (item.id.as_str(), n)).collect() };
        let batch = if steps.len() > FEW { self.batch(&past, &steps).await? } else { HashMap::new() };
        let mut links = journal::links_before(&self.host, run).await?;
        let mut back = Vec::new();
        for index in steps {
            let (item, step) = (&run.plan.items[index], &run.steps[index]);
            let Some(target) = step.target else { continue };
            // What it links is put away with its links.
            let first = item.of.as_deref().and_then(|first| past.places.get(first));
            if first.is_some_and(|first| wanted(first) && run.steps[*first].made) {
                continue;
            }
            let read = match batch.get(&(matches!(item.target, Target::Company(_)), target)) {
                Some(record) if is_hudu(item) => Ok(Now::Hudu(Box::new(record.clone()))),
                _ => self.read_now(&past, item, target).await,
            };
            let link = links[index].take();
            match read {
                Ok(now) => back.extend(keeping(|| taken_back(&past, item, step, &now, link))),
                Err(SyncError::Api(ApiError::NotFound { .. })) if run.steps.len() > 1 => {
                    back.push(keeping(|| as_it_is(item, Action::Unchanged, t!("It is not there any more."))));
                }
                Err(error) => return Err(error),
            }
        }
        if back.iter().any(Item::writes) {
            // What somebody changed is in the way of nothing else.
            back.iter_mut()
                .filter(|item| item.action == Action::Blocked)
                .for_each(|item| item.action = Action::Unchanged);
        } else if !back.iter().any(|item| item.action == Action::Blocked) {
            return Err(SyncError::NothingToUndo);
        }
        let mut plan = Plan::new(run.plan.direction, run.plan.subject.clone(), back, Some(run.id.clone()));
        let stays = |(item, step): &(&Item, &Step)| item.target.stays() && step.state == StepState::Done;
        let stay = run.plan.items.iter().zip(&run.steps).filter(stays).count();
        if stay > 0 && only.is_none() {
            plan.notes.push(many!(
                stay,
                "{n} change to layouts, lists, relations or notes stays, because others may use it.",
                "{n} changes to layouts, lists, relations or notes stay, because others may use them."
            ));
        }
        plan.clients = run.plan.clients.clone();
        plan.made = began;
        Ok(plan)
    }

    /// Companies (true) and assets as they are now, by id.
    async fn batch(&self, past: &Past<'_>, steps: &[usize]) -> Result<HashMap<(bool, i64), HuduRecord>, SyncError> {
        let items = || steps.iter().map(|index| &past.run.plan.items[*index]);
        if !items().any(is_hudu) {
            return Ok(HashMap::new());
        }
        let changes = match self.hudu_changes(past.run.started).await? {
            Some(changes) => changes,
            None => {
                let mut changes = Changes::default();
                if items().any(|item| matches!(item.target, Target::Company(_))) {
                    changes.companies = self.hudu.companies().await?.iter().map(|c| self.company_record(c)).collect();
                }
                let companies: HashSet<i64> = items().filter_map(|item| company(past, item)).collect();
                let assets = if companies.len() <= past.run.plan.items.len().div_ceil(PAGE) || self.hudu.assets_closed()
                {
                    let mut assets = Vec::new();
                    for company in companies {
                        assets.extend(self.hudu.company_assets(company).await?);
                    }
                    assets
                } else {
                    self.hudu.assets_by(&[]).await?
                };
                let shapes = self.shapes().await?;
                changes.assets = assets.iter().map(|asset| self.asset_record(asset, &shapes)).collect();
                changes
            }
        };
        let companies = changes.companies.into_iter().map(|record| ((true, record.id), record));
        let assets = changes.assets.into_iter().map(|record| ((false, record.id), record));
        Ok(companies.chain(assets).collect())
    }

    /// One target as it is now.
    async fn read_now(&self, past: &Past<'_>, item: &Item, target: i64) -> Result<Now, SyncError> {
        Ok(match &item.target {
            Target::Article { .. } => {
                let article: model::Article = self.halo.get(resource::ARTICLE, target, &[]).await?;
                Now::Halo(values(&self.as_halo_article(&article)).into_iter().collect())
            }
            Target::Asset { .. } => {
                let company = company(past, item).ok_or(SyncError::NothingToUndo)?;
                let asset = self.hudu.asset(company, target).await?;
                Now::Hudu(Box::new(self.asset_record(&asset, &self.shapes().await?)))
            }
            Target::Password { .. } => Now::Hudu(Box::new(self.password_record(&self.hudu.password(target).await?))),
            _ => Now::Hudu(Box::new(self.company_record(&self.hudu.company(target).await?))),
        })
    }
}

fn is_hudu(item: &Item) -> bool {
    matches!(item.target, Target::Company(_) | Target::Asset { .. })
}

fn company(past: &Past<'_>, item: &Item) -> Option<i64> {
    match &item.target {
        Target::Asset { company, .. } => past.id(company),
        _ => None,
    }
}

/// The row of a step that is not taken back, and why.
fn as_it_is(item: &Item, action: Action, reason: String) -> Item {
    Item { action, reason, changes: Vec::new(), candidates: Vec::new(), keep: Keep::Restore(None), ..item.clone() }
}

/// The item that takes a step back; `None` for what always stays.
fn taken_back(past: &Past<'_>, item: &Item, step: &Step, now: &Now, link: Option<Link>) -> Option<Item> {
    let target = step.target?;
    let halo = matches!(item.target, Target::Article { .. });
    let place = match &item.target {
        Target::Company(_) => Target::Company(Some(target)),
        Target::Asset { company, layout, .. } => {
            Target::Asset { company: Made::Is(past.id(company)?), layout: Made::Is(past.id(layout)?), id: Some(target) }
        }
        Target::Article { .. } => Target::Article { id: Some(target), write: None },
        Target::Password { company, after, value, .. } => {
            Target::Password { company: *company, id: Some(target), after: *after, value: value.clone() }
        }
        Target::Layout { .. } | Target::FaqList { .. } | Target::TicketNote { .. } | Target::Relation { .. } => {
            return None;
        }
    };
    let wanted = if step.made { vec![put_away(halo)] } else { swapped(past.wrote(item, step)) };
    let (mut changes, mut left) = (Vec::new(), Vec::new());
    for change in wanted {
        let (key, value) = (change.slot.key(), now.value(&change.slot));
        if now.alike(&key, &value, &change.before) {
            changes.push(Change { before: value, ..change });
        } else if !now.alike(&key, &value, &change.after) {
            left.push(change.label.to_string());
        }
    }
    let since = |left: &[String]| t!("Changed by somebody since, so left as it is: {left}.", left = list(left));
    if changes.is_empty() {
        let (action, reason) = match left.is_empty() {
            true => (Action::Unchanged, t!("It is as it was before the sync.")),
            false => (Action::Blocked, since(&left)),
        };
        return Some(as_it_is(item, action, reason));
    }
    if step.made {
        let edited = |change: &Change| !now.alike(&change.slot.key(), &now.value(&change.slot), &change.after);
        left.extend(
            past.wrote(item, step).iter().filter(|change| edited(change)).map(|change| change.label.to_string()),
        );
    }
    // What somebody made their own is put away by a word of theirs only.
    let edited = step.made && !left.is_empty();
    let mut reason = t!("From the values as they were before the sync.");
    if edited {
        reason = t!(
            "The sync made it, and somebody has edited it since: {left}. It stays, unless you agree to put it away as it is now.",
            left = list(&left)
        );
    } else if step.made {
        reason = t!("The sync made it. Sidelight deletes nothing, so it is put away.");
    } else if !left.is_empty() {
        reason = since(&left);
    }
    Some(Item {
        action: match step.made {
            true if edited => Action::Conflict,
            true if !halo => Action::Archive,
            _ => Action::Update,
        },
        target: place,
        changes,
        agreed: Default::default(),
        candidates: Vec::new(),
        reason,
        of: None,
        url: step.url.clone(),
        keep: Keep::Restore(link.map(Box::new)),
        ..item.clone()
    })
}

/// What puts a made record away: archived in Hudu, inactive in Halo.
fn put_away(halo: bool) -> Change {
    let (slot, label) =
        if halo { (Slot::attribute("inactive"), mark!("Inactive")) } else { (Slot::Archived, mark!("Archived")) };
    Change {
        slot,
        label: label.into(),
        before: FieldValue::Check(false),
        after: FieldValue::Check(true),
        note: None,
        by: None,
    }
}

fn swapped(written: Vec<Change>) -> Vec<Change> {
    let swap = |change: Change| Change { before: change.after, after: change.before, note: None, by: None, ..change };
    written.into_iter().map(swap).collect()
}
