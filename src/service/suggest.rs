//! What fits the record in view, and what was opened for it.

use std::cell::RefCell;

use futures::lock::Mutex;

use crate::assist::relevance::fresh::{self, Made, SHOWN};
use crate::assist::relevance::view::SuggestedView;
use crate::assist::sidebar;
use crate::assist::view::DocumentKind;
use crate::halo::record::{RecordKind, RecordRef};
use crate::protocol::{Freshness, Reply};
use crate::service::{Service, ServiceError};

/// What documentation is ranked with.
#[derive(Default)]
pub(super) struct Ranking {
    made: RefCell<Made>,
    /// The turn to read the Central knowledge base.
    central: Mutex<()>,
}

impl Service {
    pub(super) async fn suggested(
        &self,
        record: RecordRef,
        freshness: Freshness,
        central: bool,
    ) -> Result<Reply, ServiceError> {
        let view = match freshness {
            Freshness::Stored => fresh::stored(self.host(), record).await?,
            Freshness::Fresh => self.suggest(record, central, SHOWN).await?,
        };
        Ok(Reply::Suggested { view: view.map(Box::new) })
    }

    /// Ranks for a record whose sidebar was read; `None` for kinds that nothing is suggested for.
    pub async fn suggest(
        &self,
        record: RecordRef,
        central: bool,
        limit: usize,
    ) -> Result<Option<SuggestedView>, ServiceError> {
        if record.kind != RecordKind::Ticket {
            return Ok(None);
        }
        if central {
            // Who comes while it is being read waits, and then finds it read.
            let _turn = self.0.ranking.central.lock().await;
            if fresh::central(self.host()).await?.1 {
                fresh::read_central(&self.unhurried().await?).await?;
            }
        }
        let company = sidebar::stored_company(self.host(), record).await?;
        let sides = self.sides().await?;
        Ok(Some(fresh::ticket(&sides, &self.0.ranking.made, record, company, limit).await?))
    }

    pub(super) async fn opened(&self, record: RecordRef, kind: DocumentKind, id: i64) -> Result<Reply, ServiceError> {
        self.used_for(record, kind, id).await?;
        fresh::note(self.host(), record, kind, id).await?;
        Ok(Reply::Done)
    }
}
