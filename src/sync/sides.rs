//! The two clients with what both planning and applying need beside them.

use crate::halo::Halo;
use crate::http::date;
use crate::hudu::Hudu;
use crate::platform::Host;
use crate::settings::SyncSettings;

/// Both sides of a sync.
#[derive(Clone)]
pub struct Sides {
    /// The host.
    pub host: Host,
    /// HaloITSM.
    pub halo: Halo,
    /// Hudu.
    pub hudu: Hudu,
    /// How records go over.
    pub settings: SyncSettings,
}

impl Sides {
    /// Requests sent so far on both sides.
    pub fn requests(&self) -> u64 {
        self.halo.requests() + self.hudu.requests()
    }

    /// Today in UTC, `YYYY-MM-DD`.
    pub fn today(&self) -> String {
        date::day_of(self.host.clock.now())
    }
}
