//! HaloITSM's users and Hudu's people, one way or both: the sync engine reads both sides and says what Hudu would
//! get; field rules say which of that goes, and what goes back instead.

use std::collections::{BTreeMap, BTreeSet};

use crate::halo::model::User;
use crate::halo::page;
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::raw::Record;
use crate::hudu::field::FieldValue;
use crate::json::Value;
use crate::mapping::compare::show;
use crate::mapping::record::{HALO_ID, HuduRecord, LayoutShape, Slot};
use crate::mapping::route::Routes;
use crate::mapping::{from_halo, layout};
use crate::order::gathered;
use crate::recipes::back::{self, Met};
use crate::recipes::directory::halo::{self, Halo};
use crate::recipes::directory::policy::{Rule, Rules, Verdict};
use crate::recipes::directory::{joining, leaving};
use crate::recipes::item::{Item, Planned, State};
use crate::recipes::view::FieldView;
use crate::recipes::{Bench, CallError, place};
use crate::settings::SyncSettings;
use crate::sync::plan::{Change, Item as SyncItem, Target};
use crate::sync::sides::Sides;
use crate::sync::survey::{self, Both};
use crate::sync::table::Scope;
use crate::sync::view::Action;
use crate::sync::watch::Nobody;
use crate::sync::{describe, matching};
use crate::words::say;
use crate::{mark, t};

/// What is asked for.
pub(super) struct Order {
    /// Values go to HaloITSM.
    pub(super) to_halo: bool,
    /// Values go to Hudu.
    pub(super) to_hudu: bool,
    /// Who wins, field by field; the first side is HaloITSM.
    pub(super) rules: Rules,
    /// Only this client.
    pub(super) client: Option<i64>,
    /// The layout of Hudu's people, where it is not the one of the settings.
    pub(super) layout: Option<String>,
    /// Whoever is put away on one side is put away on the other.
    pub(super) leavers: bool,
}

/// Both sides as they were read, and what is to be done.
pub(super) struct Drawn {
    /// Items for both sides.
    pub(super) planned: Planned,
    /// The sync's own reading, its plan narrowed to what the rules let go to Hudu.
    pub(super) both: Both,
}

/// Key of an item that the sync writes to Hudu.
pub(super) fn hudu_key(id: &str) -> String {
    format!("hudu/{id}")
}

/// Settings of the sync as this recipe uses them.
pub(super) fn settings(bench: &Bench, order: &Order) -> SyncSettings {
    let mut settings = bench.sides.settings.clone();
    if let Some(layout) = &order.layout {
        (settings.people_layout, settings.people_rules) = (layout.clone(), Vec::new());
    }
    settings.kinds = vec![RecordKind::User];
    settings.archive_inactive = order.leavers && order.to_hudu;
    settings
}

/// Reads both sides and tells what is to be done.
pub(super) async fn draw(bench: &Bench, order: &Order) -> Result<Drawn, CallError> {
    let sides = Sides { settings: settings(bench, order), ..bench.sides.clone() };
    let clients = order.client.or(bench.client).into_iter().collect();
    let mut both = survey::both(&sides, &Scope { kinds: vec![RecordKind::User], clients }, &Nobody).await?;
    let mut planned = Planned { notes: std::mem::take(&mut both.plan.notes), ..Planned::default() };
    both.plan.guard = None;
    let mut items = std::mem::take(&mut both.plan.items);
    let mut people = People::new(&both, &sides.settings, order);
    let mut gone = Vec::new();
    for item in &mut items {
        people.take(bench, item, &mut planned, &mut gone).await?;
    }
    let People { known, claimed, .. } = people;
    if order.to_halo {
        joining::join(bench, &both, &sides.settings, order, &claimed, &mut planned).await?;
    }
    leaving::add(&mut planned, gone, known, order.leavers, mark!("the other side"));
    both.plan.items = items;
    // What both sides agree in is the last synced state, also where nothing has to be written for it.
    both.keep_agreed(&sides).await?;
    Ok(Drawn { planned, both })
}

