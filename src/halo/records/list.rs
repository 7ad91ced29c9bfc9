//! One page of a list after another, from a cursor, whatever the paging of the instance is like.
//!
//! The instance pages by number, over a list that may change between two pages. Rows are asked for in
//! the order of their ids, so the last id tells what was answered already, and a count that went down
//! tells that rows before it are gone and the rest moved up: then reading goes back as far.

use serde_json::Value;

use super::{RecordsError, tidied};
use crate::halo::catalogue::Entry;
use crate::halo::client::{Halo, unreadable};
use crate::halo::pages::unwrap;
use crate::http::ApiError;
use crate::http::cursor::{Cursor, name};
use crate::http::raw::read::integer_of;
use crate::order::Order;

/// Rows asked for where nobody says how many.
const USUAL: u32 = 100;
/// Most rows asked for at once.
const MOST: u32 = 1000;
/// No instance was seen to cut pages to less.
const LEAST_CUT: usize = 50;

/// What is asked of a list.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The resource.
    pub entry: &'a Entry,
    /// Filters, as query parameters.
    pub filters: Vec<(String, String)>,
    /// Rows wished for; the instance may answer fewer or more.
    pub limit: Option<u32>,
    /// Where the list was left.
    pub cursor: Option<&'a str>,
}

/// Rows of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows, each once over all pages.
    pub rows: Vec<Value>,
    /// Where to go on; nothing at the end.
    pub next: Option<String>,
}

impl Halo {
    /// The next rows of a list.
    pub async fn page(&self, ask: &Ask<'_>) -> Result<Page, RecordsError> {
        let Ask { entry, filters, limit, cursor } = ask;
        let filters = &lowered(filters)?;
        check(entry, filters)?;
        let of = name(self.origin(), entry.resource.path, filters);
        let cursor = match cursor {
            Some(text) => Cursor::read(text, &of).ok_or(RecordsError::Cursor)?,
            None => Cursor::new(of, limit.unwrap_or(USUAL).clamp(1, MOST)),
        };
        if entry.resource.paged {
            self.paged(entry, filters, cursor).await
        } else {
            self.whole(entry, filters, cursor, limit.is_some()).await
        }
    }

    /// A list that comes in pages.
    async fn paged(
        &self,
        entry: &Entry,
        filters: &[(String, String)],
        mut cursor: Cursor,
    ) -> Result<Page, RecordsError> {
        let given = filters.iter().any(|(name, _)| name == "order");
        let mut page = cursor.page + 1;
        let mut again_to = 0;
        loop {
            let first = page == 1 && cursor.page == 0;
            let body = match self.rows_of(entry, filters, page, &cursor).await {
                Err(error) if first && cursor.size > USUAL && error.is_too_much() => {
                    cursor.size = USUAL;
                    continue;
                }
                Err(error) if first && !given && !cursor.unordered && error.is_of_order() => {
                    cursor.unordered = true;
                    continue;
                }
                other => other?,
            };
            let count = body.get("record_count").and_then(integer_of);
            if let Some(back) = moved_up(&cursor, count).filter(|_| again_to == 0 && page > 1) {
                (again_to, page) = (page, page.saturating_sub(back).max(1));
                cursor.count = count;
                continue;
            }
            let rows = rows(entry, body)?;
            let came = rows.len();
            let keys: Vec<(i64, i64)> = rows.iter().map(|row| key(entry, row)).collect();
            let sorted = !given && !cursor.unordered && keys.is_sorted();
            let mut fresh = Vec::with_capacity(came);
            for (row, key) in rows.into_iter().zip(&keys) {
                let twice = fresh.iter().any(|(_, other)| other == key);
                if !(cursor.had(sorted, *key) || twice && key.1 > 0) {
                    fresh.push((row, *key));
                }
            }
            cursor.longest = cursor.longest.max(came);
            (cursor.page, cursor.count) = (page, count);
            if fresh.is_empty() && page < again_to {
                page += 1;
                continue;
            }
            if let (true, Some((_, (above, last)))) = (sorted && cursor.seen.is_empty(), fresh.last()) {
                (cursor.above, cursor.last) = (*above, *last);
            } else if !fresh.is_empty() {
                cursor.seen = keys.iter().map(|(_, id)| *id).collect();
            }
            let more = !fresh.is_empty() && more(&cursor, came);
            // Nobody knows whether the next page begins behind the rows that came or behind those that were asked for.
            if let (1, Ok(came @ 1..)) = (page, u32::try_from(came)) {
                cursor.size = cursor.size.min(came);
            }
            let rows = fresh.into_iter().map(|(row, _)| tidied(entry, row)).collect();
            return Ok(Page { rows, next: more.then(|| cursor.write()) });
        }
    }

