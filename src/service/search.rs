//! The search index of this worker: answering from it, and reading Hudu into it in the background.

use std::cell::{Cell, RefCell};

use futures::lock::Mutex;
use sidelight_search::{Key, Query};

use crate::assist::search::Shelf;
use crate::assist::search::fill::{Filler, Progress};
use crate::assist::search::rows::{Reader, number};
use crate::assist::search::view::{FoundView, HitView, IndexView, found, hit};
use crate::assist::sidebar;
use crate::assist::view::{CompanyState, DocumentKind};
use crate::halo::record::RecordRef;
use crate::library;
use crate::order::gathered;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::settings;
use crate::trouble::{Explain, Retry, Trouble};

/// The alarm that goes on reading.
pub(super) const ALARM: &str = "search";

/// Most documents of one answer.
const MOST: usize = 200;

/// How long after a failure reading is tried again.
const AGAIN_MS: i64 = 10 * 60_000;

/// Id and name of the company that a search stands beside, where it is known.
type Beside = Option<(i64, String)>;

/// The index of this worker.
#[derive(Default)]
pub(super) struct Search {
    /// Loaded once; its changes are kept one after the other.
    shelf: Mutex<Option<Shelf>>,
    /// Reading goes on in the background.
    reading: Cell<bool>,
    /// Counts how often everything was forgotten: reading that began before ends.
    forgotten: Cell<u64>,
    /// The company of the last record that was searched beside: its id and name.
    beside: RefCell<Option<(RecordRef, Beside)>>,
    trouble: RefCell<Option<Trouble>>,
}

impl Service {
    /// Answers one search.
    pub(super) async fn search(
        &self,
        query: &str,
        record: Option<RecordRef>,
        everywhere: bool,
        limit: usize,
    ) -> Result<Reply, ServiceError> {
        let company = match record {
            Some(record) => self.company_beside(record, query.is_empty()).await?,
            None => None,
        };
        if query.is_empty() {
            // Nobody waits for this answer to a key: the moment to look whether there is something to read.
            self.resume_or_begin().await;
        }
        let found = self.found(query, company, everywhere, limit).await?;
        Ok(Reply::Found { found: Box::new(found) })
    }

    async fn found(
        &self,
        query: &str,
        company: Beside,
        everywhere: bool,
        limit: usize,
    ) -> Result<FoundView, ServiceError> {
        let mut shelf = self.0.search.shelf.lock().await;
        let shelf = self.loaded(&mut shelf).await?;
        let own = company.as_ref().map(|(id, _)| *id);
        let asked = Query { text: query, company: own, only: own.is_some() && !everywhere, limit: limit.min(MOST) };
        let answer = shelf.index.search(&asked);
        let settings = settings::load(self.host()).await?;
        let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
        let index = self.index_view(shelf);
        Ok(found(answer, origin.trim_end_matches('/'), company.map(|(_, name)| name), index))
    }

    fn index_view(&self, shelf: &Shelf) -> IndexView {
        let progress = &shelf.progress;
        IndexView {
            documents: shelf.index.len(),
            expected: progress.before.filter(|_| progress.is_reading()).map(|before| before.max(shelf.index.len())),
            reading: self.0.search.reading.get(),
            as_of: progress.whole,
            trouble: self.0.search.trouble.borrow().clone(),
        }
    }

