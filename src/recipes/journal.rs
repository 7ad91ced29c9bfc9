//! Runs of recipes in the store: what was done, before it is done and after, with before images.
//!
//! `recipe/<run>` is the head, `recipe-item/<run>/<n>` each item with its steps.

use crate::json::{Json, Map, Shape, Value};
use crate::platform::json::{parse, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::recipes::Plan;
use crate::recipes::item::{Item, State};
use crate::recipes::place::Ids;
use crate::sync::view::RunState;
use crate::trouble::Trouble;

/// Runs that are kept.
const KEPT: usize = 200;
/// Longest text of an argument that is kept, in bytes.
const LONGEST: usize = 1000;
/// Rows per transaction while a run is written down.
const ROWS: usize = 200;

/// The head of a run: all that the history shows.
#[derive(Clone, Debug, PartialEq, Eq, Json, Shape)]
pub struct Head {
    /// Sortable by time.
    pub id: String,
    /// Name of the recipe.
    pub recipe: String,
    /// What it was run with, as JSON text.
    pub arguments: String,
    /// Who started it.
    pub who: String,
    /// Milliseconds since 1970.
    pub started: i64,
    /// Milliseconds since 1970; `None` while it is not at its end.
    pub ended: Option<i64>,
    /// Where it is.
    pub state: RunState,
    /// Items that write.
    pub items: usize,
    /// Done.
    pub done: usize,
    /// Failed.
    pub failed: usize,
    /// Something was written that can be taken back.
    pub undoable: bool,
    /// The sync run that wrote what the sync engine writes for it.
    #[json(omit)]
    pub sync: Option<String>,
    /// What stopped it.
    #[json(omit)]
    pub trouble: Option<Trouble>,
}

/// Where a write is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json)]
pub enum StepState {
    /// Not tried.
    #[default]
    Waiting,
    /// The request was about to be sent: whether it arrived has to be looked up.
    Sent,
    /// Done.
    Done,
    /// It failed.
    Failed,
}

/// One write of a run.
#[derive(Clone, Debug, Default, PartialEq, Json)]
#[json(default)]
pub struct Step {
    /// Where it is.
    pub state: StepState,
    /// Id of the record, once known.
    #[json(omit)]
    pub id: Option<i64>,
    /// The step made the record; else it was found, or changed.
    pub made: bool,
    /// What was sent, with the ids that were not known when it was planned.
    pub after: Map<String, Value>,
    /// The values as they were before a change.
    pub before: Map<String, Value>,
    /// It was taken back.
    pub undone: bool,
}

/// An item of a run.
#[derive(Clone, Debug, PartialEq, Json)]
pub struct Kept {
    /// What was planned.
    pub item: Item,
    /// One for each write.
    pub steps: Vec<Step>,
    /// What became of it.
    pub state: State,
    /// Why, where that is worth saying.
    #[json(omit)]
    pub why: Option<String>,
}

/// A run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its head.
    pub head: Head,
    /// Its items, those that write and those that do not.
    pub items: Vec<Kept>,
}

impl Step {
    /// Whether it wrote something that can be taken back.
    pub fn undoable(&self) -> bool {
        self.state == StepState::Done && !self.undone && self.id.is_some() && (self.made || !self.before.is_empty())
    }
}

impl Kept {
    /// Whether something was begun and is not at its end.
    pub fn is_half_done(&self) -> bool {
        self.item.is_due()
            && self.state == self.item.state
            && self.steps.iter().any(|step| step.state != StepState::Waiting)
    }

    /// Whether it is at its end.
    pub fn is_over(&self) -> bool {
        !self.item.is_due() || self.state != self.item.state
    }
}

impl Run {
    /// A new run of this plan.
    pub fn new(host: &Host, plan: Plan, who: String) -> Self {
        let mut salt = [0; 4];
        host.random.fill(&mut salt);
        let started = host.clock.now();
        let items: Vec<Kept> = plan
            .planned
            .items
            .into_iter()
            .map(|item| Kept {
                steps: vec![Step::default(); item.writes.len()],
                state: item.state,
                why: item.why.clone(),
                item,
            })
            .collect();
        let head = Head {
            id: format!("{started:014}-{:08x}", u32::from_le_bytes(salt)),
            recipe: plan.recipe,
            arguments: Value::Object(brief(plan.arguments)).to_string(),
            who,
            started,
            ended: None,
            state: RunState::Running,
            items: items.iter().filter(|kept| kept.item.is_due()).count(),
            done: 0,
            failed: 0,
            undoable: false,
            sync: None,
            trouble: None,
        };
        Self { head, items }
    }

