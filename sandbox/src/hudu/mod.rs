//! A local Hudu: REST API v1 as version 2.45.1 answers it, and plain pages behind its deep links.

mod switches;

use std::sync::{Arc, Mutex};

use axum::Router;

pub use switches::Switches;

use crate::clock::Clock;
use crate::world::World;

/// One Hudu instance. Cheap to clone; every clone is the same instance.
#[derive(Clone)]
pub struct Hudu {
    switches: Arc<Mutex<Switches>>,
}

impl Hudu {
    /// An instance seeded from the world, reached at `origin` (`http://127.0.0.1:7002`).
    pub fn new(_world: &World, _clock: Clock, switches: Switches, _origin: String) -> Self {
        Self { switches: Arc::new(Mutex::new(switches)) }
    }

    /// Everything the instance serves, API and pages.
    pub fn router(&self) -> Router {
        Router::new()
    }

    /// Forgets every record and starts again from the world. Keys and switches stay.
    pub fn reseed(&self, _world: &World) {}

    /// Changes the switches while running.
    pub fn set_switches(&self, switches: Switches) {
        *self.switches.lock().unwrap_or_else(|broken| broken.into_inner()) = switches;
    }
}
