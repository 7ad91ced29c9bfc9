//! The rate limit: so many requests in a rolling window, over the whole instance.

use std::collections::VecDeque;

use super::reply::Reply;
use super::switches::Switches;

/// Moments of the requests in the window, milliseconds since 1970.
#[derive(Default)]
pub(crate) struct Window(VecDeque<i64>);

impl Window {
    /// Counts a request; refuses it over the limit. Refused requests do not count.
    pub(crate) fn count(&mut self, now: i64, switches: &Switches) -> Result<(), Reply> {
        let start = now - switches.rate_window_seconds * 1000;
        while self.0.front().is_some_and(|at| *at <= start) {
            self.0.pop_front();
        }
        if switches.rate_limit == 0 || self.0.len() < switches.rate_limit {
            self.0.push_back(now);
            return Ok(());
        }
        let sentence = sentence(switches);
        let reply = match switches.rate_limit_json {
            true => Reply::json(429, &sentence.into()),
            false => Reply::text(429, &sentence),
        };
        if !switches.retry_after {
            return Err(reply);
        }
        let free = self.0.front().map_or(0, |first| first - start);
        Err(reply.with(http::header::RETRY_AFTER, &(free / 1000 + 1).to_string()))
    }
}

/// What live tenants say over the limit.
pub(crate) fn sentence(switches: &Switches) -> String {
    let minutes = switches.rate_window_seconds / 60;
    format!("Rate Limit Reached - {} Requests per rolling {minutes} minute window", switches.rate_limit)
}
