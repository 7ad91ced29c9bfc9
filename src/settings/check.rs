//! What "Check connection" tells.

use crate::http::Product;
use crate::json::Json;

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct CheckLine {
    /// Which side.
    pub product: Product,
    /// Stable name of the point: `reachable`, `signed_in`, `version`, `clients`, `assets`, `asset_groups`,
    /// `articles`, `contracts`, `companies`, `layouts`, `passwords`.
    pub point: String,
    /// How it went.
    pub grade: Grade,
    /// One sentence: "Signed in as Sidelight API (agent)."
    pub sentence: String,
    /// What to do about it, where something is missing.
    pub remedy: Option<String>,
    /// Stable code of the trouble, where there was one.
    pub code: Option<String>,
}

/// How a point of the check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Grade {
    /// Fine.
    Good,
    /// Works, but something is missing.
    Warn,
    /// Does not work.
    Bad,
    /// Not tried because something before it failed.
    Skipped,
}
