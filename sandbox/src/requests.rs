//! The log of requests, so that a test can count what a client really sent.

use std::sync::{Arc, Mutex};

use serde::Serialize;

use crate::Server;

/// One request as a server saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// HTTP method.
    pub method: String,
    /// Path with its query.
    pub path: String,
    /// HTTP status of the answer; 0 where the connection was cut before one.
    pub status: u16,
    /// It came from the agent app's own page, not from a client of the API.
    pub from_app: bool,
    /// Arrival in milliseconds since 1970.
    pub at: i64,
}

/// Both servers' requests. Cheap to clone; every clone is the same log.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<[Vec<Seen>; 2]>>);

impl Log {
    pub(crate) fn add(&self, server: Server, seen: Seen) {
        self.lock()[server as usize].push(seen);
    }

    pub(crate) fn list(&self, server: Server) -> Vec<Seen> {
        self.lock()[server as usize].clone()
    }

    pub(crate) fn count(&self, server: Server) -> usize {
        self.lock()[server as usize].len()
    }

    pub(crate) fn clear(&self) {
        for list in self.lock().iter_mut() {
            list.clear();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, [Vec<Seen>; 2]> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}
