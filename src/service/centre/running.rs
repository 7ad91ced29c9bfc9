//! Large runs, in the background.
//!
//! Runs take turns: one writes at a time. A click on a single record does not wait for a large run: the
//! run is held at the next good moment, when none of its writes is under way, makes way, and goes on.

use std::cell::Cell;
use std::rc::Rc;

use futures::FutureExt;
use futures::future::abortable;

use crate::protocol::{Event, Reply};
use crate::service::sync::ALARM;
use crate::service::{Service, ServiceError};
use crate::sync::apply::{self, Order};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run};
use crate::sync::plan::{Plan, Subject};
use crate::sync::table::{Progress, Work};
use crate::sync::view::{RunState, RunView};
use crate::sync::watch::Watch;
use crate::t;
use crate::trouble::Explain;

/// How long a run that an earlier worker left open waits while something else goes on.
const LATER_MS: i64 = 60_000;

/// How often a run that makes way looks whether it may go on.
const WAY_MS: i64 = 100;

/// Whether this is applied in the background, and only by the sync centre.
pub(in crate::service) fn is_large(plan: &Plan) -> bool {
    matches!(plan.subject, Subject::Everything(_) | Subject::Layouts)
}

/// The run as pages are told of it. The steps of a large one are read by windows.
pub(in crate::service) fn view(run: &Run) -> RunView {
    if !is_large(&run.plan) {
        return run.view();
    }
    RunView {
        id: run.id.clone(),
        title: run.title(),
        started: run.started,
        state: run.state,
        steps: Vec::new(),
        undoable: run.undoable(),
        url: None,
        requests: run.requests.0 + run.requests.1,
    }
}

/// Follows a run: tells the pages, and holds it when it has to make way or is to be paused.
struct Follower<'a> {
    service: &'a Service,
    run: &'a str,
}

impl Watch for Follower<'_> {
    fn progress(&self, progress: &Progress) {
        // While it makes way it goes on for the pages.
        let paused = self.service.centre_state().pause.get();
        let progress = Progress { run: self.run.to_owned(), paused, ..progress.clone() };
        self.service.set_work(Work::Running(progress), true);
    }

    fn stop(&self) -> bool {
        let centre = self.service.centre_state();
        centre.pause.get() || centre.clicks.get() > 0
    }
}

/// A click that a large run makes way for, until it is dropped.
pub(in crate::service) struct Click<'a>(&'a Cell<u32>);

