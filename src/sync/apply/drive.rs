//! The loop of a run: which step is next, what becomes of a failure, when it ends.

use std::future::Future;
use std::pin::Pin;

use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::FuturesUnordered;

use crate::http::ApiError;
use crate::platform::StoreError;
use crate::sync::apply::classify::{Class, class};
use crate::sync::apply::go::Go;
use crate::sync::apply::{is_single, progress};
use crate::sync::error::SyncError;
use crate::sync::journal::{Run, Step};
use crate::sync::plan::Target;
use crate::sync::sides::Sides;
use crate::sync::view::RunState;
use crate::sync::watch::Watch;
use crate::trouble::{Explain, Trouble};
use crate::words::keeping;

/// So many steps are in flight at once in a large run.
const WIDTH: usize = 4;
/// How many goes a step gets when it fails for a reason that may pass: of one record's run, of a large one.
const GOES: (u32, u32) = (30, 5);
/// So many failures in a row that may pass mean that everything has to wait.
const IN_A_ROW: usize = 4;
/// So many refusals in a row mean that the connection may not do this at all.
const REFUSALS: usize = 8;
/// How often the run's head is written down.
const SAVE_EVERY_MS: i64 = 5_000;
/// How often the wish to stop is asked for while nothing happens.
const TICK_MS: i64 = 1_000;
/// Waits that are longer are told.
const TOLD_MS: i64 = 10_000;
/// How long steps in flight have to come to their end when the run is paused. What is cut then is looked
/// up when it goes on.
const GRACE_MS: i64 = 10_000;

/// Why no further step is begun.
enum Halt {
    /// The user wishes so.
    Pause,
    /// It may go on by itself later.
    Wait(Trouble),
    /// Somebody has to act first.
    Stop(Trouble),
}

type Flight<'f> = FuturesUnordered<Pin<Box<dyn Future<Output = (usize, Result<(), SyncError>)> + 'f>>>;

/// Goes on with a run until nothing is left or something stands in the way; what became of it is in the run.
pub(super) async fn drive(sides: &Sides, run: &mut Run, watch: &dyn Watch, many: bool) -> Result<(), StoreError> {
    let go = Go::new(sides, run, many);
    let end =
        Drive { go: &go, watch, single: is_single(&go.run.borrow().plan), many, passing: 0, refused: 0, halt: None };
    let halt = end.all().await?;
    let requests = go.meter.borrow().requests(sides);
    let failed = go.meter.borrow().counts.failed;
    {
        let mut run = go.run.borrow_mut();
        run.requests = requests;
        run.state = match &halt {
            Some(Halt::Pause) => RunState::Paused,
            Some(Halt::Wait(_)) => RunState::Running,
            Some(Halt::Stop(_)) => RunState::Stopped,
            None if failed > 0 => RunState::Part,
            None => RunState::Done,
        };
        if let Some(Halt::Wait(trouble) | Halt::Stop(trouble)) = halt {
            run.waits = Some(trouble);
        }
    }
    watch.progress(&go.meter.borrow().progress(sides, &go.run.borrow(), String::new()));
    Ok(())
}

struct Drive<'d, 'a> {
    go: &'d Go<'a>,
    watch: &'d dyn Watch,
    single: bool,
    many: bool,
    /// Failures in a row that may pass.
    passing: usize,
    /// Refusals of an area in a row.
    refused: usize,
    halt: Option<Halt>,
}

