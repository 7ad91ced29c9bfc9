//! Everything of Hudu that a record can be told by, looked up in one step.

use std::hash::{Hash, Hasher};

use crate::halo::record::{RecordKind, RecordRef};
use crate::mapping::compare::show;
use crate::mapping::quick::{Quick, QuickMap, QuickSet};
use crate::mapping::record::{HuduRecord, LayoutShape, Slot};
use crate::mapping::{keys, layout, normal};
use crate::order::Order;
use crate::settings::{MatchKey, SyncSettings};
use crate::sync::links::Links;
use crate::sync::matching::{halo_id, keys_of, native_type};

/// The Hudu side as it was read.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Companies, archived ones among them.
    pub companies: &'a [HuduRecord],
    /// Layouts.
    pub layouts: &'a [LayoutShape],
    /// Assets, archived ones among them.
    pub assets: &'a [HuduRecord],
}

/// The Hudu side, to be looked up. Made once, near linear in the number of records.
pub struct Index<'a> {
    /// What it is made of.
    pub world: World<'a>,
    pub(super) settings: &'a SyncSettings,
    companies: QuickMap<i64, u32>,
    assets: QuickMap<i64, u32>,
    layouts: QuickMap<i64, Held<'a>>,
    marks: Marks,
    /// Halo records whose id an asset carries, with the asset's position.
    bearers: Vec<(RecordRef, u32)>,
    /// Hudu assets that a link on this device names, with their Halo record; the same for companies.
    kept: QuickMap<i64, RecordRef>,
    kept_companies: QuickMap<i64, RecordRef>,
    /// Ids of Halo's clients, as far as they are known.
    clients: QuickSet<i64>,
}

/// A layout with the kinds that live in it, and where each keeps its keys.
struct Held<'a> {
    shape: &'a LayoutShape,
    kinds: Vec<(RecordKind, KeySlots)>,
}

/// Where each key is kept.
type KeySlots = Vec<(MatchKey, Vec<Slot>)>;

