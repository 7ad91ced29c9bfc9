//! What the operating system provides to the core: network, time, tables, chance.
//!
//! Nothing secret reaches the disk: secrets come from the environment and stay in memory.

mod browser;
mod clock;
mod http;
mod keeper;
mod private;
mod random;
mod sign_in;
mod store;

pub use browser::NoBrowser;
pub use clock::SystemClock;
pub use http::{Network, NetworkError};
pub use keeper::MemoryKeeper;
pub use private::private;
pub use random::SystemRandom;
pub use sign_in::NoSignIn;
pub use store::{Folder, SqliteStore, StateError};

use std::rc::Rc;

use sidelight::platform::Host;

/// The host of this process, with these tables.
pub fn host(store: SqliteStore) -> Result<Host, NetworkError> {
    Ok(Host {
        http: Rc::new(Network::new()?),
        clock: Rc::new(SystemClock),
        store: Rc::new(store),
        random: Rc::new(SystemRandom),
        keeper: Rc::new(MemoryKeeper),
        sign_in: Rc::new(NoSignIn),
    })
}
