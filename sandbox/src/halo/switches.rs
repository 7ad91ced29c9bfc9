//! The points on which public knowledge of HaloITSM is probable or missing, one switch each.

use serde::{Deserialize, Serialize};

/// How this instance decides every open point. The default is the most probable reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {}
