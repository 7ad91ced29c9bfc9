//! How often a large run asks what others changed.
//!
//! What somebody edits in Hudu between a look and a write can be overwritten, but only by a write into a record
//! that is there already: a creation overwrites nothing. So the looks that a run can afford are spent on these
//! writes, and the fewer of them a run has, the closer they come behind a look.

/// One request for so many writes of the run: less than 2 % of it. Behind no look come more overwriting writes than
/// this, whatever it cost.
const WRITES_PER_REQUEST: usize = 75;
/// So few overwriting writes are worth a look at least.
const FEWEST: usize = 5;
/// Creations, which are only compared with what others made, come with a look for so many.
const CREATIONS: usize = 200;
/// An answer of this age is old, once so many writes were done with it.
const OLD_MS: i64 = 30_000;
const OLD_WRITES: usize = 50;
/// Where nothing was written for so long (the allowance was used up, a server was away), people had time.
const PAUSE_MS: i64 = 15_000;

/// So many steps are done between two looks where a look means reading records afresh.
pub(super) const BATCH: usize = 400;
/// Or so long, where each of its requests has served so many steps.
const EVERY_MS: i64 = 60_000;
const STEPS_PER_READ: usize = 50;
/// So few steps count as the end of a run.
const TAIL: usize = 100;

/// When it was looked, and what was written since.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    /// Overwriting writes between two looks.
    every: usize,
    /// Hudu cannot tell what changed: looking means reading.
    blind: bool,
    /// Requests of the last look.
    cost: usize,
    /// When it was looked last, milliseconds since 1970; `None` before the first look.
    at: Option<i64>,
    /// When it was written last.
    wrote: i64,
    /// Nothing was written for a while since it was looked.
    paused: bool,
    writes: usize,
    /// Overwriting writes that were begun: those that are under way count.
    overwriting: usize,
}

impl Rhythm {
    /// For a run of so many writes, of which so many go into records that are there already.
    pub(super) fn new(writes: usize, overwriting: usize) -> Self {
        let every = (overwriting * WRITES_PER_REQUEST).div_ceil(writes.max(1)).max(FEWEST);
        Self { every, ..Self::default() }
    }

    /// A look ended now, after so many requests.
    pub(super) fn looked(&mut self, now: i64, cost: u64, blind: bool) {
        *self = Self {
            every: self.every,
            blind,
            cost: usize::try_from(cost.max(1)).unwrap_or(1),
            at: Some(now),
            wrote: now,
            ..Self::default()
        };
    }

    /// A step is begun that overwrites or not.
    pub(super) fn began(&mut self, overwriting: bool) {
        self.overwriting += usize::from(overwriting);
    }

    /// A write was done.
    pub(super) fn wrote(&mut self, now: i64) {
        self.paused |= now - self.wrote >= PAUSE_MS;
        self.wrote = now;
        self.writes += 1;
    }

    /// Whether it is time to look, where so many steps are due and the next one overwrites or not.
    pub(super) fn is_due(&self, now: i64, due: usize, overwriting: bool) -> bool {
        let Some(at) = self.at else { return true };
        if self.blind {
            let every = if due > TAIL { EVERY_MS } else { 2 * EVERY_MS };
            return self.writes >= self.cost * STEPS_PER_READ && (self.writes >= BATCH || now - at >= every);
        }
        let many = self.writes >= self.cost * CREATIONS;
        let old = now - at >= OLD_MS && self.writes >= self.cost * OLD_WRITES;
        let paused = self.paused || now - self.wrote >= PAUSE_MS;
        let behind = (self.cost * self.every).min(WRITES_PER_REQUEST);
        many || (overwriting && (self.overwriting >= behind || old || paused))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks, and the most overwriting writes behind one, of a run in which every so-and-so-many-th write overwrites.
    fn run(writes: usize, nth: usize, ms_each: i64, cost: u64) -> (usize, usize) {
        let mut rhythm = Rhythm::new(writes, writes / nth);
        let (mut now, mut looks, mut behind, mut most) = (0, 0, 0, 0);
        for at in 0..writes {
            let overwriting = at % nth == 0;
            if rhythm.is_due(now, writes - at, overwriting) {
                rhythm.looked(now, cost, false);
                (looks, behind) = (looks + 1, 0);
            }
            rhythm.began(overwriting);
            now += ms_each;
            rhythm.wrote(now);
            behind += usize::from(overwriting);
            most = most.max(behind);
        }
        (looks, most)
    }

    #[test]
    fn looks_cost_less_than_a_fiftieth_and_are_spent_on_what_overwrites() {
        for (nth, wanted) in [(1, 75), (2, 38), (10, 8), (100, 5)] {
            for ms_each in [20, 200, 400] {
                let (looks, most) = run(10_000, nth, ms_each, 1);
                assert!(looks * 50 <= 10_000, "{looks} looks, every {nth}");
                assert!(most <= wanted, "{most} behind one look, every {nth}");
                let (_, most) = run(10_000, nth, ms_each, 3);
                assert!(most <= WRITES_PER_REQUEST, "{most} behind a look of three requests, every {nth}");
            }
        }
    }

    #[test]
    fn after_a_pause_it_is_looked_again_before_anything_is_overwritten() {
        let mut rhythm = Rhythm::new(1_000, 1_000);
        rhythm.looked(0, 1, false);
        rhythm.began(true);
        rhythm.wrote(1_000);
        assert!(!rhythm.is_due(2_000, 900, true));
        assert!(rhythm.is_due(100_000, 900, true) && !rhythm.is_due(100_000, 900, false));
        // Also where writes that waited were done first.
        rhythm.wrote(100_000);
        assert!(rhythm.is_due(100_001, 899, true));
        rhythm.looked(100_000, 1, false);
        assert!(!rhythm.is_due(100_001, 900, true));
    }

    #[test]
    fn what_is_under_way_counts() {
        let mut rhythm = Rhythm::new(1_000, 1_000);
        rhythm.looked(0, 1, false);
        (0..74).for_each(|_| rhythm.began(true));
        assert!(!rhythm.is_due(100, 900, true));
        rhythm.began(true);
        assert!(rhythm.is_due(100, 900, true) && !rhythm.is_due(100, 900, false));
    }
}
