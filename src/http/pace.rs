//! Keeping to an allowance of so many requests in so many seconds.
//!
//! Requests are counted in short buckets over a sliding window, kept in the store, so that a woken
//! worker goes on counting. A bucket leaves the window only when its last moment has left it, so the
//! allowance is never overrun. Syncs spread their requests once half of it is used and leave a little
//! for people.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::lock::Mutex;

use crate::http::{Patience, Rate};
use crate::json::{self, Json};
use crate::platform::{Host, Table, Write};

/// Longest bucket.
const BUCKET_MS: i64 = 5_000;
/// How often the count is stored at most, beyond one in a hundred requests.
const SAVE_EVERY_MS: i64 = 1_000;

/// Longer than this no server is believed to be closed: it is asked again.
const LONGEST_CLOSED_MS: i64 = 3_600_000;

/// The count of one host.
pub(crate) struct Pace {
    host: Host,
    key: String,
    configured: Rate,
    state: RefCell<Window>,
    loaded: Mutex<bool>,
    unsaved: Cell<u32>,
    saved_at: Cell<i64>,
}

/// What is stored.
#[derive(Clone, Debug, Default, Json)]
#[json(default)]
struct Window {
    /// Allowance configured when this was stored.
    configured: Option<Rate>,
    /// A smaller allowance that the server announced.
    announced: Option<Rate>,
    /// Nothing is sent before this moment.
    closed_until: i64,
    /// Start of each bucket and requests in it, oldest first.
    buckets: VecDeque<(i64, u32)>,
    /// Earliest moment for the next request of a sync.
    #[json(skip)]
    next_spread: i64,
}

impl Pace {
    pub(crate) fn new(host: Host, key: String, rate: Rate) -> Self {
        let state = RefCell::new(Window { configured: Some(rate), ..Window::default() });
        Self {
            host,
            key,
            configured: rate,
            state,
            loaded: Mutex::new(false),
            unsaved: Cell::new(0),
            saved_at: Cell::new(0),
        }
    }

    /// Waits for the turn of one request and counts it; `Err` with the moment of the turn where that
    /// lies beyond the deadline.
    pub(crate) async fn take(&self, patience: Patience, deadline: i64) -> Result<(), i64> {
        self.load().await;
        loop {
            let now = self.host.clock.now();
            let background = patience == Patience::UNLIMITED;
            let turn = self.state.borrow_mut().take(now, self.configured, background);
            match turn {
                Ok(()) => {
                    self.unsaved.set(self.unsaved.get() + 1);
                    let hundredth = self.rate().requests / 100;
                    if self.unsaved.get() > hundredth || now - self.saved_at.get() >= SAVE_EVERY_MS {
                        self.save(now).await;
                    }
                    return Ok(());
                }
                Err(at) if at > deadline => return Err(at),
                Err(at) => self.host.clock.sleep((at - now).max(1)).await,
            }
        }
    }

    /// The server said when it takes requests again.
    pub(crate) async fn close(&self, until: i64) {
        {
            let mut state = self.state.borrow_mut();
            state.closed_until = state.closed_until.max(until);
        }
        self.save(self.host.clock.now()).await;
    }

    /// The server said how many requests it takes; a larger allowance than the configured one is not
    /// taken up, because others may share it.
    pub(crate) fn announce(&self, rate: Rate) {
        if rate.requests == 0 || rate.seconds == 0 {
            return;
        }
        let per_second = |r: Rate| f64::from(r.requests) / f64::from(r.seconds.max(1));
        let ours = self.rate();
        if per_second(rate) < per_second(ours) || rate.requests < ours.requests {
            self.state.borrow_mut().announced = Some(rate);
        }
    }

    /// The allowance kept to now.
    pub(crate) fn rate(&self) -> Rate {
        self.state.borrow().announced.unwrap_or(self.configured)
    }

    /// Until when nothing is sent, where the server said so.
    pub(crate) fn closed_until(&self) -> Option<i64> {
        let until = self.state.borrow().closed_until;
        (until > self.host.clock.now()).then_some(until)
    }

    /// Until when no further request of a sync is sent after so many that are on their way, because the server
    /// said so or the allowance is used up.
    pub(crate) fn shut_until(&self, under_way: u32) -> Option<i64> {
        self.state.borrow_mut().used(self.host.clock.now(), self.configured, true, under_way).err()
    }

    async fn load(&self) {
        let mut loaded = self.loaded.lock().await;
        if std::mem::replace(&mut *loaded, true) {
            return;
        }
        // A count that cannot be read is no reason to stop: the server's own limit still stands.
        let Ok(Some(text)) = self.host.store.get(Table::Pacing, &self.key).await else { return };
        let Ok(mut stored) = json::read::<Window>(&text) else { return };
        if stored.configured != Some(self.configured) {
            stored.announced = None;
        }
        stored.configured = Some(self.configured);
        // The worker may have ended before its last requests were stored.
        if let Some((_, count)) = stored.buckets.back_mut() {
            *count += self.configured.requests / 100;
        }
        *self.state.borrow_mut() = stored;
    }

