//! A HaloITSM connection, without its secrets.

use crate::json::Json;
/// A HaloITSM instance and how Sidelight signs in to it.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct HaloConnection {
    /// Origin of the instance without a slash at the end (`https://acme.haloitsm.com`).
    pub origin: String,
    /// Authorisation server, where the user typed one or the instance named one; else `origin/auth`.
    pub auth_server: Option<String>,
    /// Tenant, where hosted.
    pub tenant: Option<String>,
    /// Client ID of the application in Halo.
    pub client_id: String,
    /// How.
    pub sign_in: HaloSignIn,
}

/// How Sidelight signs in to HaloITSM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum HaloSignIn {
    /// As the application's agent, with a client secret.
    ClientSecret,
    /// As the technician themselves, in Halo's own window (authorisation code with PKCE).
    Person,
}
