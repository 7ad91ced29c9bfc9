//! Lists of HaloITSM, page by page, whatever the paging of the instance is like.

use std::collections::{BTreeSet, VecDeque};
use std::marker::PhantomData;

use futures::future::try_join_all;
use serde_json::Value;

use crate::halo::client::{Halo, Params, unreadable};
use crate::halo::resource::Resource;
use crate::http::raw::read;
use crate::http::{ApiError, Record};

/// Rows asked for at once: Halo cuts larger pages to this without a word.
const PAGE_SIZE: u32 = 100;
/// Rows asked for at first when everything is read: the server's own size shows in what comes.
const LARGE_PAGE: u32 = 1000;
/// Pages of one list that are asked for at the same time, where it is known that there are so many.
const AT_ONCE: usize = 4;
/// Arrays beside the rows in an envelope.
const SIDECARS: [&str; 8] =
    ["columns", "statuses", "priorities", "agents", "folders", "user_ids", "ticket_ids", "xtypeunamecancreatenew"];

/// A list that is being read. Rows are told apart by id, so that none comes twice; a page may be
/// shorter than asked for, so only the server's count or an empty page ends the list.
pub struct Pages<T> {
    list: List,
    of: PhantomData<T>,
}

/// The same without the type of the rows, so that there is one reader for all types.
struct List {
    halo: Halo,
    resource: Resource,
    params: Vec<(String, String)>,
    size: u32,
    ordered: bool,
    /// The whole list is wanted soon: large pages, several at a time.
    swift: bool,
    page: u32,
    /// Answers to the next pages.
    ready: VecDeque<Value>,
    seen: BTreeSet<String>,
    announced: Option<i64>,
    /// Rows of the longest page.
    longest: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// There may be more.
    Reading,
    /// Everything was read.
    Whole,
    /// It ended before as many rows came as were announced.
    Short,
}

impl<T: Record> Pages<T> {
    pub(crate) fn new(halo: Halo, resource: &Resource, params: Params<'_>) -> Self {
        let list = List {
            halo,
            resource: *resource,
            params: params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            size: PAGE_SIZE,
            ordered: true,
            swift: false,
            page: 0,
            ready: VecDeque::new(),
            seen: BTreeSet::new(),
            announced: None,
            longest: 0,
            state: State::Reading,
        };
        Self { list, of: PhantomData }
    }

    pub(crate) fn unordered(self) -> Self {
        Self { list: List { ordered: false, ..self.list }, ..self }
    }

    pub(crate) fn of_size(self, size: u32) -> Self {
        Self { list: List { size, ..self.list }, ..self }
    }

    /// For reading all there is in the fewest requests: the largest pages that the server gives, up to
    /// four at a time, and no request beyond the rows that it counts.
    pub fn swift(self) -> Self {
        let size = if self.list.ordered { LARGE_PAGE } else { self.list.size };
        Self { list: List { swift: true, size, ..self.list }, ..self }
    }

    /// How many pages were read, and how many there are, where the server counts rows.
    pub fn progress(&self) -> (usize, Option<usize>) {
        (self.list.page as usize, self.list.pages())
    }

    /// The server's count of all rows, once a page was read, where it counts them.
    pub fn announced(&self) -> Option<i64> {
        self.list.announced
    }

    /// Whether the whole list was read. A list that ended early must not be taken for all there is.
    pub fn is_whole(&self) -> bool {
        self.list.state == State::Whole
    }

    /// [`Pages::next`] without reading the rows.
    pub async fn values(&mut self) -> Result<Option<Vec<Value>>, ApiError> {
        self.list.next().await
    }

    /// The next rows that did not come before; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, ApiError> {
        let rows = self.list.next().await?;
        Ok(rows.map(|rows| rows.into_iter().filter_map(T::from_value).collect()))
    }
}

