//! The two products that Sidelight speaks to.

use serde::{Deserialize, Serialize};

/// A product on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// HaloITSM, HaloPSA or HaloServiceDesk.
    Halo,
    /// Hudu.
    Hudu,
}

impl Product {
    /// The name in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Product::Halo => "HaloITSM",
            Product::Hudu => "Hudu",
        }
    }
}
