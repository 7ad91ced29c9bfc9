//! What HaloITSM's lists leave out: one request per record, for the kinds that the settings name, where
//! Hudu has a place for it. What was read is kept, and used again while the record is known not to have
//! changed. Where the tenant cannot tell what changed, a record whose row is the same is read again a day
//! later (a client each time: there are few, and more of a client stands in its detail only), and until then
//! nothing is written of it that was synced before; asking for each of ten thousand users would take an
//! hour of the allowance.

use std::collections::{BTreeSet, HashMap};

use futures::future::try_join_all;
use sha2::{Digest, Sha256};

use crate::halo::model;
use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::resource::Resource;
use crate::http::{ApiError, date};
use crate::json::{self, Json};
use crate::mapping::from_halo;
use crate::mapping::layout;
use crate::mapping::record::{Fact, FactValue, LayoutShape, Source};
use crate::mapping::route::wants;
use crate::mapping::rules::Sorter;
use crate::mapping::template;
use crate::platform::json::{get, put};
use crate::platform::{Table, Write};
use crate::settings::SyncSettings;
use crate::sync::error::SyncError;
use crate::sync::gather::Seen;
use crate::sync::links::Links;
use crate::sync::sides::Sides;
use crate::sync::survey::changes::OVERLAP_MS;
use crate::sync::survey::follow::Follow;

/// How long a detail is good where the tenant cannot tell what changed.
const GOOD_MS: i64 = 86_400_000;

/// Records that are read at the same time.
const AT_ONCE: usize = 4;

/// What one record's detail told beyond its row.
#[derive(Clone, Debug, Default, Json)]
#[json(default)]
struct Detail {
    /// Digest of the list row.
    row: String,
    /// When it was read, milliseconds since 1970.
    read: i64,
    /// Facts that the row lacks, or tells otherwise.
    facts: Vec<Fact>,
    /// Main site of a client.
    main_site: Option<i64>,
}

/// Since when every kept detail of a kind is known to be good, milliseconds since 1970.
#[derive(Clone, Copy, Debug, Json)]
struct GoodSince {
    at: i64,
}

/// A record as its list row tells it.
pub(super) struct Listed {
    /// As mapping sees it.
    pub(super) source: Source,
    /// Main site of a client, where it is known.
    pub(super) main_site: Option<i64>,
}

impl Listed {
    /// A record that is no client.
    pub(super) fn new(source: Source) -> Self {
        Self { source, main_site: None }
    }
}

/// Completes the records of one kind.
pub(super) struct Details<'a> {
    sides: &'a Sides,
    follow: &'a Follow<'a>,
    links: &'a Links,
    kind: RecordKind,
    /// Per layout (`""` for a company): whether it has a place for something that the list leaves out.
    wanted: HashMap<String, bool>,
    sorter: Sorter<'a>,
    /// What was kept of records that have not changed since.
    kept: HashMap<i64, Detail>,
    began: i64,
    /// Since when all that is kept at the end is known to be good.
    good: i64,
    /// The tenant tells what changed.
    tells: bool,
    done: usize,
}

/// Facts that a kind's list rows never hold.
fn lacking(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Client => &["website", "type", "phone", "address"],
        RecordKind::User => &["department"],
        RecordKind::Asset => &["notes"],
        _ => &[],
    }
}

