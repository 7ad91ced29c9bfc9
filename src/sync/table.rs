//! What the sync centre shows of large plans and runs: counts, rows by window, progress, heads of runs.

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::{Json, Shape};
use crate::sync::view::{Action, Direction, RunState};
use crate::trouble::Trouble;

/// What "everything" is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json, Shape)]
#[json(default)]
pub struct Scope {
    /// Kinds; none means those of the settings.
    pub kinds: Vec<RecordKind>,
    /// Halo ids of clients; none means all.
    pub clients: Vec<i64>,
}

/// Which table is meant.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub enum TableOf {
    /// The items of this plan.
    Plan(String),
    /// The steps of this run.
    Run(String),
}

/// Which rows, in which order. Empty lists and texts do not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct RowQuery {
    /// Actions.
    pub actions: Vec<Action>,
    /// Kinds of record.
    pub kinds: Vec<RecordKind>,
    /// Halo ids of clients.
    pub clients: Vec<i64>,
    /// Outcomes (of a run).
    pub outcomes: Vec<Outcome>,
    /// Words that stand in the title, the client's name or the reason, without case.
    pub text: String,
    /// Order.
    pub sort: RowSort,
    /// The other way round.
    pub descending: bool,
}

/// Order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json)]
pub enum RowSort {
    /// As they will be done.
    #[default]
    Plan,
    /// By client, then as they will be done: for grouping.
    Client,
    /// By title.
    Title,
    /// By action.
    Action,
    /// By kind.
    Kind,
}

/// How a step of a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Outcome {
    /// Not tried yet, or not to be done.
    Waiting,
    /// Done.
    Done,
    /// Passed over, with a reason.
    Skipped,
    /// Failed, with a trouble.
    Failed,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct RowView {
    /// Id of the item within its plan.
    pub id: String,
    /// What it does.
    pub action: Action,
    /// Kind of record; `None` for layouts and lists.
    pub kind: Option<RecordKind>,
    /// The Halo record.
    pub record: Option<RecordRef>,
    /// Name.
    pub title: String,
    /// Name of the client; empty where there is none.
    pub client: String,
    /// Halo id of the client.
    pub client_id: Option<i64>,
    /// One line: "phone and website", or why nothing is done.
    pub summary: String,
    /// Names of the fields that change.
    pub fields: usize,
    /// Outcome, in a run's table.
    #[json(omit)]
    pub outcome: Option<Outcome>,
    /// What went wrong, in a run's table.
    #[json(omit)]
    pub trouble: Option<Trouble>,
    /// Absolute address of the target, where there is one.
    pub url: Option<String>,
    /// In a run's table: whether it can be taken back. Layouts and lists stay.
    pub undoable: bool,
}

/// A window of the rows that fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub struct RowsView {
    /// How many rows fit the query.
    pub total: usize,
    /// Index of the first row of this window.
    pub offset: usize,
    /// The window.
    pub rows: Vec<RowView>,
    /// With [`RowSort::Client`]: every client's name, Halo id, and the index of its first row. Whatever
    /// the offset is, all of them.
    pub groups: Vec<GroupView>,
}

/// One client's rows.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct GroupView {
    /// Halo id of the client; `None` for what belongs to no client.
    pub client: Option<i64>,
    /// Name; empty for what belongs to no client.
    pub name: String,
    /// Index of its first row.
    pub first: usize,
    /// How many rows.
    pub count: usize,
}

/// A large plan at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct SummaryView {
    /// Id of the plan.
    pub id: String,
    /// Which way, of the greater part.
    pub direction: Direction,
    /// "Sync everything", "Undo …".
    pub title: String,
    /// When it was made, milliseconds since 1970.
    pub made: i64,
    /// What it covers.
    pub scope: Scope,
    /// Items by action and kind; `None` for layouts and lists.
    pub counts: Vec<CountView>,
    /// How many items write.
    pub writes: usize,
    /// Why it has to be confirmed before it is applied: far more would change than usual.
    pub guard: Option<String>,
    /// What was noticed while both sides were read, one sentence each.
    pub notes: Vec<String>,
    /// Requests used for reading, HaloITSM and Hudu.
    pub requests: (u32, u32),
}

/// So many items of one kind have this action.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct CountView {
    /// Action.
    pub action: Action,
    /// Kind.
    pub kind: Option<RecordKind>,
    /// How many.
    pub count: usize,
}

/// What the background is doing for the sync centre.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
pub enum Work {
    /// Nothing.
    #[default]
    Idle,
    /// Both sides are being read.
    Planning(Progress),
    /// A run goes on, waits for its turn, or is paused.
    Running(Progress),
    /// Planning failed.
    Failed(Trouble),
}

/// How far the work is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct Progress {
    /// Id of the run; empty while planning.
    pub run: String,
    /// What is being done: "Reading assets in Halo", "Creating SRV-02".
    pub doing: String,
    /// Done: pages read, or steps at their end.
    pub done: usize,
    /// All there is to do, where that is known.
    pub total: Option<usize>,
    /// Steps that failed.
    pub failed: usize,
    /// Steps that were passed over.
    pub skipped: usize,
    /// Requests used so far, HaloITSM and Hudu.
    pub requests: (u32, u32),
    /// Milliseconds that are left, by the allowance and the pace so far.
    pub left_ms: Option<i64>,
    /// Paused by the user.
    pub paused: bool,
    /// Milliseconds since 1970 at which it goes on, where it has to wait.
    pub until: Option<i64>,
    /// Why it waits.
    pub trouble: Option<Trouble>,
}

/// One run in the history.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct RunHead {
    /// Id, sortable by time.
    pub id: String,
    /// "Synced everything".
    pub title: String,
    /// Who started it: the person or agent that is signed in to HaloITSM, "schedule", or empty.
    pub who: String,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Milliseconds since 1970; `None` while it is not at its end.
    pub ended: Option<i64>,
    /// Where it is.
    pub state: RunState,
    /// Steps that write, in all.
    pub steps: usize,
    /// Of these: done, passed over, failed.
    pub done: usize,
    /// Passed over.
    pub skipped: usize,
    /// Failed.
    pub failed: usize,
    /// Requests used, HaloITSM and Hudu.
    pub requests: (u32, u32),
    /// Whether "Undo" makes sense.
    pub undoable: bool,
    /// The run that it takes back.
    pub undoes: Option<String>,
    /// What stopped it, or why it waits.
    pub trouble: Option<Trouble>,
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum ExportForm {
    /// JSON.
    Json,
    /// CSV with a head line, one line per field that changes.
    Csv,
}
