//! Secrets of the command line: from the environment, for as long as the process runs.

use sidelight::platform::{Keeper, Later, StoreError};

/// Hands values through as they are. That is safe because the table of secrets is kept in memory only
/// (see [`super::SqliteStore`]): there is no "at rest" to seal them for.
pub struct MemoryKeeper;

impl Keeper for MemoryKeeper {
    fn seal<'a>(&'a self, _purpose: &'a str, clear: &'a [u8]) -> Later<'a, Result<Vec<u8>, StoreError>> {
        Box::pin(async move { Ok(clear.to_vec()) })
    }

    fn open<'a>(&'a self, _purpose: &'a str, sealed: &'a [u8]) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move { Ok(Some(sealed.to_vec())) })
    }
}
