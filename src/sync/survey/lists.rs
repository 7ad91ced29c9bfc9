//! Lists of HaloITSM, whole or for some clients.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::halo::resource::Resource;
use crate::http::{ApiError, Record};
use crate::sync::error::SyncError;
use crate::sync::sides::Sides;
use crate::sync::survey::follow::Follow;
use crate::sync::survey::seen::Seen;
use crate::trouble::Explain;

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
    /// Halo ids of the clients that are asked for; none means all.
    pub(super) clients: &'a [i64],
    /// Lists that ended before all rows came, or that were narrowed.
    pub(super) partial: RefCell<BTreeSet<&'static str>>,
    /// What was noticed, one sentence each.
    pub(super) notes: RefCell<Vec<String>>,
}

impl Lists<'_> {
    /// Whether records of this client are asked for.
    pub(super) fn covers(&self, client: Option<i64>) -> bool {
        self.clients.is_empty() || client.is_some_and(|client| self.clients.contains(&client))
    }

    /// Whether all rows of this list were read.
    pub(super) fn is_whole(&self, resource: Resource) -> bool {
        !self.partial.borrow().contains(resource.path)
    }

    /// Reads a list and hands over each page. `owner` tells a row's client; where there is none to ask
    /// by (the list of clients), a row is its own.
    pub(super) async fn each<T: Record>(
        &self,
        resource: Resource,
        extra: &[(&str, &str)],
        owner: fn(&T) -> Option<i64>,
        mut take: impl AsyncFnMut(Vec<T>) -> Result<(), SyncError>,
    ) -> Result<(), SyncError> {
        let name = format!("{} in HaloITSM", resource.many);
        let mut params: Vec<(&str, &str)> = ALWAYS.into();
        params.extend(extra);
        if self.one_by_one(resource, &name) {
            self.partial.borrow_mut().insert(resource.path);
            return self.narrowed(resource, &params, &name, owner, take).await;
        }
        let mut pages = self.sides.halo.pages::<T>(resource, &params).swift();
        let mut count = 0;
        while let Some(mut rows) = pages.next().await? {
            let (done, total) = pages.progress();
            self.follow.page(&name, done, total)?;
            count += rows.len();
            rows.retain(|row| self.covers(owner(row)));
            take(rows).await?;
        }
        self.follow.page(&name, pages.progress().0, Some(pages.progress().0))?;
        self.seen.count(&name, count)?;
        if !pages.is_whole() {
            let announced = pages.announced().unwrap_or_default();
            self.note(format!(
                "HaloITSM announced {announced} {} and sent {count}, so none of them is taken for gone.",
                resource.many
            ));
        }
        if !pages.is_whole() || !self.clients.is_empty() {
            self.partial.borrow_mut().insert(resource.path);
        }
        Ok(())
    }

    /// Reads each client's rows by themselves. A server that passes over the filter answers everything to
    /// the first question already.
    async fn narrowed<T: Record>(
        &self,
        resource: Resource,
        params: &[(&str, &str)],
        name: &str,
        owner: fn(&T) -> Option<i64>,
        mut take: impl AsyncFnMut(Vec<T>) -> Result<(), SyncError>,
    ) -> Result<(), SyncError> {
        let mut everything = false;
        for (nth, client) in self.clients.iter().enumerate() {
            if everything {
                break;
            }
            let id = client.to_string();
            let mut narrowed = params.to_vec();
            narrowed.push(("client_id", &id));
            let mut pages = self.sides.halo.pages::<T>(resource, &narrowed).swift();
            while let Some(mut rows) = pages.next().await? {
                self.follow.page(name, nth + 1, Some(self.clients.len()))?;
                everything |= nth == 0 && rows.iter().any(|row| owner(row) != Some(*client));
                rows.retain(|row| if everything { self.covers(owner(row)) } else { owner(row) == Some(*client) });
                take(rows).await?;
            }
        }
        Ok(())
    }

    /// Takes note of something for the plan.
    pub(super) fn note(&self, sentence: String) {
        self.notes.borrow_mut().push(sentence);
    }

    /// An area that is closed to the agent is left out, and the plan says so; but where it was open
    /// before, that is an error.
    pub(super) fn unless_closed(&self, resource: Resource, read: Result<(), SyncError>) -> Result<(), SyncError> {
        match read {
            Err(SyncError::Api(error @ ApiError::Forbidden { .. }))
                if self.seen.before(&format!("{} in HaloITSM", resource.many)).unwrap_or(0) == 0 =>
            {
                self.partial.borrow_mut().insert(resource.path);
                self.note(error.sentence());
                Ok(())
            }
            other => other,
        }
    }

    /// A short list that only makes rows readable; an area that is closed is as good as empty.
    pub(super) async fn names<T: Record>(&self, resource: Resource) -> Result<Vec<T>, SyncError> {
        match self.sides.halo.list(resource, &[]).await {
            Ok(rows) => Ok(rows),
            Err(ApiError::Forbidden { .. } | ApiError::NotFound { .. } | ApiError::NotAnApi { .. }) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether asking for each client by itself takes fewer requests than the whole list.
    fn one_by_one(&self, resource: Resource, name: &str) -> bool {
        let asked = self.clients.len();
        let less = match self.seen.before(name) {
            Some(rows) => asked < rows.div_ceil(PAGE),
            None => asked <= FEW,
        };
        asked > 0 && less && resource.path != crate::halo::resource::CLIENT.path
    }
}
