//! What must hold whatever happened: no duplicate, no lost update, every write in the journal.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use sidelight::halo::record::RecordKind;
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::compare::{is_empty, same};
use sidelight::mapping::layout::holds;
use sidelight::mapping::record::{HALO_ID, HuduRecord, Slot};
use sidelight::settings::{Policy, SyncSettings};
use sidelight::sync::journal::{Run, Step};
use sidelight::sync::plan::{Change, Item, Target};
use sidelight::sync::view::Action;
use sidelight_sandbox::{Sandbox, Server, Written};

use crate::sim::reading::{Shapes, slots};

/// What one step of one run says.
struct Deed<'a> {
    item: &'a Item,
    step: &'a Step,
    undo: bool,
}

/// Judges a run of the simulator.
pub struct Judge<'a> {
    pair: &'a Sandbox,
    settings: &'a SyncSettings,
    shapes: Shapes,
    deeds: Vec<Deed<'a>>,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

impl<'a> Judge<'a> {
    /// With the journals of all engines.
    pub fn new(pair: &'a Sandbox, settings: &'a SyncSettings, runs: &'a [Run]) -> Self {
        let deeds = runs.iter().flat_map(|run| {
            let undo = run.plan.undoes.is_some();
            run.plan.items.iter().zip(&run.steps).map(move |(item, step)| Deed { item, step, undo })
        });
        Self { pair, settings, shapes: Shapes::of(pair), deeds: deeds.collect(), faults: Vec::new() }
    }

    /// Holds every write that the servers logged against the journals.
    pub fn writes(&mut self) {
        let mut ours: HashMap<(i64, String), Vec<FieldValue>> = HashMap::new();
        let mut made: HashSet<i64> = HashSet::new();
        let mut emptied = HashSet::new();
        for entry in self.pair.written(Server::Hudu) {
            match entry.resource {
                "companies" | "assets" => self.record(&entry, &mut ours, &mut made, &mut emptied),
                "asset_layouts" => self.layout(&entry, &mut made),
                other => self.faults.push(format!("wrote {other} {}", entry.id)),
            }
        }
        for (id, key) in emptied {
            self.faults.push(format!("assets {id}: {key} was emptied and not given back"));
        }
        for entry in self.pair.written(Server::Halo) {
            self.knowledge(&entry);
        }
    }

