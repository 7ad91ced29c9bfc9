//! Lists of Hudu, page by page.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde_json::Value;

use crate::http::raw::read::integer_of;
use crate::http::{ApiError, Record};
use crate::hudu::client::{Hudu, Params};
use crate::hudu::endpoint::Endpoint;
use crate::hudu::envelope::more_likely;

/// The smallest page that is tried where the server fails over larger ones.
const SMALLEST: u32 = 125;

/// A list that is being read. Rows are told apart by id, so that none comes twice. Hudu counts no rows:
/// a short page or an empty one is the last.
pub struct Pages<T> {
    list: List,
    of: PhantomData<T>,
}

/// The same without the type of the rows.
struct List {
    hudu: Hudu,
    endpoint: Endpoint,
    path: String,
    params: Vec<(String, String)>,
    page: u32,
    seen: BTreeSet<i64>,
    /// Rows of the longest page.
    longest: usize,
    done: bool,
}

impl<T: Record> Pages<T> {
    pub(crate) fn new(hudu: Hudu, endpoint: &Endpoint, path: &str, params: Params<'_>) -> Self {
        let list = List {
            hudu,
            endpoint: *endpoint,
            path: path.to_owned(),
            params: params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            page: 0,
            seen: BTreeSet::new(),
            longest: 0,
            done: false,
        };
        Self { list, of: PhantomData }
    }

    /// The list from behind so many of its pages on.
    pub fn after(mut self, pages: u32) -> Self {
        self.list.page = pages;
        self
    }

    /// The rows of the next page; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, ApiError> {
        let rows = self.list.next().await?;
        Ok(rows.map(|rows| rows.into_iter().filter_map(T::from_value).collect()))
    }

    /// All rows that are left.
    pub async fn rest(mut self) -> Result<Vec<T>, ApiError> {
        let mut found = Vec::new();
        while let Some(rows) = self.next().await? {
            found.extend(rows);
        }
        Ok(found)
    }
}

impl List {
    async fn next(&mut self) -> Result<Option<Vec<Value>>, ApiError> {
        if self.done {
            return Ok(None);
        }
        self.page += 1;
        let mut rows = loop {
            match self.fetch().await {
                Err(error) if self.may_shrink(&error).await => {
                    // Half a page starts at the same row.
                    self.endpoint.page_size = self.endpoint.page_size.map(|size| size / 2);
                    self.page = (self.page - 1) * 2 + 1;
                }
                other => break other?,
            }
        };
        let came = rows.len();
        rows.retain(|row| row.get("id").and_then(integer_of).is_none_or(|id| self.seen.insert(id)));
        // What another reading of the same list was given counts as well: a page that happens to be round is no
        // reason to ask for a second one each time.
        let own = self.path == self.endpoint.many;
        let known = if own { self.hudu.forms().longest(self.endpoint.many, self.longest) } else { 0 };
        self.done = !more_likely(&self.endpoint, came, rows.len(), self.longest.max(known));
        self.longest = self.longest.max(came);
        if own {
            self.hudu.forms().longest(self.endpoint.many, came);
        }
        Ok((!rows.is_empty()).then_some(rows))
    }

    /// A large page may be too much for the server; but where it fails over a single row as well, the
    /// list is closed to this key.
    async fn may_shrink(&self, error: &ApiError) -> bool {
        use ApiError::{ServerFault, Unreachable};
        let large = self.endpoint.page_size.is_some_and(|size| size >= 2 * SMALLEST);
        // A server that cuts pages to a size of its own counts them by that: half of what was asked for
        // would pass rows over.
        let cut = self.page > 1 && self.endpoint.page_size.is_some_and(|size| self.longest < size as usize);
        if !large || cut || !matches!(error, ServerFault { .. } | Unreachable { .. }) {
            return false;
        }
        let row = [("page", "1"), ("page_size", "1")];
        self.page > 1 || self.hudu.ask_once(&self.endpoint, &self.path, &row).await.is_ok()
    }

    async fn fetch(&self) -> Result<Vec<Value>, ApiError> {
        let (page, size) = (self.page.to_string(), self.endpoint.page_size.map(|size| size.to_string()));
        let mut query: Vec<(&str, &str)> = self.params.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        if let Some(size) = &size {
            query.extend([("page", page.as_str()), ("page_size", size.as_str())]);
        }
        self.hudu.rows(&self.endpoint, &self.path, &query).await
    }
}