impl Drop for Click<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Service {
    /// Asks a large run to make way.
    pub(in crate::service) fn click(&self) -> Click<'_> {
        let clicks = &self.centre_state().clicks;
        clicks.set(clicks.get() + 1);
        Click(clicks)
    }

    /// Applies a large plan in the background.
    pub(in crate::service) async fn apply_all(
        &self,
        plan: &str,
        except: Vec<String>,
        overwrite: Vec<String>,
        confirmed: bool,
    ) -> Result<Reply, ServiceError> {
        let claim = self.claim()?;
        self.sides().await?;
        let plan = self.kept_plan(plan).await?;
        let order = Order { except, overwrite, confirmed, who: self.agent().await, ..Order::default() };
        let run = self.begin_large(plan, &order).await?;
        self.set_off(run);
        drop(claim);
        self.work().await
    }

    /// Writes a new run of a plan down, without a second copy of the plan where there need not be one.
    pub(in crate::service) async fn begin_large(&self, plan: Rc<Plan>, order: &Order) -> Result<Run, ServiceError> {
        self.centre_state().hold(None);
        let plan = Rc::try_unwrap(plan).unwrap_or_else(|shared| (*shared).clone());
        Ok(apply::begin(self.host(), plan, order).await?)
    }

    /// Pauses a run after the steps that are under way.
    pub(super) async fn pause(&self, run: &str) -> Result<Reply, ServiceError> {
        if self.is_running(run) {
            self.centre_state().pause.set(true);
            let work = self.centre_state().work.borrow().clone();
            if let Work::Running(progress) = work {
                self.set_work(Work::Running(Progress { paused: true, ..progress }), false);
            }
            return self.work().await;
        }
        // It waits for an alarm, or was left open by a worker that was stopped.
        let _turn = self.0.writing.lock().await;
        let mut run = journal::load(self.host(), run).await?.ok_or(SyncError::NoRun)?;
        if run.state == RunState::Running {
            run.state = RunState::Paused;
            self.host().store.write(run.header()).await?;
            self.set_work(Work::Idle, false);
        }
        self.work().await
    }

    /// Goes on with a run that was paused or stopped, or that waits.
    pub(in crate::service) async fn go_on_with(&self, run: &str) -> Result<Reply, ServiceError> {
        let centre = self.centre_state();
        if self.is_running(run) {
            centre.pause.set(false);
            let work = centre.work.borrow().clone();
            if let Work::Running(progress) = work {
                self.set_work(Work::Running(Progress { paused: false, ..progress }), false);
            }
            return self.work().await;
        }
        let waits = matches!(&*centre.work.borrow(), Work::Running(progress) if progress.run == run);
        if waits {
            centre.work.replace(Work::Idle);
        }
        let claim = self.claim()?;
        self.sides().await?;
        let run = journal::load(self.host(), run).await?.ok_or(SyncError::NoRun)?;
        if !matches!(run.state, RunState::Running | RunState::Paused | RunState::Stopped | RunState::Part) {
            return Err(SyncError::NotReady.into());
        }
        self.set_off(run);
        drop(claim);
        self.work().await
    }

    pub(in crate::service) fn is_running(&self, run: &str) -> bool {
        self.centre_state().running.borrow().as_ref().is_some_and(|(id, _)| id == run)
    }

    /// Whether a large run is under way in this worker.
    pub(in crate::service) fn runs_large(&self) -> bool {
        self.centre_state().running.borrow().is_some()
    }

    /// Goes on with a run in the background, to its end or until it has to wait.
    pub(in crate::service) fn set_off(&self, run: Run) {
        let (service, id) = (self.clone(), run.id.clone());
        let total = run.plan.items.iter().filter(|item| item.writes()).count();
        let (work, end) = abortable(async move {
            let mut run = run;
            let result = service.drive(&mut run).await;
            service.centre_state().running.take();
            service.centre_state().pause.set(false);
            service.held(&run, result).await;
        });
        self.centre_state().running.replace(Some((id.clone(), end)));
        self.set_work(Work::Running(Progress { run: id, total: Some(total), ..Progress::default() }), false);
        self.browser().spawn(work.map(drop).boxed_local());
    }

    /// Goes on with a run until it is at its end, has to wait, or the user paused it.
    async fn drive(&self, run: &mut Run) -> Result<(), ServiceError> {
        loop {
            {
                let _turn = self.0.writing.lock().await;
                let sides = self.unhurried().await?;
                let id = run.id.clone();
                apply::go_on(&sides, run, &Follower { service: self, run: &id }).await?;
            }
            if run.state != RunState::Paused || self.centre_state().pause.get() {
                return Ok(());
            }
            // Should the worker end now, it goes on as one that was cut.
            run.state = RunState::Running;
            self.host().store.write(run.header()).await?;
            while self.centre_state().clicks.get() > 0 {
                self.host().clock.sleep(WAY_MS).await;
            }
        }
    }

    /// A run is held: at its end, paused, stopped, or until its alarm rings.
    async fn held(&self, run: &Run, result: Result<(), ServiceError>) {
        self.centre_state().shown.take();
        self.forget_examples().await;
        let trouble = result.err().map(|error| error.trouble());
        let waits = run.state == RunState::Running;
        if waits || trouble.is_some() {
            self.wake_for(run);
        }
        let last = match &*self.centre_state().work.borrow() {
            Work::Running(progress) => progress.clone(),
            _ => Progress { run: run.id.clone(), ..Progress::default() },
        };
        match (trouble, run.state) {
            // Somebody went on with it meanwhile: what it does now is news, not how it was held.
            _ if self.is_running(&run.id) => {}
            (Some(trouble), _) => self.set_work(Work::Failed(trouble), false),
            (None, RunState::Running) => self.set_work(Work::Running(last), false),
            (None, RunState::Paused) => self.set_work(Work::Running(Progress { paused: true, ..last }), false),
            _ => self.at_its_end(run, last).await,
        }
        self.browser().broadcast(Event::RunChanged { run: view(run), record: None });
    }

    /// A run did what it could. What it left of its plan is kept before the pages hear of the end, so that they
    /// never say that nothing is planned while it is.
    async fn at_its_end(&self, run: &Run, last: Progress) {
        let doing = t!("Keeping what is left of the plan");
        self.set_work(Work::Running(Progress { doing, left_ms: None, paused: false, ..last }), false);
        self.after_large(run).await;
        let still = matches!(&*self.centre_state().work.borrow(), Work::Running(progress) if progress.run == run.id);
        if still {
            self.set_work(Work::Idle, false);
        }
    }

    /// Goes on with a large run that an earlier worker left open. At most one goes on.
    pub(in crate::service) fn adopt(&self, run: Run) {
        let centre = self.centre_state();
        // What another message is about to begin counts as well: two runs at once would lose count of each other.
        if !self.runs_large() && centre.planning.borrow().is_none() && !centre.claimed.get() {
            self.browser().broadcast(Event::RunChanged { run: view(&run), record: None });
            self.set_off(run);
        } else if !self.is_running(&run.id) {
            self.browser().wake_in(ALARM.to_owned(), LATER_MS);
        }
    }
}