impl<'a> Details<'a> {
    /// For a kind; `None` where nothing of it is read one by one. `told` says whether the list rows hold
    /// custom fields, and whether they hold fields of the asset's type.
    pub(super) async fn of(
        sides: &'a Sides,
        follow: &'a Follow<'a>,
        links: &'a Links,
        kind: RecordKind,
        layouts: &'a [LayoutShape],
        told: (bool, bool),
    ) -> Result<Option<Self>, SyncError> {
        let settings = &sides.settings;
        if !settings.details.contains(&kind) {
            return Ok(None);
        }
        let asked = |layout: Option<&LayoutShape>| wants_more(kind, layout, settings, told);
        let wanted: HashMap<String, bool> = match kind {
            RecordKind::Client => [(String::new(), asked(None))].into(),
            // Layouts that the plan makes have places too.
            _ => {
                let made = layout::names(kind, settings).into_iter();
                let made = made.map(|(_, name)| layout::found_or_new(kind, &name, settings, layouts));
                let all = layouts.iter().cloned().chain(made);
                all.map(|layout| (layout.name.trim().to_lowercase(), asked(Some(&layout)))).collect()
            }
        };
        if !wanted.values().any(|wanted| *wanted) {
            return Ok(None);
        }
        let sorter = Sorter::new(kind, settings, layouts);
        let began = sides.host.clock.now();
        let mut details = Self {
            sides,
            follow,
            links,
            kind,
            wanted,
            sorter,
            kept: HashMap::new(),
            began,
            good: began,
            tells: false,
            done: 0,
        };
        details.load().await?;
        Ok(Some(details))
    }

    /// Loads what was kept, less what the change filter names; without a filter that is proven to work,
    /// less what is too old.
    async fn load(&mut self) -> Result<(), SyncError> {
        let host = &self.sides.host;
        let Some(good) = get::<GoodSince>(host, Table::Documents, &self.head()).await.unwrap_or_default() else {
            return Ok(());
        };
        let resource = Resource::of(self.kind);
        let mut changed = BTreeSet::new();
        let mut oldest = i64::MIN;
        self.tells = !matches!(self.kind, RecordKind::Contract) && self.sides.halo_tells(resource).await?;
        if self.tells {
            let since = date::iso(good.at - OVERLAP_MS);
            let params =
                [("lastupdatefromdate", since.as_str()), ("includeactive", "true"), ("includeinactive", "true")];
            let mut pages = self.sides.halo.pages::<model::Client>(resource, &params).swift();
            while let Some(rows) = pages.next().await? {
                changed.extend(rows.iter().map(|row| row.id));
            }
        } else if self.kind == RecordKind::Client {
            return Ok(());
        } else {
            oldest = self.began - GOOD_MS;
        }
        let prefix = format!("detail/{}/", self.kind.word());
        for (key, text) in host.store.scan(Table::Documents, &prefix).await? {
            let id = key[prefix.len()..].parse::<i64>().ok().filter(|id| !changed.contains(id));
            if let (Some(id), Ok(detail)) = (id, json::read::<Detail>(&text))
                && detail.read >= oldest
            {
                self.kept.insert(id, detail);
            }
        }
        Ok(())
    }

    fn head(&self) -> String {
        format!("details/{}/{}", self.sides.halo.origin(), self.kind.word())
    }

    /// Completes these records, a few at a time.
    pub(super) async fn complete(&mut self, records: &mut [Listed]) -> Result<(), SyncError> {
        let mut missing = Vec::new();
        for (place, listed) in records.iter_mut().enumerate() {
            let id = listed.source.record.id;
            if !self.asks(&listed.source) {
                continue;
            }
            match self.kept.remove(&id) {
                Some(mut detail) if detail.row == digest(self.sides.halo.origin(), &listed.source) => {
                    if !self.tells {
                        self.good = self.good.min(detail.read);
                        self.doubt(&mut detail, &listed.source);
                    }
                    detail.put(listed);
                }
                _ => missing.push(place),
            }
        }
        let total = self.done + missing.len();
        for few in missing.chunks(AT_ONCE) {
            let asked = few.iter().map(|place| self.read(records[*place].source.record));
            let read = try_join_all(asked).await?;
            let mut writes = Vec::new();
            for (place, full) in few.iter().zip(read) {
                let Some((full, main_site)) = full else { continue };
                let listed = &mut records[*place];
                let row = digest(self.sides.halo.origin(), &listed.source);
                let detail = Detail::of(row, self.began, listed, full, main_site);
                writes.push(put(Table::Documents, format!("detail/{}", listed.source.record.key()), &detail));
                detail.put(listed);
            }
            self.sides.host.store.write(writes).await?;
            self.done += few.len();
            self.follow.page(&format!("details of {}s in HaloITSM", self.kind.word()), self.done, Some(total))?;
        }
        Ok(())
    }

