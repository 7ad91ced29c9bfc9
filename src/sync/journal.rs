//! What was done, before it is done and after: runs and their steps in the store.
//!
//! Each step is written before and after its one request, so a killed worker costs one step.

use crate::halo::record::RecordRef;
use crate::json::Json;
use crate::platform::json::{get, parse, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::describe;
use crate::sync::plan::{Change, Link, Plan, Subject};
use crate::sync::view::{Action, RunState, RunView, StepView};
use crate::trouble::Trouble;

/// A run: a plan being applied.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Run {
    /// Sortable by time.
    pub id: String,
    /// Milliseconds since 1970.
    pub started: i64,
    /// The plan.
    pub plan: Plan,
    /// Where it is.
    pub state: RunState,
    /// Requests used so far.
    pub requests: u32,
    /// One step per item of the plan.
    #[json(skip)]
    pub steps: Vec<Step>,
}

/// Where a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json)]
pub enum StepState {
    /// Not tried.
    #[default]
    Waiting,
    /// The request was about to be sent: whether it arrived has to be looked up.
    Sent,
    /// Done.
    Done,
    /// Passed over, with the reason in `note`.
    Skipped,
    /// Failed.
    Failed,
}

/// One step of a run.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Step {
    /// Where it is.
    pub state: StepState,
    /// What changed, with the before image: for undoing.
    pub written: Vec<Change>,
    /// Id of the target, once known.
    pub target: Option<i64>,
    /// The step made the target.
    pub made: bool,
    /// Absolute address of the target.
    pub url: Option<String>,
    /// The link as it was before.
    pub link_before: Option<Link>,
    /// What is worth saying.
    pub note: Option<String>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// How often it was tried.
    pub attempts: u32,
}

impl Run {
    /// A new run of this plan.
    pub fn new(host: &Host, plan: Plan) -> Self {
        let mut salt = [0; 4];
        host.random.fill(&mut salt);
        let started = host.clock.now();
        let salt = u32::from_le_bytes(salt);
        let steps = vec![Step::default(); plan.items.len()];
        Self { id: format!("{started:014}-{salt:08x}"), started, plan, state: RunState::Running, requests: 0, steps }
    }

    /// Writes one step, together with what has to change at the same time.
    pub async fn save_step(&self, host: &Host, index: usize, more: Vec<Write>) -> Result<(), StoreError> {
        let key = format!("step/{}/{index:06}", self.id);
        let mut writes = vec![put(Table::Journal, key, &self.steps[index])];
        writes.extend(more);
        host.store.write(writes).await
    }

    /// The change that stores the run itself, without its steps.
    pub fn entry(&self) -> Write {
        put(Table::Journal, format!("run/{}", self.id), self)
    }

    /// The changes that store the run's header, and note it as open while it is and as its record's last.
    pub fn header(&self) -> Vec<Write> {
        let open = (self.state == RunState::Running).then(|| "true".to_owned());
        let mut changes =
            vec![self.entry(), Write { table: Table::Journal, key: format!("open/{}", self.id), value: open }];
        if let Subject::Record(record, _) = &self.plan.subject {
            changes.push(put(Table::Journal, format!("last/{}", record.key()), &self.id));
        }
        changes
    }

    /// Whether anything was written that could be taken back.
    pub fn undoable(&self) -> bool {
        self.plan.undoes.is_none()
            && matches!(self.state, RunState::Done | RunState::Stopped)
            && self.steps.iter().any(|step| step.state == StepState::Done && !step.written.is_empty())
    }

    /// The run as a page shows it.
    pub fn view(&self) -> RunView {
        let steps = self.plan.items.iter().zip(&self.steps).filter(|(item, _)| item.writes());
        let views: Vec<StepView> = steps
            .map(|(item, step)| {
                let done = matches!(step.state, StepState::Done | StepState::Skipped);
                let mut sentence = if step.state == StepState::Skipped {
                    String::new()
                } else if done {
                    describe::done(item, self.plan.direction)
                } else {
                    describe::sentence(item, self.plan.direction)
                };
                if let Some(note) = &step.note {
                    sentence = format!("{sentence} {note}").trim().to_owned();
                }
                StepView {
                    title: item.title.clone(),
                    sentence,
                    done,
                    trouble: step.trouble.clone(),
                    url: step.url.clone().or_else(|| item.url.clone()),
                }
            })
            .collect();
        RunView {
            id: self.id.clone(),
            title: match self.state {
                RunState::Done | RunState::Part | RunState::Undone => describe::done_title(&self.plan),
                RunState::Running | RunState::Paused | RunState::Stopped => describe::title(&self.plan),
            },
            started: self.started,
            state: self.state,
            url: views.last().and_then(|step| step.url.clone()),
            steps: views,
            undoable: self.undoable(),
            requests: self.requests,
        }
    }

    /// Whether the item at this index has to be done.
    pub fn is_due(&self, index: usize) -> bool {
        let item = &self.plan.items[index];
        item.writes()
            && item.action != Action::Blocked
            && !matches!(self.steps[index].state, StepState::Done | StepState::Skipped)
    }
}

/// Reads a run with its steps.
pub async fn load(host: &Host, id: &str) -> Result<Option<Run>, StoreError> {
    let Some(mut run) = get::<Run>(host, Table::Journal, &format!("run/{id}")).await? else {
        return Ok(None);
    };
    run.steps = vec![Step::default(); run.plan.items.len()];
    let prefix = format!("step/{id}/");
    for (key, text) in host.store.scan(Table::Journal, &prefix).await? {
        let index: Option<usize> = key.strip_prefix(&prefix).and_then(|n| n.parse().ok());
        if let Some(slot) = index.and_then(|index| run.steps.get_mut(index)) {
            *slot = parse(&text)?;
        }
    }
    Ok(Some(run))
}

/// Ids of the runs that are not at their end, oldest first.
pub async fn open(host: &Host) -> Result<Vec<String>, StoreError> {
    let rows = host.store.scan(Table::Journal, "open/").await?;
    Ok(rows.into_iter().filter_map(|(key, _)| Some(key.strip_prefix("open/")?.to_owned())).collect())
}

/// The last run that was meant for this record.
pub async fn last(host: &Host, record: RecordRef) -> Result<Option<Run>, StoreError> {
    match get::<String>(host, Table::Journal, &format!("last/{}", record.key())).await? {
        Some(id) => load(host, &id).await,
        None => Ok(None),
    }
}

/// Ids of all runs, oldest first, with their state.
pub async fn list(host: &Host) -> Result<Vec<(String, RunState)>, StoreError> {
    #[derive(Json)]
    struct Head {
        id: String,
        state: RunState,
    }
    let rows = host.store.scan(Table::Journal, "run/").await?;
    rows.iter().map(|(_, text)| parse::<Head>(text).map(|head| (head.id, head.state))).collect()
}
