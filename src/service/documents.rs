//! What people do with a document: start a process, tick its steps, see its files, keep it at hand.

use std::rc::Rc;

use crate::assist::notes;
use crate::assist::sections::item;
use crate::assist::shelf::{self, Place};
use crate::assist::ticks;
use crate::assist::view::{ActivityView, Deed, DeedView, DocumentKind, ExtrasView, FileView};
use crate::http::ApiError;
use crate::hudu::link;
use crate::library::{self, CENTRAL};
use crate::protocol::{Freshness, Reply};
use crate::service::back::missing;
use crate::service::whereabouts::row_of_hit;
use crate::service::{Service, ServiceError};
use crate::t;
use crate::trouble::Explain;

/// Entries of the activity log that are shown.
const ACTIVITY: usize = 10;

impl Service {
    /// Starts a process for its company.
    pub(super) async fn start_process(&self, process: i64) -> Result<Reply, ServiceError> {
        let sides = self.sides().await?;
        // Two clicks would start it twice.
        let _turn = self.0.writing.lock().await;
        let process = sides.hudu.procedure(process).await?;
        let made = sides.hudu.start_process(&process, None).await?;
        let id = made.id;
        if let Some(company) = made.company_id
            && let Some(mut library) = library::load(self.host(), company).await?
        {
            library.procedures.rows.push(made);
            library::keep(&sides.host, company, &library).await?;
        }
        self.done_with(id, Deed::Started, String::new()).await;
        Ok(Reply::Started { process: id })
    }

    /// Takes back the start of a process: what was made is archived in Hudu.
    pub(super) async fn take_back_process(&self, process: i64) -> Result<Reply, ServiceError> {
        let sides = self.sides().await?;
        let _turn = self.0.writing.lock().await;
        let run = sides.hudu.procedure(process).await?;
        if !run.run {
            return Err(missing(t!("This process was not started: there is nothing to take back.")));
        }
        if run.tasks.iter().any(|task| task.completed) || !ticks::of(self.host(), process).await?.is_empty() {
            return Err(missing(t!("Steps of this process are ticked. Untick them first, then take it back.")));
        }
        sides.hudu.archive_process(process).await?;
        if let Some((company, library)) = self.library_with(DocumentKind::Process, process, None).await? {
            let mut library = Rc::unwrap_or_clone(library);
            for row in library.procedures.rows.iter_mut().filter(|row| row.id == process) {
                row.archived = true;
            }
            library::keep(&sides.host, company, &library).await?;
        }
        Ok(Reply::Done)
    }

    /// Notes on this device what was done with a process. A full disk keeps nobody from it: the note is missing then.
    async fn done_with(&self, process: i64, what: Deed, step: String) {
        let (time, who) = (self.host().clock.now(), self.agent().await);
        let _ = notes::add(self.host(), process, DeedView { time, who, what, step }).await;
    }

    /// Ticks a step. Where Hudu does not take the tick, it is kept on this device, and the page says so.
    pub(super) async fn tick_task(&self, process: i64, task: i64, done: bool) -> Result<Reply, ServiceError> {
        let sides = self.sides().await?;
        let kept = match sides.hudu.tick(task, done).await {
            Ok(kept) => kept.completed == done,
            // Refuses the member: the same as passing it over.
            Err(ApiError::Rejected { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        ticks::set(&sides.host, process, task, done && !kept).await?;
        let step = self.library_with(DocumentKind::Process, process, None).await?.and_then(|(_, library)| {
            let row = library.procedures.rows.iter().find(|row| row.id == process)?;
            row.tasks.iter().find(|row| row.id == Some(task))?.name.clone()
        });
        let what = if done { Deed::Ticked } else { Deed::Unticked };
        self.done_with(process, what, step.unwrap_or_default()).await;
        self.document(DocumentKind::Process, process, None, Freshness::Fresh).await
    }

    /// Files, photos and activity of a document. A part that cannot be read leaves the others.
    pub(super) async fn extras(&self, kind: DocumentKind, id: i64) -> Result<Reply, ServiceError> {
        let hudu = self.sides().await?.hudu;
        let model = model(kind);
        let files = hudu.files(model, id);
        let photos = hudu.photos(model, id);
        let activity = hudu.activity(model, id, ACTIVITY);
        let (files, photos, activity) = futures::join!(files, photos, activity);
        let mut extras = ExtrasView::default();
        let origin = hudu.origin();
        let files = extras.part(files);
        let photos = extras.part(photos);
        let activity = extras.part(activity);
        extras.files = files
            .into_iter()
            .map(|file| FileView {
                name: file.name.unwrap_or_else(|| t!("File {id}", id = file.id)),
                note: [file.ext.map(|ext| ext.trim_start_matches('.').to_uppercase()), file.size]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
                url: link::absolute(origin, file.url.as_deref(), &format!("/file/{}", file.id)),
            })
            .collect();
        extras.files.extend(photos.into_iter().map(|photo| FileView {
            name: photo.caption.unwrap_or_else(|| t!("Photo {id}", id = photo.id)),
            note: "Photo".to_owned(),
            url: link::absolute(origin, None, &format!("/photos/{}", photo.id)),
        }));
        extras.activity = activity
            .into_iter()
            .map(|entry| ActivityView {
                time: entry.created,
                who: entry.user_name.unwrap_or_default(),
                what: entry.action.unwrap_or_default(),
            })
            .collect();
        Ok(Reply::Extras { extras })
    }

    /// Pinned documents of a company and those opened last.
    pub(super) async fn shelf(&self, company: i64) -> Result<Reply, ServiceError> {
        let Some(library) = self.stored_library(company).await? else {
            return Ok(Reply::Shelf { pinned: Vec::new(), recent: Vec::new() });
        };
        let ground = self.ground().await?;
        let central = self.stored_library(CENTRAL).await?.unwrap_or_default();
        let desks = [ground.desk(&library), ground.desk(&central)];
        let at_hand = shelf::load(self.host(), company).await?;
        let mut others = Vec::new();
        for Place { kind, id } in &at_hand.pinned {
            if desks.iter().all(|desk| item(desk, *kind, *id).is_none())
                && let Some((_, hit)) =
                    self.indexed(*kind, *id).await.filter(|(own, _)| ![company, CENTRAL].contains(own))
            {
                others.push(row_of_hit(*kind, hit));
            }
        }
        let (pinned, recent) = shelf::rows(&desks, others, &at_hand);
        Ok(Reply::Shelf { pinned, recent })
    }

    /// Pins a document or takes the pin away.
    pub(super) async fn pin(&self, company: i64, place: Place, pinned: bool) -> Result<Reply, ServiceError> {
        shelf::pin(self.host(), company, place, pinned).await?;
        self.shelf(company).await
    }
}

impl ExtrasView {
    /// The rows of one part; where they could not be read, why.
    fn part<T>(&mut self, rows: Result<Vec<T>, ApiError>) -> Vec<T> {
        rows.unwrap_or_else(|error| {
            self.troubles.push(error.trouble());
            Vec::new()
        })
    }
}

/// Hudu's name for a kind of record.
fn model(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Asset | DocumentKind::Person => "Asset",
        DocumentKind::Article => "Article",
        DocumentKind::Password => "AssetPassword",
        DocumentKind::Process => "Procedure",
        DocumentKind::Website => "Website",
        DocumentKind::Expiration => "Expiration",
    }
}
