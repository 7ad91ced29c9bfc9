//! Reading Hudu's lists into the index, a page at a time.
//!
//! A pass reads every list whole. It can be stopped after any page and goes on there. What a whole list
//! no longer holds leaves the index at the list's end. Between passes only what changed is read, where
//! this Hudu can tell.

use std::collections::BTreeMap;

use sidelight_search::{Document, Entry};

use crate::assist::search::rows::{COMPANY, Reader, number};
use crate::assist::view::DocumentKind;
use crate::http::{ApiError, Record, date};
use crate::hudu::{Hudu, Pages, Params};
use crate::json::Json;
use crate::library::{self, Shapes};
use crate::order::gathered;
use crate::sync::sides::Sides;

/// A pass over everything is worth its requests so often.
pub const WHOLE_EVERY_MS: i64 = 12 * 3_600_000;
/// What changed is asked for so often.
pub const CHANGES_EVERY_MS: i64 = 30 * 60_000;
/// Changes are asked for from a little before the last time, because clocks differ.
const OVERLAP_MS: i64 = 5 * 60_000;

/// Nothing has changed after this.
const FAR_FUTURE: &str = "2100-01-01T00:00:00Z";

/// Hudu's lists in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Companies, whose names the others need.
    Companies,
    /// Assets and people.
    Assets,
    /// Passwords without secrets.
    Passwords,
    /// Articles.
    Articles,
    /// Processes.
    Processes,
    /// Websites.
    Websites,
    /// Expirations.
    Expirations,
}

const LISTS: [List; 7] = [
    List::Companies,
    List::Assets,
    List::Passwords,
    List::Articles,
    List::Processes,
    List::Websites,
    List::Expirations,
];

impl List {
    /// The index's numbers of the kinds that it holds.
    fn kinds(self) -> Vec<u8> {
        use DocumentKind as K;
        match self {
            List::Companies => vec![COMPANY],
            List::Assets => vec![number(K::Asset), number(K::Person)],
            List::Passwords => vec![number(K::Password)],
            List::Articles => vec![number(K::Article)],
            List::Processes => vec![number(K::Process)],
            List::Websites => vec![number(K::Website)],
            List::Expirations => vec![number(K::Expiration)],
        }
    }
}

/// How far reading is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct Progress {
    /// Number of the pass, 1 to 250 and round again; 0 before the first.
    pub pass: u32,
    /// Which list is read; beyond the last between passes.
    pub list: usize,
    /// Pages of it that are in the index.
    pub page: u32,
    /// Documents that this pass has read.
    pub read: usize,
    /// Documents that the pass before read.
    pub before: Option<usize>,
    /// When this pass began, milliseconds since 1970.
    pub began: i64,
    /// When the last whole pass began that came to its end.
    pub whole: Option<i64>,
    /// When changes were asked for last.
    pub asked: i64,
    /// Areas that this key may not see.
    pub closed: Vec<String>,
    /// For each company that was opened, when what is in the index of it was read.
    pub opened: BTreeMap<String, i64>,
}

impl Progress {
    /// Whether a pass has begun and is not at its end.
    pub fn is_reading(&self) -> bool {
        self.pass > 0 && self.list < LISTS.len()
    }

    /// Begins a pass.
    pub fn begin(&mut self, now: i64) {
        self.before = (self.read > 0).then_some(self.read).or(self.before);
        (self.pass, self.list, self.page, self.read, self.began) = (self.pass % 250 + 1, 0, 0, 0, now);
        self.closed.clear();
    }

    /// When there is something to read, in milliseconds since 1970.
    pub fn due(&self) -> i64 {
        match self.whole {
            _ if self.is_reading() => 0,
            None => 0,
            Some(whole) => (whole + WHOLE_EVERY_MS).min(self.asked.max(whole) + CHANGES_EVERY_MS),
        }
    }
}