/// What a record is looked up by.
#[derive(Clone, Copy, Hash)]
pub(super) enum Mark<'a> {
    /// A company's ID number.
    Number(&'a str),
    /// The native integration's type and Halo id, of a company or an asset.
    Native(&'a str, i64),
    /// A company's normalised name.
    Name(&'a str),
    /// The same without spaces.
    Letters(&'a str),
    /// The first words of a company's normalised name.
    Beginning(&'a str),
    /// The `Halo ID` field.
    HaloId(RecordRef),
    /// A key inside a company.
    Key(RecordKind, i64, MatchKey, &'a str),
    /// The words of an asset's name inside a company.
    Words(RecordKind, i64, &'a str),
}

/// Positions by mark: a chain of cells for each.
#[derive(Default)]
struct Marks {
    last: QuickMap<u64, u32>,
    cells: Vec<(u32, Option<u32>)>,
}

impl Marks {
    fn put(&mut self, mark: Mark, position: u32) {
        let cell = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let before = self.last.insert(digest(mark), cell);
        self.cells.push((position, before));
    }

    /// Positions, the last first; one may come several times in a row.
    fn hits(&self, mark: Mark) -> impl Iterator<Item = u32> {
        let mut next = self.last.get(&digest(mark)).copied();
        std::iter::from_fn(move || {
            let (position, before) = self.cells[next? as usize];
            next = before;
            Some(position)
        })
    }
}

fn digest(mark: Mark) -> u64 {
    let mut hasher = Quick::default();
    mark.hash(&mut hasher);
    hasher.finish()
}

/// Words of a name by how many there are: "a", "a b", "a b c".
pub(super) fn beginnings(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices(' ').map(|(end, _)| &name[..end]).filter(|text| text.chars().count() >= 5)
}

impl<'a> Index<'a> {
    /// Looks at every record once.
    pub fn new(world: World<'a>, links: &Links, settings: &'a SyncSettings) -> Self {
        let mut index = Self {
            world,
            settings,
            companies: QuickMap::default(),
            assets: QuickMap::default(),
            layouts: QuickMap::default(),
            marks: Marks::default(),
            bearers: Vec::new(),
            kept: QuickMap::default(),
            kept_companies: QuickMap::default(),
            clients: QuickSet::default(),
        };
        for shape in world.layouts {
            index.layouts.insert(shape.id, held(shape, settings));
        }
        for (record, link) in links.records() {
            let kept = if record.kind == RecordKind::Client { &mut index.kept_companies } else { &mut index.kept };
            kept.insert(link.target, record);
        }
        let (companies, assets) = (world.companies.len(), world.assets.len());
        index.companies.reserve(companies);
        index.assets.reserve(assets);
        index.marks.last.reserve(2 * (companies + assets));
        index.marks.cells.reserve(2 * (companies + assets));
        for (position, company) in (0..).zip(world.companies) {
            index.put_company(position, company);
        }
        // The lowest id last: it is found first.
        let mut order: Vec<u32> = (0..).zip(world.assets).map(|(position, _)| position).collect();
        order.order_by_key(|position| std::cmp::Reverse(world.assets[*position as usize].id));
        for position in order {
            index.put_asset(position, &world.assets[position as usize]);
        }
        index
    }

    /// Tells which clients Halo has: an ID number that is another client's is no mere number.
    pub fn knows_clients(&mut self, ids: impl IntoIterator<Item = i64>) {
        self.clients.extend(ids);
    }

    /// A company or an asset is this Halo record: it is no candidate for another any more. Tells whether
    /// that is news.
    pub fn keep(&mut self, company: bool, id: i64, record: RecordRef) -> bool {
        let kept = if company { &mut self.kept_companies } else { &mut self.kept };
        kept.insert(id, record) != Some(record)
    }

    fn put_company(&mut self, position: u32, company: &HuduRecord) {
        self.companies.entry(company.id).or_insert(position);
        if let Some(number) = number(company) {
            self.marks.put(Mark::Number(&number), position);
        }
        for (word, id) in &company.native {
            self.marks.put(Mark::Native(word, *id), position);
        }
        let name = normal::name(&company.name);
        if !name.is_empty() {
            self.marks.put(Mark::Name(&name), position);
            self.marks.put(Mark::Letters(&name.replace(' ', "")), position);
            for beginning in beginnings(&name) {
                self.marks.put(Mark::Beginning(beginning), position);
            }
        }
    }

    fn put_asset(&mut self, position: u32, asset: &HuduRecord) {
        self.assets.entry(asset.id).or_insert(position);
        for (word, id) in asset.native.iter().filter(|(word, _)| word != "company") {
            self.marks.put(Mark::Native(word, *id), position);
        }
        let Some(held) = asset.layout.and_then(|id| self.layouts.get(&id)) else { return };
        for (kind, slots) in &held.kinds {
            if let Some(record) = halo_id(asset, *kind) {
                self.marks.put(Mark::HaloId(record), position);
                self.bearers.push((record, position));
            }
            // What a name alone finds has to be free: thousands of equal names are no trouble then.
            let free = self.is_unclaimed(asset, *kind);
            for (key, slots) in slots.iter().filter(|(key, _)| free || *key != MatchKey::Name) {
                for text in keys::of_asset(asset, slots, *kind, *key) {
                    self.marks.put(Mark::Key(*kind, asset.company, *key, &text), position);
                }
            }
            let words = normal::spaced(&asset.name);
            if free && !words.is_empty() {
                self.marks.put(Mark::Words(*kind, asset.company, &words), position);
            }
        }
    }

    /// The company of that Hudu id.
    pub fn company_by_id(&self, id: i64) -> Option<&'a HuduRecord> {
        self.companies.get(&id).map(|position| &self.world.companies[*position as usize])
    }

    /// The asset of that Hudu id.
    pub fn asset_by_id(&self, id: i64) -> Option<&'a HuduRecord> {
        self.assets.get(&id).map(|position| &self.world.assets[*position as usize])
    }

    /// The layout of that Hudu id.
    pub fn layout(&self, id: Option<i64>) -> Option<&'a LayoutShape> {
        self.layouts.get(&id?).map(|held| held.shape)
    }

    /// Kinds that live in a layout.
    pub fn kinds(&self, layout: Option<i64>) -> impl Iterator<Item = RecordKind> {
        let held = layout.and_then(|id| self.layouts.get(&id));
        held.into_iter().flat_map(|held| held.kinds.iter().map(|(kind, _)| *kind))
    }

    pub(super) fn companies_by(&self, mark: Mark) -> Vec<&'a HuduRecord> {
        self.marked(self.world.companies, mark)
    }

    pub(super) fn assets_by(&self, mark: Mark) -> Vec<&'a HuduRecord> {
        self.marked(self.world.assets, mark)
    }

    /// Records under a mark, in the order of their ids.
    fn marked(&self, all: &'a [HuduRecord], mark: Mark) -> Vec<&'a HuduRecord> {
        let mut hits: Vec<&HuduRecord> = self.marks.hits(mark).filter_map(|at| all.get(at as usize)).collect();
        if hits.len() > 1 {
            hits.dedup_by(|a, b| std::ptr::eq(*a, *b));
            hits.order_by_key(|record| record.id);
        }
        hits
    }

    /// Every asset that carries the id of a Halo record, with that record.
    pub fn bearers(&self) -> impl Iterator<Item = (RecordRef, &'a HuduRecord)> {
        self.bearers.iter().map(|(record, at)| (*record, &self.world.assets[*at as usize]))
    }

    /// Assets that carry this record's id in their `Halo ID` field.
    pub(super) fn by_halo_id(&self, record: RecordRef) -> Vec<&'a HuduRecord> {
        let mut hits = self.assets_by(Mark::HaloId(record));
        hits.retain(|asset| halo_id(asset, record.kind) == Some(record));
        hits
    }

    /// Assets with a card of Hudu's own integration for this record.
    pub(super) fn by_card(&self, record: RecordRef) -> Vec<&'a HuduRecord> {
        let word = native_type(record.kind);
        let mut hits = self.assets_by(Mark::Native(word, record.id));
        hits.retain(|asset| asset.is_native(word, record.id));
        hits
    }

    /// Whether a company may be taken for this client by its name.
    pub(super) fn is_free_company(&self, company: &HuduRecord, client: i64) -> bool {
        let other = |record: &RecordRef| record.id != client;
        let of_another = self.settings.id_number
            && number(company)
                .and_then(|text| text.parse().ok())
                .is_some_and(|id| id != client && self.clients.contains(&id));
        company.native.is_empty() && !of_another && !self.kept_companies.get(&company.id).is_some_and(other)
    }

    /// Whether nothing in Hudu says of an asset which record of this kind it is.
    fn is_unclaimed(&self, asset: &HuduRecord, kind: RecordKind) -> bool {
        let word = native_type(kind);
        halo_id(asset, kind).is_none() && !asset.native.iter().any(|(own, _)| own == word)
    }

    /// Whether an asset may be taken for this record by a key.
    pub(super) fn is_free(&self, asset: &HuduRecord, record: RecordRef) -> bool {
        self.is_unclaimed(asset, record.kind) && self.kept.get(&asset.id).is_none_or(|keeper| *keeper == record)
    }

    /// The first assets under a mark that fit, so many at most, in the order of their ids.
    pub(super) fn some_assets(
        &self,
        mark: Mark,
        most: usize,
        fits: impl Fn(&HuduRecord) -> bool,
    ) -> Vec<&'a HuduRecord> {
        let assets = self.marks.hits(mark).filter_map(|position| self.world.assets.get(position as usize));
        let mut found: Vec<&HuduRecord> = Vec::new();
        for asset in assets {
            if found.len() == most {
                break;
            }
            if found.last().is_none_or(|last| last.id != asset.id) && fits(asset) {
                found.push(asset);
            }
        }
        found
    }

    /// The values of a key that an asset holds as a record of that kind.
    pub(super) fn keys(&self, asset: &HuduRecord, kind: RecordKind, key: MatchKey) -> Vec<String> {
        let held = asset.layout.and_then(|id| self.layouts.get(&id));
        let slots = held.and_then(|held| held.kinds.iter().find(|(own, _)| *own == kind));
        let slots = slots.and_then(|(_, slots)| slots.iter().find(|(own, _)| *own == key));
        slots.map(|(_, slots)| keys::of_asset(asset, slots, kind, key)).unwrap_or_default()
    }
}

/// A company's ID number.
pub(super) fn number(company: &HuduRecord) -> Option<String> {
    company.get(&Slot::attribute("id_number")).and_then(show)
}

fn held<'a>(shape: &'a LayoutShape, settings: &SyncSettings) -> Held<'a> {
    use RecordKind as K;
    let kinds =
        [K::Site, K::User, K::Asset, K::Contract].into_iter().filter(|kind| layout::holds(*kind, shape, settings));
    let slots = |kind| {
        let keys = keys_of(settings, kind).iter();
        keys.map(|key| (*key, keys::slots(kind, *key, shape, settings))).collect()
    };
    Held { shape, kinds: kinds.map(|kind| (kind, slots(kind))).collect() }
}
