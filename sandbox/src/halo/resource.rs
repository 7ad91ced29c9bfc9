//! What one resource is: the terms in which [`super::resources`] describes all of them.

use serde_json::{Map, Value};

use super::query::Query;
use super::reply::Reply;
use super::state::{Caller, State};
use super::switches::Rights;

/// A record as it is kept and sent: a JSON object.
pub(crate) type Record = Map<String, Value>;

/// One resource under `/api`. [`PLAIN`] holds what most of them share.
pub(crate) struct Resource {
    /// Path under `/api`, compared without case.
    pub path: &'static str,
    /// Table that holds the records; opportunities and projects share that of tickets.
    pub store: &'static str,
    /// Key of the list in its envelope.
    pub key: &'static str,
    /// The list comes without an envelope.
    pub bare: bool,
    /// Other members of the envelope, as JSON.
    pub sidecars: &'static [(&'static str, &'static str)],
    /// How ids are given.
    pub ids: Ids,
    /// Area of the scopes `read:…` and `edit:…`; empty for configuration, which any scope reads.
    pub area: &'static str,
    /// Takes paging parameters.
    pub paged: bool,
    /// Which records count as inactive.
    pub activity: Activity,
    /// What a list row holds.
    pub row: Row,
    /// Members that come with `includedetails=true` only.
    pub details: &'static [&'static str],
    /// Members that a parameter adds to list rows.
    pub extras: &'static [(&'static str, &'static [&'static str])],
    /// List filters.
    pub filters: &'static [Filter],
    /// Members that `search` looks at; the first is the one of `search_name_only`.
    pub search: &'static [&'static str],
    /// Member that is stamped when the record is made.
    pub created: &'static str,
    /// Members that are stamped at each write.
    pub modified: &'static [&'static str],
    /// Takes `lastupdatefromdate` and `lastupdatetodate`.
    pub change_filter: bool,
    /// Names copied from other records.
    pub joins: &'static [Join],
    /// What a new record must have: one of these members, or this sentence comes back.
    pub required: &'static [(&'static [&'static str], &'static str)],
    /// Number of the entity that custom fields belong to; 0 for none.
    pub usage: i64,
    /// Ticket types (`use`) to which the resource is limited.
    pub only_use: &'static str,
    /// Completes a record before it is kept.
    pub save: fn(&mut Draft) -> Result<(), Reply>,
    /// What else happens once it is kept.
    pub after: fn(&mut State, &Saved),
    /// Completes a record before it is shown.
    pub show: fn(&State, &Show, &mut Record),
    /// Whether these rights let an agent see the record.
    pub visible: fn(&State, &Rights, &Record) -> bool,
}

/// How ids are given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// One running number.
    Number,
    /// Numbers that start again under each value of this member.
    Within(&'static str),
    /// A GUID, drawn from a running number.
    Guid,
}

/// Which records count as inactive, and when they are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activity {
    /// All are listed.
    All,
    /// Those with `inactive`, unless `includeinactive` or `activeinactive` asks for them.
    Inactive,
    /// Those with this flag, unless this parameter asks for them.
    Flag(&'static str, &'static str),
    /// Those without `active`, unless `includeinactive` asks for them.
    NotActive,
}

/// What a list row holds.
#[derive(Clone, Copy)]
pub(crate) enum Row {
    /// Everything but the details.
    All,
    /// These members only.
    Of(&'static [&'static str]),
}

/// A list filter; the parameter's name is in lower case.
pub(crate) struct Filter {
    /// Query parameter.
    pub param: &'static str,
    /// What it asks.
    pub test: Test,
}

/// What a filter asks.
pub(crate) enum Test {
    /// The member is one of these numbers.
    Among(&'static str),
    /// The member is this text, in any case.
    Is(&'static str),
    /// Anything else.
    By(fn(&State, &Record, &str) -> bool),
}

/// A name copied from another record: `client_id` → Client → `name` as `client_name`.
pub(crate) struct Join {
    /// Member with the other record's id.
    pub id: &'static str,
    /// Table of the other record.
    pub store: &'static str,
    /// Member of the other record.
    pub from: &'static str,
    /// Member here.
    pub to: &'static str,
}

/// A record on its way into the table.
pub(crate) struct Draft<'a> {
    /// Everything as it was.
    pub state: &'a State,
    /// Who writes.
    pub caller: &'a Caller,
    /// The record before, if there was one.
    pub before: Option<&'a Record>,
    /// What the client sent.
    pub sent: &'a Record,
    /// The record as it will be.
    pub record: Record,
    /// The moment of the write.
    pub now: String,
    /// It came through the API, not from a seed or a test.
    pub posted: bool,
}

/// A record that was just kept.
pub(crate) struct Saved {
    /// The record.
    pub record: Record,
    /// What the client sent.
    pub sent: Record,
    /// It is new.
    pub created: bool,
    /// It came through the API, not from a seed or a test.
    pub posted: bool,
}

/// For whom and how a record is shown.
pub(crate) struct Show<'a> {
    /// Parameters of the request.
    pub query: &'a Query,
    /// One record by its id, rather than a row of a list.
    pub single: bool,
}

/// What most resources share.
pub(crate) const PLAIN: Resource = Resource {
    path: "",
    store: "",
    key: "",
    bare: false,
    sidecars: &[],
    ids: Ids::Number,
    area: "",
    paged: false,
    activity: Activity::All,
    row: Row::All,
    details: &["customfields"],
    extras: &[],
    filters: &[],
    search: &["name"],
    created: "",
    modified: &[],
    change_filter: false,
    joins: &[],
    required: &[],
    usage: 0,
    only_use: "",
    save: |_| Ok(()),
    after: |_, _| (),
    show: |_, _, _| (),
    visible: |_, _, _| true,
};

/// A whole number, also from a double such as `12.0` or from text.
pub(crate) fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64().or_else(|| {
            let double = number.as_f64()?;
            (double.fract() == 0.0).then_some(double as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Text, or nothing.
pub(crate) fn text<'a>(record: &'a Record, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A true flag.
pub(crate) fn flag(record: &Record, name: &str) -> bool {
    record.get(name).and_then(Value::as_bool).unwrap_or_default()
}

/// The ids of an array of objects with `id`.
pub(crate) fn ids_of(value: Option<&Value>, name: &str) -> Vec<i64> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|one| number(one.get(name))).collect()
}
