//! The awaits of a host: where a worker may be stopped, and where others get their turn.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tokio::sync::Notify;

use crate::sim::chance::Chance;

/// Every await of one host passes through here. By itself it does nothing.
#[derive(Default)]
pub struct Moments {
    /// So many awaits until the worker is stopped.
    left: Cell<Option<u64>>,
    dead: Cell<bool>,
    bell: Notify,
    /// Where turns and pauses come from.
    chance: RefCell<Option<Chance>>,
}

impl Moments {
    /// Lets others go first now and then, as chance has it.
    pub fn mix(&self, chance: Chance) {
        self.chance.replace(Some(chance));
    }

    /// Stops the worker at this many awaits from now; what waits there never goes on.
    pub fn stop_after(&self, awaits: u64) {
        self.left.set(Some(awaits));
    }

    /// Ends when the worker was stopped.
    pub async fn stopped(&self) {
        while !self.dead.get() {
            self.bell.notified().await;
        }
    }

    /// One await of the host.
    pub async fn pass(&self) {
        match self.left.get() {
            Some(0) => self.dead.set(true),
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        if self.dead.get() {
            self.bell.notify_one();
            return std::future::pending().await;
        }
        let pause = self.chance.borrow_mut().as_mut().map(|chance| (chance.below(3), chance.one_in(12)));
        if let Some((turns, long)) = pause {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            if long {
                tokio::time::sleep(Duration::from_millis(40)).await;
            }
        }
    }
}
