//! List, get, create or change, and delete: one mechanism for every resource of the catalogue.

mod file;
mod list;
mod remove;
mod save;

use serde_json::Value;

use crate::halo::catalogue::{Entry, Kind, field};
use crate::halo::client::{Halo, Params};
use crate::http::ApiError;
use crate::http::raw::read::integer_of;
use crate::schema::Miss;
use crate::t;
use crate::trouble::{Explain, Retry};
use crate::words::say;

pub use file::File;
pub use list::{Ask, Page, lowered};
pub use save::{BATCH, Outcome, Saved, is_new};

/// A call of the generic mechanism failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordsError {
    /// The instance says why.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The cursor is none of this list.
    #[error("a cursor of another list")]
    Cursor,
    /// An argument misses what the resource asks for: which one, and why.
    #[error(transparent)]
    Argument(#[from] Miss),
}

impl RecordsError {
    /// An argument misses what the resource asks for.
    pub fn argument(path: impl Into<String>, why: impl Into<String>) -> Self {
        RecordsError::Argument(Miss { path: path.into(), why: why.into() })
    }
}

impl Explain for RecordsError {
    fn code(&self) -> &'static str {
        match self {
            RecordsError::Api(error) => error.code(),
            RecordsError::Cursor => "records.cursor",
            RecordsError::Argument(_) => "records.argument",
        }
    }

    fn retry(&self) -> Retry {
        match self {
            RecordsError::Api(error) => error.retry(),
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            RecordsError::Api(error) => error.sentence(),
            RecordsError::Cursor => t!(
                "This cursor belongs to another list or to other filters. Use it with the resource and the filters that it came from, or start without one."
            ),
            RecordsError::Argument(miss) => format!("{miss}."),
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            RecordsError::Api(error) => error.until(),
            _ => None,
        }
    }
}

impl Halo {
    /// One record with its details. Ids of actions start again in each ticket, so theirs needs the ticket.
    pub async fn record(&self, entry: &Entry, id: i64, params: Params<'_>) -> Result<Value, RecordsError> {
        above(entry, params)?;
        if entry.resource == crate::halo::resource::ATTACHMENT {
            return self.attachment(id, params).await;
        }
        let what = format!("{} {id}", say(entry.resource.one));
        let mut query = params.to_vec();
        if !params.iter().any(|(name, _)| *name == "includedetails") {
            query.push(("includedetails", "true"));
        }
        let path = format!("{}/{id}", entry.resource.path);
        let value = match self.read(&path, &query, &what, entry.resource.many).await? {
            Value::Array(rows) => rows.into_iter().next().unwrap_or_default(),
            other => other,
        };
        if !value.is_object() {
            return Err(ApiError::NotFound { product: crate::http::Product::Halo, what }.into());
        }
        Ok(tidied(entry, value))
    }
}

/// The parameter that is part of the key has to be there.
fn above(entry: &Entry, params: Params<'_>) -> Result<(), RecordsError> {
    match entry.within {
        Some(within) if !params.iter().any(|(name, _)| *name == within) => {
            let why = t!("is missing: ids of {many} start again in each of them", many = say(entry.resource.many));
            Err(RecordsError::argument(within, why))
        }
        _ => Ok(()),
    }
}

/// The record with whole numbers where whole numbers belong: ids come as `12.0` or as text as well, and
/// would be refused when they are sent back so. Everything else stays as it was answered.
fn tidied(entry: &Entry, mut record: Value) -> Value {
    for name in entry.fields() {
        if field(name).kind != Kind::Whole {
            continue;
        }
        if let Some(value) = record.get_mut(name)
            && let Some(whole) = integer_of(value)
        {
            *value = whole.into();
        }
    }
    record
}
