//! A local HaloITSM and a local Hudu to try, demonstrate and test against.
//!
//! Faithful to what is publicly known of both APIs; where that is probable or unknown there is a
//! switch, so that a client can be tested against every variant. Imports nothing of the product.
//!
//! A test calls the pair in process with [`Sandbox::call`]; a browser and other processes reach
//! the same routers over sockets with [`Sandbox::serve`].

pub mod clock;
mod control;
pub mod faults;
mod found;
pub mod halo;
pub mod hudu;
mod requests;
mod server;
pub mod world;
mod written;

use std::sync::Arc;

pub use clock::Clock;
pub use faults::{Effect, Fault, Faults};
pub use requests::Seen;
pub use server::{Dropped, Running};
use world::World;
pub use written::Written;

/// One of the two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Server {
    /// The service desk.
    Halo,
    /// The documentation.
    Hudu,
}

impl Server {
    /// The name that faults use: "halo" or "hudu".
    pub fn name(self) -> &'static str {
        match self {
            Self::Halo => "halo",
            Self::Hudu => "hudu",
        }
    }
}

/// How to set up a pair.
pub struct Options {
    /// Where the time comes from.
    pub clock: Clock,
    /// What both servers are seeded with.
    pub world: World,
    /// Address under which clients reach Halo, without a slash at the end.
    pub halo_origin: String,
    /// Address under which clients reach Hudu, without a slash at the end.
    pub hudu_origin: String,
    /// Halo's variants.
    pub halo: halo::Switches,
    /// Hudu's variants.
    pub hudu: hudu::Switches,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            world: world::world(),
            halo_origin: "http://halo.test".to_owned(),
            hudu_origin: "http://hudu.test".to_owned(),
            halo: halo::Switches::default(),
            hudu: hudu::Switches::default(),
        }
    }
}

/// The pair. Cheap to clone; every clone is the same pair.
#[derive(Clone)]
pub struct Sandbox {
    /// The service desk: its records, switches and rights.
    pub halo: halo::Halo,
    /// The documentation: its records and switches.
    pub hudu: hudu::Hudu,
    /// What is to go wrong.
    pub faults: Faults,
    /// The pair's time.
    pub clock: Clock,
    world: Arc<World>,
    seen: requests::Log,
    routers: [axum::Router; 2],
}

impl Sandbox {
    /// Seeds both servers from the world.
    pub fn new(options: Options) -> Self {
        let Options { clock, world, halo_origin, hudu_origin, halo, hudu } = options;
        let halo = halo::Halo::new(&world, clock.clone(), halo, halo_origin);
        let hudu = hudu::Hudu::new(&world, clock.clone(), hudu, hudu_origin);
        let routers = [halo.router(), hudu.router()];
        Self {
            halo,
            hudu,
            faults: Faults::default(),
            clock,
            world: Arc::new(world),
            seen: requests::Log::default(),
            routers,
        }
    }

    /// The requests that a server has been sent, oldest first, those that a fault struck included.
    pub fn requests(&self, server: Server) -> Vec<Seen> {
        self.seen.list(server)
    }

    /// How many requests a server has been sent since the start or the last clearing.
    pub fn request_count(&self, server: Server) -> usize {
        self.seen.count(server)
    }

    /// Forgets the requests seen so far, on both servers.
    pub fn clear_requests(&self) {
        self.seen.clear();
    }

    /// Keeps what API clients write from now on, for [`Sandbox::written`].
    pub fn watch_writes(&self) {
        self.halo.watch_writes();
        self.hudu.watch_writes();
    }

    /// What API clients have written since [`Sandbox::watch_writes`], in order for each server; what
    /// tests and seeds did by function calls is not in it.
    pub fn written(&self, server: Server) -> Vec<Written> {
        match server {
            Server::Halo => self.halo.written(),
            Server::Hudu => self.hudu.written(),
        }
    }

    /// Both servers as they were at the start; faults and the request log are emptied.
    pub fn reset(&self) {
        self.halo.reseed(&self.world);
        self.hudu.reseed(&self.world);
        self.faults.clear();
        self.seen.clear();
    }

    fn router(&self, server: Server) -> axum::Router {
        match server {
            Server::Halo => self.routers[0].clone(),
            Server::Hudu => self.routers[1].clone(),
        }
    }
}
