//! The two connections, without their secrets.

use crate::halo::connection::HaloConnection;
use crate::hudu::connection::HuduConnection;
use crate::json::Json;

/// HaloITSM and Hudu.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct Connections {
    /// HaloITSM, HaloPSA or HaloServiceDesk.
    pub halo: Option<HaloConnection>,
    /// Hudu.
    pub hudu: Option<HuduConnection>,
}