    async fn save(&self, now: i64) {
        self.unsaved.set(0);
        self.saved_at.set(now);
        let value = Some(json::write(&*self.state.borrow()));
        let change = Write { table: Table::Pacing, key: self.key.clone(), value };
        let _ = self.host.store.write(vec![change]).await;
    }
}

impl Window {
    /// The allowance: requests, milliseconds of the window, milliseconds of a bucket.
    fn allowance(&self, configured: Rate) -> (u32, i64, i64) {
        let rate = self.announced.unwrap_or(configured);
        let window = i64::from(rate.seconds.max(1)) * 1000;
        (rate.requests.max(1), window, (window / 40).clamp(250, BUCKET_MS))
    }

    /// Requests in the window; or until when the host is closed, or full with as many more.
    fn used(&mut self, now: i64, configured: Rate, background: bool, more: u32) -> Result<u32, i64> {
        let (allowed, window, width) = self.allowance(configured);
        // What a clock that was ahead noted does not stop everything once it is right again.
        self.closed_until = self.closed_until.min(now + LONGEST_CLOSED_MS);
        self.next_spread = self.next_spread.min(now + window);
        if now < self.closed_until {
            return Err(self.closed_until);
        }
        // A clock that was set back leaves buckets in the future.
        self.buckets.retain(|(start, _)| start + width + window > now && *start <= now + width);
        let used: u32 = self.buckets.iter().map(|(_, count)| count).sum();
        let limit = if background && allowed >= 100 { allowed - allowed / 100 } else { allowed };
        if used.saturating_add(more) >= limit {
            let mut left = used.saturating_add(more);
            for (start, count) in &self.buckets {
                left = left.saturating_sub(*count);
                if left < limit {
                    return Err(start + width + window);
                }
            }
        }
        Ok(used)
    }

    /// Counts a request now, or tells when to ask again.
    fn take(&mut self, now: i64, configured: Rate, background: bool) -> Result<(), i64> {
        let (allowed, window, width) = self.allowance(configured);
        let used = self.used(now, configured, background, 0)?;
        if background && used >= allowed / 2 {
            if now < self.next_spread {
                return Err(self.next_spread);
            }
            // A bucket's worth may be caught up, so that waking late costs nothing.
            self.next_spread = self.next_spread.max(now - width) + window / i64::from(allowed);
        }
        let start = now - now.rem_euclid(width);
        match self.buckets.back_mut() {
            Some((last, count)) if *last >= start => *count += 1,
            _ => self.buckets.push_back((start, 1)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Takes as many as it may for so long, and checks every window of the times.
    fn run(rate: Rate, seconds: i64, background: bool) -> Vec<i64> {
        let mut window = Window::default();
        let mut now = 1_000_000_000_123;
        let end = now + seconds * 1000;
        let mut times = Vec::new();
        while now < end {
            match window.take(now, rate, background) {
                Ok(()) => times.push(now),
                Err(at) => {
                    assert!(at > now, "a turn that never comes");
                    now = at;
                }
            }
        }
        let length = i64::from(rate.seconds) * 1000;
        for (i, first) in times.iter().enumerate() {
            let inside = times[i..].iter().take_while(|t| **t < first + length).count();
            assert!(inside <= rate.requests as usize, "{inside} in one window");
        }
        times
    }

    #[test]
    fn the_allowance_is_never_overrun_and_nearly_all_of_it_is_used() {
        for (requests, seconds) in [(500, 180), (300, 300), (1500, 300), (60, 60)] {
            let rate = Rate { requests, seconds };
            for background in [false, true] {
                let windows = 20;
                let taken = run(rate, i64::from(seconds) * windows, background).len() as f64;
                let all = f64::from(requests) * windows as f64;
                assert!(taken >= all * 0.95, "{taken} of {all} ({background})");
            }
        }
    }

    #[test]
    fn a_sync_leaves_room_for_people() {
        let rate = Rate { requests: 500, seconds: 180 };
        let mut window = Window::default();
        let mut now = 0;
        let turn = loop {
            match window.take(now, rate, true) {
                Ok(()) => {}
                Err(at) if at - now > 10_000 => break at,
                Err(at) => now = at,
            }
        };
        assert!(turn > now);
        for _ in 0..5 {
            window.take(now, rate, false).unwrap();
        }
        assert!(window.take(now, rate, false).is_err());
    }

    #[test]
    fn a_clock_set_back_does_not_stop_everything() {
        let rate = Rate { requests: 2, seconds: 60 };
        let mut window = Window::default();
        window.take(10_000_000, rate, false).unwrap();
        window.take(10_000_000, rate, false).unwrap();
        assert!(window.take(10_000_001, rate, false).is_err());
        assert!(window.take(1_000_000, rate, false).is_ok());
        // Closed for a minute, by a clock that was a day ahead.
        let day = 86_400_000;
        let mut window = Window { closed_until: day + 60_000, next_spread: day, ..Window::default() };
        assert!(window.take(1_000_000, rate, true).is_err());
        assert!(window.take(1_000_000 + LONGEST_CLOSED_MS, rate, true).is_ok());
    }
}