/// Goes through what the sync would do.
struct People<'a> {
    both: &'a Both,
    settings: &'a SyncSettings,
    order: &'a Order,
    assets: BTreeMap<i64, &'a HuduRecord>,
    layouts: BTreeMap<i64, (&'a LayoutShape, Routes)>,
    sources: BTreeMap<RecordRef, usize>,
    /// Assets that stand for somebody, or may.
    claimed: BTreeSet<i64>,
    /// People on both sides.
    known: usize,
    /// HaloITSM's clients and sites, once they are needed.
    places: Option<Halo>,
}

impl<'a> People<'a> {
    fn new(both: &'a Both, settings: &'a SyncSettings, order: &'a Order) -> Self {
        let held = both.layouts.iter().filter(|shape| layout::holds(RecordKind::User, shape, settings));
        Self {
            settings,
            order,
            assets: gathered(both.assets.iter().map(|asset| (asset.id, asset))),
            layouts: gathered(held.map(|shape| (shape.id, (shape, Routes::asset(RecordKind::User, shape, settings))))),
            sources: gathered(both.sources.iter().enumerate().map(|(at, source)| (source.record, at))),
            claimed: BTreeSet::new(),
            known: 0,
            places: None,
            both,
        }
    }

    /// What becomes of one item of the sync. It keeps the changes that go to Hudu.
    async fn take(
        &mut self,
        bench: &Bench,
        item: &mut SyncItem,
        planned: &mut Planned,
        gone: &mut Vec<Item>,
    ) -> Result<(), CallError> {
        self.claimed.extend(item.candidates.iter().map(|candidate| candidate.id));
        let asset = match item.target {
            Target::Asset { id: Some(id), .. } => self.assets.get(&id).copied(),
            // What a layout or a company needs is the sync's own work, and only done where something goes to Hudu.
            _ => None,
        };
        self.claimed.extend(asset.map(|asset| asset.id));
        let Some(record) = item.record.filter(|record| record.kind == RecordKind::User) else {
            if !self.order.to_hudu {
                quiet(item);
            }
            return Ok(());
        };
        let link = self.both.links.of(record);
        match (item.action, asset) {
            (Action::Gone, Some(asset)) => {
                quiet(item);
                if self.order.to_hudu && !asset.archived {
                    gone.push(self.left_hudu(item, mark!("HaloITSM does not have it any more.")));
                }
            }
            (Action::Archive, Some(asset)) => {
                self.known += 1;
                let why = mark!("It is inactive in HaloITSM.");
                // Whoever was never in step did not leave.
                if link.is_some_and(|link| link.target == asset.id) {
                    gone.push(self.left_hudu(item, why));
                } else {
                    quiet(item);
                    planned.items.push(shown(item, State::Skipped, Some(why.to_owned())));
                }
            }
            (Action::Ambiguous, _) => {
                let away = item.candidates.as_slice();
                let left = match away {
                    [one] => self
                        .assets
                        .get(&one.id)
                        .copied()
                        .filter(|asset| asset.archived && link.is_some_and(|link| link.target == asset.id)),
                    _ => None,
                };
                match left {
                    Some(_) if self.order.to_halo => {
                        self.known += 1;
                        gone.extend(self.left_halo(bench, record, mark!("Its record in Hudu is archived.")).await?);
                        quiet(item);
                    }
                    _ => planned.items.push(shown(item, State::Skipped, Some(candidates(item)))),
                }
            }
            (Action::Blocked, _) if self.order.to_hudu => {
                planned.items.push(shown(item, State::Skipped, Some(item.reason.clone())));
            }
            (Action::Create, _) => {
                let was = link.filter(|link| self.both.whole && !self.assets.contains_key(&link.target));
                match was {
                    Some(_) if self.order.to_halo => {
                        quiet(item);
                        gone.extend(self.left_halo(bench, record, mark!("Its record in Hudu is gone.")).await?);
                    }
                    _ if self.order.to_hudu => {
                        item.changes
                            .retain(|change| is_id(&change.slot) || is_name(&change.slot) || self.may_go(&change.slot));
                        planned.items.push(shown(item, State::New, Some(item.reason.clone())));
                    }
                    _ => quiet(item),
                }
            }
            (_, Some(asset)) => {
                self.known += 1;
                self.compare(bench, (item, record, asset), planned).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Somebody who is on both sides.
    async fn compare(
        &mut self,
        bench: &Bench,
        (item, record, asset): (&mut SyncItem, RecordRef, &HuduRecord),
        planned: &mut Planned,
    ) -> Result<(), CallError> {
        let Some((_, routes)) = asset.layout.and_then(|id| self.layouts.get(&id)) else { return Ok(()) };
        let (Some(at), link) = (self.sources.get(&record), self.both.links.of(record)) else { return Ok(()) };
        let source = &self.both.sources[*at];
        let (rules, settings) = (&self.order.rules, self.settings);
        let mut rows = back::rows(&Met { source, hudu: asset, link, item }, routes, rules, settings);
        let open = |rows: &[back::Row]| rows.iter().any(|row| matches!(row.verdict, Verdict::Back | Verdict::Ask(_)));
        let mut raw = Value::Null;
        if open(&rows) {
            // Lists leave things out: what goes back is compared with the record itself.
            raw = bench.sides.halo.record(place::entry("users")?, record.id, &[]).await?;
            if let Some(user) = User::from_value(raw.clone()) {
                let link_to = page::url(&bench.sides.halo.connection().origin, record);
                let source = from_halo::user(&user, &link_to);
                rows = back::rows(&Met { source: &source, hudu: asset, link, item }, routes, rules, settings);
            }
        }
        let goes = |slot: &Slot| {
            let verdict = rows.iter().find(|row| row.slot.is(slot)).map(|row| &row.verdict);
            let back = |fact: &crate::mapping::word::Word| {
                rows.iter().any(|row| row.verdict == Verdict::Back && row.facts.contains(fact))
            };
            let of_fact = rows.iter().find(|row| row.slot.is(slot)).is_some_and(|row| row.facts.iter().any(back));
            is_id(slot) || (verdict == Some(&Verdict::There) && !of_fact) || (verdict.is_none() && self.may_go(slot))
        };
        item.changes.retain(|change| self.order.to_hudu && goes(&change.slot));
        if matches!(item.action, Action::Update | Action::Conflict | Action::Link) {
            item.action = match item.changes.as_slice() {
                [] => Action::Unchanged,
                changes if changes.iter().all(|change| is_id(&change.slot)) => Action::Link,
                _ => Action::Update,
            };
        }
        if item.writes() {
            planned.items.push(shown(item, State::Change, Some(item.reason.clone())));
        }
        let asks = back::asks(&rows);
        let why = (!asks.is_empty()).then(|| t!("To be decided: {asks}", asks = asks.join(" ")));
        let (before, mut after, troubles) = back::changes(RecordKind::User, &raw, &rows);
        if let Some((row, name)) = back::linked(&rows, "site") {
            let halo = match self.places.take() {
                Some(halo) => halo,
                None => Halo::places(bench).await?,
            };
            let site = self.site(&halo, source.client, row, &name);
            self.places = Some(halo);
            match site {
                Ok(site) => {
                    after.insert("site_id".to_owned(), site.into());
                }
                Err(why) => planned.notes.push(format!("{}: {why}", item.title)),
            }
        }
        planned.notes.extend(troubles.into_iter().map(|trouble| format!("{}: {trouble}", item.title)));
        let blank = Item { key: record.key(), subject: item.title.clone(), why, ..Item::default() };
        if !after.is_empty() {
            let mut write = halo::change("end_user", &raw, after);
            if let Some(write) = &mut write {
                write.before.extend(before);
            }
            planned.items.push(Item { state: State::Change, writes: write.into_iter().collect(), ..blank });
        } else if blank.why.is_some() {
            planned.items.push(Item { state: State::Skipped, ..blank });
        }
        Ok(())
    }

    /// The site that a person's record in Hudu links to or names.
    fn site(&self, halo: &Halo, client: Option<i64>, row: &back::Row, name: &str) -> Result<i64, String> {
        let client = client.ok_or_else(|| t!("It belongs to no client."))?;
        let linked = self
            .both
            .assets
            .iter()
            .find(|asset| asset.name == name && matching::halo_id(asset, RecordKind::Site).is_some());
        let id = linked.and_then(|asset| matching::halo_id(asset, RecordKind::Site)).map(|site| site.id);
        let site = halo
            .site(client, id, None)
            .ok()
            .flatten()
            .map_or_else(|| halo.site(client, None, Some(name)), |id| Ok(Some(id)))?;
        site.ok_or_else(|| t!("{label} names no site.", label = row.label))
    }

    /// Whether the rules let a place of Hudu be written that no comparison speaks of.
    fn may_go(&self, slot: &Slot) -> bool {
        let key = slot.key();
        let label = match slot {
            Slot::Field(label) | Slot::Attribute(label) => label.as_str(),
            Slot::Archived => "active",
        };
        let facts = self.layouts.values().flat_map(|(_, routes)| &routes.list).filter(|route| route.slot.is(slot));
        let facts: Vec<_> = facts.flat_map(|route| route.facts.iter().map(|fact| fact.as_str())).collect();
        let names: Vec<&str> = facts.into_iter().chain([label, key.as_str()]).collect();
        self.order.rules.of(&names).there != Rule::Never
    }

    /// Somebody who left HaloITSM.
    fn left_hudu(&self, item: &mut SyncItem, why: &str) -> Item {
        if !self.order.leavers {
            quiet(item);
            let why = t!("{why} Nobody is put away unless leavers is switched on.", why = say(why));
            return shown(item, State::Skipped, Some(why));
        }
        item.action = Action::Archive;
        item.changes = vec![Change {
            slot: Slot::Archived,
            label: mark!("Archived").into(),
            before: FieldValue::Check(false),
            after: FieldValue::Check(true),
            note: None,
            by: None,
        }];
        shown(item, State::Change, Some(t!("Leaves. {why} Its record in Hudu is archived.", why = say(why))))
    }

    /// Somebody who left Hudu.
    async fn left_halo(&self, bench: &Bench, record: RecordRef, why: &str) -> Result<Option<Item>, CallError> {
        let raw = bench.sides.halo.record(place::entry("users")?, record.id, &[]).await?;
        if raw.get("inactive") == Some(&Value::Bool(true)) {
            return Ok(None);
        }
        let name = raw.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Some(leaving::user(&record.key(), &name, &raw, why, self.order.leavers)))
    }
}

/// The sync leaves the item alone.
fn quiet(item: &mut SyncItem) {
    item.action = Action::Unchanged;
    item.changes.clear();
}

fn is_id(slot: &Slot) -> bool {
    slot.is(&Slot::field(HALO_ID))
}

fn is_name(slot: &Slot) -> bool {
    *slot == Slot::attribute("name")
}

fn candidates(item: &SyncItem) -> String {
    let names: Vec<String> = item.candidates.iter().map(|one| format!("{} ({})", one.name, one.why)).collect();
    format!("{} {}", item.reason, describe::list(&names))
}

/// An item of the sync, as this recipe shows it.
pub(super) fn shown(item: &SyncItem, state: State, why: Option<String>) -> Item {
    let field = |change: &Change| FieldView {
        write: "Hudu".to_owned(),
        member: change.label.to_string(),
        before: show(&change.before),
        after: show(&change.after),
    };
    let shown = if state == State::Skipped { Vec::new() } else { item.changes.iter().map(field).collect() };
    Item {
        key: hudu_key(&item.id),
        subject: t!("{name} in Hudu", name = item.title),
        state,
        why,
        shown,
        ..Item::default()
    }
}
