//! What the sync centre asks for: planning everything, tables, runs in the background, history, mapping.
//!
//! Reading both sides and applying a large plan take minutes to hours, so they go on in the background
//! and are told by events. One of them goes on at a time. What is under way stands in memory; what has to
//! outlive the worker stands in the store.

mod clients;
mod examples;
mod kept;
mod mapping;
mod planning;
mod running;
mod tables;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::AbortHandle;
use futures::lock::Mutex;

use crate::mark;
use crate::protocol::{CentreAsk, Event, Reply};
use crate::service::{Service, ServiceError};
use crate::sync::lines::Lines;
use crate::sync::outline::Outline;
use crate::sync::plan::Plan;
use crate::sync::rows::Arranged;
use crate::sync::table::{Progress, RowQuery, Work};
use crate::sync::view::RunState;

pub(super) use running::{is_large, view};

/// Milliseconds between two events about the work.
const TELL_MS: i64 = 250;

/// What goes on for the sync centre, and what is kept in memory for it.
#[derive(Default)]
pub(super) struct Centre {
    /// What pages are told.
    work: RefCell<Work>,
    /// When they were told last.
    told: Cell<i64>,
    /// Something is about to begin.
    claimed: Cell<bool>,
    /// Ends the planning that is under way.
    planning: RefCell<Option<AbortHandle>>,
    /// Ends the run that is under way, by its id.
    running: RefCell<Option<(String, AbortHandle)>>,
    /// The user wants the run to be paused.
    pause: Cell<bool>,
    /// So many clicks on single records wait for the run to make way.
    clicks: Cell<u32>,
    /// The plan that was made last, or that something asked for as a whole.
    plan: RefCell<Option<Rc<Plan>>>,
    /// The plan that was shown last, in outline.
    outline: RefCell<Option<Rc<Outline>>>,
    /// Its lines, by its id.
    lines: RefCell<Option<(String, Rc<Lines>)>>,
    /// The rows that were asked for last: the plan's id, the query, and what fits it in its order.
    arranged: RefCell<Option<(String, RowQuery, Rc<Arranged>)>>,
    /// The chunk of items of which one was opened last.
    near: RefCell<Option<kept::Chunk>>,
    /// Id of the newest plan for everything, where that is known.
    newest: RefCell<Option<String>>,
    /// The run that was shown last.
    shown: RefCell<Option<tables::ShownRun>>,
    /// Records for the mapping pages.
    examples: Mutex<Option<examples::Examples>>,
}

/// The right to begin something large; given back when it is dropped.
pub(super) struct Claim<'a>(&'a Cell<bool>);

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Centre {
    /// Holds this plan in memory, and nothing of the one before.
    fn hold(&self, plan: Option<Rc<Plan>>) {
        self.plan.replace(plan);
        self.outline.take();
        self.lines.take();
        self.arranged.take();
        self.near.take();
    }
}

impl Service {
    /// Answers the sync centre's messages.
    pub(super) async fn centre(&self, ask: CentreAsk) -> Result<Reply, ServiceError> {
        match ask {
            CentreAsk::PlanAll { scope } => self.plan_all(scope).await,
            CentreAsk::PlanLayouts => self.plan_layouts().await,
            CentreAsk::Work => self.work().await,
            CentreAsk::Clients => self.clients().await,
            CentreAsk::StopPlanning => self.stop_planning().await,
            CentreAsk::LastPlan => self.last_plan().await,
            CentreAsk::Rows { of, query, offset, count } => self.rows(&of, &query, offset, count).await,
            CentreAsk::Item { of, item } => self.item(&of, &item).await,
            CentreAsk::ApplyAll { plan, except, overwrite, confirmed } => {
                self.apply_all(&plan, except, overwrite, confirmed).await
            }
            CentreAsk::Pause { run } => self.pause(&run).await,
            CentreAsk::GoOn { run } => self.go_on_with(&run).await,
            CentreAsk::Runs { offset, count } => self.runs(offset, count).await,
            CentreAsk::PlanUndoItems { run, items } => self.plan_undo_items(&run, &items).await,
            CentreAsk::Export { of, form } => self.export(&of, form).await,
            CentreAsk::Mapping { settings } => self.mapping(&settings).await,
            CentreAsk::Sorting { kind, settings } => self.sorting(kind, &settings).await,
            CentreAsk::Sample { kind, id, next, settings } => self.sample(kind, id, next, &settings).await,
            CentreAsk::Schedule => self.schedule_view().await,
            CentreAsk::ExportSettings => self.export_settings().await,
            CentreAsk::ReadSettings { text } => self.read_settings(&text).await,
        }
    }

    /// What is under way; where nothing is, the run that waits for a click, or what stood in the way of
    /// the last unattended sync.
    async fn work(&self) -> Result<Reply, ServiceError> {
        let mut work = self.centre_state().work.borrow().clone();
        if work == Work::Idle {
            let (heads, _) = crate::sync::journal::heads(self.host(), 0, 1).await?;
            if let Some(head) = heads.first().filter(|head| head.state == RunState::Paused) {
                work = Work::Running(Progress {
                    run: head.id.clone(),
                    done: head.done,
                    total: Some(head.steps),
                    failed: head.failed,
                    skipped: head.skipped,
                    requests: head.requests,
                    paused: true,
                    ..Progress::default()
                });
            } else if let Some(trouble) = self.schedule_trouble().await? {
                work = Work::Failed(trouble);
            }
        }
        Ok(Reply::Work { work })
    }

    fn centre_state(&self) -> &Centre {
        &self.0.centre
    }

    /// The right to begin something large, where nothing of the kind is under way.
    pub(super) fn claim(&self) -> Result<Claim<'_>, ServiceError> {
        let centre = self.centre_state();
        if centre.planning.borrow().is_some() {
            return Err(ServiceError::Busy(mark!(
                "Sidelight is reading both sides for a plan. Stop that, or wait for its end."
            )));
        }
        let waits = matches!(&*centre.work.borrow(), Work::Running(progress) if !progress.paused);
        if waits || centre.running.borrow().is_some() || centre.claimed.replace(true) {
            return Err(ServiceError::Busy(mark!("A sync is under way. Pause it, or wait for its end.")));
        }
        Ok(Claim(&centre.claimed))
    }

    /// Notes what is under way and tells the pages, at most four times a second where it only went on.
    fn set_work(&self, work: Work, went_on: bool) {
        let centre = self.centre_state();
        centre.work.replace(work.clone());
        let now = self.host().clock.now();
        if went_on && (0..TELL_MS).contains(&(now - centre.told.get())) {
            return;
        }
        centre.told.set(now);
        self.browser().broadcast(Event::Working { work });
    }

    /// Ends what is under way at once, as if the worker had been stopped, and forgets what is in memory:
    /// the connection that it belongs to goes away.
    pub(super) fn drop_everything(&self) {
        let centre = self.centre_state();
        if let Some(planning) = centre.planning.take() {
            planning.abort();
        }
        if let Some((_, running)) = centre.running.take() {
            running.abort();
        }
        centre.hold(None);
        centre.newest.take();
        centre.shown.take();
        centre.pause.set(false);
        self.set_work(Work::Idle, false);
    }
}
