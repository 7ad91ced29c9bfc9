//! Bringing records into step: plan first, then apply exactly that plan; runs and their undoing.

mod everything;
mod one;
mod row;
mod runs;

use serde_json::Value;

use crate::json::{Json, Shape};
use crate::sync::apply::{self, Order};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run};
use crate::sync::plan::{Plan, Subject};
use crate::sync::rest;
use crate::sync::table::{Outcome, RowQuery, RunHead};
use crate::sync::view::RunState;
use crate::t;
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, answer, typed};
use crate::trouble::{Retry, Trouble};

pub use everything::{Applied, PLAN};
use row::SyncRow;
use runs::RunOf;
pub use runs::Undone;

/// Rows that stand in the answer itself.
const FIRST: usize = 50;

/// What carries out a run of many.
const RUNS: Marks = Marks { runs: true, long: true, ..Marks::CHANGES };

/// A run, and what of it is not done.
#[derive(Json, Shape)]
struct RunAnswer {
    /// The first steps that failed, were passed over or still wait. list_sync_rows has all.
    rows: Vec<SyncRow>,
    /// Where it is.
    #[json(flat)]
    head: RunHead,
}

/// All of them.
pub(super) fn tools() -> Vec<Tool> {
    [one::tools(), everything::tools(), runs::tools()].concat()
}

impl Bench {
    /// Whether a plan lies within the client that these tools are limited to.
    fn may_plan(&self, plan: &Plan) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        match &plan.subject {
            Subject::Everything(scope) if scope.clients == [client] => Ok(()),
            Subject::Record(..) if !plan.items.is_empty() && plan.items.iter().all(|i| i.client == Some(client)) => {
                Ok(())
            }
            _ => Err(CallError::Outside(client)),
        }
    }

    /// Goes on with runs that were cut off: nothing new may be begun on top of a write whose end is not known. Fails
    /// where one of them still has to wait. For hosts that hold the turn to write.
    pub async fn settle(&self) -> Result<(), CallError> {
        for id in journal::open(&self.sides.host).await? {
            let Some(mut run) = journal::load(&self.sides.host, &id).await? else { continue };
            // What others began is not this client's to write.
            self.may_plan(&run.plan).map_err(|_| CallError::LeftOpen)?;
            self.go_on(&mut run).await?;
            if let Some(trouble) = run.waits.filter(|_| run.state == RunState::Running) {
                return Err(CallError::NotStored(trouble.told()));
            }
        }
        Ok(())
    }

    async fn who(&self) -> String {
        let agent = self.sides.halo.me().await.ok().and_then(|me| me.name).filter(|name| !name.is_empty());
        agent.map_or_else(|| "tools".to_owned(), |name| format!("{name}, tools"))
    }

    /// Begins a run of the plan and goes on with it.
    async fn carry_out(&self, plan: Plan, order: Order) -> Result<Run, CallError> {
        let mut order = Order { who: self.who().await, ..order };
        let mut common = Vec::new();
        if self.reach.client.is_some() {
            // What is for everybody is not this client's to write.
            let items = plan.items.iter().filter(|item| item.client.is_none() && item.writes());
            common.extend(items.map(|item| item.id.clone()));
            order.except.extend(common.iter().cloned());
        }
        let mut run = match apply::begin(&self.sides.host, plan, &order).await {
            Err(SyncError::NotReady) if !common.is_empty() => {
                let sentence = t!("It needs what is for everybody in Hudu, and this run is limited to one client.");
                let (code, retry) = ("tools.outside".to_owned(), Retry::UserMustAct);
                return Err(CallError::NotStored(Trouble { code, retry, sentence, until: None }));
            }
            begun => begun?,
        };
        self.go_on(&mut run).await?;
        Ok(run)
    }

    /// Goes on with a run to its end, until it has to wait, or until whoever watches wants it to stop; then it is
    /// paused. What is left of its plan is kept.
    async fn go_on(&self, run: &mut Run) -> Result<(), CallError> {
        apply::go_on(&self.sides, run, &*self.watch).await?;
        if run.ended.is_some() {
            rest::keep(&self.sides.host, run).await?;
        }
        Ok(())
    }
}

/// Runs of many, which the extension carries out in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Large {
    /// A plan is applied.
    Apply(Applied),
    /// This run goes on.
    Resume(String),
    /// This run is taken back.
    Undo(Undone),
}

impl Large {
    /// What a call asks for, where it is one of these.
    pub fn of(tool: &str, given: &Arguments) -> Option<Self> {
        let run = || typed(given).ok().map(|of: RunOf| of.run_id);
        match tool {
            everything::APPLY => typed(given).ok().map(Large::Apply),
            runs::RESUME => run().map(Large::Resume),
            runs::UNDO => typed(given).ok().map(Large::Undo),
            _ => None,
        }
    }
}

/// The answer about a run that goes on in the background.
pub fn under_way(head: RunHead) -> Value {
    answer(RunAnswer { rows: Vec::new(), head }.to_json(), None)
}

/// The answer about a run.
fn told(run: &Run) -> Value {
    let query = RowQuery { outcomes: vec![Outcome::Failed, Outcome::Skipped, Outcome::Waiting], ..RowQuery::default() };
    let (rows, _) = row::of_run(run, &query, 0, FIRST);
    answer(RunAnswer { rows, head: RunHead::from(run) }.to_json(), None)
}

/// A run that is kept, if it may be seen.
async fn kept(bench: &Bench, id: &str) -> Result<Run, CallError> {
    match (journal::load(&bench.sides.host, id).await?, bench.reach.client) {
        (Some(run), _) => bench.may_plan(&run.plan).map(|()| run),
        (None, Some(client)) => Err(CallError::Outside(client)),
        (None, None) => Err(SyncError::NoRun.into()),
    }
}