    /// A list that always comes whole: what was not answered yet of it, in the order of ids.
    async fn whole(
        &self,
        entry: &Entry,
        filters: &[(String, String)],
        mut cursor: Cursor,
        limited: bool,
    ) -> Result<Page, RecordsError> {
        let body = self.rows_of(entry, filters, 0, &cursor).await?;
        let mut rows: Vec<((i64, i64), Value)> =
            rows(entry, body)?.into_iter().map(|row| (key(entry, &row), row)).collect();
        rows.order_by_key(|(key, _)| *key);
        // An agent in several teams comes several times.
        rows.dedup_by(|one, other| one.0 == other.0 && one.0.1 > 0);
        let resumed = cursor.last > i64::MIN;
        rows.retain(|(key, _)| !resumed || !cursor.had(true, *key));
        let take = if limited || resumed { cursor.size as usize } else { rows.len() };
        let more = rows.len() > take;
        rows.truncate(take);
        if let Some(((above, last), _)) = rows.last() {
            (cursor.above, cursor.last) = (*above, *last);
        }
        let rows = rows.into_iter().map(|(_, row)| tidied(entry, row)).collect();
        Ok(Page { rows, next: more.then(|| cursor.write()) })
    }

    async fn rows_of(
        &self,
        entry: &Entry,
        filters: &[(String, String)],
        page: u32,
        cursor: &Cursor,
    ) -> Result<Value, ApiError> {
        let (size, page_no) = (cursor.size.to_string(), page.to_string());
        let mut query: Vec<(&str, &str)> = filters.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        if page > 0 {
            query.extend([("pageinate", "true"), ("page_size", &size), ("page_no", &page_no)]);
            if !cursor.unordered && !query.iter().any(|(name, _)| *name == "order") {
                query.extend([("order", "id"), ("orderdesc", "false")]);
            }
        }
        query.extend(entry.resource.count().map(|count| ("count", count)));
        self.read(entry.resource.path, &query, entry.resource.many, entry.resource.many).await
    }
}

/// The filters in lower case, each once: HaloITSM does not tell names apart by case and takes the first of several, so
/// that whoever checks one has to see the one that counts.
pub fn lowered(filters: &[(String, String)]) -> Result<Vec<(String, String)>, RecordsError> {
    let mut plain: Vec<(String, String)> = Vec::with_capacity(filters.len());
    for (name, value) in filters {
        let own = name.to_ascii_lowercase();
        if plain.iter().any(|(other, _)| *other == own) {
            return Err(RecordsError::argument(name, "is given twice: HaloITSM does not tell names apart by case"));
        }
        plain.push((own, value.clone()));
    }
    Ok(plain)
}

/// Filters that this mechanism sets itself, and those that the list cannot do without.
fn check(entry: &Entry, filters: &[(String, String)]) -> Result<(), RecordsError> {
    let has = |name: &str| filters.iter().any(|(other, _)| other == name);
    for own in ["pageinate", "page_size", "page_no", "idonly", "count"] {
        if has(own) {
            return Err(RecordsError::argument(own, "is not a filter here: use limit and cursor"));
        }
    }
    if entry.list_needs.is_empty() || entry.list_needs.iter().any(|name| has(name)) {
        return Ok(());
    }
    let why = format!("is missing: {} are not listed without it", entry.resource.many);
    Err(RecordsError::argument(entry.list_needs.join(" or "), why))
}

fn rows(entry: &Entry, body: Value) -> Result<Vec<Value>, ApiError> {
    let why = || unreadable(&format!("no rows in the list of {}", entry.resource.many));
    unwrap(body, entry.resource.rows).ok_or_else(why)
}

/// What tells rows apart: the id, below the one that it starts again under.
fn key(entry: &Entry, row: &Value) -> (i64, i64) {
    let number = |name: &str| row.get(name).and_then(integer_of).unwrap_or_default();
    (entry.within.map_or(0, number), number("id"))
}

/// How many pages the rest of the list may have moved up since the last one, where the count went down.
/// A count of the rows of one page says nothing.
fn moved_up(cursor: &Cursor, count: Option<i64>) -> Option<u32> {
    let (before, now) = (cursor.count?, count?);
    let longest = i64::try_from(cursor.longest.max(1)).ok()?;
    let gone = before - now;
    (gone > 0 && before > longest).then(|| u32::try_from((gone + longest - 1) / longest).unwrap_or(u32::MAX))
}

/// Whether another page is worth a request. A count may be a little wrong or of this page only: a page as
/// long as any before may have another after it.
fn more(cursor: &Cursor, came: usize) -> bool {
    let reached = (cursor.page as usize - 1) * cursor.longest + came;
    let announced = cursor.count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
    let cut = came >= LEAST_CUT && (came.is_multiple_of(10) || came.is_multiple_of(25));
    reached < announced || (came >= cursor.longest && (cut || came >= cursor.size as usize))
}
