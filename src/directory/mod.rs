//! Users and groups of HaloITSM in one shape: end users and agents are users, teams are groups.
//!
//! Ids say what is meant: `user/77`, `agent/3`, `team/5`. The record as HaloITSM has it stands beside, in `raw`.

mod table;

use serde_json::{Map, Value, json};

use crate::halo::Halo;
use crate::halo::catalogue::Entry;
use crate::halo::records::{Ask, Page, RecordsError};
use crate::http::raw::read::{integer_of, text_of};
use crate::http::{ApiError, Product};

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
    /// Of a `kind` in the one shape.
    pub fn of(kind: &str) -> Option<Self> {
        [&END_USER, &AGENT, &TEAM].into_iter().find(|source| source.word == kind).map(|source| Self { source })
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
    /// `end_user` or `agent`.
    pub kind: Option<String>,
    /// Words in name or address.
    pub search: Option<String>,
    /// Exactly this e-mail address, in any case.
    pub email: Option<String>,
    /// End users of this client.
    pub client_id: Option<i64>,
    /// Inactive ones too.
    pub inactive: bool,
}

/// The next users or groups, from a cursor of an earlier page.
pub async fn list(
    halo: &Halo,
    sort: Sort,
    filter: &Filter,
    limit: Option<u32>,
    cursor: Option<&str>,
) -> Result<Page, RecordsError> {
    let sources: Vec<&Source> = sort
        .sources()
        .iter()
        .copied()
        .filter(|source| filter.kind.as_ref().is_none_or(|kind| kind == source.word))
        .collect();
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
        Page::default()
    } else {
        let ask = Ask { entry: source.entry()?, filters: source.filters(filter), limit, cursor: inner };
        halo.page(&ask).await?
    };
    let mut rows: Vec<Value> = page.rows.into_iter().map(|row| source.shown(row)).collect();
    if let Some(email) = &filter.email {
        rows.retain(|row| row["email"].as_str().is_some_and(|other| other.eq_ignore_ascii_case(email.trim())));
    }
    let next = match page.next {
        Some(inner) => Some(format!("{at}.{inner}")),
        None => (at + 1 < sources.len()).then(|| format!("{}.", at + 1)),
    };
    Ok(Page { rows, next, total: None })
}

/// One of them with all that is known.
pub async fn get(halo: &Halo, sort: Sort, id: &str) -> Result<Value, RecordsError> {
    let (source, number) = place(sort, id)?;
    Ok(source.shown(halo.record(source.entry()?, number, &[]).await?))
}

/// Makes a new one (without an id) or changes one; answers it as it is stored.
pub async fn save(
    halo: &Halo,
    sort: Sort,
    id: Option<&str>,
    given: &Map<String, Value>,
) -> Result<Value, RecordsError> {
    let (source, number) = match id {
        Some(id) => {
            let (source, number) = place(sort, id)?;
            (source, Some(number))
        }
        None => {
            let word = given.get("kind").and_then(Value::as_str).unwrap_or(sort.sources()[0].word);
            let known = sort.sources().iter().copied().find(|source| source.word == word);
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
                    ApiError::NotFound { product: Product::Halo, what: id.unwrap_or(source.word).to_owned() }.into()
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
pub async fn deactivate(halo: &Halo, sort: Sort, id: &str) -> Result<Value, RecordsError> {
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

impl Source {
    fn entry(&self) -> Result<&'static Entry, RecordsError> {
        Entry::named(self.resource).ok_or(RecordsError::Cursor)
    }

    fn filters(&self, filter: &Filter) -> Vec<(String, String)> {
        let mut filters: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| filters.push((name.to_owned(), value));
        if let Some(words) = filter.search.as_ref().or(filter.email.as_ref()) {
            put("search", words.clone());
        }
        if let Some(client) = filter.client_id.filter(|_| self.of_client) {
            put("client_id", client.to_string());
        }
        if filter.inactive {
            put(self.with_inactive, "true".to_owned());
        }
        if self.word == "team" {
            put("includeagentsforteams", "true".to_owned());
        }
        filters
    }

    /// The one shape.
    fn shown(&self, record: Value) -> Value {
        let id = record.get("id").and_then(integer_of).unwrap_or_default();
        let mut shown = json!({"id": format!("{}/{id}", self.kind), "kind": self.word});
        for (ours, theirs) in self.members {
            let value = record.get(*theirs).filter(|value| !value.is_null());
            shown[*ours] = match (*ours, value) {
                ("client_id" | "site_id" | "department_id", value) => {
                    value.and_then(integer_of).map_or(Value::Null, Value::from)
                }
                (_, value) => value.and_then(text_of).map_or(Value::Null, Value::from),
            };
        }
        shown["active"] = (record.get(self.inactive) != Some(&Value::Bool(true))).into();
        let linked = |name: &str, id: &str, title: &str, kind: &str| -> Value {
            let rows = record.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let one = |row: &Value| {
                let number = row.get(id).or(row.get("id")).and_then(integer_of)?;
                Some(json!({"id": format!("{kind}/{number}"), "name": row.get(title).or(row.get("name"))}))
            };
            rows.iter().filter_map(one).collect()
        };
        match self.word {
            "agent" => shown["groups"] = linked("teams", "team_id", "team_name", "team"),
            "team" => shown["members"] = linked("agents", "agent_id", "agent_name", "agent"),
            _ => {}
        }
        shown["raw"] = record;
        shown
    }

    /// What is sent for members of the one shape; members of `raw` are sent as they are.
    fn sent(&self, given: &Map<String, Value>) -> Result<Map<String, Value>, RecordsError> {
        let mut sent = given.get("raw").and_then(Value::as_object).cloned().unwrap_or_default();
        sent.remove("id");
        for (name, value) in given {
            match (name.as_str(), self.members.iter().find(|(ours, _)| ours == name)) {
                ("raw" | "kind" | "id", _) => {}
                ("active", _) => {
                    let active =
                        value.as_bool().ok_or_else(|| RecordsError::argument("active", "has to be true or false"))?;
                    sent.insert(self.inactive.to_owned(), (!active).into());
                }
                (_, Some((_, theirs))) => {
                    sent.insert((*theirs).to_owned(), value.clone());
                }
                (name, None) => {
                    let why = format!("is not known for {}; it may stand in raw by HaloITSM's own name", self.many);
                    return Err(RecordsError::argument(name, why));
                }
            }
        }
        Ok(sent)
    }
}
