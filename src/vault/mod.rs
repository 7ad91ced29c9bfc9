//! Secrets at rest and one-time codes.

mod otp;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use otp::one_time_code;

use crate::halo::auth::Secrets;
use crate::json;
use crate::platform::{Host, Later, StoreError, Table, Write};
use crate::trouble::{Explain, Retry};

/// Name of Hudu's API key in the vault.
pub const HUDU_KEY: &str = "hudu.api_key";

/// Keeps secrets in the store, sealed by the host's keeper. A sealed secret opens only under the name
/// that it was sealed for.
#[derive(Clone)]
pub struct Vault {
    host: Host,
}

impl Vault {
    /// On this host.
    pub fn new(host: Host) -> Self {
        Self { host }
    }

    /// Keeps a secret under a name, in the place of an earlier one.
    pub async fn put(&self, name: &str, clear: &str) -> Result<(), StoreError> {
        let sealed = self.host.keeper.seal(name, clear.as_bytes()).await?;
        let text = json::write(&STANDARD.encode(sealed));
        self.write(name, Some(text)).await
    }

    /// The secret of that name. One that was sealed with another key (another browser profile) is
    /// none: it has to be entered again.
    pub async fn get(&self, name: &str) -> Result<Option<String>, StoreError> {
        let Some(text) = self.host.store.get(Table::Secrets, name).await? else { return Ok(None) };
        let sealed = json::read::<String>(&text).ok().and_then(|text| STANDARD.decode(text).ok());
        let Some(sealed) = sealed else { return Ok(None) };
        let clear = self.host.keeper.open(name, &sealed).await?;
        Ok(clear.and_then(|clear| String::from_utf8(clear).ok()))
    }

    /// Forgets the secret of that name.
    pub async fn forget(&self, name: &str) -> Result<(), StoreError> {
        self.write(name, None).await
    }

    async fn write(&self, name: &str, value: Option<String>) -> Result<(), StoreError> {
        self.host.store.write(vec![Write { table: Table::Secrets, key: name.to_owned(), value }]).await
    }
}

impl Secrets for Vault {
    fn get<'a>(&'a self, name: &'a str) -> Later<'a, Result<Option<String>, StoreError>> {
        Box::pin(Vault::get(self, name))
    }
    fn set<'a>(&'a self, name: &'a str, clear: Option<&'a str>) -> Later<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match clear {
                Some(clear) => self.put(name, clear).await,
                None => self.forget(name).await,
            }
        })
    }
}

/// A secret cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The seed of one-time codes is not one; the text says why and holds nothing of it.
    #[error("unusable seed: {0}")]
    Seed(&'static str),
}

impl Explain for VaultError {
    fn code(&self) -> &'static str {
        match self {
            VaultError::Seed(_) => "vault.seed",
        }
    }
    fn retry(&self) -> Retry {
        Retry::UserMustAct
    }
    fn sentence(&self) -> String {
        match self {
            VaultError::Seed(why) => {
                format!("No one-time code can be made from this password's seed: {why}. Correct the seed in Hudu.")
            }
        }
    }
}
