//! Faults that a test or a person switches on: by a function call, or over HTTP at `/_sandbox/faults`.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

/// What goes wrong with one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Effect {
    /// Answer with this status and body, and do nothing.
    Status {
        /// HTTP status.
        status: u16,
        /// Body as it stands.
        #[serde(default)]
        body: String,
        /// Extra headers, `Retry-After` for one.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// Wait this long, then answer as usual.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// Cut the connection before anything is done.
    DropBefore,
    /// Do the work, then cut the connection before the answer.
    DropAfter,
    /// Do the work, then send only the first half of the body.
    HalfBody,
    /// Do the work and send the whole body, but never its end: the connection stays open.
    NeverEnds,
    /// Forget every access token, then answer 401.
    ExpireToken,
    /// Answer as over the rate limit (Halo's sentence, Hudu's `Retry later`), without `Retry-After`.
    RateLimit,
}

/// One scheduled fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// "halo" or "hudu".
    pub server: String,
    /// HTTP method, or empty for any.
    #[serde(default)]
    pub method: String,
    /// Part of the path with its query, compared without case; empty for any.
    #[serde(default)]
    pub path: String,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub after: u32,
    /// How many times it strikes.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    pub effect: Effect,
}

fn once() -> u32 {
    1
}

/// The list of faults still to strike. Cheap to clone; every clone is the same list.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds one.
    pub fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Hudu takes no key any more, until the faults are cleared.
    pub fn refuse_hudu_key(&self) {
        self.add(Fault {
            server: "hudu".to_owned(),
            method: String::new(),
            path: String::new(),
            after: 0,
            times: u32::MAX,
            effect: Effect::Status { status: 401, body: String::new(), headers: Vec::new() },
        });
    }

    /// Takes all away.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// How many are still to strike.
    pub fn left(&self) -> usize {
        self.lock().len()
    }

    /// Those still to strike, in order.
    pub fn list(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// The effect for this request, if one is due.
    pub fn strike(&self, server: &str, method: &str, path: &str) -> Option<Effect> {
        let mut list = self.lock();
        let path = path.to_ascii_lowercase();
        let hit = list.iter().position(|f| {
            f.server == server
                && (f.method.is_empty() || f.method.eq_ignore_ascii_case(method))
                && path.contains(&f.path.to_ascii_lowercase())
        })?;
        let fault = &mut list[hit];
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let effect = fault.effect.clone();
        fault.times = fault.times.saturating_sub(1);
        if fault.times == 0 {
            list.remove(hit);
        }
        Some(effect)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}
