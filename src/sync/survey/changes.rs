//! What changed in Hudu since a moment.

use crate::http::{ApiError, date};
use crate::hudu::model::Asset;
use crate::library::{self, Shapes};
use crate::mapping::from_hudu;
use crate::mapping::record::HuduRecord;
use crate::sync::sides::Sides;
use crate::sync::survey::probe::FAR_FUTURE;

/// Clocks of two machines may differ so much.
pub(super) const OVERLAP_MS: i64 = 120_000;

/// Records of Hudu that changed, archived ones among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Companies.
    pub companies: Vec<HuduRecord>,
    /// Assets.
    pub assets: Vec<HuduRecord>,
}

impl Sides {
    /// Companies and assets that were written in Hudu since this moment (milliseconds since 1970; two
    /// minutes earlier, because clocks differ), by anyone. `None` where this Hudu cannot tell: the
    /// caller has to read afresh. A request for each of both, and up to four once a day for finding out.
    /// Archived assets are among them where this version lists these without being asked.
    pub async fn hudu_changes(&self, since_ms: i64) -> Result<Option<Changes>, ApiError> {
        self.hudu_changes_of(since_ms, true).await
    }

    /// [`Sides::hudu_changes`], of assets alone where nobody asks for companies.
    pub async fn hudu_changes_of(&self, since_ms: i64, with_companies: bool) -> Result<Option<Changes>, ApiError> {
        if !self.hudu_tells().await? {
            return Ok(None);
        }
        let range = format!("{},{FAR_FUTURE}", date::iso(since_ms - OVERLAP_MS));
        let params = [("updated_at", range.as_str())];
        let companies = async { if with_companies { self.hudu.companies_by(&params).await } else { Ok(Vec::new()) } };
        let (companies, assets) = futures::try_join!(companies, self.hudu.assets_by(&params))?;
        let shapes = self.shapes_for(&assets).await?;
        Ok(Some(Changes {
            companies: companies.iter().map(|company| self.company_record(company)).collect(),
            assets: assets.iter().map(|asset| self.asset_record(asset, &shapes)).collect(),
        }))
    }

    /// An asset as planning sees it.
    pub fn asset_record(&self, asset: &Asset, shapes: &Shapes) -> HuduRecord {
        from_hudu::asset(asset, shapes.layout(asset.asset_layout_id), &shapes.lists, self.hudu.origin())
    }

    /// Layouts and lists, as stored where these tell of all fields of the assets, else read afresh.
    async fn shapes_for(&self, assets: &[Asset]) -> Result<Shapes, ApiError> {
        if assets.is_empty() {
            return Ok(Shapes::default());
        }
        if let Some(stored) = library::shapes(&self.host).await?
            && assets.iter().all(|asset| knows(&stored, asset))
        {
            return Ok(stored);
        }
        let shapes = self.shapes().await?;
        library::keep_shapes(&self.host, &shapes).await?;
        Ok(shapes)
    }
}

/// Whether these layouts have every field that an asset shows.
pub(in crate::sync) fn knows(shapes: &Shapes, asset: &Asset) -> bool {
    let Some(layout) = shapes.layout(asset.asset_layout_id) else { return false };
    let known = |label: Option<&str>| label.is_none_or(|label| layout.field(label).is_some());
    asset.fields.iter().all(|field| known(field.label.as_deref()))
}
