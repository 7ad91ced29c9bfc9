//! Lists of HaloITSM, whole or for some clients.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::halo::Pages;
use crate::halo::model::Client;
use crate::halo::resource::{self, Resource};
use crate::http::ApiError;
use crate::http::raw::read::integer_of;
use crate::sync::error::SyncError;
use crate::sync::links::Links;
use crate::sync::sides::Sides;
use crate::sync::survey::follow::Follow;
use crate::sync::survey::seen::Seen;
use crate::t;
use crate::trouble::Explain;
use crate::words::say;

/// What every list asks for: a record that is not in use is not gone.
const ALWAYS: [(&str, &str); 2] = [("includeactive", "true"), ("includeinactive", "true")];
/// Custom fields come with the rows, where the instance sends them.
pub(super) const CUSTOM: (&str, &str) = ("includedetails", "true");
/// With so few clients each one's rows are asked for by themselves, where it is not known what is less.
const FEW: usize = 4;
/// Rows of a page, for estimates.
pub(super) const PAGE: usize = 100;

/// Reads lists of HaloITSM.
pub(super) struct Lists<'a> {
    pub(super) sides: &'a Sides,
    pub(super) follow: &'a Follow<'a>,
    pub(super) seen: &'a Seen,
    /// Links kept on this device.
    pub(super) links: &'a Links,
    /// Halo ids of the clients that are asked for; none means all.
    pub(super) clients: &'a [i64],
    /// Lists that ended before all rows came, or that were narrowed.
    partial: RefCell<BTreeSet<&'static str>>,
    /// What was noticed, one sentence each.
    notes: RefCell<Vec<String>>,
}

/// One list that is being read.
pub(super) struct Reading<'a> {
    lists: &'a Lists<'a>,
    resource: Resource,
    name: String,
    params: Vec<(&'static str, &'static str)>,
    /// Clients that are asked for by themselves, and how many of them were; none for the whole list.
    each: &'a [i64],
    asked: usize,
    /// The server passes over the filter: the first client's rows are all there are.
    unfiltered: bool,
    pages: Option<Pages<Client>>,
    count: usize,
}

impl<'a> Lists<'a> {
    pub(super) fn new(
        sides: &'a Sides,
        follow: &'a Follow<'a>,
        seen: &'a Seen,
        links: &'a Links,
        clients: &'a [i64],
    ) -> Self {
        Self { sides, follow, seen, links, clients, partial: RefCell::default(), notes: RefCell::default() }
    }

    /// Whether all rows of this list were read.
    pub(super) fn is_whole(&self, resource: Resource) -> bool {
        !self.partial.borrow().contains(resource.path)
    }

    /// What was read so far is not all of this list.
    pub(super) fn is_partial(&self, resource: Resource) {
        self.partial.borrow_mut().insert(resource.path);
    }

    /// Takes note of something for the plan.
    pub(super) fn note(&self, sentence: String) {
        self.notes.borrow_mut().push(sentence);
    }

    /// What was noted.
    pub(super) fn notes(&self) -> Vec<String> {
        self.notes.take()
    }