    /// Ids of what was made or found so far.
    pub fn ids(&self) -> Ids {
        let mut ids = Ids::default();
        for kept in &self.items {
            for (write, step) in kept.item.writes.iter().zip(&kept.steps) {
                if let Some(id) = step.id.or(write.found) {
                    ids.put(&kept.item.key, &write.name, id);
                }
            }
        }
        ids
    }

    /// The head with counts that are true now.
    pub fn counted(&mut self) -> &Head {
        let due = || self.items.iter().filter(|kept| kept.item.is_due());
        let is = |kept: &Kept, state: State| kept.state == state;
        self.head.done =
            due().filter(|kept| kept.is_over() && !is(kept, State::Failed) && !is(kept, State::Left)).count();
        self.head.failed = due().filter(|kept| is(kept, State::Failed)).count();
        self.head.undoable =
            self.head.sync.is_some() || self.items.iter().flat_map(|kept| &kept.steps).any(Step::undoable);
        &self.head
    }

    /// Writes the head down.
    pub async fn save_head(&mut self, host: &Host) -> Result<(), StoreError> {
        let entry = head_entry(self.counted());
        host.store.write(vec![entry]).await
    }

    /// Writes an item down.
    pub async fn save_item(&self, host: &Host, place: usize) -> Result<(), StoreError> {
        host.store.write(vec![self.item_entry(place)]).await
    }

    /// Writes a whole new run down: the head last, so that it stands for a run that is all there.
    pub async fn save_all(&mut self, host: &Host) -> Result<(), StoreError> {
        let mut writes: Vec<Write> = (0..self.items.len()).map(|place| self.item_entry(place)).collect();
        writes.push(head_entry(self.counted()));
        while !writes.is_empty() {
            let rest = writes.split_off(writes.len().min(ROWS));
            host.store.write(std::mem::replace(&mut writes, rest)).await?;
        }
        prune(host).await
    }

    fn item_entry(&self, place: usize) -> Write {
        put(Table::Journal, format!("recipe-item/{}/{place:06}", self.head.id), &self.items[place])
    }
}

fn head_entry(head: &Head) -> Write {
    put(Table::Journal, format!("recipe/{}", head.id), head)
}

/// The text of a file is not kept: the plan tells what came of it.
fn brief(mut arguments: Map<String, Value>) -> Map<String, Value> {
    for value in arguments.values_mut() {
        if let Some(length) = value.as_str().map(str::len).filter(|length| *length > LONGEST) {
            *value = format!("({length} bytes)").into();
        }
    }
    arguments
}

/// Heads of runs, newest first.
pub async fn heads(host: &Host) -> Result<Vec<Head>, StoreError> {
    let rows = host.store.scan(Table::Journal, "recipe/").await?;
    rows.iter().rev().map(|(_, text)| parse(text)).collect()
}

/// Reads a run with its items.
pub async fn load(host: &Host, id: &str) -> Result<Option<Run>, StoreError> {
    let Some(text) = host.store.get(Table::Journal, &format!("recipe/{id}")).await? else { return Ok(None) };
    let rows = host.store.scan(Table::Journal, &format!("recipe-item/{id}/")).await?;
    let items = rows.iter().map(|(_, text)| parse(text)).collect::<Result<_, _>>()?;
    Ok(Some(Run { head: parse(&text)?, items }))
}

/// Forgets the oldest runs beyond those that are kept.
async fn prune(host: &Host) -> Result<(), StoreError> {
    let rows = host.store.scan(Table::Journal, "recipe/").await?;
    for (key, _) in rows.iter().take(rows.len().saturating_sub(KEPT)) {
        let id = key.trim_start_matches("recipe/");
        let items = host.store.scan(Table::Journal, &format!("recipe-item/{id}/")).await?;
        let keys = items.into_iter().map(|(key, _)| key).chain([key.clone()]);
        host.store.write(keys.map(|key| Write { table: Table::Journal, key, value: None }).collect()).await?;
    }
    Ok(())
}
