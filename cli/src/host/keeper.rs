//! Secrets of the command line: from the environment, for as long as the process runs. There is no
//! passphrase here, so keys that are given are those of nothing.

use sidelight::platform::{Keeper, Later, StoreError};

/// Hands values through as they are. That is safe because the table of secrets is kept in memory only
/// (see [`super::SqliteStore`]): there is no "at rest" to seal them for.
pub struct MemoryKeeper;

impl Keeper for MemoryKeeper {
    fn seal<'a>(&'a self, _purpose: &'a str, clear: &'a [u8]) -> Later<'a, Result<Vec<u8>, StoreError>> {
        Box::pin(async move { Ok(clear.to_vec()) })
    }

    fn seal_under<'a>(
        &'a self,
        _key: &'a [u8; 32],
        purpose: &'a str,
        clear: &'a [u8],
    ) -> Later<'a, Result<Vec<u8>, StoreError>> {
        self.seal(purpose, clear)
    }

    fn open_under<'a>(
        &'a self,
        _key: &'a [u8; 32],
        purpose: &'a str,
        sealed: &'a [u8],
    ) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        self.open(purpose, sealed)
    }

    fn open<'a>(&'a self, _purpose: &'a str, sealed: &'a [u8]) -> Later<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move { Ok(Some(sealed.to_vec())) })
    }
}
