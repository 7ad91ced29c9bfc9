//! The two products that Sidelight speaks to.

use crate::json::Json;
/// A product on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Json)]
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
