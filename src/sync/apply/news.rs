//! What others changed in Hudu since the plan was made: learned in batches, not record by record.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::halo::record::{RecordKind, RecordRef};
use crate::mapping::compare::{same, show};
use crate::mapping::layout::keeps;
use crate::mapping::record::{HuduRecord, Slot};
use crate::sync::apply::go::Go;
use crate::sync::apply::ready::name_of;
use crate::sync::apply::reread::reread;
use crate::sync::apply::rhythm::Rhythm;
use crate::sync::apply::twins::fits;
use crate::sync::error::SyncError;
use crate::sync::journal::Run;
use crate::sync::links as kept;
use crate::sync::matching::halo_id;
use crate::sync::plan::{Item, Target};
use crate::sync::verify::{left, links, target};
use crate::sync::write::Look;

/// The kinds of record that become assets.
const KINDS: [RecordKind; 4] = [RecordKind::Site, RecordKind::User, RecordKind::Asset, RecordKind::Contract];

/// What is known of Hudu beside what the plan read.
pub(super) struct News(RefCell<Known>);

struct Known {
    /// Changes up to this moment are known.
    since: i64,
    /// When it is looked again.
    rhythm: Rhythm,
    /// Steps that write to companies and are not at their end.
    companies: usize,
    /// Steps by the record that they write to: a company or not, and its id.
    targets: HashMap<(bool, i64), usize>,
    /// Creations, and updates that link a record, by what tells that another record stands for the same.
    marks: HashMap<Mark, usize>,
    /// Records that are of concern to a step, as they were at the last look.
    seen: HashMap<usize, Vec<HuduRecord>>,
    /// Companies that links on this device name: they stand for other clients.
    others: HashSet<i64>,
}

/// What a new record is known by.
#[derive(PartialEq, Eq, Hash)]
enum Mark {
    Record(RecordRef),
    Number(String),
    Name(String),
}

impl News {
    /// For the steps of a run that are due, and those whose marks were not compared yet.
    pub(super) fn new(run: &Run, fresh: &[usize]) -> Self {
        let (mut targets, mut marks) = (HashMap::new(), HashMap::new());
        let (mut companies, mut writes) = (0, 0);
        let due = (0..run.plan.items.len()).filter(|index| run.is_due(*index));
        for index in due.chain(fresh.iter().copied()) {
            let item = &run.plan.items[index];
            companies += usize::from(matches!(item.target, Target::Company(_)));
            let place = match item.target {
                Target::Company(id) => id.map(|id| (true, id)),
                Target::Asset { id, .. } => id.map(|id| (false, id)),
                _ => continue,
            };
            writes += 1;
            if (place.is_none() && item.of.is_none()) || links(item) {
                marks.extend(mark(item).map(|mark| (mark, index)));
            }
            targets.extend(place.map(|place| (place, index)));
        }
        // Also in a run that goes on: what was learned before it was cut is not kept.
        let since = run.plan.made;
        Self(RefCell::new(Known {
            since,
            rhythm: Rhythm::new(writes, targets.len()),
            companies,
            targets,
            marks,
            seen: HashMap::new(),
            others: HashSet::new(),
        }))
    }

    /// Whether marks like this are compared with what others made.
    pub(super) fn watches(&self, item: &Item) -> bool {
        matches!(item.target, Target::Company(_) | Target::Asset { .. } | Target::Article { .. })
    }

    /// A step of this item is begun.
    pub(super) fn began(&self, item: &Item) {
        self.0.borrow_mut().rhythm.began(overwrites(item));
    }

    /// A step of this item was done.
    pub(super) fn count(&self, now: i64, item: &Item) {
        if matches!(item.target, Target::Company(_) | Target::Asset { .. }) {
            self.0.borrow_mut().rhythm.wrote(now);
        }
    }

    /// Whether it is time to look, where so many steps are due and this one is the next.
    pub(super) fn is_due(&self, now: i64, due: usize, next: &Item) -> bool {
        let known = self.0.borrow();
        let any = !known.targets.is_empty() || !known.marks.is_empty();
        any && known.rhythm.is_due(now, due, overwrites(next))
    }

    /// What is left to do of an item: a record that nobody touched is as the plan read it.
    pub(super) fn look(&self, index: usize, item: &Item) -> Result<Look, SyncError> {
        let known = self.0.borrow();
        let seen = known.seen.get(&index).map(Vec::as_slice).unwrap_or_default();
        let creation = matches!(item.target, Target::Company(None) | Target::Asset { id: None, .. });
        if creation {
            let found = seen.iter().filter(|record| fits(item, record) && !record.archived).min_by_key(|r| r.id);
            if let Some(found) = found {
                return Ok(Look::Done {
                    target: found.id,
                    url: Some(found.url.clone()),
                    twins: Vec::new(),
                    ours: true,
                });
            }
            // Somebody put it away: whether it is brought back is for a person to say.
            if seen.iter().any(|record| fits(item, record)) {
                return Err(SyncError::Stale(item.title.clone()));
            }
            return Ok(Look::Todo(item.changes.clone()));
        }
        // Somebody made another one, or linked it.
        let own = |record: &&HuduRecord| target(item) == Some(record.id);
        if seen.iter().any(|record| !own(&record) && !record.archived) {
            return Err(SyncError::Stale(item.title.clone()));
        }
        if let Some(record) = seen.iter().find(own) {
            return left(item, &|slot| record.value(slot), &same, record);
        }
        Ok(Look::Todo(item.changes.clone()))
    }

