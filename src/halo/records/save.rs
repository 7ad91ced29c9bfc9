//! Creating and changing records: in batches, with a result for each record.

use serde_json::Value;

use super::tidied;
use crate::halo::catalogue::{Entry, Kind, field};
use crate::halo::client::Halo;
use crate::http::ApiError;
use crate::http::raw::read::integer_of;
use crate::json::{Json, Shape};
use crate::order::Order;
use crate::trouble::{Explain, Retry, Trouble};

/// Records sent at once.
pub const BATCH: usize = 50;

/// What became of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Saved {
    /// It is new.
    Created,
    /// It was there and was changed.
    Updated,
    /// It cannot be taken as it is; nothing was written.
    Refused,
    /// It may have been written: look before it is sent again.
    Unknown,
    /// It was not sent, because of something that stands in the way of all records.
    Left,
}

impl Saved {
    /// Whether it is stored.
    pub fn is_done(self) -> bool {
        matches!(self, Saved::Created | Saved::Updated)
    }
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Json, Shape)]
pub struct Outcome {
    /// Place in what was given, from 0.
    pub index: usize,
    /// What became of it. unknown: it may have been written, look before sending it again; left: it was not sent.
    pub state: Saved,
    /// Its id, where it is known.
    pub id: Option<i64>,
    /// The record as it is stored, where the instance told.
    pub record: Option<Value>,
    /// Why it is not stored.
    pub trouble: Option<Trouble>,
}

impl Halo {
    /// Creates (without `id`) or changes (with `id`) records: only the members that are sent change. One
    /// record that is refused does not hold the others up. Changes go up to `batch` at once; a new record goes by
    /// itself, because nobody knows whether a server that refuses several has written those before the bad one.
    pub async fn save(&self, entry: &Entry, records: Vec<Value>, batch: usize) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(records.len());
        let mut good = Vec::new();
        for (index, mut record) in records.into_iter().enumerate() {
            if let (true, Value::Object(members)) = (is_new(&record), &mut record) {
                members.remove("id");
            }
            match check(entry, &record) {
                Ok(()) => good.push((index, record)),
                Err(sentence) => outcomes.push(failed(index, &record, Saved::Refused, Some(miss(sentence)))),
            }
        }
        let mut blocked: Option<Trouble> = None;
        let mut rest = good.as_slice();
        while !rest.is_empty() {
            let known = rest.iter().take(batch).take_while(|(_, record)| !is_new(record)).count();
            let (batch, after) = rest.split_at(known.max(1));
            rest = after;
            if blocked.is_some() {
                outcomes.extend(batch.iter().map(|(i, record)| failed(*i, record, Saved::Left, blocked.clone())));
                continue;
            }
            let error = match self.send_batch(entry, batch).await {
                Ok(stored) => {
                    outcomes.extend(stored);
                    continue;
                }
                Err(error) => error,
            };
            if batch.len() > 1 && (error.is_of_this() || error.maybe_done()) {
                // One of them is refused, or it is not known what was done: one by one tells which, and a change
                // that is sent twice is the same change.
                for (index, record) in batch {
                    let one = [(*index, record.clone())];
                    match self.send_batch(entry, &one).await {
                        Ok(stored) => outcomes.extend(stored),
                        Err(error) => outcomes.push(of_error(*index, record, &error, &mut blocked)),
                    }
                }
                continue;
            }
            for (index, record) in batch {
                outcomes.push(of_error(*index, record, &error, &mut blocked));
            }
        }
        outcomes.order_by_key(|outcome| outcome.index);
        outcomes
    }

    async fn send_batch(&self, entry: &Entry, batch: &[(usize, Value)]) -> Result<Vec<Outcome>, ApiError> {
        let single = batch.len() == 1;
        let body = match batch {
            [(_, one)] => one.clone(),
            several => Value::Array(several.iter().map(|(_, record)| record.clone()).collect()),
        };
        let stored = match self.upsert(entry.resource, body).await? {
            Value::Array(rows) => rows,
            other => vec![other],
        };
        // Some versions answer only the first of several, though all are written.
        let whole = stored.len() == batch.len();
        let mut stored: Vec<Option<Value>> = stored.into_iter().map(Some).collect();
        Ok(batch
            .iter()
            .enumerate()
            .map(|(place, (index, sent))| {
                let sent_id = sent.get("id").and_then(integer_of);
                let told =
                    if whole || single || place == 0 { stored.get_mut(place).and_then(Option::take) } else { None };
                let record = told.filter(Value::is_object).map(|record| tidied(entry, record));
                let id = record.as_ref().and_then(|record| integer_of(record.get("id")?)).or(sent_id);
                let state = if sent_id.is_some() { Saved::Updated } else { Saved::Created };
                Outcome { index: *index, state, id, record, trouble: None }
            })
            .collect())
    }
}

/// Whether sending the record makes a new one: 0 and -1 stand for no record.
pub fn is_new(record: &Value) -> bool {
    record.get("id").is_none_or(|id| id.is_null() || integer_of(id).is_some_and(|id| id <= 0))
}

fn failed(index: usize, record: &Value, state: Saved, trouble: Option<Trouble>) -> Outcome {
    Outcome { index, state, id: record.get("id").and_then(integer_of), record: None, trouble }
}

fn of_error(index: usize, record: &Value, error: &ApiError, blocked: &mut Option<Trouble>) -> Outcome {
    let state = if error.maybe_done() {
        Saved::Unknown
    } else if error.is_of_this() {
        Saved::Refused
    } else {
        *blocked = Some(error.trouble());
        Saved::Left
    };
    failed(index, record, state, Some(error.trouble()))
}

fn miss(sentence: String) -> Trouble {
    Trouble { code: "records.argument".to_owned(), retry: Retry::UserMustAct, sentence, until: None }
}

/// What misses the resource's schema: which member, and why.
fn check(entry: &Entry, record: &Value) -> Result<(), String> {
    let Value::Object(members) = record else {
        return Err(format!("A {} is an object of members.", entry.resource.one));
    };
    let given = |name: &str| members.get(name).is_some_and(|value| !value.is_null());
    let is_new = is_new(record);
    if !is_new && members.get("id").and_then(integer_of).is_none() {
        return Err("id has to be a whole number.".to_owned());
    }
    for group in entry.needs {
        let key = entry.within.is_some_and(|within| group.contains(&within));
        if (is_new || key) && !group.iter().any(|name| given(name)) {
            return Err(format!("{} is missing: a new {} needs it.", group.join(" or "), entry.resource.one));
        }
    }
    let names = |name: &str| members.get(name).and_then(integer_of).is_some_and(|id| id > 0);
    if let Some((name, other)) = entry.beside.iter().find(|(name, other)| is_new && names(name) && !names(other)) {
        return Err(format!("{other} is missing: a new {} with {name} needs it.", entry.resource.one));
    }
    for name in entry.fields() {
        let Some(value) = members.get(name).filter(|value| !value.is_null()) else { continue };
        let (fits, wanted) = match field(name).kind {
            Kind::Whole => (integer_of(value).is_some(), "a whole number"),
            Kind::Number => (value.is_number() || value.as_str().is_some_and(|t| t.parse::<f64>().is_ok()), "a number"),
            Kind::Flag => (value.is_boolean(), "true or false"),
            Kind::List => (value.is_array(), "an array"),
            Kind::Object => (value.is_object(), "an object"),
            Kind::Text | Kind::Date | Kind::Ids => (!value.is_array() && !value.is_object(), "text"),
        };
        if !fits {
            return Err(format!("{name} has to be {wanted}."));
        }
    }
    Ok(())
}
