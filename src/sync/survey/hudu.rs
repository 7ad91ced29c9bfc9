//! Hudu's side: companies, layouts, lists, and the assets of all companies or of some.

use std::cell::Cell;
use std::collections::BTreeSet;

use futures::future::{join_all, try_join_all};

use crate::halo::record::{RecordKind, RecordRef};
use crate::http::ApiError;
use crate::hudu::Pages;
use crate::hudu::model::{Asset, Company};
use crate::library::{self, Shapes};
use crate::mapping::compare::show;
use crate::mapping::record::{HuduRecord, LayoutShape, Slot};
use crate::mapping::{from_hudu, normal};
use crate::order::gathered;
use crate::sync::error::SyncError;
use crate::sync::links::Links;
use crate::sync::sides::Sides;
use crate::sync::survey::follow::Follow;
use crate::sync::survey::knows;
use crate::sync::survey::seen::Seen;
use crate::t;

const COMPANIES: &str = "companies in Hudu";
const ASSETS: &str = "assets in Hudu";
/// Companies whose assets are read at the same time.
const AT_ONCE: usize = 4;
/// How often layouts are read again while assets are read.
const MOST_AGAIN: u32 = 5;
/// Rows of a page, for estimates.
const PAGE: usize = 1000;

/// Hudu as it was read.
pub(super) struct HuduSide {
    /// Companies, archived ones among them.
    pub(super) companies: Vec<HuduRecord>,
    /// Layouts and lists.
    pub(super) layouts: Vec<LayoutShape>,
    /// Assets, archived ones among them.
    pub(super) assets: Vec<HuduRecord>,
    /// Assets of all companies were read.
    pub(super) whole: bool,
    /// Assets of the companies that are asked for were read, and no others.
    pub(super) narrow: bool,
}

/// Reads Hudu.
pub(super) struct Reader<'a> {
    pub(super) sides: &'a Sides,
    pub(super) follow: &'a Follow<'a>,
    pub(super) seen: &'a Seen,
    /// Halo ids of the clients that are asked for; none means all.
    pub(super) clients: &'a [i64],
    /// Their normalised names.
    pub(super) names: &'a [String],
    /// Links kept on this device.
    pub(super) links: &'a Links,
    /// How often layouts were read again.
    pub(super) again: Cell<u32>,
}