impl Drive<'_, '_> {
    async fn all(mut self) -> Result<Option<Halt>, StoreError> {
        let go = self.go;
        let now = || go.host().clock.now();
        let width = if self.many { WIDTH } else { 1 };
        let mut flight: Flight<'_> = FuturesUnordered::new();
        let (mut doing, mut saved, mut cut) = (String::new(), now(), i64::MAX);
        loop {
            if self.halt.is_none() && self.watch.stop() {
                self.halt = Some(Halt::Pause);
                cut = now() + GRACE_MS;
            }
            while self.halt.is_none()
                && flight.len() < width
                && !self.is_time_to_look()
                && self.shut(flight.len()).is_none()
            {
                let Some(index) = go.queue.borrow_mut().next() else { break };
                {
                    let item = &go.run.borrow().plan.items[index];
                    doing = progress::doing(item);
                    go.news.iter().for_each(|news| news.began(item));
                }
                flight.push(Box::pin(async move { (index, go.step(index).await) }));
            }
            if flight.is_empty() {
                if let Some(until) = self.shut(0).filter(|_| self.halt.is_none()) {
                    self.tell(&doing, Some(until).filter(|until| until - now() > TOLD_MS));
                    go.host().clock.sleep((until - now()).clamp(1, TICK_MS)).await;
                    continue;
                }
                if self.halt.is_some() || !self.turn().await? {
                    self.last_look().await?;
                    return Ok(self.halt);
                }
                continue;
            }
            match select(flight.next(), go.host().clock.sleep(TICK_MS)).await {
                Either::Left((Some((index, result)), _)) => self.ended(index, result).await?,
                _ if now() >= cut => return Ok(self.halt),
                _ => {}
            }
            self.tell(&doing, go.sides.hudu.closed_until().max(go.sides.halo.closed_until()));
            if now() - saved >= SAVE_EVERY_MS {
                saved = now();
                self.save().await?;
            }
        }
    }

    /// Tells how far it is, and until when it waits.
    fn tell(&self, doing: &str, until: Option<i64>) {
        let mut progress = self.go.meter.borrow().progress(self.go.sides, &self.go.run.borrow(), doing.to_owned());
        progress.until = until.or(progress.until);
        self.watch.progress(&progress);
    }

    fn is_time_to_look(&self) -> bool {
        let (queue, run) = (self.go.queue.borrow(), self.go.run.borrow());
        let mut due = queue.due();
        let (left, now) = (due.len(), self.go.host().clock.now());
        let (Some(next), Some(news)) = (due.next(), &self.go.news) else { return false };
        news.is_due(now, left, &run.plan.items[next])
    }

    /// Until when Hudu takes no writes of a large run. A step that waited with what it knows would overwrite
    /// what people write meanwhile, so none is begun.
    fn shut(&self, under_way: usize) -> Option<i64> {
        let next = self.go.queue.borrow().due().next().filter(|_| self.many)?;
        let to_hudu =
            !matches!(self.go.run.borrow().plan.items[next].target, Target::Article { .. } | Target::FaqList { .. });
        self.go.sides.hudu.shut_until(under_way).filter(|_| to_hudu)
    }

    /// Nothing is in flight: a look where one is due, or where others wait for what it tells. `false`
    /// where nothing is left to do.
    async fn turn(&mut self) -> Result<bool, StoreError> {
        let go = self.go;
        let result = match &go.news {
            Some(_) if self.is_time_to_look() || (go.queue.borrow().is_idle() && !go.fresh.borrow().is_empty()) => {
                go.compare().await
            }
            _ => {
                if !go.queue.borrow_mut().recall() {
                    return Ok(false);
                }
                // What was put off is tried again in the next go, when some time has passed.
                let put_off = go.queue.borrow().due().next();
                let trouble = put_off.and_then(|index| go.run.borrow().steps[index].trouble.clone());
                self.halt = trouble.map(Halt::Wait);
                return Ok(true);
            }
        };
        match result {
            Ok(()) => self.save().await?,
            Err(SyncError::Store(error) | SyncError::Api(ApiError::Store(error))) => return Err(error),
            Err(error) => {
                let trouble = keeping(|| error.trouble());
                self.halt = Some(match class(&error) {
                    Class::Passing | Class::Waiting => Halt::Wait(trouble),
                    Class::Record | Class::Connection => Halt::Stop(trouble),
                });
            }
        }
        Ok(true)
    }

    /// A run that stops may never go on: what it made is compared with what others made as far as Hudu still answers.
    /// What cannot be compared now is compared when it goes on.
    async fn last_look(&self) -> Result<(), StoreError> {
        if !matches!(self.halt, Some(Halt::Stop(_))) || self.go.fresh.borrow().is_empty() {
            return Ok(());
        }
        match self.go.compare().await {
            Err(SyncError::Store(error) | SyncError::Api(ApiError::Store(error))) => Err(error),
            Err(_) => Ok(()),
            Ok(()) => self.save().await,
        }
    }

