//! The two connections, without their secrets.

use serde::{Deserialize, Serialize};

use crate::halo::connection::HaloConnection;
use crate::hudu::connection::HuduConnection;

/// HaloITSM and Hudu.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Connections {
    /// HaloITSM, HaloPSA or HaloServiceDesk.
    pub halo: Option<HaloConnection>,
    /// Hudu.
    pub hudu: Option<HuduConnection>,
}
