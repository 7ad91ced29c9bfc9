//! One go of a run: what its steps share while several are in flight.

use std::cell::RefCell;

use crate::platform::{Host, StoreError};
use crate::sync::apply::articles::Articles;
use crate::sync::apply::news::News;
use crate::sync::apply::progress::Meter;
use crate::sync::apply::queue::Queue;
use crate::sync::apply::ready::ready;
use crate::sync::journal::{Run, StepState};
use crate::sync::plan::Item;
use crate::sync::sides::Sides;
use crate::sync::view::Action;
use crate::sync::write::Writer;
use crate::trouble::Trouble;
use crate::words::keeping;

/// One go of a run. Nothing is borrowed while a future waits.
pub(super) struct Go<'a> {
    pub(super) sides: &'a Sides,
    pub(super) writer: Writer<'a>,
    pub(super) run: RefCell<&'a mut Run>,
    pub(super) queue: RefCell<Queue>,
    pub(super) meter: RefCell<Meter>,
    /// What others changed in Hudu; `None` where each record is looked at by itself.
    pub(super) news: Option<News>,
    /// The articles of Halo, where many are written.
    pub(super) articles: Articles,
    /// Creations of this run that were not compared yet with what others made at the same time.
    pub(super) fresh: RefCell<Vec<usize>>,
}

impl<'a> Go<'a> {
    pub(super) fn new(sides: &'a Sides, run: &'a mut Run, many: bool) -> Self {
        // What was made since the last look may have a twin, also where the worker ended before it looked.
        let unlooked = |index: usize| {
            let step = &run.steps[index];
            many && step.state == StepState::Done && step.made && step.at.is_none_or(|at| at >= run.looked)
        };
        let fresh: Vec<usize> = (0..run.steps.len()).filter(|index| unlooked(*index)).collect();
        let queue = Queue::new(run, |index| run.is_due(index) || fresh.binary_search(&index).is_ok());
        Self {
            sides,
            writer: Writer::new(sides, many),
            queue: RefCell::new(queue),
            meter: RefCell::new(Meter::new(sides, run)),
            news: many.then(|| News::new(run, &fresh)),
            articles: Articles::default(),
            fresh: RefCell::new(fresh),
            run: RefCell::new(run),
        }
    }

    pub(super) fn host(&self) -> &Host {
        &self.sides.host
    }

    /// The item as it will be written, or why it is passed over.
    pub(super) fn ready(&self, index: usize) -> Result<(Item, Option<String>), String> {
        keeping(|| ready(&self.run.borrow(), &self.queue.borrow(), index))
    }

    /// Changes a step and writes it down.
    pub(super) async fn note(
        &self,
        index: usize,
        change: impl FnOnce(&mut crate::sync::journal::Step),
        more: Vec<crate::platform::Write>,
    ) -> Result<(), StoreError> {
        let mut writes = {
            let mut run = self.run.borrow_mut();
            change(&mut run.steps[index]);
            vec![run.step_entry(index)]
        };
        writes.extend(more);
        self.host().store.write(writes).await
    }

    /// Passes a step over.
    pub(super) async fn skip(&self, index: usize, why: String) -> Result<(), StoreError> {
        let now = self.host().clock.now();
        let end = |step: &mut crate::sync::journal::Step| {
            step.state = StepState::Skipped;
            step.note = Some(why);
            step.trouble = None;
            step.at = Some(now);
        };
        self.note(index, end, Vec::new()).await
    }

    /// A step failed for good.
    pub(super) async fn fail(&self, index: usize, trouble: Trouble) -> Result<(), StoreError> {
        let now = self.host().clock.now();
        let end = |step: &mut crate::sync::journal::Step| {
            step.state = StepState::Failed;
            step.trouble = Some(trouble);
            step.at = Some(now);
        };
        self.note(index, end, Vec::new()).await
    }

    /// Counts a step that came to its end, and makes those due that waited for it. A creation is first
    /// compared with what others made at the same time.
    pub(super) fn ended(&self, index: usize) {
        let state = self.run.borrow().steps[index].state;
        {
            let mut meter = self.meter.borrow_mut();
            match state {
                StepState::Done => meter.counts.done += 1,
                StepState::Skipped => meter.counts.skipped += 1,
                StepState::Failed => meter.counts.failed += 1,
                StepState::Waiting | StepState::Sent => {}
            }
            meter.ended(&self.run.borrow().plan.items[index]);
        }
        let run = self.run.borrow();
        let item = &run.plan.items[index];
        let made = state == StepState::Done && run.steps[index].made && item.action == Action::Create;
        let Some(news) = &self.news else { return self.queue.borrow_mut().release(index) };
        news.count(self.host().clock.now(), item);
        if made && news.watches(item) {
            self.fresh.borrow_mut().push(index);
        } else {
            news.forget(index, item);
            self.queue.borrow_mut().release(index);
        }
    }
}
