//! What was done, before it is done and after: runs and their steps in the store.
//!
//! A run is kept in small rows, so that one of 100,000 steps costs no more per step than one of three:
//! `run/<id>` its head, `item/<id>/<n>` its items in chunks, `names/<id>` the clients' names,
//! `step/<id>/<n>` each step before and after its request, `link/<id>/<n>` the link as it was before.

mod head;
mod keep;
mod legacy;
mod prune;
mod show;

use crate::json::Json;
use crate::platform::Host;
use crate::sync::plan::{Change, Item, Link, Plan};
use crate::sync::view::{Action, RunState};
use crate::trouble::Trouble;
use crate::words::tell;

pub use head::{head, heads, of_plan};
pub(super) use keep::{amend, links_before, save_all};
pub use keep::{last, list, load, open};
pub(super) use prune::prune;

/// A run: a plan being applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Sortable by time.
    pub id: String,
    /// Who started it.
    pub who: String,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Milliseconds since 1970; `None` while it is not at its end.
    pub ended: Option<i64>,
    /// The plan, with those of its items that write or need a person.
    pub plan: Plan,
    /// Where it is.
    pub state: RunState,
    /// Requests used so far, HaloITSM and Hudu.
    pub requests: (u32, u32),
    /// Up to this moment Hudu was looked through for records that others made at the same time.
    pub looked: i64,
    /// Why it waits, or what stopped it.
    pub waits: Option<Trouble>,
    /// How often it waited since a step came to its end.
    pub waited: u32,
    /// One step per item of the plan.
    pub steps: Vec<Step>,
}

/// Where a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json)]
pub enum StepState {
    /// Not tried, or not to be done.
    #[default]
    Waiting,
    /// The request was about to be sent: whether it arrived has to be looked up.
    Sent,
    /// Done.
    Done,
    /// Passed over, with the reason in `note`.
    Skipped,
    /// Failed, with the reason in `trouble`.
    Failed,
}

/// One step of a run.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Step {
    /// Where it is.
    pub state: StepState,
    /// Everything that the item changes was written; then `written` is empty.
    pub all: bool,
    /// What changed, with the before image, where that is not all that the item changes.
    pub written: Vec<Change>,
    /// Id of the target, once known.
    #[json(omit)]
    pub target: Option<i64>,
    /// The step made the target.
    pub made: bool,
    /// Absolute address of the target.
    #[json(omit)]
    pub url: Option<String>,
    /// The link as it was before, in runs of the version before; now a row of its own.
    #[json(omit)]
    pub link_before: Option<Link>,
    /// What is worth saying, as it is kept.
    #[json(omit)]
    pub note: Option<String>,
    /// What went wrong, as it is kept.
    #[json(omit)]
    pub trouble: Option<Trouble>,
    /// How often it was tried.
    pub attempts: u32,
    /// Milliseconds since 1970 at which its first request was about to be sent.
    #[json(omit)]
    pub began: Option<i64>,
    /// Milliseconds since 1970 at which it came to its end.
    #[json(omit)]
    pub at: Option<i64>,
    /// A later run took it back.
    pub undone: bool,
}

impl Step {
    /// What it wrote, with the before image.
    pub fn wrote<'a>(&'a self, item: &'a Item) -> &'a [Change] {
        if self.all { &item.changes } else { &self.written }
    }

    /// Done, and everything was so already: a plan that was applied before, or that somebody forestalled.
    pub fn in_step(&self) -> bool {
        self.state == StepState::Done && self.began.is_none() && !self.all && self.written.is_empty()
    }

    /// Whether it wrote something that can be taken back, be it a part of what it was to write.
    pub fn undoable(&self, item: &Item) -> bool {
        !self.undone && !item.target.stays() && self.target.is_some() && !self.wrote(item).is_empty()
    }

    /// What is worth saying, in the language that is spoken.
    pub fn note(&self) -> Option<String> {
        self.note.as_deref().map(tell)
    }

    /// What went wrong, in the language that is spoken.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.clone().map(Trouble::told)
    }

    /// Whether nothing more is to be done for it.
    pub fn is_at_its_end(&self) -> bool {
        matches!(self.state, StepState::Done | StepState::Skipped | StepState::Failed)
    }
}

/// How many steps of a run are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Steps that write, in all.
    pub steps: usize,
    /// Done.
    pub done: usize,
    /// Passed over.
    pub skipped: usize,
    /// Failed.
    pub failed: usize,
}

/// Whether a run carries the item out. The others need a person and are only kept to be shown.
pub(super) fn is_step(item: &Item) -> bool {
    matches!(item.action, Action::Create | Action::Update | Action::Link | Action::Archive)
}

impl Run {
    /// A new run of this plan.
    pub fn new(host: &Host, plan: Plan, who: String) -> Self {
        let mut salt = [0; 4];
        host.random.fill(&mut salt);
        let started = host.clock.now();
        let salt = u32::from_le_bytes(salt);
        let steps = vec![Step::default(); plan.items.len()];
        Self {
            id: format!("{started:014}-{salt:08x}"),
            who,
            started,
            ended: None,
            looked: plan.made,
            plan,
            state: RunState::Running,
            requests: (0, 0),
            waits: None,
            waited: 0,
            steps,
        }
    }

    /// Whether the item at this index has still to be done.
    pub fn is_due(&self, index: usize) -> bool {
        is_step(&self.plan.items[index]) && !self.steps[index].is_at_its_end() && !self.steps[index].undone
    }

    /// Whether anything was written that could be taken back.
    pub fn undoable(&self) -> bool {
        self.plan.undoes.is_none()
            && matches!(self.state, RunState::Done | RunState::Part | RunState::Stopped | RunState::Paused)
            && self.plan.items.iter().zip(&self.steps).any(|(item, step)| step.undoable(item))
    }

    /// How many steps are where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, step) in self.plan.items.iter().zip(&self.steps).filter(|(item, _)| is_step(item)) {
            counts.steps += 1;
            match step.state {
                StepState::Done => counts.done += 1,
                StepState::Skipped => counts.skipped += 1,
                StepState::Failed => counts.failed += 1,
                StepState::Waiting | StepState::Sent => {}
            }
        }
        counts
    }
}
