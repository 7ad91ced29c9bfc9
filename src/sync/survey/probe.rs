//! Whether the two products can tell what changed: asked of each tenant, never assumed.
//!
//! HaloITSM's `lastupdatefromdate` and Hudu's `updated_at` are passed over without a word, or are a
//! server fault, in some versions. A range in the far future must answer nothing, one that begins in the
//! far past something; only then the filter is believed, for a day.

use crate::halo::model;
use crate::halo::resource::Resource;
use crate::http::ApiError;
use crate::json::Json;
use crate::platform::Table;
use crate::platform::json::{get, put};
use crate::sync::sides::Sides;

const DAY_MS: i64 = 86_400_000;
/// Nothing has changed after this.
pub(super) const FAR_FUTURE: &str = "2100-01-01T00:00:00Z";
const FARTHER_FUTURE: &str = "2101-01-01T00:00:00Z";
/// Everything has changed since.
const FAR_PAST: &str = "1990-01-01T00:00:00Z";

/// What was found out, and when.
#[derive(Clone, Copy, Debug, Json)]
struct Finding {
    /// Milliseconds since 1970.
    at: i64,
    /// The filter works.
    works: bool,
}

impl Sides {
    /// Whether `lastupdatefromdate` filters this list of HaloITSM.
    pub(super) async fn halo_tells(&self, resource: Resource) -> Result<bool, ApiError> {
        let key = format!("probe/{}/{}", self.halo.origin(), resource.path);
        let ask = async |range: Range| {
            let from = if range == Range::Future { FAR_FUTURE } else { FAR_PAST };
            let params = [("lastupdatefromdate", from), ("includeinactive", "true")];
            match self.halo.pages::<model::Agent>(resource, &params).of_size(1).next().await {
                Ok(rows) => Ok(Some(rows.is_some())),
                Err(error) if error.is_of_this() => Ok(None),
                Err(error) => Err(error),
            }
        };
        self.find_out(key, ask).await
    }

    /// Whether `updated_at` filters Hudu's lists of companies and of all assets.
    pub(crate) async fn hudu_tells(&self) -> Result<bool, ApiError> {
        if self.hudu.assets_closed() {
            return Ok(false);
        }
        for of_assets in [true, false] {
            let key = format!("probe/{}/{}", self.hudu.origin(), if of_assets { "assets" } else { "companies" });
            let ask = async |range: Range| {
                let from = if range == Range::Future { FAR_FUTURE } else { FAR_PAST };
                self.hudu.ask_changes(of_assets, &format!("{from},{FARTHER_FUTURE}")).await
            };
            if !self.find_out(key, ask).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the list of all companies' assets is known, from less than a day ago, to be closed to this
    /// key: one for some companies gets a server fault there.
    pub(super) async fn assets_are_closed(&self) -> bool {
        let known = self.hudu.assets_closed() || self.found(&self.closed_key()).await == Some(false);
        if known {
            self.hudu.close_assets();
        }
        known
    }

    /// Remembers that it is.
    pub(super) async fn close_assets(&self) -> Result<(), ApiError> {
        self.hudu.close_assets();
        self.remember(self.closed_key(), false).await
    }

    fn closed_key(&self) -> String {
        format!("probe/{}/all assets", self.hudu.origin())
    }

    /// What was found out less than a day ago.
    async fn found(&self, key: &str) -> Option<bool> {
        let now = self.host.clock.now();
        let known: Option<Finding> = get(&self.host, Table::Documents, key).await.unwrap_or_default();
        known.filter(|known| (known.at..known.at + DAY_MS).contains(&now)).map(|known| known.works)
    }

    async fn remember(&self, key: String, works: bool) -> Result<(), ApiError> {
        let finding = Finding { at: self.host.clock.now(), works };
        Ok(self.host.store.write(vec![put(Table::Documents, key, &finding)]).await?)
    }

    /// Asks both questions, unless the answer is known from less than a day ago. A list without any row
    /// proves nothing, and is asked again the next time.
    async fn find_out(
        &self,
        key: String,
        ask: impl AsyncFn(Range) -> Result<Option<bool>, ApiError>,
    ) -> Result<bool, ApiError> {
        if let Some(works) = self.found(&key).await {
            return Ok(works);
        }
        let works = match ask(Range::Future).await? {
            Some(false) => match ask(Range::Everything).await? {
                Some(true) => true,
                Some(false) => return Ok(false),
                None => false,
            },
            _ => false,
        };
        self.remember(key, works).await?;
        Ok(works)
    }
}

/// The two questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Range {
    /// Nothing lies in it.
    Future,
    /// Everything lies in it.
    Everything,
}