    /// Begins to read a list, with these parameters beside the usual ones. Rows carry their client in
    /// `client_id`; where the list knows no clients, all rows are asked for.
    pub(super) fn read(&'a self, resource: Resource, extra: &[(&'static str, &'static str)]) -> Reading<'a> {
        let name = format!("{} in HaloITSM", resource.many);
        let mut params = ALWAYS.to_vec();
        params.extend(extra);
        let less = match self.seen.before(&name) {
            Some(rows) => self.clients.len() < rows.div_ceil(PAGE),
            None => self.clients.len() <= FEW,
        };
        let each = if less && owner_of(resource) == Some("client_id") { self.clients } else { &[] };
        if !self.clients.is_empty() {
            self.is_partial(resource);
        }
        Reading { lists: self, resource, name, params, each, asked: 0, unfiltered: false, pages: None, count: 0 }
    }

    /// A short list that only makes rows readable; an area that is closed is as good as empty.
    pub(super) async fn names(&self, resource: Resource) -> Result<Vec<Value>, SyncError> {
        match self.sides.halo.pages::<Client>(resource, &[]).values().await {
            Ok(rows) => Ok(rows.unwrap_or_default()),
            Err(ApiError::Forbidden { .. } | ApiError::NotFound { .. } | ApiError::NotAnApi { .. }) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    fn covers(&self, client: Option<i64>) -> bool {
        self.clients.is_empty() || client.is_some_and(|client| self.clients.contains(&client))
    }
}

/// The member of a row that tells its client.
fn owner_of(resource: Resource) -> Option<&'static str> {
    match resource.path {
        path if path == resource::CLIENT.path => Some("id"),
        path if path == resource::ARTICLE.path => None,
        _ => Some("client_id"),
    }
}

impl Reading<'_> {
    /// Rows that came, of all clients.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The rows of the next page that are asked for; `None` at the end. An area that is closed to the
    /// agent ends here with a note, unless it was open before.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Value>>, SyncError> {
        loop {
            let Some(pages) = &mut self.pages else {
                if !self.begin() {
                    return Ok(None);
                }
                continue;
            };
            match pages.values().await {
                Ok(Some(rows)) => return self.page(rows).map(Some),
                Ok(None) => self.end()?,
                Err(error @ ApiError::Forbidden { .. }) if self.may_be_closed() => {
                    self.lists.is_partial(self.resource);
                    self.lists.note(error.sentence());
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Begins with the whole list, or with the next client's rows.
    fn begin(&mut self) -> bool {
        let client = match (self.each, self.asked) {
            ([], 0) => None,
            ([], _) => return false,
            (each, asked) if asked < each.len() && !self.unfiltered => Some(each[asked].to_string()),
            _ => return false,
        };
        self.asked += 1;
        let mut params: Vec<(&str, &str)> = self.params.clone();
        params.extend(client.as_deref().map(|id| ("client_id", id)));
        self.pages = Some(self.lists.sides.halo.pages(self.resource, &params).swift());
        true
    }

    fn page(&mut self, mut rows: Vec<Value>) -> Result<Vec<Value>, SyncError> {
        self.count += rows.len();
        let progress = match (&self.pages, self.each) {
            (Some(pages), []) => pages.progress(),
            _ => (self.asked, Some(self.each.len())),
        };
        self.lists.follow.page(&self.name, progress.0, progress.1)?;
        let Some(member) = owner_of(self.resource) else { return Ok(rows) };
        let owner = |row: &Value| row.get(member).and_then(integer_of);
        if let Some(client) = self.each.get(self.asked - 1) {
            self.unfiltered |= self.asked == 1 && rows.iter().any(|row| owner(row) != Some(*client));
            if !self.unfiltered {
                rows.retain(|row| owner(row) == Some(*client));
                return Ok(rows);
            }
        }
        rows.retain(|row| self.lists.covers(owner(row)));
        Ok(rows)
    }

    /// One list is at its end.
    fn end(&mut self) -> Result<(), SyncError> {
        let Some(pages) = self.pages.take() else { return Ok(()) };
        if !self.each.is_empty() {
            return Ok(());
        }
        let (done, _) = pages.progress();
        self.lists.follow.page(&self.name, done, Some(done))?;
        self.lists.seen.count(&self.name, self.count)?;
        if !pages.is_whole() {
            let (announced, many) = (pages.announced().unwrap_or_default(), self.resource.many);
            self.lists.is_partial(self.resource);
            self.lists.note(t!(
                "HaloITSM announced {announced} {many} and sent {count}, so none of them is taken for gone.",
                announced,
                many = say(many),
                count = self.count
            ));
        }
        Ok(())
    }

    fn may_be_closed(&self) -> bool {
        self.resource.path != resource::CLIENT.path && self.lists.seen.before(&self.name).unwrap_or(0) == 0
    }
}