    /// What may have changed since it was read must not replace what another browser, which has read it
    /// since, wrote into Hudu: of a record that was synced before, only what its name is made of stays.
    fn doubt(&self, detail: &mut Detail, source: &Source) {
        if self.links.of(source.record).is_some_and(|link| !link.synced.is_empty()) {
            let name = template::keys(&self.sides.settings.asset_name);
            let told = |fact: &Fact| source.facts.iter().any(|own| own.key == fact.key) || name.contains(&fact.key);
            detail.facts.retain(told);
        }
    }

    /// All records of the kind were completed: what is kept is good from the beginning of this survey, or
    /// from when the oldest of it was read.
    pub(super) async fn finish(&self) -> Result<(), SyncError> {
        let good = GoodSince { at: self.good };
        let mut writes = vec![put(Table::Documents, self.head(), &good)];
        // What is left of the kept ones belongs to records that are gone, or that are not read any more.
        let key = |id: &i64| format!("detail/{}", RecordRef::new(self.kind, *id).key());
        writes.extend(self.kept.keys().map(|id| Write { table: Table::Documents, key: key(id), value: None }));
        Ok(self.sides.host.store.write(writes).await?)
    }

    fn asks(&self, source: &Source) -> bool {
        let layout = match self.kind {
            RecordKind::Client => Some(String::new()),
            _ => self.sorter.layout_of(source).map(|name| name.trim().to_lowercase()),
        };
        layout.is_some_and(|layout| self.wanted.get(&layout) == Some(&true))
    }

    /// The record with its details; `None` where it cannot be read by itself.
    async fn read(&self, record: RecordRef) -> Result<Option<(Source, Option<i64>)>, SyncError> {
        let read = match record.kind {
            RecordKind::Client => {
                let client = self.sides.halo.get::<model::Client>(Resource::of(record.kind), record.id, &[]).await;
                client.map(|client| Some((from_halo::client(&client, None), client.main_site_id)))
            }
            _ => self.sides.seen(record).await.map(|seen| match seen {
                Seen::Source(source) => Some((*source, None)),
                _ => None,
            }),
        };
        match read {
            Err(ApiError::NotFound { .. } | ApiError::Forbidden { .. }) => Ok(None),
            other => Ok(other?),
        }
    }
}

impl Detail {
    fn of(row: String, read: i64, listed: &Listed, full: Source, main_site: Option<i64>) -> Self {
        let same = |fact: &Fact| listed.source.facts.iter().any(|own| own.key == fact.key && own.value == fact.value);
        let facts = full.facts.into_iter().filter(|fact| !same(fact)).collect();
        Self { row, read, facts, main_site }
    }

    /// Gives the record what its row lacks.
    fn put(self, listed: &mut Listed) {
        listed.main_site = self.main_site.or(listed.main_site);
        let source = &mut listed.source;
        for fact in self.facts {
            if let (true, FactValue::Plain(value)) = (fact.key == "type" && source.type_name.is_none(), &fact.value) {
                source.type_name = crate::mapping::compare::show(value);
            }
            match source.facts.iter_mut().find(|own| own.key == fact.key) {
                Some(own) => *own = fact,
                None => source.facts.push(fact),
            }
        }
    }
}

/// Digest of a record as its list row tells it, for telling whether it is the same as before.
fn digest(origin: &str, source: &Source) -> String {
    let text = json::write(source);
    Sha256::new_with_prefix(origin).chain_update(text).finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// Whether Hudu has a place for something that the list leaves out.
fn wants_more(
    kind: RecordKind,
    layout: Option<&LayoutShape>,
    settings: &SyncSettings,
    (customs, fields): (bool, bool),
) -> bool {
    let left_out = |key: &str| {
        let own = !fields && ["serial", "manufacturer", "model"].contains(&key);
        own || lacking(kind).contains(&key) || (!(customs && fields) && key.starts_with("field:"))
    };
    wants(kind, layout, settings).iter().any(|key| left_out(key))
}
