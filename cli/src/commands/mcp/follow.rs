//! Following a call: how far it is goes to whoever asked, and a wish to stop comes back.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use sidelight::sync::table::Progress;
use sidelight::sync::watch::Watch;
use tokio::sync::mpsc::UnboundedSender;

use crate::interrupt::Interrupt;

/// A client is told no more often than this.
const EVERY: Duration = Duration::from_millis(250);

/// How far a call is.
#[derive(Debug)]
pub enum Step {
    /// So many requests were sent.
    Requests(u64),
    /// So much is done, of how much where that is known, and what is being done.
    Done(usize, Option<usize>, String),
}

/// Follows one call.
pub struct Follower {
    progress: Option<UnboundedSender<Step>>,
    given_up: Rc<Cell<bool>>,
    interrupt: Interrupt,
    told: Cell<Option<Instant>>,
}

impl Follower {
    /// Tells `progress`; stops where the client gave up, or after Ctrl-C.
    pub fn new(progress: Option<UnboundedSender<Step>>, given_up: Rc<Cell<bool>>, interrupt: Interrupt) -> Self {
        Self { progress, given_up, interrupt, told: Cell::default() }
    }
}

impl Watch for Follower {
    fn progress(&self, progress: &Progress) {
        let Some(sender) = &self.progress else { return };
        if self.told.get().is_some_and(|told| told.elapsed() < EVERY) {
            return;
        }
        self.told.set(Some(Instant::now()));
        let _ = sender.send(Step::Done(progress.done, progress.total, progress.doing.clone()));
    }

    fn stop(&self) -> bool {
        self.given_up.get() || self.interrupt.asked()
    }
}
