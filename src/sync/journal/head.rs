//! The head of a run: all that the history shows, without items and steps.

use crate::json::{self, Json, Value};
use crate::platform::json::put;
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::journal::show::titled;
use crate::sync::journal::{Run, legacy};
use crate::sync::plan::Plan;
use crate::sync::table::RunHead;
use crate::sync::view::RunState;
use crate::trouble::Trouble;

/// What is stored under `run/<id>`.
#[derive(Clone, Debug, PartialEq, Json)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) who: String,
    pub(super) started: i64,
    pub(super) ended: Option<i64>,
    pub(super) state: RunState,
    /// Without its items and the names of clients.
    pub(super) plan: Plan,
    pub(super) requests: (u32, u32),
    pub(super) looked: i64,
    pub(super) waits: Option<Trouble>,
    #[json(omit)]
    pub(super) waited: Option<u32>,
    /// Items, those that need a person among them.
    pub(super) items: usize,
    pub(super) steps: usize,
    pub(super) done: usize,
    pub(super) skipped: usize,
    pub(super) failed: usize,
    pub(super) undoable: bool,
}

impl Head {
    pub(super) fn of(run: &Run) -> Self {
        let counts = run.counts();
        let plan = &run.plan;
        let bare = Plan {
            items: Vec::new(),
            clients: Vec::new(),
            id: plan.id.clone(),
            subject: plan.subject.clone(),
            undoes: plan.undoes.clone(),
            guard: plan.guard.clone(),
            notes: plan.notes.clone(),
            ..*plan
        };
        Self {
            id: run.id.clone(),
            title: run.title(),
            who: run.who.clone(),
            started: run.started,
            ended: run.ended,
            state: run.state,
            plan: bare,
            requests: run.requests,
            looked: run.looked,
            waits: run.waits.clone(),
            waited: Some(run.waited).filter(|times| *times > 0),
            items: plan.items.len(),
            steps: counts.steps,
            done: counts.done,
            skipped: counts.skipped,
            failed: counts.failed,
            undoable: run.undoable(),
        }
    }

    pub(super) fn entry(&self) -> Write {
        put(Table::Journal, format!("run/{}", self.id), self)
    }

    /// Whether it may still go on.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, RunState::Running | RunState::Paused)
    }

    /// The title is said anew: the stored one is in the language of its day.
    fn view(self) -> RunHead {
        RunHead {
            id: self.id,
            title: titled(self.state, &self.plan),
            who: self.who,
            started: self.started,
            ended: self.ended,
            state: self.state,
            steps: self.steps,
            done: self.done,
            skipped: self.skipped,
            failed: self.failed,
            requests: self.requests,
            undoable: self.undoable,
            undoes: self.plan.undoes,
            trouble: self.waits.map(Trouble::told),
        }
    }
}

/// The run as a page shows it in the history, from the run itself.
impl From<&Run> for RunHead {
    fn from(run: &Run) -> Self {
        Head::of(run).view()
    }
}

/// The stored head, or the whole run where the version before wrote it.
pub(super) enum Stored {
    Head(Box<Head>),
    Old(Value),
}

pub(super) fn parse(text: &str) -> Result<Stored, StoreError> {
    let broken = |why: &dyn std::fmt::Display| StoreError::Broken(why.to_string());
    let value = json::parse(text.as_bytes()).map_err(|error| broken(&error))?;
    if value.get("items").is_none() {
        return Ok(Stored::Old(value));
    }
    Head::from_json(value).map(|head| Stored::Head(Box::new(head))).map_err(|wrong| broken(&wrong))
}

/// Heads of runs, newest first: this window, and how many there are in all.
pub async fn heads(host: &Host, offset: usize, count: usize) -> Result<(Vec<RunHead>, usize), StoreError> {
    let rows = host.store.scan(Table::Journal, "run/").await?;
    let mut heads = Vec::new();
    for (_, text) in rows.iter().rev().skip(offset).take(count) {
        heads.extend(view(host, parse(text)?).await?);
    }
    Ok((heads, rows.len()))
}

/// The head of one run.
pub async fn head(host: &Host, id: &str) -> Result<Option<RunHead>, StoreError> {
    match host.store.get(Table::Journal, &format!("run/{id}")).await? {
        Some(text) => view(host, parse(&text)?).await,
        None => Ok(None),
    }
}

/// Id of the newest run of this plan.
pub async fn of_plan(host: &Host, plan: &str) -> Result<Option<String>, StoreError> {
    for (_, text) in host.store.scan(Table::Journal, "run/").await?.iter().rev() {
        if let Stored::Head(head) = parse(text)?
            && head.plan.id == plan
        {
            return Ok(Some(head.id));
        }
    }
    Ok(None)
}

async fn view(host: &Host, stored: Stored) -> Result<Option<RunHead>, StoreError> {
    Ok(match stored {
        Stored::Head(head) => Some(head.view()),
        Stored::Old(value) => Some(RunHead::from(&legacy::run(host, value).await?)),
    })
}
