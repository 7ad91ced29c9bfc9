//! Users and groups of HaloITSM in one shape: end users and agents are users, teams are groups.
//!
//! Ids say what is meant: `user/77`, `agent/3`, `team/5`. The record as HaloITSM has it stands beside, in `raw`.

mod principal;
mod table;

use serde_json::{Map, Value};

use crate::halo::Halo;
use crate::halo::records::{self, Ask, RecordsError};
use crate::http::{ApiError, Product};

pub use principal::{Kind, Linked, Principal};
use table::{AGENT, END_USER, Source, TEAM};

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// People: end users first, then agents.
    Users,
    /// Teams.
    Groups,
}

impl Sort {
    fn sources(self) -> &'static [&'static Source] {
        match self {
            Sort::Users => &[&END_USER, &AGENT],
            Sort::Groups => &[&TEAM],
        }
    }

    fn source(self, kind: &str) -> Option<&'static Source> {
        self.sources().iter().copied().find(|source| source.kind == kind)
    }
}

/// How HaloITSM has one kind of the directory.
#[derive(Clone, Copy, Debug)]
pub struct Home {
    source: &'static Source,
}

impl Home {
    /// Of a kind, by its word.
    pub fn of(word: &str) -> Option<Self> {
        let sources = [&END_USER, &AGENT, &TEAM];
        sources.into_iter().find(|source| source.is.word() == word).map(|source| Self { source })
    }

    /// Name of the resource in the catalogue.
    pub fn resource(self) -> &'static str {
        self.source.resource
    }

    /// What ids begin with: `user`, `agent`, `team`.
    pub fn prefix(self) -> &'static str {
        self.source.kind
    }

    /// HaloITSM's name for a member of the one shape.
    pub fn member(self, name: &str) -> Option<&'static str> {
        self.source.members.iter().find(|(ours, _)| *ours == name).map(|(_, theirs)| *theirs)
    }

    /// HaloITSM's flag for one that is put away.
    pub fn inactive(self) -> &'static str {
        self.source.inactive
    }

    /// Whether its records are a client's.
    pub fn is_of_client(self) -> bool {
        self.source.of_client
    }
}

/// Which of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these.
    pub kind: Option<Kind>,
    /// Words in name or address.
    pub search: Option<String>,
    /// Exactly this e-mail address, in any case.
    pub email: Option<String>,
    /// End users of this client.
    pub client_id: Option<i64>,
    /// Inactive ones too.
    pub inactive: bool,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Users or groups, each once over all pages.
    pub rows: Vec<Principal>,
    /// Where to go on; nothing at the end.
    pub next: Option<String>,
}

/// The next users or groups, from a cursor of an earlier page.
pub async fn list(
    halo: &Halo,
    sort: Sort,
    filter: &Filter,
    limit: Option<u32>,
    cursor: Option<&str>,
) -> Result<Page, RecordsError> {
    let sources: Vec<&Source> =
        sort.sources().iter().copied().filter(|source| filter.kind.is_none_or(|kind| kind == source.is)).collect();
    // The cursor tells which of the lists it is of.
    let (at, inner) = match cursor {
        None => (0, None),
        Some(cursor) => match cursor.split_once('.') {
            Some((at, inner)) => (at.parse().map_err(|_| RecordsError::Cursor)?, Some(inner).filter(|i| !i.is_empty())),
            None => return Err(RecordsError::Cursor),
        },
    };
    let Some(source) = sources.get(at) else {
        return if cursor.is_some() { Err(RecordsError::Cursor) } else { Ok(Page::default()) };
    };
    // An agent belongs to no client.
    let skipped = filter.client_id.is_some() && !source.of_client;
    let page = if skipped {
        records::Page::default()
    } else {
        let ask = Ask { entry: source.entry()?, filters: source.filters(filter), limit, cursor: inner };
        halo.page(&ask).await?
    };
    let mut rows: Vec<Principal> = page.rows.into_iter().map(|row| source.shown(row)).collect();
    if let Some(email) = &filter.email {
        rows.retain(|row| row.email.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(email.trim())));
    }
    let next = match page.next {
        Some(inner) => Some(format!("{at}.{inner}")),
        None => (at + 1 < sources.len()).then(|| format!("{}.", at + 1)),
    };
    Ok(Page { rows, next })
}

/// One of them with all that is known.
pub async fn get(halo: &Halo, sort: Sort, id: &str) -> Result<Principal, RecordsError> {
    let (source, number) = place(sort, id)?;
    Ok(source.shown(halo.record(source.entry()?, number, &[]).await?))
}

/// Makes a new one (without an id) or changes one; answers it as it is stored.
pub async fn save(
    halo: &Halo,
    sort: Sort,
    id: Option<&str>,
    given: &Map<String, Value>,
) -> Result<Principal, RecordsError> {
    let (source, number) = match id {
        Some(id) => {
            let (source, number) = place(sort, id)?;
            (source, Some(number))
        }
        None => {
            let word = given.get("kind").and_then(Value::as_str).unwrap_or(sort.sources()[0].is.word());
            let known = sort.sources().iter().copied().find(|source| source.is.word() == word);
            (known.ok_or_else(|| RecordsError::argument("kind", "has to be end_user or agent"))?, None)
        }
    };
    let mut record = source.sent(given)?;
    if let Some(number) = number {
        record.insert("id".to_owned(), number.into());
    }
    let outcome = halo.save(source.entry()?, vec![Value::Object(record)], 1).await.pop();
    match outcome.map(|outcome| (outcome.record, outcome.trouble)) {
        Some((Some(record), _)) => Ok(source.shown(record)),
        Some((None, Some(trouble))) => {
            let rejected =
                ApiError::Rejected { product: Product::Halo, status: 400, message: trouble.sentence.clone() };
            Err(match trouble.code.as_str() {
                "records.argument" => RecordsError::argument(
                    "The record",
                    format!("does not fit: {}", trouble.sentence.trim_end_matches('.')),
                ),
                "http.not_found" => {
                    ApiError::NotFound { product: Product::Halo, what: id.unwrap_or(source.is.word()).to_owned() }
                        .into()
                }
                _ => rejected.into(),
            })
        }
        _ => {
            Err(RecordsError::argument("The record", "may have been stored, but HaloITSM did not say so: look for it"))
        }
    }
}

/// Makes one inactive, with its history kept.
pub async fn deactivate(halo: &Halo, sort: Sort, id: &str) -> Result<Principal, RecordsError> {
    save(halo, sort, Some(id), &Map::from_iter([("active".to_owned(), Value::Bool(false))])).await
}

/// What an id names.
fn place(sort: Sort, id: &str) -> Result<(&'static Source, i64), RecordsError> {
    let wrong = || {
        let kinds: Vec<String> = sort.sources().iter().map(|source| format!("{}/5", source.kind)).collect();
        RecordsError::argument("id", format!("is written {}", kinds.join(" or ")))
    };
    let (kind, number) = id.split_once('/').ok_or_else(wrong)?;
    let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(wrong)?;
    Ok((sort.source(kind).ok_or_else(wrong)?, number))
}
