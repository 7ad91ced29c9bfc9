//! What fits the record in view or is related to it, and what was opened for it.

use futures::lock::Mutex;

use crate::assist::relevance::fresh::{self, SHOWN, Shop};
use crate::assist::relevance::view::SuggestedView;
use crate::assist::view::DocumentKind;
use crate::assist::{related, sidebar};
use crate::halo::record::{RecordKind, RecordRef};
use crate::library::Parsed;
use crate::protocol::{Freshness, Reply};
use crate::service::{Service, ServiceError};
use crate::settings;

/// What documentation is ranked with.
#[derive(Default)]
pub(super) struct Ranking {
    shop: Shop,
    /// The turn to read the Central knowledge base.
    central: Mutex<()>,
}

impl Ranking {
    /// Stored documentation that was asked for lately.
    pub(super) fn parsed(&self) -> &Parsed {
        &self.shop.parsed
    }
}

impl Service {
    pub(super) async fn suggested(
        &self,
        record: RecordRef,
        freshness: Freshness,
        central: bool,
    ) -> Result<Reply, ServiceError> {
        let view = match freshness {
            Freshness::Stored if related::is_for(record.kind) => self.related(record).await?,
            Freshness::Stored => fresh::stored(self.host(), record).await?,
            Freshness::Fresh => self.suggest(record, central, SHOWN).await?,
        };
        Ok(Reply::Suggested { view: view.map(Box::new) })
    }

    /// What fits a record whose sidebar was read: ranked for a ticket, related for everything else; `None` for
    /// kinds that neither is done for.
    pub async fn suggest(
        &self,
        record: RecordRef,
        central: bool,
        limit: usize,
    ) -> Result<Option<SuggestedView>, ServiceError> {
        if record.kind != RecordKind::Ticket {
            if central && related::is_for(record.kind) {
                let _turn = self.0.ranking.central.lock().await;
                let sides = self.unhurried().await?;
                related::read_relations(&sides).await?;
                if record.kind == RecordKind::Article
                    && fresh::central(self.host(), &self.0.ranking.shop.parsed).await?.1
                {
                    fresh::read_central(&sides).await?;
                }
            }
            return self.related(record).await;
        }
        if central {
            // Who comes while it is being read waits, and then finds it read.
            let _turn = self.0.ranking.central.lock().await;
            if fresh::central(self.host(), &self.0.ranking.shop.parsed).await?.1 {
                fresh::read_central(&self.unhurried().await?).await?;
            }
        }
        let company = sidebar::stored_company(self.host(), record).await?;
        let sides = self.sides().await?;
        Ok(Some(fresh::ticket(&sides, &self.0.ranking.shop, record, company, limit).await?))
    }

    /// What is related to a record that is no ticket, from what is stored.
    async fn related(&self, record: RecordRef) -> Result<Option<SuggestedView>, ServiceError> {
        if !related::is_for(record.kind) {
            return Ok(None);
        }
        let settings = settings::load(self.host()).await?;
        let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
        Ok(related::stored(self.host(), &self.0.ranking.shop, &origin, &settings.sync, record).await?)
    }

    pub(super) async fn opened(&self, record: RecordRef, kind: DocumentKind, id: i64) -> Result<Reply, ServiceError> {
        self.used_for(record, kind, id).await?;
        fresh::note(self.host(), record, kind, id).await?;
        Ok(Reply::Done)
    }
}
