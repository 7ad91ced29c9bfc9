//! How far a run is, and how long it will take.

use crate::http::Rate;
use crate::sync::journal::{Counts, Run};
use crate::sync::plan::{Item, Target};
use crate::sync::sides::Sides;
use crate::sync::table::Progress;
use crate::sync::view::{Action, RunState};
use crate::t;
use crate::trouble::Trouble;

/// What one go of a run began with.
pub(super) struct Meter {
    began: i64,
    /// Requests of both clients before this go.
    sent: (u64, u64),
    /// Requests of the run before this go.
    used: (u32, u32),
    /// Steps at their end before this go.
    ended: usize,
    /// Steps per product that are left.
    left: (usize, usize),
    pub(super) counts: Counts,
}

impl Meter {
    pub(super) fn new(sides: &Sides, run: &Run) -> Self {
        let counts = run.counts();
        let due = (0..run.plan.items.len()).filter(|index| run.is_due(*index));
        let mut left = (0, 0);
        for index in due {
            match is_halo(&run.plan.items[index]) {
                true => left.0 += 1,
                false => left.1 += 1,
            }
        }
        Self {
            began: sides.host.clock.now(),
            sent: (sides.halo.requests(), sides.hudu.requests()),
            used: run.requests,
            ended: counts.done + counts.skipped + counts.failed,
            left,
            counts,
        }
    }

    /// A step of this item came to its end.
    pub(super) fn ended(&mut self, item: &Item) {
        let left = if is_halo(item) { &mut self.left.0 } else { &mut self.left.1 };
        *left = left.saturating_sub(1);
    }

    /// Requests of the run so far.
    pub(super) fn requests(&self, sides: &Sides) -> (u32, u32) {
        let more = |used: u32, now: u64, sent: u64| used.saturating_add(u32::try_from(now - sent).unwrap_or(u32::MAX));
        (more(self.used.0, sides.halo.requests(), self.sent.0), more(self.used.1, sides.hudu.requests(), self.sent.1))
    }

    /// How far the run is.
    pub(super) fn progress(&self, sides: &Sides, run: &Run, doing: String) -> Progress {
        let counts = self.counts;
        let done = counts.done + counts.skipped + counts.failed;
        Progress {
            run: run.id.clone(),
            doing,
            done,
            total: Some(counts.steps),
            failed: counts.failed,
            skipped: counts.skipped,
            requests: self.requests(sides),
            left_ms: Some(self.left_ms(sides, done)),
            paused: run.state == RunState::Paused,
            until: run.waits.as_ref().and_then(|trouble| trouble.until),
            trouble: run.waits.clone().map(Trouble::told),
        }
    }

    /// What is left by the allowance of each product, and by the pace of this go: the longer of both.
    fn left_ms(&self, sides: &Sides, done: usize) -> i64 {
        let allowed = |left: usize, rate: Rate| {
            let ms = i64::from(rate.seconds) * 1000 / i64::from(rate.requests.max(1));
            i64::try_from(left).unwrap_or(i64::MAX).saturating_mul(ms)
        };
        let allowed = allowed(self.left.0, sides.halo.rate()).max(allowed(self.left.1, sides.hudu.rate()));
        let here = i64::try_from(done - self.ended.min(done)).unwrap_or(i64::MAX);
        let left = i64::try_from(self.counts.steps - done.min(self.counts.steps)).unwrap_or(i64::MAX);
        let paced = if here == 0 { 0 } else { (sides.host.clock.now() - self.began).saturating_mul(left) / here };
        allowed.max(paced)
    }
}

fn is_halo(item: &Item) -> bool {
    matches!(item.target, Target::Article { .. } | Target::FaqList { .. } | Target::TicketNote { .. })
}

/// "Creating SRV-02".
pub(super) fn doing(item: &Item) -> String {
    let name = &item.title;
    match item.action {
        Action::Create => t!("Creating {name}", name),
        Action::Link => t!("Linking {name}", name),
        Action::Archive => t!("Archiving {name}", name),
        _ => t!("Updating {name}", name),
    }
}
