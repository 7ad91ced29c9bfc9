//! Real records for the mapping pages, read seldom: each page asks with every edit.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::http::Record;
use crate::mapping::record::{LayoutShape, Source};
use crate::mapping::{from_halo, from_hudu};
use crate::service::{Service, ServiceError};
use crate::sync::Seen;
use crate::sync::sides::Sides;

/// Milliseconds for which they are good enough.
const LIFE_MS: i64 = 10 * 60_000;
/// So many records of one kind are looked at for the sort rules.
const SORTED: usize = 1_000;

/// Layouts of Hudu and records of HaloITSM.
pub(in crate::service) struct Examples {
    /// Of these connections.
    saved: u64,
    until: i64,
    /// Layouts with their fields.
    pub layouts: Rc<Vec<LayoutShape>>,
    /// The first page of each kind, and for each kind one record as it is in full.
    pub sources: Rc<Vec<Source>>,
    /// For the sort rules, by kind.
    many: Vec<(RecordKind, Rc<Vec<Source>>)>,
}

impl Service {
    /// Layouts and a few records of each kind.
    pub(super) async fn examples(&self) -> Result<(Rc<Vec<LayoutShape>>, Rc<Vec<Source>>), ServiceError> {
        let mut kept = self.centre_state().examples.lock().await;
        let (now, saved) = (self.host().clock.now(), self.0.saved.get());
        if let Some(examples) = kept.as_ref().filter(|examples| examples.saved == saved && now < examples.until) {
            return Ok((examples.layouts.clone(), examples.sources.clone()));
        }
        let sides = self.sides().await?;
        let (shapes, sources) = futures::join!(sides.shapes(), some_of_each(&sides));
        let shapes = shapes?;
        let layouts: Vec<LayoutShape> =
            shapes.layouts.iter().map(|layout| from_hudu::layout(layout, &shapes.lists)).collect();
        let (layouts, sources) = (Rc::new(layouts), Rc::new(sources?));
        let until = now + LIFE_MS;
        let examples = Examples { saved, until, layouts: layouts.clone(), sources: sources.clone(), many: Vec::new() };
        kept.replace(examples);
        Ok((layouts, sources))
    }

    /// Layouts and many records of one kind.
    pub(super) async fn many(&self, kind: RecordKind) -> Result<(Rc<Vec<LayoutShape>>, Rc<Vec<Source>>), ServiceError> {
        let (layouts, _) = self.examples().await?;
        let mut kept = self.centre_state().examples.lock().await;
        let known = kept.as_ref().and_then(|kept| kept.many.iter().find(|(known, _)| *known == kind));
        if let Some((_, sources)) = known {
            return Ok((layouts, sources.clone()));
        }
        let sources = Rc::new(read(&self.sides().await?, kind, SORTED).await?);
        if let Some(kept) = kept.as_mut() {
            kept.many.push((kind, sources.clone()));
        }
        Ok((layouts, sources))
    }

    /// What was read is read anew at the next question: a run may have changed layouts and records.
    pub(in crate::service) async fn forget_examples(&self) {
        self.centre_state().examples.lock().await.take();
    }

    /// One record in full: this one or the one after it, or the one that fills the most fields.
    pub(super) async fn one(
        &self,
        kind: RecordKind,
        mut id: Option<i64>,
        next: bool,
    ) -> Result<Option<Source>, ServiceError> {
        if let Some(before) = id.filter(|_| next) {
            let (_, sources) = self.examples().await?;
            let ids = || sources.iter().map(|source| source.record).filter(|one| one.kind == kind).map(|one| one.id);
            id = ids().filter(|id| *id > before).min().or_else(|| ids().min());
        }
        if let Some(id) = id {
            return match self.sides().await?.seen(RecordRef::new(kind, id)).await {
                Ok(Seen::Source(source)) => Ok(Some(*source)),
                Ok(_) => Ok(None),
                Err(error) if error.is_not_found() => Ok(None),
                Err(error) => Err(error.into()),
            };
        }
        let (_, sources) = self.examples().await?;
        Ok(fullest(sources.iter().filter(|source| source.record.kind == kind)).cloned())
    }
}