impl List {
    async fn next(&mut self) -> Result<Option<Vec<Value>>, ApiError> {
        while self.state == State::Reading {
            if self.ready.is_empty() {
                self.fetch().await?;
            }
            let Some(body) = self.ready.pop_front() else { break };
            self.page += 1;
            let (rows, came, fresh) = self.take(body)?;
            self.longest = self.longest.max(came);
            self.state = self.judge(came, fresh);
            if self.page == 1 {
                self.settle(came);
            }
            if fresh > 0 {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    /// After the first page: what the server's own size and count are.
    fn settle(&mut self, came: usize) {
        let Ok(short) = u32::try_from(came) else { return };
        if self.announced.is_some_and(|all| all > i64::from(short)) {
            self.halo.counts().set(true);
        }
        // Nobody knows whether the next page begins behind the rows that came or behind those that were asked for.
        if 0 < short && short < self.size {
            self.size = short;
        }
    }

    /// All pages, where the server counts rows.
    fn pages(&self) -> Option<usize> {
        let all = usize::try_from(self.announced?).ok()?;
        Some(all.div_ceil(self.longest.max(1)).max(1))
    }

    /// Asks for the next page, or the next few.
    async fn fetch(&mut self) -> Result<(), ApiError> {
        let left = match (self.page, self.pages()) {
            (1.., Some(all)) if self.swift => all.saturating_sub(self.page as usize).clamp(1, AT_ONCE),
            _ => 1,
        };
        if left > 1 {
            let pages = (1..=left as u32).map(|ahead| self.ask(self.page + ahead));
            self.ready.extend(try_join_all(pages).await?);
            return Ok(());
        }
        let body = loop {
            match self.ask(self.page + 1).await {
                Err(error) if self.page == 0 && self.size > PAGE_SIZE && error.is_too_much() => self.size = PAGE_SIZE,
                Err(error) if self.page == 0 && self.orders() && error.is_of_order() => self.ordered = false,
                other => break other?,
            }
        };
        self.ready.push_back(body);
        Ok(())
    }

    /// Whether rows are asked for in the order of their ids.
    fn orders(&self) -> bool {
        self.resource.paged && self.ordered && !self.params.iter().any(|(name, _)| name == "order")
    }

    /// The answer to one page.
    async fn ask(&self, page: u32) -> Result<Value, ApiError> {
        let (size, page) = (self.size.to_string(), page.to_string());
        let mut query: Vec<(&str, &str)> = self.params.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        if self.resource.paged {
            // Without `pageinate` the other two are passed over; the first page has to be asked for by number.
            query.extend([("pageinate", "true"), ("page_size", &size), ("page_no", &page)]);
            if self.orders() {
                query.extend([("order", "id"), ("orderdesc", "false")]);
            }
        }
        let uncounted = query.iter().all(|(name, _)| *name != "count");
        query.extend(self.resource.count().filter(|_| uncounted).map(|count| ("count", count)));
        let Resource { path, many, .. } = self.resource;
        self.halo.read(path, &query, many, many).await
    }

    /// The rows of this page that are new, how many rows came, how many were new.
    fn take(&mut self, body: Value) -> Result<(Vec<Value>, usize, usize), ApiError> {
        let many = self.resource.many;
        self.announced = body.get("record_count").and_then(read::integer_of).or(self.announced);
        let rows =
            unwrap(body, self.resource.rows).ok_or_else(|| unreadable(&format!("no rows in the list of {many}")))?;
        let came = rows.len();
        let mut fresh = 0;
        let mut read = Vec::with_capacity(came);
        for (index, row) in rows.into_iter().enumerate() {
            let id = match row.get("id") {
                Some(Value::String(id)) => id.clone(),
                Some(id) if !id.is_null() => read::integer_of(id).map_or_else(|| id.to_string(), |id| id.to_string()),
                _ => format!("{}/{index}", self.page),
            };
            if self.seen.insert(id) {
                fresh += 1;
                read.push(row);
            }
        }
        Ok((read, came, fresh))
    }

    fn judge(&self, came: usize, fresh: usize) -> State {
        if !self.resource.paged {
            return State::Whole;
        }
        let collected = i64::try_from(self.seen.len()).unwrap_or(i64::MAX);
        match self.announced {
            // Some instances count too few, or only the rows of this page: a page as long as any
            // before, of a round length, may have another after it.
            Some(all) if collected >= all => {
                // No instance was seen to cut pages to less than fifty rows.
                if self.swift && collected == all && (self.halo.counts().get() || all < 50) {
                    return State::Whole;
                }
                let round = came.is_multiple_of(10) || came.is_multiple_of(25);
                let full = fresh > 0 && came >= self.longest && round && self.size > 1;
                if full { State::Reading } else { State::Whole }
            }
            // Nothing new: the list ended, or the server knows no pages and sent the same again.
            Some(_) if fresh == 0 => State::Short,
            None if fresh == 0 => State::Whole,
            _ => State::Reading,
        }
    }
}

/// The rows of a list: the body itself, the named member, or the first array that is not a sidecar.
pub(crate) fn unwrap(body: Value, name: &str) -> Option<Vec<Value>> {
    let mut map = match body {
        Value::Array(rows) => return Some(rows),
        Value::Object(map) => map,
        _ => return None,
    };
    let array = |map: &serde_json::Map<String, Value>, found: &dyn Fn(&str) -> bool| {
        map.iter().find(|(key, value)| value.is_array() && found(key)).map(|(key, _)| key.clone())
    };
    let key = array(&map, &|key| key.eq_ignore_ascii_case(name))
        .or_else(|| array(&map, &|key| key == "results"))
        .or_else(|| array(&map, &|key| !SIDECARS.iter().any(|s| s.eq_ignore_ascii_case(key))));
    match key.and_then(|key| map.remove(&key)) {
        Some(Value::Array(rows)) => Some(rows),
        // Members that are null are left out, and an empty list may be one of them.
        _ if map.get("record_count").and_then(read::integer_of) == Some(0) => Some(Vec::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rows_are_found_in_every_envelope() {
        let one = || Some(vec![json!({"id": 1})]);
        assert_eq!(unwrap(json!([{"id": 1}]), "agents"), one());
        assert_eq!(unwrap(json!({"record_count": 1, "clients": [{"id": 1}]}), "clients"), one());
        assert_eq!(unwrap(json!({"columns": [1], "Tickets": [{"id": 1}]}), "tickets"), one());
        assert_eq!(unwrap(json!({"folders": [], "others": [{"id": 1}]}), "attachments"), one());
        assert_eq!(unwrap(json!({"agents": [{"id": 1}]}), "agents"), one());
        assert_eq!(unwrap(json!({"record_count": 0}), "clients"), Some(vec![]));
        assert_eq!(unwrap(json!({"record_count": 3}), "clients"), None);
        assert_eq!(unwrap(Value::Null, "clients"), None);
    }
}
