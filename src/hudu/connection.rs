//! A Hudu connection, without its key.

use serde::{Deserialize, Serialize};

/// A Hudu instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HuduConnection {
    /// Origin without a slash at the end (`https://acme.huducloud.com`).
    pub origin: String,
}