/// The record that tells the most; one in use where there is one.
fn fullest<'a>(sources: impl Iterator<Item = &'a Source>) -> Option<&'a Source> {
    sources.max_by_key(|source| (!source.inactive, source.facts.len()))
}

async fn some_of_each(sides: &Sides) -> Result<Vec<Source>, ServiceError> {
    use RecordKind as K;
    let mut all = Vec::new();
    for kind in [K::Client, K::Site, K::User, K::Asset, K::Contract] {
        let mut some = read(sides, kind, 1).await?;
        // Lists leave things out: one record in full shows what there is.
        if let Some(record) = fullest(some.iter()).map(|source| source.record)
            && let Ok(Seen::Source(full)) = sides.seen(record).await
        {
            some.retain(|source| source.record != record);
            some.insert(0, *full);
        }
        all.extend(some);
    }
    Ok(all)
}

/// The pages of a list until there are so many records.
async fn read(sides: &Sides, kind: RecordKind, least: usize) -> Result<Vec<Source>, ServiceError> {
    fn all<T>(rows: Vec<T>, source: impl Fn(&T) -> Source) -> Vec<Source> {
        rows.iter().map(source).collect()
    }
    let link = |id| page::url(&sides.halo.connection().origin, RecordRef::new(kind, id));
    Ok(match kind {
        RecordKind::Client => {
            all(pages(sides, kind, least, &[]).await?, |row: &model::Client| from_halo::client(row, None))
        }
        RecordKind::Site => {
            all(pages(sides, kind, least, &[]).await?, |row: &model::Site| from_halo::site(row, &link(row.id)))
        }
        RecordKind::User => {
            all(pages(sides, kind, least, &[]).await?, |row: &model::User| from_halo::user(row, &link(row.id)))
        }
        RecordKind::Asset => {
            all(assets(sides, least).await?, |row: &model::Asset| from_halo::asset(row, &link(row.id)))
        }
        RecordKind::Contract => {
            let today = sides.today();
            let source = |row: &model::Contract| from_halo::contract(row, &today, &link(row.id));
            all(pages(sides, kind, least, &[]).await?, source)
        }
        RecordKind::Ticket | RecordKind::Article => Vec::new(),
    })
}

/// Assets; where rows lack the fields of the type, the first page of each type that occurs has them.
async fn assets(sides: &Sides, least: usize) -> Result<Vec<model::Asset>, ServiceError> {
    let mut assets: Vec<model::Asset> = pages(sides, RecordKind::Asset, least, &[]).await?;
    if assets.iter().all(|asset| asset.fields.is_empty()) {
        let types: BTreeSet<i64> = assets.iter().filter_map(|asset| asset.type_id).collect();
        for id in types {
            let of_type: Vec<model::Asset> =
                pages(sides, RecordKind::Asset, 1, &[("assettype_id", &id.to_string())]).await?;
            for full in of_type {
                assets.iter_mut().filter(|asset| asset.id == full.id).for_each(|asset| *asset = full.clone());
            }
        }
    }
    Ok(assets)
}

async fn pages<T: Record>(
    sides: &Sides,
    kind: RecordKind,
    least: usize,
    of: &[(&str, &str)],
) -> Result<Vec<T>, ServiceError> {
    let mut params = vec![("includeassetfields", "true"), ("includedetails", "true"), ("includeaddress", "true")];
    params.extend(of);
    let mut pages = sides.halo.pages::<T>(resource::Resource::of(kind), &params);
    let mut rows = Vec::new();
    while let Some(page) = pages.next().await? {
        rows.extend(page);
        if rows.len() >= least {
            break;
        }
    }
    Ok(rows)
}