    /// What becomes of a step that came back.
    async fn ended(&mut self, index: usize, result: Result<(), SyncError>) -> Result<(), StoreError> {
        let go = self.go;
        let error = match result {
            Ok(()) => {
                (self.passing, self.refused) = (0, 0);
                go.ended(index);
                return Ok(());
            }
            Err(SyncError::Store(error) | SyncError::Api(ApiError::Store(error))) => return Err(error),
            Err(error) => error,
        };
        let trouble = keeping(|| error.trouble());
        let attempts = go.run.borrow().steps[index].attempts + 1;
        let goes = if self.many { GOES.1 } else { GOES.0 };
        let class = class(&error);
        let over = match class {
            Class::Record => true,
            Class::Passing => attempts >= goes,
            Class::Waiting => !self.many && attempts >= goes,
            Class::Connection => self.single,
        };
        if over {
            go.fail(index, trouble.clone()).await?;
            self.refused = if is_refusal(&error) { self.refused + 1 } else { 0 };
            if self.single || self.refused >= REFUSALS {
                self.halt.get_or_insert(Halt::Stop(trouble));
            }
            go.ended(index);
            return Ok(());
        }
        let counts = class == Class::Passing || !self.many;
        let noted = trouble.clone();
        let note = |step: &mut Step| {
            step.trouble = Some(noted);
            step.attempts += u32::from(counts);
        };
        go.note(index, note, Vec::new()).await?;
        go.queue.borrow_mut().defer(index);
        self.passing += usize::from(class == Class::Passing);
        match class {
            Class::Connection => self.halt = Some(Halt::Stop(trouble)),
            Class::Passing if !self.single && self.passing < IN_A_ROW => {}
            _ if !matches!(self.halt, Some(Halt::Stop(_))) => self.halt = Some(Halt::Wait(trouble)),
            _ => {}
        }
        Ok(())
    }

    async fn save(&self) -> Result<(), StoreError> {
        let go = self.go;
        let requests = go.meter.borrow().requests(go.sides);
        let header = {
            let mut run = go.run.borrow_mut();
            run.requests = requests;
            run.header()
        };
        go.host().store.write(header).await
    }
}

impl Go<'_> {
    /// Looks what others changed, and compares what this run made with what others made.
    async fn compare(&self) -> Result<(), SyncError> {
        let Some(news) = &self.news else { return Ok(()) };
        let began = self.host().clock.now();
        let is_article = |index: &usize| matches!(self.run.borrow().plan.items[*index].target, Target::Article { .. });
        let (articles, records): (Vec<usize>, Vec<usize>) =
            self.fresh.borrow().iter().partition(|index| is_article(index));
        let idle = self.queue.borrow().is_idle();
        if !records.is_empty() || !idle {
            news.refresh(self).await?;
        }
        for index in records {
            if let Ok((item, _)) = self.ready(index) {
                self.settle(index, &item, news.counterparts(index, &item)).await?;
            }
            self.compared(index);
        }
        if idle && !articles.is_empty() {
            self.articles.settle(self, &articles).await?;
            articles.into_iter().for_each(|index| self.compared(index));
        }
        let mut run = self.run.borrow_mut();
        let left = self.fresh.borrow().iter().filter_map(|index| run.steps[*index].at).min();
        run.looked = began.min(left.unwrap_or(began));
        Ok(())
    }

    /// A creation was compared: what waited for it may go on.
    fn compared(&self, index: usize) {
        self.fresh.borrow_mut().retain(|other| *other != index);
        self.queue.borrow_mut().release(index);
        if let Some(news) = &self.news {
            news.forget(index, &self.run.borrow().plan.items[index]);
        }
    }
}

fn is_refusal(error: &SyncError) -> bool {
    matches!(error, SyncError::Api(ApiError::Forbidden { .. }))
}
