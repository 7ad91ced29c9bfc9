//! Keeping the worker awake while something that a person waits for is under way, and no longer.
//!
//! Browsers end a worker after 30 s without an event or a call of their interface. Firefox does so even
//! while a page waits for an answer, and waiting for a server's allowance can take minutes.

use futures::future::{Either, select};
use serde_json::json;
use sidelight::platform::{Clock, Later};

use crate::clock::BrowserClock;
use crate::webext;

/// Milliseconds between two calls.
const BEAT: i64 = 20_000;

/// Runs the work to its end, however long that takes.
pub async fn until<T>(mut work: Later<'_, T>) -> T {
    loop {
        match select(work, BrowserClock.sleep(BEAT)).await {
            Either::Left((done, _)) => return done,
            Either::Right(((), rest)) => work = rest,
        }
        webext::tell("runtime", "getPlatformInfo", json!([]));
    }
}
