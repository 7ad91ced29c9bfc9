//! Faults by chance: each request may be struck.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use sidelight_sandbox::{Effect, Fault, Server};

use crate::sim::chance::Chance;

/// How often something goes wrong, and what has gone wrong so far. Shared by all engines of a run.
pub struct Weather {
    chance: RefCell<Chance>,
    /// Of a thousand requests so many are struck.
    per_mille: Cell<usize>,
    /// How often each fault struck, by name.
    pub struck: RefCell<BTreeMap<&'static str, u64>>,
}

impl Weather {
    /// So many of a thousand requests are struck.
    pub fn new(chance: Chance, per_mille: usize) -> Self {
        Self { chance: RefCell::new(chance), per_mille: Cell::new(per_mille), struck: RefCell::default() }
    }

    /// Nothing goes wrong any more.
    pub fn clear_up(&self) {
        self.per_mille.set(0);
    }

    /// The fault of one request, if it is struck.
    pub fn fault(&self, server: Server, method: &str, path: &str) -> Option<Fault> {
        let mut chance = self.chance.borrow_mut();
        if chance.below(1000) >= self.per_mille.get() {
            return None;
        }
        let read = method == "GET";
        let (name, effect) = match chance.below(9) {
            0 => ("5xx", status(*chance.pick(&[500, 502, 503, 504]), "")),
            1 => ("cut before", Effect::DropBefore),
            2 | 3 => ("cut after", Effect::DropAfter),
            4 => ("half a body", Effect::HalfBody),
            5 => ("429", Effect::RateLimit),
            6 => ("delay", Effect::Delay { ms: 100 + 700 * chance.below(100) as u64 }),
            7 if server == Server::Halo => ("token expired", Effect::ExpireToken),
            7 | 8 if !read => ("refused", status(422, r#"{"error":"Validation failed"}"#)),
            _ => ("cut before", Effect::DropBefore),
        };
        *self.struck.borrow_mut().entry(name).or_default() += 1;
        let (server, method, path) = (server.name().to_owned(), method.to_owned(), path.to_owned());
        Some(Fault { server, method, path, after: 0, times: 1, effect })
    }
}

fn status(status: u16, body: &str) -> Effect {
    Effect::Status { status, body: body.to_owned(), headers: Vec::new() }
}
