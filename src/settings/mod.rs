//! What the user chose: connections without their secrets, the sidebar, and how records are synced.

pub mod check;
pub mod connection;
mod store;

pub use connection::Connections;
pub use store::{load, save};

use crate::halo::record::RecordKind;
pub use crate::http::Rate;
use crate::json::Json;

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
    /// How records go to Hudu.
    pub sync: SyncSettings,
    /// Requests allowed.
    pub rates: RateSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: 1,
            connections: Connections::default(),
            frame: FrameSettings::default(),
            sync: SyncSettings::default(),
            rates: RateSettings::default(),
        }
    }
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
}

impl Default for FrameSettings {
    fn default() -> Self {
        Self { mode: FrameMode::Push, width: 400, open: true }
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

/// How Halo records become Hudu records.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
#[json(default)]
pub struct SyncSettings {
    /// Keep the Halo client id in the company's ID number.
    pub id_number: bool,
    /// Layout for sites.
    pub sites_layout: String,
    /// Layout for users.
    pub people_layout: String,
    /// Layout for contracts.
    pub contracts_layout: String,
    /// Ordered rules that choose the layout of an asset.
    pub sort_rules: Vec<SortRule>,
    /// Layout for assets that no rule takes and that no layout is named after.
    pub default_layout: String,
    /// Keys compared, per kind, in order.
    pub keys: Vec<(RecordKind, Vec<MatchKey>)>,
    /// Policies that differ from the default, by kind and field key.
    pub policies: Vec<(RecordKind, String, Policy)>,
    /// Sync ended contracts as well.
    pub ended_contracts: bool,
    /// Published articles are shown to all users of Halo's portal.
    pub show_for_all: bool,
}

impl Default for SyncSettings {
    fn default() -> Self {
        Self {
            id_number: true,
            sites_layout: "Sites".to_owned(),
            people_layout: "People".to_owned(),
            contracts_layout: "Contracts".to_owned(),
            sort_rules: SortRule::defaults(),
            default_layout: "Computer Assets".to_owned(),
            keys: MatchKey::defaults(),
            policies: Vec::new(),
            ended_contracts: false,
            show_for_all: false,
        }
    }
}

/// One sort rule: assets of these types go to this layout.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct SortRule {
    /// Words looked for in the asset type's or group's name, without case ("laptop").
    pub types: Vec<String>,
    /// Name of the layout.
    pub layout: String,
}

impl SortRule {
    fn defaults() -> Vec<Self> {
        let rule = |types: &[&str], layout: &str| Self {
            types: types.iter().map(|t| (*t).to_owned()).collect(),
            layout: layout.to_owned(),
        };
        vec![
            rule(&["server"], "Servers"),
            rule(&["firewall", "switch", "access point", "router", "network"], "Network Devices"),
            rule(&["printer"], "Printers"),
            rule(&["mobile", "phone", "tablet"], "Mobile Devices"),
            rule(&["laptop", "desktop", "workstation", "computer"], "Computer Assets"),
        ]
    }
}

/// A key that may identify a record inside its company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum MatchKey {
    /// E-mail address.
    Email,
    /// Serial number.
    Serial,
    /// Asset tag (inventory number).
    Tag,
    /// Contract reference.
    Reference,
    /// Normalised name.
    Name,
}

impl MatchKey {
    fn defaults() -> Vec<(RecordKind, Vec<Self>)> {
        vec![
            (RecordKind::Client, vec![MatchKey::Name]),
            (RecordKind::Site, vec![MatchKey::Name]),
            (RecordKind::User, vec![MatchKey::Email, MatchKey::Name]),
            (RecordKind::Asset, vec![MatchKey::Serial, MatchKey::Tag]),
            (RecordKind::Contract, vec![MatchKey::Reference]),
            (RecordKind::Article, vec![]),
        ]
    }
}

/// Who wins when a field differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Policy {
    /// Halo's value replaces Hudu's.
    HaloWins,
    /// Halo's value fills an empty field only.
    OnlyIfEmpty,
    /// When both changed since the last sync, the user decides; else Halo wins.
    AskIfBothChanged,
    /// The field is left alone.
    Never,
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