    async fn loaded<'a>(&self, shelf: &'a mut Option<Shelf>) -> Result<&'a mut Shelf, ServiceError> {
        if shelf.is_none() {
            *shelf = Some(Shelf::load(self.host()).await?);
        }
        Ok(shelf.get_or_insert_default())
    }

    /// The company of a record, as its sidebar found it; what was read of it is put into the index.
    async fn company_beside(&self, record: RecordRef, again: bool) -> Result<Beside, ServiceError> {
        if let Some((known, company)) = &*self.0.search.beside.borrow()
            && *known == record
            && !again
        {
            return Ok(company.clone());
        }
        let company = match sidebar::stored_state(self.host(), record).await? {
            Some(CompanyState::Matched { company }) => Some((company.id, company.name)),
            _ => None,
        };
        if let Some((id, _)) = &company {
            self.take_library(*id).await?;
        }
        self.0.search.beside.replace(Some((record, company.clone())));
        Ok(company)
    }

    /// Puts what was read of a company into the index, where that is newer than what is in it.
    pub(super) async fn take_library(&self, company: i64) -> Result<(), ServiceError> {
        let mut shelf = self.0.search.shelf.lock().await;
        let shelf = self.loaded(&mut shelf).await?;
        let key = company.to_string();
        let Some(library) = library::load(self.host(), company).await? else { return Ok(()) };
        let age = library.company_as_of.max(library.articles.as_of.unwrap_or_default());
        if shelf.progress.opened.get(&key).is_some_and(|known| *known >= age) {
            return Ok(());
        }
        let settings = settings::load(self.host()).await?;
        let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
        let shapes = library::shapes(self.host()).await?.unwrap_or_default();
        let name = library.company.as_ref().and_then(|company| company.name.clone()).unwrap_or_default();
        let companies = gathered([(company, name)]);
        let reader =
            Reader { origin: &origin, shapes: &shapes, people: &settings.sync.people_layout, companies: &companies };
        let documents = reader.library(&library);
        let changed = shelf.index.add(&documents, pass(&shelf.progress));
        shelf.progress.opened.insert(key, age);
        Ok(shelf.keep(self.host(), changed).await?)
    }

    /// Goes on with reading that was begun or is due. Without any index nothing begins: the first search does.
    pub(super) async fn resume_reading(&self) {
        let mut shelf = self.0.search.shelf.lock().await;
        let due = match self.loaded(&mut shelf).await {
            Ok(shelf) => (shelf.progress.pass > 0).then(|| shelf.progress.due()),
            Err(_) => None,
        };
        drop(shelf);
        if due.is_some() {
            self.read_in_background(due.unwrap_or_default());
        }
    }

    async fn resume_or_begin(&self) {
        let mut shelf = self.0.search.shelf.lock().await;
        let due = self.loaded(&mut shelf).await.map(|shelf| shelf.progress.due()).unwrap_or_default();
        drop(shelf);
        self.read_in_background(due);
    }

    /// Reads where something is due, once at a time; else asks to be woken when it is.
    fn read_in_background(&self, due: i64) {
        let now = self.host().clock.now();
        if due > now {
            self.browser().wake_in(ALARM.to_owned(), due - now);
            return;
        }
        if self.0.search.reading.replace(true) {
            return;
        }
        let service = self.clone();
        self.browser().spawn(Box::pin(async move {
            let ended = service.read_on().await;
            service.0.search.reading.set(false);
            let wait = match &ended {
                Ok(()) => crate::assist::search::fill::CHANGES_EVERY_MS,
                Err(_) => AGAIN_MS,
            };
            let trouble = ended.err().map(|error| error.trouble());
            let lasting = trouble.as_ref().is_some_and(|trouble| trouble.retry == Retry::UserMustAct);
            service.0.search.trouble.replace(trouble);
            if !lasting {
                service.browser().wake_in(ALARM.to_owned(), wait);
            }
        }));
    }

    /// Reads to the end of the pass, or what changed since the last.
    async fn read_on(&self) -> Result<(), ServiceError> {
        let forgotten = self.0.search.forgotten.get();
        let sides = self.unhurried().await?;
        let now = self.host().clock.now();
        let mut progress = {
            let mut shelf = self.0.search.shelf.lock().await;
            self.loaded(&mut shelf).await?.progress.clone()
        };
        let whole_is_due =
            progress.whole.is_none_or(|whole| now - whole >= crate::assist::search::fill::WHOLE_EVERY_MS);
        if !progress.is_reading() && !whole_is_due {
            return self.read_changes(sides, progress, forgotten).await;
        }
        if !progress.is_reading() {
            progress.begin(now);
        }
        let mut filler = Filler::new(sides, &progress).await?;
        while let Some(step) = filler.step(&mut progress).await? {
            let mut shelf = self.0.search.shelf.lock().await;
            if self.0.search.forgotten.get() != forgotten {
                return Ok(());
            }
            let shelf = self.loaded(&mut shelf).await?;
            let mut changed = shelf.index.add(&step.documents, pass(&progress));
            if !step.ended.is_empty() {
                let pass = pass(&progress);
                changed.extend(shelf.index.remove(|entry| step.is_gone(entry, pass)));
            }
            progress.opened.clone_from(&shelf.progress.opened);
            shelf.progress.clone_from(&progress);
            shelf.keep(self.host(), changed).await?;
        }
        let mut shelf = self.0.search.shelf.lock().await;
        if self.0.search.forgotten.get() != forgotten {
            return Ok(());
        }
        let shelf = self.loaded(&mut shelf).await?;
        let changed = shelf.index.compact();
        shelf.progress.whole = Some(shelf.progress.began);
        shelf.progress.asked = shelf.progress.began;
        Ok(shelf.keep(self.host(), changed).await?)
    }

    async fn read_changes(
        &self,
        sides: crate::sync::sides::Sides,
        progress: Progress,
        forgotten: u64,
    ) -> Result<(), ServiceError> {
        let now = self.host().clock.now();
        let mut filler = Filler::new(sides, &progress).await?;
        let changed = filler.changes(progress.asked).await?.unwrap_or_default();
        let mut shelf = self.0.search.shelf.lock().await;
        if self.0.search.forgotten.get() != forgotten {
            return Ok(());
        }
        let shelf = self.loaded(&mut shelf).await?;
        let changed = shelf.index.add(&changed, pass(&progress));
        shelf.progress.asked = now;
        Ok(shelf.keep(self.host(), changed).await?)
    }

    /// Searches all clients for a program without a background: what is due is read first.
    pub async fn find(&self, query: &str, limit: usize) -> Result<FoundView, ServiceError> {
        let due = {
            let mut shelf = self.0.search.shelf.lock().await;
            self.loaded(&mut shelf).await?.progress.due()
        };
        if due <= self.host().clock.now() {
            self.read_on().await?;
        }
        self.found(query, None, true, limit).await
    }

    /// What the index knows of a document, and its company; nothing where it cannot be read.
    pub(super) async fn indexed(&self, kind: DocumentKind, id: i64) -> Option<(i64, HitView)> {
        let mut shelf = self.0.search.shelf.lock().await;
        let shelf = self.loaded(&mut shelf).await.ok()?;
        // Which layout holds people is a setting: one record may be asked for as either.
        let kinds = match kind {
            DocumentKind::Asset | DocumentKind::Person => [DocumentKind::Asset, DocumentKind::Person],
            kind => [kind; 2],
        };
        let found = kinds.into_iter().find_map(|kind| shelf.index.find(Key { kind: number(kind), id }))?;
        let settings = settings::load(self.host()).await.ok()?;
        let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
        Some((found.company, hit(found, origin.trim_end_matches('/'))))
    }

    /// Drops the index: it belongs to an instance that is left.
    pub(super) async fn forget_search(&self) -> Result<(), ServiceError> {
        self.0.search.forgotten.set(self.0.search.forgotten.get() + 1);
        let mut shelf = self.0.search.shelf.lock().await;
        *shelf = None;
        self.0.search.beside.replace(None);
        self.0.search.trouble.replace(None);
        Ok(Shelf::forget(self.host()).await?)
    }
}

fn pass(progress: &Progress) -> u8 {
    progress.pass.min(250) as u8
}
