//! Signing in to HaloITSM: one token, shared by everything that runs, renewed in time.
//!
//! Access tokens live in memory only. What outlives the worker (client secret, refresh token) is kept
//! by the [`Secrets`] that the host's vault implements.

mod pkce;
mod server;
mod token;

pub use pkce::Pkce;
pub use server::{AuthInfo, authorize_url, discover};
pub use token::Auth;

use crate::platform::{Later, StoreError};

/// Name of the application's client secret among the [`Secrets`].
pub const CLIENT_SECRET: &str = "halo.client_secret";
/// Name of a person's refresh token among the [`Secrets`].
pub const REFRESH_TOKEN: &str = "halo.refresh_token";

/// Where secrets are kept.
pub trait Secrets {
    /// The secret of that name.
    fn get<'a>(&'a self, name: &'a str) -> Later<'a, Result<Option<String>, StoreError>>;
    /// Keeps a secret, or forgets it.
    fn set<'a>(&'a self, name: &'a str, clear: Option<&'a str>) -> Later<'a, Result<(), StoreError>>;
}