    fn record(
        &mut self,
        entry: &Written,
        ours: &mut HashMap<(i64, String), Vec<FieldValue>>,
        made: &mut HashSet<i64>,
        emptied: &mut HashSet<(i64, String)>,
    ) {
        let Some(after) = self.shapes.read(entry.resource, &entry.after) else { return };
        let before = entry.before.as_ref().and_then(|shown| self.shapes.read(entry.resource, shown));
        if before.is_none() {
            made.insert(entry.id);
        }
        let company = entry.resource == "companies";
        let fits = |deed: &&Deed<'_>| match deed.item.target {
            Target::Company(_) => company,
            Target::Asset { .. } => !company,
            _ => false,
        };
        let about = |deed: &&Deed<'_>| {
            deed.step.target == Some(entry.id)
                || target_id(&deed.item.target) == Some(entry.id)
                || deed.item.action == Action::Create && made.contains(&entry.id)
        };
        let deeds: Vec<&Deed<'_>> = self.deeds.iter().filter(fits).filter(about).collect();
        let what = format!("{} {} ({})", entry.resource, entry.id, after.name);
        let mut faults = Vec::new();
        for slot in slots(before.as_ref(), &after) {
            let key = slot.key();
            let old = before.as_ref().map(|record| record.value(&slot)).unwrap_or_default();
            let new = after.value(&slot);
            // The names of linked records move by themselves.
            if old == new || before.is_some() && same(&key, &old, &new) || before.is_none() && slot == Slot::Archived {
                continue;
            }
            // Found out by one field, which is given back.
            let tried = !self.pair.hudu.switches().fields_merge && (is_empty(&old) || is_empty(&new));
            if !is_empty(&new) && emptied.remove(&(entry.id, key.to_string())) {
                continue;
            }
            let twin = slot == Slot::Archived && made.contains(&entry.id);
            if tried && is_empty(&new) {
                emptied.insert((entry.id, key.to_string()));
                continue;
            }
            let mine: Vec<(&&Deed<'_>, &Change)> =
                deeds.iter().filter_map(|deed| Some((deed, told(deed, &slot, &new)?))).collect();
            if mine.is_empty() && tried {
                continue;
            }
            if mine.is_empty() && !twin {
                faults.push(format!("{what}: no journal tells of {key}: {old:?} → {new:?}"));
                continue;
            }
            let known = ours.get(&(entry.id, key.to_string())).is_some_and(|values| values.contains(&old));
            let shown = mine.iter().any(|(_, change)| alike(&key, &change.before, &old));
            if before.is_some() && !twin && !known && !shown {
                faults.push(format!("{what}: {key} was {old:?}, which no plan showed, and became {new:?}"));
            }
            let kind = mine.iter().find_map(|(deed, _)| deed.item.record).map(|record| record.kind);
            let policy = self.settings.policies.iter().find(|(k, s, _)| Some(*k) == kind && *key == **s);
            let undo = mine.iter().any(|(deed, _)| deed.undo);
            match policy.map(|(_, _, policy)| policy) {
                Some(Policy::Never) if before.is_some() && !undo => {
                    faults.push(format!("{what}: {key} is never to be written"));
                }
                Some(Policy::OnlyIfEmpty) if !is_empty(&old) && !undo && !known => {
                    faults.push(format!("{what}: {key} was not empty: {old:?} → {new:?}"));
                }
                _ => {}
            }
            ours.entry((entry.id, key.to_string())).or_default().push(new);
        }
        faults.extend(others(entry).into_iter().map(|member| format!("{what}: wrote {member}, which nobody mapped")));
        self.faults.extend(faults);
    }

    fn layout(&mut self, entry: &Written, made: &mut HashSet<i64>) {
        let fields = |shown: &Value| shown["fields"].as_array().cloned().unwrap_or_default();
        let name = entry.after["name"].as_str().unwrap_or_default().to_owned();
        let old = entry.before.as_ref().map(fields).unwrap_or_default();
        let new = fields(&entry.after);
        for field in &old {
            if !new.contains(field) {
                self.faults.push(format!("layout {name}: the field {} is not what it was", field["label"]));
            }
        }
        let adds: Vec<&str> = self
            .deeds
            .iter()
            .filter_map(|deed| match &deed.item.target {
                Target::Layout { name: own, add, .. } if *own == name => Some(add),
                _ => None,
            })
            .flatten()
            .map(|field| field.label.as_str())
            .collect();
        for field in new.iter().filter(|field| !old.contains(field)) {
            let label = field["label"].as_str().unwrap_or_default();
            if !adds.contains(&label) {
                self.faults.push(format!("layout {name}: no journal tells of the field {label}"));
            }
        }
        if let Some(before) = &entry.before {
            for member in ["name", "icon", "color", "icon_color", "active", "include_passwords", "include_files"] {
                // The second of two that engines made in the same moment is switched off.
                let twin = member == "active" && made.contains(&-entry.id);
                if before[member] != entry.after[member] && !twin {
                    self.faults.push(format!("layout {name}: {member} changed"));
                }
            }
        } else {
            made.insert(-entry.id);
        }
    }

    fn knowledge(&mut self, entry: &Written) {
        let name = entry.after["name"].as_str().unwrap_or_default();
        let what = format!("{} {} ({name})", entry.resource, entry.id);
        let told = self.deeds.iter().any(|deed| match &deed.item.target {
            Target::Article { id, .. } => {
                entry.resource == "KBArticle"
                    && (*id == Some(entry.id) || deed.step.target == Some(entry.id) || id.is_none())
            }
            Target::FaqList { name: own, .. } => entry.resource == "FAQLists" && own == name,
            _ => false,
        });
        if !told {
            self.faults.push(format!("{what}: no journal tells of it"));
        }
        let before = entry.before.as_ref().and_then(|shown| shown["resolution_html"].as_str()).unwrap_or_default();
        let after = entry.after["resolution_html"].as_str().unwrap_or_default();
        let undo = self.deeds.iter().any(|deed| deed.undo);
        if before.contains("Edited in Halo") && before != after && !undo {
            self.faults.push(format!("{what}: what was edited in Halo is lost: {before}"));
        }
    }

    /// No Halo record has two active records in Hudu, but for those that people made themselves.
    pub fn duplicates(&mut self, by_people: &HashSet<i64>) {
        let log = self.pair.written(Server::Hudu);
        let made = |resource: &str, id: i64| {
            log.iter().any(|entry| entry.resource == resource && entry.id == id && entry.before.is_none())
        };
        let mut found: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
        let mut any_made: HashSet<(String, String)> = HashSet::new();
        for (resource, record) in self.shapes.all(self.pair) {
            if record.archived || by_people.contains(&record.id) {
                continue;
            }
            let Some(key) = self.stands_for(resource, &record) else { continue };
            if made(resource, record.id) {
                any_made.insert(key.clone());
            }
            found.entry(key).or_default().push(record.id);
        }
        for (key, ids) in found {
            if ids.len() > 1 && any_made.contains(&key) {
                let told = |id: &i64| {
                    let of = log.iter().filter(|entry| entry.id == *id && entry.resource == resource_of(&key.0));
                    of.map(|entry| {
                        (entry.at, entry.before.is_none(), entry.after["archived"].clone(), entry.after["name"].clone())
                    })
                    .collect::<Vec<_>>()
                };
                let told: Vec<_> = ids.iter().map(|id| (id, told(id))).collect();
                let deeds = self.deeds.iter().filter(|deed| {
                    deed.item.record.is_some_and(|record| record.key() == format!("{}/{}", key.0, key.1))
                });
                let deeds: Vec<_> = deeds
                    .map(|deed| (deed.item.action, deed.step.state, deed.step.target, deed.step.made, &deed.step.note))
                    .collect();
                self.faults.push(format!(
                    "{} {} has {} active records in Hudu: {told:?}; journals: {deeds:?}",
                    key.0,
                    key.1,
                    ids.len()
                ));
            }
        }
    }

    /// The Halo record that a Hudu record names: kind and id.
    fn stands_for(&self, resource: &str, record: &HuduRecord) -> Option<(String, String)> {
        let text = |value: FieldValue| sidelight::mapping::compare::show(&value);
        if resource == "companies" {
            let number = text(record.value(&Slot::attribute("id_number"))).filter(|_| self.settings.id_number)?;
            return Some(("client".to_owned(), number));
        }
        let layout = self.shapes.layout(record.layout)?;
        let kinds = [RecordKind::Site, RecordKind::User, RecordKind::Contract, RecordKind::Asset];
        let kind = kinds.into_iter().find(|kind| holds(*kind, &layout, self.settings))?;
        Some((kind.word().to_owned(), text(record.value(&Slot::field(HALO_ID)))?))
    }
}

