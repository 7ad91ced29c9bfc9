//! Where the demo's made-up pair stands: addresses that can be nobody's, because the name `invalid` is kept
//! from use. A host that has the data answers them itself; no request to them leaves it.

use crate::settings::Connections;

/// The made-up HaloITSM.
pub const HALO: &str = "https://halo.demo.invalid";
/// The made-up Hudu.
pub const HUDU: &str = "https://hudu.demo.invalid";

impl Connections {
    /// Whether it is demo data that is shown.
    pub fn is_demo(&self) -> bool {
        self.halo.as_ref().is_some_and(|halo| halo.origin == HALO)
            || self.hudu.as_ref().is_some_and(|hudu| hudu.origin == HUDU)
    }
}
