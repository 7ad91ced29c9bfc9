//! What the user chose: connections without their secrets, the sidebar, and how records are synced.

pub mod check;
pub mod connection;
pub mod demo;
pub mod file;
pub mod managed;
mod recipes;
mod rules;
mod schedule;
mod store;
mod sync;

pub use connection::Connections;
pub use managed::Managed;
pub use recipes::{RecipeSettings, TicketTemplate};
pub use rules::{Condition, ConnectedField, KeyField, SortRule, Test};
pub use schedule::ScheduleSettings;
pub use store::{load, save};
pub use sync::{MatchKey, Policy, SyncSettings};

pub use crate::http::Rate;
use crate::json::Json;

/// Version of the settings' shape that this release writes.
pub const VERSION: u32 = 2;

/// Everything the user chose, in one versioned value. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct Settings {
    /// Version of this shape, for migrations.
    pub version: u32,
    /// The two connections.
    pub connections: Connections,
    /// The sidebar inside the Halo page.
    pub frame: FrameSettings,
    /// When the secrets are locked.
    pub lock: LockSettings,
    /// How records go to Hudu.
    pub sync: SyncSettings,
    /// When everything is synced unattended.
    pub schedule: ScheduleSettings,
    /// What is written to tickets.
    pub tickets: TicketSettings,
    /// What recipes are cooked with.
    pub recipes: RecipeSettings,
    /// Requests allowed.
    pub rates: RateSettings,
    /// What of it the organisation sets; found at each reading, never stored.
    pub managed: Managed,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            connections: Connections::default(),
            frame: FrameSettings::default(),
            lock: LockSettings::default(),
            sync: SyncSettings::default(),
            schedule: ScheduleSettings::default(),
            tickets: TicketSettings::default(),
            recipes: RecipeSettings::default(),
            rates: RateSettings::default(),
            managed: Managed::default(),
        }
    }
}

/// What is written to tickets.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct TicketSettings {
    /// Halo id of the outcome that private notes are written with.
    pub outcome: i64,
    /// Whether a note lists what was used for a ticket, and when it is written.
    pub trail: Trail,
}

impl Default for TicketSettings {
    fn default() -> Self {
        // 7 is the private note that every instance begins with.
        Self { outcome: 7, trail: Trail::Off }
    }
}

/// When the note that lists what was used for a ticket is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Trail {
    /// Never.
    Off,
    /// On a click.
    OnClick,
    /// When the technician leaves the ticket, and on a click.
    OnLeave,
}

/// How the sidebar stands in the Halo page.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct FrameSettings {
    /// Push the page aside, or lie over it.
    pub mode: FrameMode,
    /// Width in CSS pixels, 320 to 900.
    pub width: u32,
    /// Open when a record comes into view; the last choice of the user.
    pub open: bool,
    /// Pictures of documents are loaded as they come into view; else each on a click.
    pub pictures: bool,
}

impl Default for FrameSettings {
    fn default() -> Self {
        Self { mode: FrameMode::Push, width: 400, open: true, pictures: true }
    }
}

impl FrameSettings {
    /// What a page wants that began with `old`, now that `new` is stored: what it changed itself stands as it wants it,
    /// the rest as it was changed elsewhere meanwhile (the sidebar is dragged without a word to other pages).
    pub fn rebased(&self, old: &Self, new: &Self) -> Self {
        Self {
            mode: if self.mode == old.mode { new.mode } else { self.mode },
            width: if self.width == old.width { new.width } else { self.width },
            open: if self.open == old.open { new.open } else { self.open },
            pictures: if self.pictures == old.pictures { new.pictures } else { self.pictures },
        }
    }
}

/// When the secrets are locked by themselves. It counts only where a passphrase is set.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct LockSettings {
    /// Minutes without a key or a movement on this computer; 0 is never.
    pub idle_minutes: u32,
    /// When the screen is locked, where the browser tells.
    pub on_screen_lock: bool,
}

impl Default for LockSettings {
    fn default() -> Self {
        Self { idle_minutes: 15, on_screen_lock: true }
    }
}

/// Beside the page, or over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum FrameMode {
    /// The page gets narrower.
    Push,
    /// The sidebar covers the page's right edge.
    Over,
}

/// Requests that Sidelight allows itself.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct RateSettings {
    /// HaloITSM's allowance.
    pub halo: Rate,
    /// Hudu's allowance.
    pub hudu: Rate,
}

impl Default for RateSettings {
    fn default() -> Self {
        // Halo: 500 per rolling 3 minutes is the newer published number, 300 per 5 minutes the older.
        // Hudu: 300 a minute, counted in windows of five minutes on the clock.
        Self { halo: Rate { requests: 500, seconds: 180 }, hudu: Rate { requests: 1500, seconds: 300 } }
    }
}
