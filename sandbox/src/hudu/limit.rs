//! The rate limit: a count per key in fixed windows of five minutes, aligned to the clock.

use std::collections::HashMap;

/// Length of a window in milliseconds. Hudu counts afresh at each full five minutes.
const WINDOW_MS: i64 = 300_000;

/// Counts requests.
#[derive(Default)]
pub(super) struct Limit(HashMap<String, (i64, u32)>);

impl Limit {
    /// Counts one request. Over the limit, answers how many seconds are left in the window.
    pub(super) fn count(&mut self, key: &str, now: i64, allowed: u32) -> Option<i64> {
        let window = now.div_euclid(WINDOW_MS);
        let seen = self.0.entry(key.to_owned()).or_insert((window, 0));
        if seen.0 != window {
            *seen = (window, 0);
        }
        seen.1 = seen.1.saturating_add(1);
        (allowed > 0 && seen.1 > allowed).then(|| (WINDOW_MS - now.rem_euclid(WINDOW_MS) + 999) / 1000)
    }
}
