//! A Hudu connection, without its key.

use crate::json::Json;
/// A Hudu instance.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HuduConnection {
    /// Origin without a slash at the end (`https://acme.huducloud.com`).
    pub origin: String,
}
