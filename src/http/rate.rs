//! How many requests, and how long to wait for one.

use crate::json::Json;
/// So many requests in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub struct Rate {
    /// Requests.
    pub requests: u32,
    /// Seconds.
    pub seconds: u32,
}

/// How many milliseconds a request may wait in all for its turn; beyond that the caller is told when
/// trying again makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Patience(pub i64);

impl Patience {
    /// A person is waiting.
    pub const INTERACTIVE: Patience = Patience(20_000);
    /// A sync: it has all the time in the world, and leaves room for people.
    pub const UNLIMITED: Patience = Patience(i64::MAX);
}