/// Where records of a kind are in Hudu.
fn resource_of(kind: &str) -> &'static str {
    if kind == "client" { "companies" } else { "assets" }
}

/// The change by which a deed brings this value into this slot.
fn told<'d>(deed: &Deed<'d>, slot: &Slot, new: &FieldValue) -> Option<&'d Change> {
    let key = slot.key();
    let fits = |change: &&Change| {
        change.slot.is(slot) && (alike(&key, &change.after, new) || matches!(change.after, FieldValue::Assets(_)))
    };
    deed.step.written.iter().chain(&deed.item.changes).find(fits)
}

fn alike(key: &str, one: &FieldValue, other: &FieldValue) -> bool {
    same(key, one, other) || is_empty(one) && is_empty(other)
}

fn target_id(target: &Target) -> Option<i64> {
    match target {
        Target::Company(id) | Target::Asset { id, .. } => *id,
        _ => None,
    }
}

/// Members beyond the slots that a write changed.
fn others(entry: &Written) -> Vec<String> {
    const SLOTS: [&str; 25] = [
        "name",
        "company_type",
        "address_line_1",
        "address_line_2",
        "city",
        "state",
        "zip",
        "country_name",
        "phone_number",
        "website",
        "id_number",
        "parent_company_id",
        "parent_company_name",
        "notes",
        "archived",
        "updated_at",
        "primary_serial",
        "primary_mail",
        "primary_model",
        "primary_manufacturer",
        "fields",
        "url",
        "company_name",
        "asset_type",
        // With the company's own name.
        "integrations",
    ];
    let Some(before) = entry.before.as_ref().and_then(Value::as_object) else { return Vec::new() };
    let changed =
        before.iter().filter(|(name, value)| !SLOTS.contains(&name.as_str()) && entry.after[*name] != **value);
    changed.map(|(name, _)| name.clone()).collect()
}
