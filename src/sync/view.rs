//! Plans and runs as pages, the command line and reports show them.

use crate::halo::record::RecordRef;
use crate::json::{Json, Shape};
use crate::trouble::Trouble;

/// What one plan item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Json, Shape)]
pub enum Action {
    /// A new record is made.
    Create,
    /// Fields of an existing record change.
    Update,
    /// An existing record is recognised: only the link is written.
    Link,
    /// An archived record becomes inactive or an own creation is put away (undo only).
    Archive,
    /// Nothing to do.
    Unchanged,
    /// Both sides changed since the last sync: the user decides.
    Conflict,
    /// Several records could be meant: the user chooses.
    Ambiguous,
    /// Cannot be done; the reason and the remedy say why.
    Blocked,
    /// Its Halo record is gone; nothing is written.
    Gone,
}

impl Action {
    /// What there is to do: all but what is in step.
    pub const DUE: [Self; 8] = [
        Self::Create,
        Self::Update,
        Self::Link,
        Self::Archive,
        Self::Conflict,
        Self::Ambiguous,
        Self::Blocked,
        Self::Gone,
    ];

    /// Whether applying it sends a write.
    pub fn writes(self) -> bool {
        matches!(self, Action::Create | Action::Update | Action::Link | Action::Archive | Action::Conflict)
    }
}

/// One field's difference, as a person says it.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct FieldDiffView {
    /// The field in the target's own words ("Phone").
    pub label: String,
    /// Value before; `None` is empty.
    pub before: Option<String>,
    /// Value after; `None` is empty.
    pub after: Option<String>,
    /// Why it needs a look ("edited in Hudu since the last sync").
    #[json(omit)]
    pub note: Option<String>,
}

/// A record that could be the counterpart.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct CandidateView {
    /// Id on the target's side.
    pub id: i64,
    /// Name on the target's side.
    pub name: String,
    /// What speaks for it ("same name", "same serial", "archived").
    pub why: String,
    /// Absolute address in the target's web app.
    pub url: String,
}

/// One thing that a plan does or says.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct PlanItemView {
    /// Id within the plan.
    pub id: String,
    /// What it does.
    pub action: Action,
    /// The Halo record it is about; `None` for a layout that is prepared first.
    pub record: Option<RecordRef>,
    /// Name of the record.
    pub title: String,
    /// One sentence: "Update Harbour & Finch Ltd in Hudu: phone and website."
    pub sentence: String,
    /// Why: how it was matched, or why it was skipped, with the remedy.
    pub reason: String,
    /// Differences.
    pub fields: Vec<FieldDiffView>,
    /// Records to choose from (ambiguous only).
    pub candidates: Vec<CandidateView>,
    /// Absolute address of the target record, where there is one.
    pub url: Option<String>,
}

/// Which way a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum Direction {
    /// Halo is the source.
    ToHudu,
    /// Hudu is the source (articles).
    ToHalo,
}

/// A plan for one record and its prerequisites.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct PlanView {
    /// Made from the plan's inputs: the same inputs give the same id.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// "Sync Harbour & Finch Ltd to Hudu".
    pub title: String,
    /// Items in the order in which they are done; the last is the record itself.
    pub items: Vec<PlanItemView>,
    /// How many items write.
    pub writes: usize,
    /// A click can apply it: at least one write, and nothing blocked, ambiguous or in conflict.
    pub ready: bool,
}

/// How a run ended, or where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum RunState {
    /// Steps are left, and are being done or will be when the worker is back.
    Running,
    /// Every step is done.
    Done,
    /// The user paused it: steps are left and wait for a click.
    Paused,
    /// Something stood in the way of everything that was left: what is done is done, the rest was not tried.
    Stopped,
    /// At its end, and some steps failed: they are listed with their reasons.
    Part,
    /// Undone.
    Undone,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct StepView {
    /// Name of the record.
    pub title: String,
    /// In the past tense: "Updated phone and website."
    pub sentence: String,
    /// Done.
    pub done: bool,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// Absolute address of the record.
    pub url: Option<String>,
}

/// A run: what was done, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct RunView {
    /// Id, sortable by time.
    pub id: String,
    /// "Synced Harbour & Finch Ltd to Hudu" when it is done, else "Sync …".
    pub title: String,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Where it is.
    pub state: RunState,
    /// Steps in order.
    pub steps: Vec<StepView>,
    /// Whether "Undo" makes sense: something was written and not undone.
    pub undoable: bool,
    /// Absolute address of the record itself in the target's web app.
    pub url: Option<String>,
    /// Requests used, Halo and Hudu together.
    pub requests: u32,
}
