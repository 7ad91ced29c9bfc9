//! The computer's clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sidelight::platform::{Clock, Later};

/// The computer's clock; waits are tokio's.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        // A clock before 1970 counts as 1970.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn sleep(&self, ms: i64) -> Later<'_, ()> {
        let wait = Duration::from_millis(u64::try_from(ms).unwrap_or_default());
        Box::pin(tokio::time::sleep(wait))
    }
}