/// What one step read.
pub struct Step {
    /// Documents to be put into the index.
    pub documents: Vec<Document>,
    /// Kinds of which what this pass did not read is gone: the list came to its end.
    pub ended: Vec<u8>,
}

impl Step {
    /// Whether a document is gone at the end of a list.
    pub fn is_gone(&self, entry: Entry, pass: u8) -> bool {
        entry.pass != pass && self.ended.contains(&entry.key.kind)
    }
}

/// Reads Hudu for the index. Made anew for each worker; where it was is in [`Progress`].
pub struct Filler {
    sides: Sides,
    shapes: Shapes,
    companies: BTreeMap<i64, String>,
    open: Option<Open>,
}

/// The list that is being read.
enum Open {
    Companies(Pages<crate::hudu::model::Company>),
    Assets(Pages<crate::hudu::model::Asset>),
    /// Assets company by company, for a key to which the list of all is closed.
    Each(Hudu, std::vec::IntoIter<i64>),
    Passwords(Pages<crate::hudu::model::Password>),
    Articles(Pages<crate::hudu::model::Article>),
    Processes(Pages<crate::hudu::model::Procedure>),
    Websites(Pages<crate::hudu::model::Website>),
    Expirations(Pages<crate::hudu::model::Expiration>),
}

impl Open {
    fn new(hudu: &Hudu, list: List, after: u32, params: Params<'_>) -> Self {
        match list {
            List::Companies => Open::Companies(hudu.company_pages_by(params).after(after)),
            List::Assets => Open::Assets(hudu.asset_pages(params).after(after)),
            List::Passwords => Open::Passwords(hudu.password_pages().after(after)),
            List::Articles => Open::Articles(hudu.article_pages().after(after)),
            List::Processes => Open::Processes(hudu.procedure_pages().after(after)),
            List::Websites => Open::Websites(hudu.website_pages().after(after)),
            List::Expirations => Open::Expirations(hudu.expiration_pages().after(after)),
        }
    }

    /// The documents of the next page; `None` at the end.
    async fn next(&mut self, reader: &Reader<'_>) -> Result<Option<Vec<Document>>, ApiError> {
        match self {
            Open::Companies(pages) => page(pages, |row| reader.company(row)).await,
            Open::Assets(pages) => page(pages, |row| hidden(row, reader)).await,
            Open::Each(hudu, companies) => match companies.next() {
                Some(company) => {
                    let rows = hudu.company_assets(company).await?;
                    Ok(Some(rows.iter().filter_map(|row| hidden(row, reader)).collect()))
                }
                None => Ok(None),
            },
            Open::Passwords(pages) => page(pages, |row| reader.password(row)).await,
            Open::Articles(pages) => page(pages, |row| reader.article(row)).await,
            Open::Processes(pages) => page(pages, |row| reader.process(row)).await,
            Open::Websites(pages) => page(pages, |row| reader.website(row)).await,
            Open::Expirations(pages) => page(pages, |row| reader.expiration(row)).await,
        }
    }
}

/// An asset without its confidential fields as a document.
fn hidden(row: &crate::hudu::model::Asset, reader: &Reader<'_>) -> Option<Document> {
    let mut row = row.clone();
    row.hide_confidential(reader.shapes.layout(row.asset_layout_id));
    reader.asset(&row)
}

async fn page<T: Record>(
    pages: &mut Pages<T>,
    document: impl Fn(&T) -> Option<Document>,
) -> Result<Option<Vec<Document>>, ApiError> {
    Ok(pages.next().await?.map(|rows| rows.iter().filter_map(document).collect()))
}

impl Filler {
    /// Reads layouts, and the companies' names where the pass is beyond them.
    pub async fn new(sides: Sides, progress: &Progress) -> Result<Self, ApiError> {
        let shapes = sides.shapes().await?;
        library::keep_shapes(&sides.host, &shapes).await?;
        let mut companies = BTreeMap::new();
        if progress.list > 0 {
            companies = names(&sides.hudu).await?;
        }
        Ok(Self { sides, shapes, companies, open: None })
    }

