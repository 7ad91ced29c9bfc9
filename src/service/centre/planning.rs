//! Planning everything, in the background.

use std::rc::Rc;

use futures::FutureExt;
use futures::future::abortable;

use crate::platform::json::{get, put};
use crate::platform::{StoreError, Table, Write};
use crate::protocol::{Event, Reply};
use crate::service::{Service, ServiceError};
use crate::sync::error::SyncError;
use crate::sync::journal::Run;
use crate::sync::plan::Plan;
use crate::sync::table::{Progress, Scope, Work};
use crate::sync::watch::Watch;
use crate::sync::{apply, journal, rest, rows, shelf, survey};
use crate::t;
use crate::trouble::Explain;

/// Under which a page's wish for a plan is noted, so that it outlives the worker and no longer than the
/// browser.
const WISH: &str = "centre/planning";

/// Tells the pages how far the planning is. It is stopped by dropping it: it only reads.
struct Reading<'a>(&'a Service);

impl Watch for Reading<'_> {
    fn progress(&self, progress: &Progress) {
        self.0.set_work(Work::Planning(progress.clone()), true);
    }
    fn stop(&self) -> bool {
        false
    }
}

impl Service {
    /// Plans everything in scope. One planning goes on at a time: who asks for another meanwhile is told
    /// of this one.
    pub(super) async fn plan_all(&self, scope: Scope) -> Result<Reply, ServiceError> {
        if self.centre_state().planning.borrow().is_none() {
            let _claim = self.claim()?;
            self.sides().await?;
            self.host().store.write(vec![put(Table::Session, WISH.to_owned(), &scope)]).await?;
            self.begin_planning(scope);
        }
        self.work().await
    }

    /// Begins again with a plan that a page wanted when the worker was stopped.
    pub(in crate::service) async fn resume_planning(&self) {
        let wish = get::<Scope>(self.host(), Table::Session, WISH).await;
        if let (Ok(Some(scope)), Ok(_), Ok(_)) = (wish, self.claim(), self.sides().await) {
            self.begin_planning(scope);
        }
    }

    fn begin_planning(&self, scope: Scope) {
        let service = self.clone();
        self.in_background(async move {
            let made = service.make_plan(&scope).await;
            service.end_planning();
            service.planned(made.map(|plan| plan.id.clone())).await;
        });
    }

    /// Carries out work that begins with planning. What is under way is known from this moment on.
    pub(in crate::service) fn in_background(&self, work: impl Future<Output = ()> + 'static) {
        let (work, end) = abortable(work);
        self.centre_state().planning.replace(Some(end));
        let doing = t!("Reading both sides");
        self.set_work(Work::Planning(Progress { doing, ..Progress::default() }), false);
        self.browser().spawn(work.map(drop).boxed_local());
    }

    /// Planning is over; where something else goes on by now, that stays.
    pub(in crate::service) fn end_planning(&self) {
        let planning = self.centre_state().planning.take();
        if planning.is_some() {
            self.set_work(Work::Idle, false);
        }
    }

    /// Reads both sides, plans, and keeps the plan.
    pub(in crate::service) async fn make_plan(&self, scope: &Scope) -> Result<Rc<Plan>, ServiceError> {
        let sides = self.unhurried().await?;
        let plan = survey::everything(&sides, scope, &Reading(self)).await?;
        Ok(self.keep_plan(plan).await?)
    }

    /// Keeps a plan in the store and in memory.
    pub(in crate::service) async fn keep_plan(&self, plan: Plan) -> Result<Rc<Plan>, StoreError> {
        shelf::keep(self.host(), &plan).await?;
        Ok(self.hold_plan(plan))
    }

    /// Holds a plan that the store keeps in memory.
    fn hold_plan(&self, plan: Plan) -> Rc<Plan> {
        let plan = Rc::new(plan);
        let centre = self.centre_state();
        if apply::stays(&plan) {
            centre.newest.replace(Some(plan.id.clone()));
        }
        centre.hold(Some(plan.clone()));
        plan
    }

    /// The planning that a page wanted came to its end.
    async fn planned(&self, made: Result<String, ServiceError>) {
        self.forget_wish().await;
        match made {
            Ok(plan) => {
                // Somebody looks at the newest plan now: what waited is in it.
                self.settle_badge().await;
                self.browser().broadcast(Event::PlanReady { plan });
            }
            Err(error) => self.set_work(Work::Failed(error.trouble()), false),
        }
    }

    async fn forget_wish(&self) {
        let gone = Write { table: Table::Session, key: WISH.to_owned(), value: None };
        // At worst the next start of the worker plans once more.
        let _ = self.host().store.write(vec![gone]).await;
    }

    /// Stops planning at once.
    pub(super) async fn stop_planning(&self) -> Result<Reply, ServiceError> {
        let planning = self.centre_state().planning.take();
        if let Some(planning) = planning {
            planning.abort();
            self.set_work(Work::Idle, false);
            self.forget_wish().await;
            self.schedule_stopped().await?;
        }
        self.work().await
    }

    /// The plan that makes layouts, or gives them what they lack.
    pub(super) async fn plan_layouts(&self) -> Result<Reply, ServiceError> {
        let plan = survey::layouts(&self.sides().await?).await?;
        self.summary_of(plan).await
    }

    /// The plan that takes back these steps of a run, or all.
    pub(super) async fn plan_undo_items(&self, run: &str, items: &[String]) -> Result<Reply, ServiceError> {
        let run = journal::load(self.host(), run).await?.ok_or(SyncError::NoRun)?;
        let items = (!items.is_empty()).then_some(items);
        let plan = self.unhurried().await?.plan_undo(&run, items).await?;
        self.summary_of(plan).await
    }

    async fn summary_of(&self, plan: Plan) -> Result<Reply, ServiceError> {
        let plan = self.keep_plan(plan).await?;
        Ok(Reply::Summary { summary: Some(Box::new(rows::summary(&plan))) })
    }

    /// Takes what a run did out of its plan. What is left is kept where something of it waits.
    pub(in crate::service) async fn keep_rest(&self, run: &Run) -> Result<Option<Rc<Plan>>, StoreError> {
        let rest = rest::keep(self.host(), run).await?;
        self.forget_plans();
        Ok(rest.map(|rest| self.hold_plan(rest)))
    }

    /// Another plan may be the newest by now.
    pub(in crate::service) fn forget_plans(&self) {
        self.centre_state().newest.take();
        self.centre_state().hold(None);
    }
}
