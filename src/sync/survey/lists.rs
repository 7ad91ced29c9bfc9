//! Lists of HaloITSM, whole or for some clients.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::halo::Pages;
use crate::halo::model::Client;
use crate::halo::record::RecordKind;
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
    each: Vec<i64>,
    asked: usize,
    /// Only assets of this type: a part of a list that is counted elsewhere.
    of_type: Option<i64>,
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
        let each = if less && owner_of(resource) == Some("client_id") { self.clients.to_vec() } else { Vec::new() };
        if !self.clients.is_empty() {
            self.is_partial(resource);
        }
        let (asked, of_type, unfiltered) = (0, None, false);
        Reading { lists: self, resource, name, params, each, asked, of_type, unfiltered, pages: None, count: 0 }
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

    /// Ids of the clients whose rows are asked for by themselves; none for the whole list.
    pub(super) fn each(&self) -> &[i64] {
        &self.each
    }

    /// Only rows of this type of asset, of these clients where each is asked for by itself.
    pub(super) fn of_type(self, id: i64, each: Vec<i64>) -> Self {
        Self { of_type: Some(id), each, ..self }
    }

    /// Pages (or clients) that were read, and how many there are, where the server counts rows.
    pub(super) fn progress(&self) -> (usize, Option<usize>) {
        match (&self.pages, self.each.len()) {
            (Some(pages), 0) => pages.progress(),
            (_, each) => (self.asked, Some(each)),
        }
    }

    /// Whether so many rows, which came by another way, are all of this list, by a count that is trusted.
    pub(super) fn is_all(&self, rows: usize) -> bool {
        let trusted = self.lists.sides.halo.counts().get();
        let announced = self.pages.as_ref().and_then(Pages::announced);
        trusted && announced.is_some_and(|all| usize::try_from(all).is_ok_and(|all| all <= rows))
    }

    /// So many rows came by another way, and no more of this list is needed.
    pub(super) fn close(&mut self, rows: usize) -> Result<(), SyncError> {
        self.pages = None;
        self.lists.seen.count(&self.name, rows)
    }

    /// Begins with the whole list, or with the next client's rows.
    fn begin(&mut self) -> bool {
        let client = match (self.each.as_slice(), self.asked) {
            ([], 0) => None,
            ([], _) => return false,
            (each, asked) if asked < each.len() && !self.unfiltered => Some(each[asked].to_string()),
            _ => return false,
        };
        self.asked += 1;
        let mut params: Vec<(&str, &str)> = self.params.clone();
        let of_type = self.of_type.map(|id| id.to_string());
        params.extend(client.as_deref().map(|id| ("client_id", id)));
        params.extend(of_type.as_deref().map(|id| ("assettype_id", id)));
        self.pages = Some(self.lists.sides.halo.pages(self.resource, &params).swift());
        true
    }

    fn page(&mut self, mut rows: Vec<Value>) -> Result<Vec<Value>, SyncError> {
        self.count += rows.len();
        if self.of_type.is_none() {
            let (done, total) = self.progress();
            self.lists.follow.page(&self.name, done, total)?;
        }
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
        if !self.each.is_empty() || self.of_type.is_some() {
            let over = self.of_type.is_none() && (self.unfiltered || self.asked == self.each.len());
            if over && self.count == 0 && self.resource.path == resource::ASSET.path && self.was_synced() {
                self.lists.note(t!("HaloITSM answers no assets of the clients that are asked for, though assets were synced before. Look whether its agent still has access to the asset groups."));
            }
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
        let before = self.lists.seen.before(&self.name).unwrap_or(0);
        self.resource.path != resource::CLIENT.path && before == 0 && !self.was_synced()
    }

    /// Whether records of this list were synced from this device, so that it was open then.
    fn was_synced(&self) -> bool {
        let kind = RecordKind::of(self.resource.one);
        self.lists.links.records().any(|(record, _)| Some(record.kind) == kind)
    }
}