    /// Reads the next page of the pass; `None` when the pass is at its end.
    pub async fn step(&mut self, progress: &mut Progress) -> Result<Option<Step>, ApiError> {
        let Some(list) = LISTS.get(progress.list).copied() else { return Ok(None) };
        if self.open.is_none() {
            if list == List::Assets {
                self.companies = names(&self.sides.hudu).await?;
            }
            // The page before is read once more: rows may have moved over its end meanwhile.
            let after = progress.page.saturating_sub(1);
            self.open = Some(if list == List::Assets && self.sides.hudu.assets_closed() {
                let ids: Vec<i64> = self.companies.keys().copied().skip(after as usize).collect();
                Open::Each(self.sides.hudu.clone(), ids.into_iter())
            } else {
                Open::new(&self.sides.hudu, list, after, &[])
            });
        }
        let reader = Reader {
            origin: self.sides.hudu.origin(),
            shapes: &self.shapes,
            people: &self.sides.settings.people_layout,
            companies: &self.companies,
        };
        let Some(open) = &mut self.open else { return Ok(None) };
        match open.next(&reader).await {
            Ok(Some(mut documents)) => {
                if list == List::Companies {
                    for company in &mut documents {
                        company.company_name = company.title.clone();
                    }
                }
                progress.page += 1;
                progress.read += documents.len();
                Ok(Some(Step { documents, ended: Vec::new() }))
            }
            Ok(None) => {
                self.open = None;
                (progress.list, progress.page) = (progress.list + 1, 0);
                Ok(Some(Step { documents: Vec::new(), ended: list.kinds() }))
            }
            Err(error) if is_closed(&error) && list == List::Assets && !self.sides.hudu.assets_closed() => {
                self.sides.hudu.close_assets();
                self.open = None;
                progress.page = 0;
                Ok(Some(Step { documents: Vec::new(), ended: Vec::new() }))
            }
            // What this key may not see is no reason to find nothing else. What is in the index of it goes.
            Err(error) if is_closed(&error) => {
                self.open = None;
                (progress.list, progress.page) = (progress.list + 1, 0);
                progress.closed.push(format!("{list:?}").to_lowercase());
                Ok(Some(Step { documents: Vec::new(), ended: list.kinds() }))
            }
            Err(error) => Err(error),
        }
    }

    /// The assets and companies that changed since; `None` where this Hudu cannot tell.
    pub async fn changes(&mut self, since: i64) -> Result<Option<Vec<Document>>, ApiError> {
        if !self.sides.hudu_tells().await? {
            return Ok(None);
        }
        self.companies = names(&self.sides.hudu).await?;
        let range = format!("{},{FAR_FUTURE}", date::iso(since - OVERLAP_MS));
        let params = [("updated_at", range.as_str())];
        let mut changed = Vec::new();
        for list in [List::Companies, List::Assets] {
            let mut open = Open::new(&self.sides.hudu, list, 0, &params);
            let reader = Reader {
                origin: self.sides.hudu.origin(),
                shapes: &self.shapes,
                people: &self.sides.settings.people_layout,
                companies: &self.companies,
            };
            while let Some(documents) = open.next(&reader).await? {
                changed.extend(documents);
            }
        }
        Ok(Some(changed))
    }
}

fn is_closed(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Forbidden { .. }
            | ApiError::NoPasswordAccess
            | ApiError::NotFound { .. }
            | ApiError::ServerFault { .. }
            | ApiError::Rejected { .. }
            | ApiError::NotAnApi { .. }
    )
}

async fn names(hudu: &Hudu) -> Result<BTreeMap<i64, String>, ApiError> {
    let companies = hudu.companies().await?;
    Ok(gathered(companies.into_iter().map(|company| (company.id, company.name.unwrap_or_default()))))
}