    /// Asks what changed since the last look.
    pub(super) async fn refresh(&self, go: &Go<'_>) -> Result<(), SyncError> {
        let hudu = &go.sides.hudu;
        // What finding out costs once a day is no measure of a look.
        go.sides.hudu_tells().await?;
        let (sent, started) = (hudu.requests(), go.host().clock.now());
        let (since, companies) = {
            let known = self.0.borrow();
            (known.since, known.companies > 0)
        };
        let told = go.sides.hudu_changes_of(since, companies).await?;
        let blind = told.is_none();
        let before = if blind { hudu.requests() } else { sent };
        let changes = match told {
            Some(changes) => changes,
            None => reread(go).await?,
        };
        let cost = hudu.requests() - before;
        let mut shapes = go.writer.shapes().await?;
        if changes.assets.iter().any(|asset| shapes.layout(asset.layout).is_none()) {
            shapes = go.writer.fresh_shapes().await?;
        }
        let named = self.0.borrow().marks.keys().any(|mark| matches!(mark, Mark::Name(_)));
        let others = if named { kept::companies(go.host()).await? } else { HashSet::new() };
        let mut known = self.0.borrow_mut();
        known.others = others;
        known.rhythm.looked(go.host().clock.now(), cost, blind);
        known.since = started;
        for record in changes.companies {
            known.take(record, true, &[]);
        }
        for record in changes.assets {
            let name = shapes.layout(record.layout).and_then(|layout| layout.name.as_deref()).unwrap_or_default();
            let kinds: Vec<RecordKind> =
                KINDS.into_iter().filter(|kind| keeps(*kind, name, &go.sides.settings)).collect();
            known.take(record, false, &kinds);
        }
        Ok(())
    }

    /// The records that stand for the same Halo record as a creation of this run.
    pub(super) fn counterparts(&self, index: usize, item: &Item) -> Vec<HuduRecord> {
        let known = self.0.borrow();
        let seen = known.seen.get(&index).into_iter().flatten();
        seen.filter(|record| fits(item, record)).cloned().collect()
    }

    /// Nothing more has to be known of a step.
    pub(super) fn forget(&self, index: usize, item: &Item) {
        let mut known = self.0.borrow_mut();
        known.seen.remove(&index);
        if matches!(item.target, Target::Company(_)) {
            known.companies = known.companies.saturating_sub(1);
        }
    }

    /// Whether companies are still to be written or compared.
    pub(super) fn wants_companies(&self) -> bool {
        self.0.borrow().companies > 0
    }
}

impl Known {
    /// A record as it is now; an asset with the kinds of record that its layout is for.
    fn take(&mut self, record: HuduRecord, company: bool, kinds: &[RecordKind]) {
        let mut places: HashSet<usize> = self.targets.get(&(company, record.id)).into_iter().copied().collect();
        let mut find = |mark: Mark| places.extend(self.marks.get(&mark).copied());
        if company {
            let number = show(&record.value(&Slot::attribute("id_number")));
            number.into_iter().for_each(|number| find(Mark::Number(number)));
            // A name alone says nothing of a company that stands for another client.
            if record.native.is_empty() && !self.others.contains(&record.id) {
                find(Mark::Name(record.name.trim().to_lowercase()));
            }
        } else {
            for kind in kinds {
                halo_id(&record, *kind).into_iter().for_each(|id| find(Mark::Record(id)));
            }
        }
        for place in places {
            let seen = self.seen.entry(place).or_default();
            seen.retain(|other| other.id != record.id);
            seen.push(record.clone());
        }
    }
}

/// Whether the item writes into a record that is there already, so that it could overwrite what somebody types.
fn overwrites(item: &Item) -> bool {
    matches!(item.target, Target::Company(Some(_)) | Target::Asset { id: Some(_), .. })
}

/// What tells that a record stands for the item's: the `Halo ID` field; of a company the ID number where the
/// client's id stands there, else the name.
fn mark(item: &Item) -> Option<Mark> {
    if !matches!(item.target, Target::Company(_)) {
        return item.record.map(Mark::Record);
    }
    let number = item.changes.iter().find(|change| change.slot == Slot::attribute("id_number"));
    Some(match number.and_then(|change| show(&change.after)) {
        Some(number) => Mark::Number(number),
        None => Mark::Name(name_of(item).trim().to_lowercase()),
    })
}
