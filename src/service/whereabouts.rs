//! Where a document stands: which stored documentation holds it, what the search index knows of it, and
//! else what Hudu answers.

use std::rc::Rc;

use crate::assist::gather;
use crate::assist::search::view::HitView;
use crate::assist::sections::{Desk, item};
use crate::assist::view::{DocumentKind, ItemView};
use crate::json;
use crate::library::{self, CENTRAL, LIBRARY, Library, Shapes, Shelf};
use crate::platform::Table;
use crate::service::back::missing;
use crate::service::{Service, ServiceError};
use crate::settings::{self, SyncSettings};
use crate::t;

/// What rows and documents of any company are made with.
pub(super) struct Ground {
    origin: String,
    shapes: Shapes,
    settings: SyncSettings,
    today: String,
}

impl Ground {
    /// For one company's documentation.
    pub(super) fn desk<'a>(&'a self, library: &'a Library) -> Desk<'a> {
        Desk { library, shapes: &self.shapes, settings: &self.settings, origin: &self.origin, today: &self.today }
    }
}

impl Service {
    pub(super) async fn ground(&self) -> Result<Ground, ServiceError> {
        let settings = settings::load(self.host()).await?;
        Ok(Ground {
            origin: settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default(),
            shapes: library::shapes(self.host()).await?.unwrap_or_default(),
            settings: settings.sync,
            today: gather::today(self.host()),
        })
    }

    /// The stored documentation that holds this document, and its company. It is looked for where it is likely
    /// first: beside this company, where the last one was, in the Central knowledge base, where the index says.
    pub(super) async fn library_with(
        &self,
        kind: DocumentKind,
        id: i64,
        beside: Option<i64>,
    ) -> Result<Option<(i64, Rc<Library>)>, ServiceError> {
        let likely = [beside, self.0.last_found.get(), Some(CENTRAL)];
        for (at, company) in likely.into_iter().enumerate() {
            if let Some(company) = company.filter(|_| !likely[..at].contains(&company))
                && let Some(library) = self.holding(company, kind, id).await?
            {
                return Ok(Some((company, library)));
            }
        }
        if let Some((company, _)) = self.indexed(kind, id).await {
            return Ok(self.holding(company, kind, id).await?.map(|library| (company, library)));
        }
        for (key, text) in self.host().store.scan(Table::Documents, LIBRARY).await? {
            let Some(company) = key.strip_prefix(LIBRARY).and_then(|id| id.parse().ok()) else { continue };
            let Ok(library) = json::read::<Library>(&text) else { continue };
            if holds(&library, kind, id) {
                self.0.last_found.set(Some(company));
                return Ok(Some((company, Rc::new(library))));
            }
        }
        Ok(None)
    }

    async fn holding(&self, company: i64, kind: DocumentKind, id: i64) -> Result<Option<Rc<Library>>, ServiceError> {
        let library = self.stored_library(company).await?.filter(|library| holds(library, kind, id));
        if library.is_some() {
            self.0.last_found.set(Some(company));
        }
        Ok(library)
    }

    /// The stored documentation of a company, read once as long as it stays the same.
    pub(super) async fn stored_library(&self, company: i64) -> Result<Option<Rc<Library>>, ServiceError> {
        Ok(self.0.ranking.parsed().load(self.host(), company).await?)
    }

    /// The company of a document, opened or not.
    pub(super) async fn company_of(&self, kind: DocumentKind, id: i64) -> Result<i64, ServiceError> {
        if let Some((company, _)) = self.library_with(kind, id, None).await? {
            return Ok(company);
        }
        Ok(self.indexed(kind, id).await.ok_or_else(unknown)?.0)
    }

    /// A document of any client as a row; `None` where neither this device nor Hudu knows it.
    pub(super) async fn row_of(&self, kind: DocumentKind, id: i64) -> Result<Option<ItemView>, ServiceError> {
        let ground = self.ground().await?;
        if let Some((_, library)) = self.library_with(kind, id, None).await?
            && let Some(row) = item(&ground.desk(&library), kind, id)
        {
            return Ok(Some(row));
        }
        if let Some((_, hit)) = self.indexed(kind, id).await {
            return Ok(Some(row_of_hit(kind, hit)));
        }
        match self.alone(kind, id, None).await {
            // Hudu does not answer for one of these by itself, so it is not known to be gone.
            Ok(None) if matches!(kind, DocumentKind::Website | DocumentKind::Expiration) => Err(unknown()),
            Ok(library) => Ok(library.and_then(|library| item(&ground.desk(&library), kind, id))),
            Err(ServiceError::Api(error)) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// [`Service::row_of`] where the document has to be there.
    pub(super) async fn known_row(&self, kind: DocumentKind, id: i64) -> Result<ItemView, ServiceError> {
        self.row_of(kind, id).await?.ok_or_else(unknown)
    }

    /// A document as Hudu has it now, as a documentation with nothing else in it; of this company, where that is known.
    pub(super) async fn alone(
        &self,
        kind: DocumentKind,
        id: i64,
        company: Option<i64>,
    ) -> Result<Option<Library>, ServiceError> {
        let sides = self.sides().await?;
        let as_of = Some(self.host().clock.now());
        let mut library = Library::default();
        match kind {
            DocumentKind::Asset | DocumentKind::Person => {
                let company = match company {
                    None => self.indexed(kind, id).await.map(|(company, _)| company),
                    known => known,
                };
                let Some(company) = company else { return Ok(None) };
                let (asset, shapes) = futures::join!(sides.hudu.asset(company, id), sides.shapes());
                let (mut asset, shapes) = (asset?, shapes?);
                asset.hide_confidential(shapes.layout(asset.asset_layout_id));
                library::keep_shapes(&sides.host, &shapes).await?;
                library.assets = Shelf { rows: vec![asset], as_of, trouble: None };
            }
            DocumentKind::Article => {
                library.articles = Shelf { rows: vec![sides.hudu.article(id).await?], as_of, trouble: None };
            }
            DocumentKind::Password => {
                library.passwords = Shelf { rows: vec![sides.hudu.password(id).await?], as_of, trouble: None };
            }
            DocumentKind::Process => {
                library.procedures = Shelf { rows: vec![sides.hudu.procedure(id).await?], as_of, trouble: None };
            }
            DocumentKind::Website | DocumentKind::Expiration => return Ok(None),
        }
        Ok(Some(library))
    }
}

/// What the index knows of a document of another client, as a row: under its name stands the client's.
pub(super) fn row_of_hit(kind: DocumentKind, hit: HitView) -> ItemView {
    ItemView {
        kind,
        id: hit.id,
        title: hit.title,
        subtitle: Some(hit.company).filter(|company| !company.is_empty()),
        chips: Vec::new(),
        words: String::new(),
        url: hit.url,
        has_code: false,
    }
}

fn unknown() -> ServiceError {
    missing(t!("This document is not known here any more. Refresh the sidebar and open it again."))
}

fn holds(library: &Library, kind: DocumentKind, id: i64) -> bool {
    match kind {
        DocumentKind::Asset | DocumentKind::Person => library.assets.rows.iter().any(|row| row.id == id),
        DocumentKind::Article => library.articles.rows.iter().any(|row| row.id == id),
        DocumentKind::Password => library.passwords.rows.iter().any(|row| row.id == id),
        DocumentKind::Process => library.procedures.rows.iter().any(|row| row.id == id),
        DocumentKind::Website => library.websites.rows.iter().any(|row| row.id == id),
        DocumentKind::Expiration => library.expirations.rows.iter().any(|row| row.id == id),
    }
}
