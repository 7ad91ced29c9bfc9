//! Planning, applying, resuming and undoing what a page asks for.

use crate::assist::gather;
use crate::halo::record::{RecordKind, RecordRef};
use crate::platform::Table;
use crate::platform::json::put;
use crate::protocol::{Event, Reply};
use crate::service::centre::{is_large, view};
use crate::service::{Service, ServiceError};
use crate::sync::apply::{self, Order};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run};
use crate::sync::plan::{Link, Plan, Subject, Target};
use crate::sync::sides::Sides;
use crate::sync::view::RunState;
use crate::sync::watch::Nobody;
use crate::sync::{describe, shelf};
use crate::t;

/// Alarm that goes on with runs that had to wait.
pub(super) const ALARM: &str = "resume";

/// How long a run waits before it goes on, where the server names no time.
const WAIT_MS: i64 = 60_000;

/// Plans the sync of a record in view.
pub async fn plan_record(sides: &Sides, record: RecordRef) -> Result<Plan, SyncError> {
    let look = gather::look(sides, record, false).await?;
    gather::plan_for(sides, &look).await
}

impl Service {
    pub(super) async fn plan(&self, record: RecordRef) -> Result<Reply, ServiceError> {
        let plan = plan_record(&self.sides().await?, record).await?;
        self.shown(plan).await
    }

    pub(super) async fn plan_publish(&self, article: i64) -> Result<Reply, ServiceError> {
        let plan = gather::plan_article(&self.sides().await?, article, None).await?;
        self.shown(plan).await
    }

    pub(super) async fn plan_undo(&self, run: &str) -> Result<Reply, ServiceError> {
        let run = journal::load(self.host(), run).await?.ok_or(SyncError::NoRun)?;
        if is_large(&run.plan) {
            return Err(ServiceError::NotAllowed);
        }
        let plan = self.sides().await?.plan_undo(&run, None).await?;
        self.shown(plan).await
    }

    pub(super) async fn shown(&self, plan: Plan) -> Result<Reply, ServiceError> {
        shelf::keep(self.host(), &plan).await?;
        Ok(Reply::Plan { plan: describe::plan(&plan) })
    }

    /// Applies a plan that was shown, of one record: a large run makes way for it.
    pub(super) async fn apply(&self, plan: &str, overwrite: &[String]) -> Result<Reply, ServiceError> {
        let sides = self.sides().await?;
        let who = self.agent().await;
        let _way = self.click();
        // One at a time: a plan that two pages show is applied once, and nothing new is begun beside a
        // write whose end is not known.
        let _turn = self.0.writing.lock().await;
        self.resume_small().await;
        let plan = shelf::load(self.host(), plan).await?.ok_or(SyncError::NoPlan)?;
        // The sidebar's frame may apply what it showed, and it shows no large plan.
        if is_large(&plan) {
            return Err(ServiceError::NotAllowed);
        }
        let order = Order { overwrite: overwrite.to_vec(), who, ..Order::default() };
        let run = apply::begin(self.host(), plan, &order).await?;
        let run = self.go_on(&sides, run).await?;
        Ok(Reply::Run { run: run.view() })
    }

    pub(super) async fn run(&self, run: &str) -> Result<Reply, ServiceError> {
        let run = journal::load(self.host(), run).await?.ok_or(SyncError::NoRun)?;
        Ok(Reply::Run { run: view(&run) })
    }

    /// Goes on with every run that is not at its end: the worker was stopped, or had to wait. Large ones
    /// go on in the background.
    pub(super) async fn resume(&self) {
        let large = {
            let _way = self.click();
            let _turn = self.0.writing.lock().await;
            self.resume_small().await
        };
        if self.sides().await.is_ok() {
            large.into_iter().for_each(|run| self.adopt(run));
        }
    }

    /// Goes on with the open runs of single records; the large ones are answered.
    pub(super) async fn resume_small(&self) -> Vec<Run> {
        let mut large = Vec::new();
        let Ok(runs) = journal::open(self.host()).await else { return large };
        for id in runs.into_iter().filter(|id| !self.is_running(id)) {
            // What fails here stays in the journal and is tried again at the next start or alarm.
            match (self.sides().await, journal::load(self.host(), &id).await) {
                (_, Ok(Some(run))) if is_large(&run.plan) => large.push(run),
                (Ok(sides), Ok(Some(run))) => drop(self.go_on(&sides, run).await),
                _ => {}
            }
        }
        large
    }

    pub(super) async fn go_on(&self, sides: &Sides, mut run: Run) -> Result<Run, ServiceError> {
        let result = apply::go_on(sides, &mut run, &Nobody).await;
        if result.is_err() || run.state == RunState::Running {
            self.wake_for(&run);
        }
        self.trail_told(&run).await;
        if run.plan.items.iter().any(|item| matches!(item.target, Target::Layout { .. })) {
            self.forget_examples().await;
        }
        result?;
        let record = match run.plan.subject {
            Subject::Record(record, _) => Some(record),
            _ => None,
        };
        self.browser().broadcast(Event::RunChanged { run: run.view(), record });
        Ok(run)
    }

    /// Wakes the worker for a run that has to wait.
    pub(super) fn wake_for(&self, run: &Run) {
        let until = run.waits.as_ref().and_then(|trouble| trouble.until);
        let wait = until.map_or(WAIT_MS, |until| (until - self.host().clock.now()).max(WAIT_MS / 2));
        self.browser().wake_in(ALARM.to_owned(), wait);
    }

    /// The user chose the counterpart: of the record itself, or (for a ticket) of its client.
    pub(super) async fn choose(&self, record: RecordRef, target: i64) -> Result<Reply, ServiceError> {
        let record = match record.kind {
            RecordKind::Ticket => {
                let sides = self.sides().await?;
                let client = sides.seen(record).await?.client();
                let missing = || SyncError::NotSynced(t!("This ticket belongs to no client."));
                RecordRef::new(RecordKind::Client, client.ok_or_else(missing)?.0)
            }
            _ => record,
        };
        let link = Link { target, chosen: true, ..Link::default() };
        self.host().store.write(vec![put(Table::Links, record.key(), &link)]).await?;
        Ok(Reply::Done)
    }
}
