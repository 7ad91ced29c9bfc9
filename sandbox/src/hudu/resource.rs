//! What one REST resource is: its row in the table that the whole API is driven by.

use serde_json::Value;

use super::answer::Answer;
use super::state::State;
use super::store::Record;

/// May be listed.
pub(super) const LIST: u8 = 1;
/// May be read by id.
pub(super) const GET: u8 = 2;
/// May be created.
pub(super) const POST: u8 = 4;
/// May be changed.
pub(super) const PUT: u8 = 8;
/// May be deleted.
pub(super) const DELETE: u8 = 16;
/// Has `/archive` and `/unarchive`.
pub(super) const ARCHIVE: u8 = 32;
/// All of create, read, change, delete and list.
pub(super) const CRUD: u8 = LIST | GET | POST | PUT | DELETE;

/// One resource.
pub(super) struct Resource {
    /// Path below `/api/v1`, and name of the table and of the list's root key.
    pub path: &'static str,
    /// Root key of one record.
    pub root: &'static str,
    /// Name of the kind where records point at each other ("AssetPassword").
    pub model: &'static str,
    /// Routed methods.
    pub verbs: u8,
    /// Shape of a list.
    pub list: Shape,
    /// Shape of one record.
    pub one: Shape,
    /// Status of a create.
    pub created: u16,
    /// `error` of the 404.
    pub lost: &'static str,
    /// Whether reading a missing id is `200 null` instead of that 404.
    pub null_when_lost: bool,
    /// Whether deleting answers 200 with a message instead of an empty 204.
    pub delete_message: bool,
    /// How the body is wrapped.
    pub takes: Takes,
    /// How lists are paged.
    pub pages: Pages,
    /// Query parameters that narrow a list.
    pub filters: &'static [Filter],
    /// Plain columns that a client may write.
    pub writes: &'static [&'static str],
    /// Columns that must not be blank.
    pub required: &'static [&'static str],
    /// Columns that hold the id of a record elsewhere: (column, path).
    pub refs: &'static [(&'static str, &'static str)],
    /// A new record before anything is written: every column of the table.
    pub blank: fn() -> Value,
    /// Words a refusal.
    pub refuse: fn(Vec<String>) -> Box<Answer>,
    /// Checks a draft and fills in what follows from it.
    pub check: fn(&mut State, &mut Draft) -> Result<(), Box<Answer>>,
    /// Runs after a record was written.
    pub saved: fn(&mut State, i64),
    /// Runs after a record was deleted.
    pub gone: fn(&mut State, &Record),
    /// A record as a client reads it.
    pub shown: fn(&State, &Record) -> Value,
}

/// The row that all others start from: a wrapped, paged resource without a body of its own.
pub(super) const PLAIN: Resource = Resource {
    path: "",
    root: "",
    model: "",
    verbs: CRUD,
    list: Shape::Wrapped,
    one: Shape::Wrapped,
    created: 201,
    lost: "Record not found",
    null_when_lost: false,
    delete_message: false,
    takes: Takes::Root,
    pages: Pages::Any,
    filters: &[],
    writes: &[],
    required: &[],
    refs: &[],
    blank: || Value::Null,
    refuse: Answer::invalid,
    check: |_, _| Ok(()),
    saved: |_, _| {},
    gone: |_, _| {},
    shown: |_, record| Value::Object(record.clone()),
};

/// How an answer is wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `{"companies": […]}`, `{"company": {…}}`.
    Wrapped,
    /// The record or the array itself.
    Bare,
    /// A bare array, but wrapped when a filter matches nothing (websites).
    BareUnlessNothing,
}

/// How a body has to be wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// In the root key, else 400.
    Root,
    /// In the root key, else 500 (asset layouts).
    RootOrCrash,
    /// Either way.
    RootOrBare,
    /// Not at all; a wrapped one is a 500 (magic dash).
    Bare,
}

/// How a list is paged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    /// `page` and `page_size`, 25 by default.
    Any,
    /// `page` only, 25 rows each.
    Fixed,
    /// The whole list; `page` is ignored.
    Whole,
    /// The whole list; any parameter that is no filter is a 400.
    Strict,
}

/// A query parameter of a list.
pub(super) struct Filter {
    /// Name of the parameter.
    pub name: &'static str,
    /// What it compares.
    pub by: By,
}

/// What a filter compares.
pub(super) enum By {
    /// The column is equal (numbers and booleans by their text).
    Exact(&'static str),
    /// Equal without regard to case.
    AnyCase(&'static str),
    /// One of the columns contains it, without regard to case, as one phrase.
    Phrase(&'static [&'static str]),
    /// A time between two ends: `start,end`, `start,`, `,end`, or one exact value.
    Range(&'static str),
    /// `archived`: only archived when true, only active when false.
    Archived(Unsaid),
    /// No parameter at all: what the list leaves out whatever is asked.
    Always(fn(&State, &Record) -> bool),
    /// Anything else.
    Test(fn(&State, &Record, &str) -> bool),
}

/// What a list holds when `archived` is not said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaid {
    /// Active records.
    Active,
    /// As the switch for assets and passwords says.
    Switch,
}

/// A filter on the column of the same name.
pub(super) const fn exact(name: &'static str) -> Filter {
    Filter { name, by: By::Exact(name) }
}

/// A filter on a time column of the same name.
pub(super) const fn range(name: &'static str) -> Filter {
    Filter { name, by: By::Range(name) }
}

/// `search` over these columns.
pub(super) const fn search(columns: &'static [&'static str]) -> Filter {
    Filter { name: "search", by: By::Phrase(columns) }
}

/// `archived`, active only when it is not said.
pub(super) const fn archived() -> Filter {
    Filter { name: "archived", by: By::Archived(Unsaid::Active) }
}

/// A filter of its own kind.
pub(super) const fn test(name: &'static str, run: fn(&State, &Record, &str) -> bool) -> Filter {
    Filter { name, by: By::Test(run) }
}

/// A record about to be written.
pub(super) struct Draft {
    /// As it will be stored.
    pub record: Record,
    /// As it was, for a change.
    pub before: Option<Record>,
    /// What the client sent.
    pub body: Record,
}
