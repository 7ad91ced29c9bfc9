//! Reading both sides whole, in the fewest requests, and planning what was read.
//!
//! HaloITSM's lists are read in the order in which the planner takes records; Hudu is read at the same
//! time, because each product has an allowance of its own. A row becomes a source at once and is then
//! forgotten.

mod agreed;
mod articles;
mod assets;
mod changes;
mod details;
mod follow;
mod halo;
mod hudu;
mod layouts;
mod lists;
mod people;
mod probe;
mod seen;

use std::collections::HashMap;

use crate::halo::record::RecordKind;
use crate::halo::resource::Resource;
use crate::http::Patience;
use crate::mapping::record::{HuduRecord, LayoutShape, Source};
use crate::mapping::{from_hudu, normal};
use crate::sync::article::Owner;
use crate::sync::error::SyncError;
use crate::sync::links::Links;
use crate::sync::plan::{Item, Plan};
use crate::sync::planner::{Planner, World};
use crate::sync::sides::Sides;
use crate::sync::table::Scope;
use crate::sync::watch::Watch;
use crate::t;
use crate::words::keeping;
use articles::{Doc, KnowledgeBase};
pub use changes::Changes;
pub(in crate::sync) use changes::knows;
use follow::Follow;
use halo::Base;
use lists::Lists;
use seen::Seen;
pub use seen::forget;

/// Plans the layouts that the settings name: made, or given the field that keeps the Halo id.
pub async fn layouts(sides: &Sides) -> Result<Plan, SyncError> {
    let made = sides.host.clock.now();
    let follow = Follow::new(sides, &crate::sync::watch::Nobody);
    let shapes = sides.shapes().await?;
    let read: Vec<_> = shapes.layouts.iter().map(|layout| from_hudu::layout(layout, &shapes.lists)).collect();
    let mut plan = layouts::plan(&sides.settings, &read);
    (plan.made, plan.requests) = (made, follow.requests());
    Ok(plan)
}

/// Reads both sides as far as the scope goes, and plans. Tells after each page how far it is; where the
/// user stops it, the error is [`SyncError::Stopped`]. A side that had records and answers none now is
/// [`SyncError::Vanished`]. What could not be read whole never makes a record count as gone.
pub async fn everything(sides: &Sides, scope: &Scope, watch: &dyn Watch) -> Result<Plan, SyncError> {
    let Both { mut plan, links, notes, .. } = read(sides, scope, watch, false).await?;
    agreed::keep(&sides.host, &plan, &links).await?;
    plan.notes = notes;
    Ok(plan)
}

/// Both sides as they were read, with what the planner makes of them: for what goes the other way.
pub struct Both {
    /// What HaloITSM's records would write to Hudu.
    pub plan: Plan,
    /// HaloITSM's records of the kinds that were asked for.
    pub sources: Vec<Source>,
    /// Hudu's companies, archived ones among them.
    pub companies: Vec<HuduRecord>,
    /// Hudu's layouts.
    pub layouts: Vec<LayoutShape>,
    /// Hudu's assets, archived ones among them.
    pub assets: Vec<HuduRecord>,
    /// Links kept on this device when they were read.
    pub links: Links,
    /// Both sides of these kinds were read to their ends.
    pub whole: bool,
    notes: Vec<String>,
}

impl Both {
    /// Remembers what both sides of unchanged items agree in as synced last.
    pub async fn keep_agreed(&self, sides: &Sides) -> Result<(), SyncError> {
        Ok(agreed::keep(&sides.host, &self.plan, &self.links).await?)
    }
}

/// Reads both sides as far as the scope goes, and plans, with the records themselves. Remembers nothing of
/// what both sides agree in: see [`Both::keep_agreed`].
pub async fn both(sides: &Sides, scope: &Scope, watch: &dyn Watch) -> Result<Both, SyncError> {
    let mut both = read(sides, scope, watch, true).await?;
    both.plan.notes.append(&mut both.notes);
    Ok(both)
}

async fn read(sides: &Sides, scope: &Scope, watch: &dyn Watch, keeps: bool) -> Result<Both, SyncError> {
    let sides = &Sides {
        halo: sides.halo.with_patience(Patience::UNLIMITED),
        hudu: sides.hudu.with_patience(Patience::UNLIMITED),
        ..sides.clone()
    };
    let links = Links::load(&sides.host).await?;
    let survey = Survey {
        sides,
        kinds: if scope.kinds.is_empty() { sides.settings.kinds.clone() } else { scope.kinds.clone() },
        scope,
        follow: &Follow::new(sides, watch),
        seen: &Seen::load(sides).await?,
        links: &links,
        keeps,
    };
    let mut both = survey.run().await?;
    both.links = links;
    Ok(both)
}

/// One reading of both sides.
struct Survey<'a> {
    sides: &'a Sides,
    kinds: Vec<RecordKind>,
    scope: &'a Scope,
    follow: &'a Follow<'a>,
    seen: &'a Seen,
    links: &'a Links,
    /// The records themselves are asked for as well.
    keeps: bool,
}