impl Reader<'_> {
    /// Companies, layouts, lists and assets.
    pub(super) async fn read(&self) -> Result<HuduSide, SyncError> {
        let (companies, mut shapes) = futures::try_join!(self.companies(), self.shapes())?;
        let (layouts, assets, whole) = (Vec::new(), Vec::new(), self.clients.is_empty());
        let mut side = HuduSide { companies, layouts, assets, whole, narrow: false };
        self.assets(&mut side, &mut shapes).await?;
        side.layouts = shapes.layouts.iter().map(|layout| from_hudu::layout(layout, &shapes.lists)).collect();
        library::keep_shapes(&self.sides.host, &shapes).await?;
        self.unlisted(&mut side).await?;
        Ok(side)
    }

    /// Companies that are not in the list though a link names them or assets are in them: some versions
    /// do not list what is archived, and it must not be made again.
    async fn unlisted(&self, side: &mut HuduSide) -> Result<(), SyncError> {
        let asked = |record: RecordRef| self.clients.is_empty() || self.clients.contains(&record.id);
        let linked = self.links.records().filter(|(record, _)| record.kind == RecordKind::Client && asked(*record));
        let mut ids: BTreeSet<i64> = gathered(linked.map(|(_, link)| link.target));
        if side.whole {
            ids.extend(side.assets.iter().map(|asset| asset.company));
        }
        for company in &side.companies {
            ids.remove(&company.id);
        }
        let ids: Vec<i64> = ids.into_iter().filter(|id| *id > 0).collect();
        for few in ids.chunks(AT_ONCE) {
            for found in join_all(few.iter().map(|id| self.sides.hudu.company(*id))).await {
                match found {
                    Ok(company) => side.companies.push(self.sides.company_record(&company)),
                    Err(ApiError::NotFound { .. } | ApiError::Forbidden { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    async fn companies(&self) -> Result<Vec<HuduRecord>, SyncError> {
        let mut pages: Pages<Company> = self.sides.hudu.company_pages();
        let mut found = Vec::new();
        while let Some(rows) = pages.next().await? {
            found.extend(rows.iter().map(|company| self.sides.company_record(company)));
            self.follow.page(COMPANIES, found.len().div_ceil(PAGE), None)?;
        }
        self.follow.page(COMPANIES, found.len().div_ceil(PAGE), Some(0))?;
        self.seen.count(COMPANIES, found.len())?;
        Ok(found)
    }

    async fn shapes(&self) -> Result<Shapes, SyncError> {
        let shapes = self.sides.shapes().await?;
        self.follow.tell(t!("Reading layouts in Hudu"))?;
        Ok(shapes)
    }

    async fn assets(&self, side: &mut HuduSide, shapes: &mut Shapes) -> Result<(), SyncError> {
        if !self.clients.is_empty() {
            let wanted = self.asked_for(side);
            let pages = self.seen.before(ASSETS).map_or(usize::MAX, |rows| rows.div_ceil(PAGE));
            if wanted.len() <= pages {
                side.narrow = true;
                return self.assets_of(&wanted, side, shapes).await;
            }
        }
        if !self.sides.assets_are_closed().await {
            match self.all_assets(side, shapes).await {
                // A key for some companies is known to get a server fault here.
                Err(SyncError::Api(ApiError::ServerFault { .. } | ApiError::Forbidden { .. }))
                    if side.assets.is_empty() =>
                {
                    self.sides.close_assets().await?;
                }
                other => return other,
            }
        }
        // Such a key sees some companies only.
        side.whole = false;
        let all: Vec<i64> = side.companies.iter().map(|company| company.id).collect();
        self.assets_of(&all, side, shapes).await?;
        if self.clients.is_empty() {
            self.seen.count(ASSETS, side.assets.len())?;
        }
        Ok(())
    }

    async fn all_assets(&self, side: &mut HuduSide, shapes: &mut Shapes) -> Result<(), SyncError> {
        let hudu = &self.sides.hudu;
        let expected = self.seen.before(ASSETS).map(|rows| rows.div_ceil(PAGE));
        self.follow.expect(ASSETS, expected);
        let mut done = 0;
        for params in [[].as_slice(), &[("archived", "true")]] {
            // Some versions list archived assets only when asked.
            if !params.is_empty() && hudu.lists_archived(&[]) {
                break;
            }
            let mut pages = hudu.asset_pages(params);
            while let Some(rows) = pages.next().await? {
                done += 1;
                self.follow.page(ASSETS, done, expected)?;
                let asked = !params.is_empty();
                if !asked {
                    hudu.lists_archived(&rows);
                }
                self.know(&rows, shapes).await?;
                let fits = rows.iter().filter(|asset| !asked || asset.archived);
                side.assets.extend(fits.map(|asset| self.sides.asset_record(asset, shapes)));
            }
        }
        self.follow.page(ASSETS, done, Some(done))?;
        self.seen.count(ASSETS, side.assets.len())
    }

    async fn assets_of(&self, companies: &[i64], side: &mut HuduSide, shapes: &mut Shapes) -> Result<(), SyncError> {
        let mut done = 0;
        for few in companies.chunks(AT_ONCE) {
            let read: Vec<Vec<Asset>> =
                try_join_all(few.iter().map(|company| self.sides.hudu.company_assets(*company))).await?;
            done += few.len();
            self.follow.page(ASSETS, done, Some(companies.len()))?;
            for rows in &read {
                self.know(rows, shapes).await?;
            }
            side.assets.extend(read.iter().flatten().map(|asset| self.sides.asset_record(asset, shapes)));
        }
        Ok(())
    }

    /// Reads layouts again where assets have fields that those read before do not know: somebody has added
    /// them since, and what stands in them must not be overlooked.
    async fn know(&self, rows: &[Asset], shapes: &mut Shapes) -> Result<(), SyncError> {
        if rows.iter().any(|asset| !knows(shapes, asset)) && self.again.replace(self.again.get() + 1) < MOST_AGAIN {
            *shapes = self.shapes().await?;
        }
        Ok(())
    }

    /// Companies that may turn out to be one of the clients that are asked for: by anything that the
    /// match could go by.
    pub(super) fn asked_for(&self, side: &HuduSide) -> Vec<i64> {
        let linked = |record: RecordRef| record.kind == RecordKind::Client && self.clients.contains(&record.id);
        let linked: BTreeSet<i64> =
            gathered(self.links.records().filter(|(record, _)| linked(*record)).map(|(_, link)| link.target));
        let could_be = |company: &&HuduRecord| {
            let number = company.get(&Slot::attribute("id_number")).and_then(show);
            let number = number.and_then(|text| text.trim().parse::<i64>().ok());
            let mut ids = company.native.iter().map(|(_, id)| *id).chain(number);
            ids.any(|id| self.clients.contains(&id))
                || linked.contains(&company.id)
                || self.names.contains(&normal::name(&company.name))
        };
        side.companies.iter().filter(could_be).map(|company| company.id).collect()
    }
}
