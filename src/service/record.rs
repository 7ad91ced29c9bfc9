//! The sidebar of a record, and one document of it.

use std::rc::Rc;

use crate::assist::document::{Known, document};
use crate::assist::notes;
use crate::assist::shelf::{self, Place};
use crate::assist::sidebar;
use crate::assist::ticks;
use crate::assist::view::{DocumentKind, SidebarView, Standing};
use crate::halo::record::RecordRef;
use crate::library::{self, CENTRAL};
use crate::platform::json::get;
use crate::platform::{StoreError, Table};
use crate::protocol::{Freshness, Reply};
use crate::service::{Service, ServiceError};
use crate::settings;
use crate::sync::journal::{self, Run};
use crate::sync::link_key;
use crate::sync::plan::Link;

impl Service {
    /// A record with its documentation.
    pub(super) async fn record(&self, record: RecordRef, freshness: Freshness) -> Result<Reply, ServiceError> {
        let mut view: Option<SidebarView> = match freshness {
            Freshness::Stored => {
                let settings = settings::load(self.host()).await?;
                let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
                sidebar::stored(self.host(), &origin, &settings.sync, record).await?
            }
            Freshness::Fresh => {
                let view = sidebar::fresh(&self.sides().await?, record).await?;
                self.show_standing(record, &view.standing).await;
                Some(view)
            }
        };
        if let Some(view) = &mut view {
            view.last_run = self.last_run(record).await?;
            view.untold = self.untold(record).await?;
        }
        Ok(Reply::Sidebar { view: view.map(Box::new) })
    }

    /// The run of this record that can still be undone.
    async fn last_run(&self, record: RecordRef) -> Result<Option<String>, StoreError> {
        let run = journal::last(self.host(), record).await?;
        Ok(run.filter(Run::undoable).map(|run| run.id))
    }

    pub(super) async fn stored_standing(&self, record: RecordRef) -> Option<Standing> {
        sidebar::stored_standing(self.host(), record).await
    }

    /// One document, open, beside the documentation of a company.
    pub(super) async fn document(
        &self,
        kind: DocumentKind,
        id: i64,
        beside: Option<i64>,
        freshness: Freshness,
    ) -> Result<Reply, ServiceError> {
        let found = match self.library_with(kind, id, beside).await? {
            // Of a company that was not opened: found by searching, and read by itself.
            None if freshness == Freshness::Fresh => {
                self.alone(kind, id, None).await?.map(|library| (None, Rc::new(library)))
            }
            known => known.map(|(company, library)| (Some(company), library)),
        };
        let Some((company, mut library)) = found else { return Ok(Reply::Document { view: None }) };
        if let Some(company) = company.filter(|_| freshness == Freshness::Fresh) {
            let host = self.sides().await?.host;
            if let Some(read) = self.alone(kind, id, Some(company)).await? {
                // As it is stored by now: a sidebar may have read it anew meanwhile.
                let mut whole = library::load(&host, company).await?.unwrap_or_default();
                whole.take_rows(read);
                library::keep(&host, company, &whole).await?;
                library = Rc::new(whole);
            }
            // What belongs to nobody was opened for the company in view.
            let at = if company == CENTRAL { beside.unwrap_or(CENTRAL) } else { company };
            shelf::opened(&host, at, Place { kind, id }).await?;
        }
        let ground = self.ground().await?;
        let mut known = Known::default();
        match kind {
            DocumentKind::Article => {
                let link: Option<Link> = get(self.host(), Table::Links, &link_key(id)).await?;
                known.published = link.map(|link| link.target);
            }
            DocumentKind::Password => known.uses = notes::of(self.host(), id).await?,
            DocumentKind::Process => {
                known.ticks = ticks::of(self.host(), id).await?;
                known.deeds = notes::of(self.host(), id).await?;
            }
            _ => {}
        }
        let view = document(&ground.desk(&library), kind, id, known);
        Ok(Reply::Document { view: view.map(Box::new) })
    }
}