impl Survey<'_> {
    /// Plans, with sentences that outlive the language of this moment; who asks for the records tells them at once.
    fn lasting<T>(&self, plan: impl FnOnce() -> T) -> T {
        if self.keeps { plan() } else { keeping(plan) }
    }

    fn asks(&self, any_of: &[RecordKind]) -> bool {
        any_of.iter().any(|kind| self.kinds.contains(kind))
    }

    /// How many pages each list will have, as far as the last survey tells.
    fn expect(&self) {
        for kind in &self.kinds {
            let list = format!("{} in HaloITSM", Resource::of(*kind).many);
            self.follow.expect(&list, self.seen.before(&list).map(|rows| rows.div_ceil(lists::PAGE).max(1)));
        }
    }

    async fn run(&self) -> Result<Both, SyncError> {
        use RecordKind as K;
        let made = self.sides.host.clock.now();
        let halo = Lists::new(self.sides, self.follow, self.seen, self.links, &self.scope.clients);
        self.expect();
        let mut base = Base::default();
        // A narrowed survey has to know the clients' names before it knows which companies are meant.
        let narrowed = !self.scope.clients.is_empty();
        if narrowed {
            halo.clients(&mut base).await?;
        }
        let names: Vec<String> =
            if narrowed { base.clients().values().map(|name| normal::name(name)).collect() } else { Vec::new() };
        let reader = hudu::Reader {
            sides: self.sides,
            follow: self.follow,
            seen: self.seen,
            clients: &self.scope.clients,
            names: &names,
            links: self.links,
            again: Default::default(),
        };
        let first_lists = async {
            if !narrowed && self.asks(&[K::Client, K::Article]) {
                halo.clients(&mut base).await?;
            }
            if self.asks(&[K::Client, K::Site]) {
                halo.sites(&mut base).await?;
            }
            if self.asks(&[K::Site, K::User, K::Asset]) {
                halo.users(&mut base).await?;
            }
            Ok::<(), SyncError>(())
        };
        let hudu = async {
            let side = reader.read().await?;
            let asked: Option<Vec<i64>> = narrowed.then(|| reader.asked_for(&side));
            let docs = if self.asks(&[K::Article]) { halo.hudu_articles(asked.as_deref()).await? } else { Vec::new() };
            Ok((side, docs))
        };
        let ((), (side, docs)) = futures::try_join!(first_lists, hudu)?;
        let world = World { companies: &side.companies, layouts: &side.layouts, assets: &side.assets };
        let mut planner = Planner::new(world, self.links, &self.sides.settings);
        if side.narrow {
            planner.narrow();
        }
        let mut sources = Vec::new();
        let mut add = |planner: &mut Planner<'_>, source: Source| {
            if self.keeps {
                sources.push(source.clone());
            }
            self.lasting(|| planner.add(source));
        };
        halo.first_three(&mut base, &self.kinds, &side.layouts, &mut |source| add(&mut planner, source)).await?;
        if self.asks(&[K::Asset]) {
            halo.assets(&mut base, &side.layouts, &mut |source| add(&mut planner, source)).await?;
        }
        if self.asks(&[K::Contract]) {
            halo.contracts(&mut |source| add(&mut planner, source)).await?;
        }
        if self.asks(&[K::Article]) {
            let knowledge = halo.knowledge_base().await?;
            self.articles(docs, &knowledge, &side, &base, &mut planner).await?;
        }
        self.seen.keep(self.sides).await?;
        let everything = !narrowed && self.sides.settings.kinds.iter().all(|kind| self.kinds.contains(kind));
        let whole = |kind: &K| everything && side.whole && halo.is_whole(Resource::of(*kind));
        let whole: Vec<K> = self.kinds.iter().copied().filter(whole).collect();
        let read_whole = side.whole && self.kinds.iter().all(|kind| halo.is_whole(Resource::of(*kind)));
        let mut plan = self.lasting(|| planner.finish(self.scope.clone(), &whole));
        if !base.untold.is_empty() {
            let untold = |item: &&mut Item| item.record.is_some_and(|record| base.untold.contains(&record));
            plan.items.iter_mut().filter(untold).for_each(|item| item.safe = false);
            plan.sign();
        }
        (plan.made, plan.requests) = (made, self.follow.requests());
        Ok(Both {
            plan,
            sources,
            companies: side.companies,
            layouts: side.layouts,
            assets: side.assets,
            links: Links::default(),
            whole: read_whole,
            notes: halo.notes(),
        })
    }

    async fn articles(
        &self,
        docs: Vec<Doc>,
        knowledge: &KnowledgeBase,
        side: &hudu::HuduSide,
        base: &Base,
        planner: &mut Planner<'_>,
    ) -> Result<(), SyncError> {
        let clients = base.clients();
        let companies: HashMap<i64, _> = side.companies.iter().map(|c| (c.id, c)).collect();
        let linked = articles::linked(self.links);
        for Doc { mut article, company } in docs {
            if let Some(id) = company {
                let record = companies.get(&id).copied();
                let known = self
                    .lasting(|| planner.client_of(id))
                    .or_else(|| articles::owner(self.sides, record, &linked, &clients));
                let name = || record.map(|record| record.name.clone()).unwrap_or_default();
                article.owner = known.map_or_else(|| Owner::Unmatched(name()), |(id, name)| Owner::Client(id, name));
            }
            let found = knowledge.published(self.sides, &article, self.links).await?;
            self.follow.tell(t!("Comparing articles"))?;
            self.lasting(|| planner.add_article(&article, &found, &knowledge.lists));
        }
        Ok(())
    }
}
