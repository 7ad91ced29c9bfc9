//! A local HaloITSM: authorisation server, resource server and the agent app.

mod switches;

use std::sync::{Arc, Mutex};

use axum::Router;

pub use switches::Switches;

use crate::clock::Clock;
use crate::world::World;

/// What a client needs to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Base of the API, `https://…/api`.
    pub resource_server: String,
    /// Base of the sign-in, `https://…/auth`.
    pub auth_server: String,
    /// Tenant of a hosted instance.
    pub tenant: String,
    /// Id of the application that signs in by itself (client credentials): a GUID.
    pub client_id: String,
    /// Its secret: two GUIDs joined with a dash.
    pub client_secret: String,
    /// Id of the application through which an agent signs in (authorisation code, no secret).
    pub native_client_id: String,
    /// Name of an agent who may sign in.
    pub agent: String,
    /// Password of every agent.
    pub password: String,
}

/// One HaloITSM instance. Cheap to clone; every clone is the same instance.
#[derive(Clone)]
pub struct Halo {
    switches: Arc<Mutex<Switches>>,
    origin: Arc<Mutex<String>>,
}

impl Halo {
    /// An instance seeded from the world, reached at `origin`.
    pub fn new(_world: &World, _clock: Clock, switches: Switches, origin: String) -> Self {
        Self { switches: Arc::new(Mutex::new(switches)), origin: Arc::new(Mutex::new(origin)) }
    }

    /// Everything the instance serves, API and agent app.
    pub fn router(&self) -> Router {
        Router::new()
    }

    /// Forgets every record and starts again from the world. Switches stay.
    pub fn reseed(&self, _world: &World) {}

    /// The switches now.
    pub fn switches(&self) -> Switches {
        self.switches.lock().unwrap_or_else(|broken| broken.into_inner()).clone()
    }

    /// Changes the switches while running.
    pub fn set_switches(&self, switches: Switches) {
        *self.switches.lock().unwrap_or_else(|broken| broken.into_inner()) = switches;
    }

    /// Changes the address under which clients reach this instance.
    pub fn set_origin(&self, origin: &str) {
        *self.origin.lock().unwrap_or_else(|broken| broken.into_inner()) = origin.to_owned();
    }

    /// Forgets every access token.
    pub fn expire_tokens(&self) {}

    /// What Halo says over the rate limit.
    pub fn rate_limit_sentence(&self) -> String {
        "Rate Limit Reached - 500 Requests per rolling 3 minute window".to_owned()
    }

    /// What a client needs to sign in.
    pub fn credentials(&self) -> Credentials {
        let origin = self.origin.lock().unwrap_or_else(|broken| broken.into_inner()).clone();
        Credentials {
            resource_server: format!("{origin}/api"),
            auth_server: format!("{origin}/auth"),
            tenant: "sandbox".to_owned(),
            client_id: "5f0c2a0e-6d0b-4f57-9f0e-2a6f3f7b1c01".to_owned(),
            client_secret: "8a1d7c52-3b6e-4c09-a5f4-71c0d92e6b10-2e94b7f8-0c53-4d1a-8b6f-3f5a9c1e7d20"
                .to_owned(),
            native_client_id: "b7e4d913-92a5-4e0b-8c3d-6f1a0e5d4c02".to_owned(),
            agent: "Sandbox Agent".to_owned(),
            password: "sandbox".to_owned(),
        }
    }
}
