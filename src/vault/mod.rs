//! Secrets at rest, their lock, and one-time codes.

mod gate;
mod lock;
mod otp;
mod part;

use std::cell::Cell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use gate::Gate;
pub use lock::LockView;
pub use otp::one_time_code;
pub use part::{SecretPart, SecretUse};

use crate::halo::auth::Secrets;
use crate::json;
use crate::platform::{Host, Later, StoreError, Table, Write};
use crate::t;
use crate::trouble::{Explain, Retry};
use crate::words::say;

/// Name of Hudu's API key in the vault.
pub const HUDU_KEY: &str = "hudu.api_key";

/// Keeps secrets in the store, sealed by the host's keeper, and under a passphrase where the user set
/// one. A sealed secret opens only under the name that it was sealed for.
#[derive(Clone)]
pub struct Vault {
    host: Host,
    /// Whether it is locked, once that was learnt.
    locked: Rc<Cell<Option<bool>>>,
}

impl Vault {
    /// On this host.
    pub fn new(host: Host) -> Self {
        Self { host, locked: Rc::default() }
    }

    /// Keeps a secret under a name, in the place of an earlier one.
    pub async fn put(&self, name: &str, clear: &str) -> Result<(), StoreError> {
        let key = self.key().await?;
        let sealed = self.sealed(name, clear.as_bytes(), key.as_ref()).await?;
        self.write(name, Some(json::write(&sealed))).await
    }

    /// The secret of that name. One that was sealed with another key (another browser profile) is
    /// none: it has to be entered again.
    pub async fn get(&self, name: &str) -> Result<Option<String>, StoreError> {
        let key = self.key().await?;
        let clear = self.opened(name, key.as_ref()).await?;
        Ok(clear.and_then(|clear| String::from_utf8(clear).ok()))
    }

    /// Whether a secret of that name is there; told of a locked vault too.
    pub async fn has(&self, name: &str) -> Result<bool, StoreError> {
        if self.is_locked().await {
            return Ok(self.host.store.get(Table::Secrets, name).await?.is_some());
        }
        Ok(self.get(name).await?.is_some())
    }

    /// Forgets the secret of that name.
    pub async fn forget(&self, name: &str) -> Result<(), StoreError> {
        self.write(name, None).await
    }

    /// Sealed under the host's key, within under the vault's where there is one; Base64.
    async fn sealed(&self, name: &str, clear: &[u8], key: Option<&[u8; 32]>) -> Result<String, StoreError> {
        let keeper = &self.host.keeper;
        let inner = match key {
            Some(key) => keeper.seal_under(key, name, clear).await?,
            None => clear.to_vec(),
        };
        Ok(STANDARD.encode(keeper.seal(name, &inner).await?))
    }

    async fn opened(&self, name: &str, key: Option<&[u8; 32]>) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(text) = self.host.store.get(Table::Secrets, name).await? else { return Ok(None) };
        let sealed = json::read::<String>(&text).ok().and_then(|text| STANDARD.decode(text).ok());
        let Some(sealed) = sealed else { return Ok(None) };
        let inner = self.host.keeper.open(name, &sealed).await?;
        match (inner, key) {
            (Some(inner), Some(key)) => self.host.keeper.open_under(key, name, &inner).await,
            (inner, _) => Ok(inner),
        }
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
    /// The passphrase is not the one that was set.
    #[error("wrong passphrase")]
    WrongPassphrase {
        /// When the next one may be tried, milliseconds since 1970.
        until: Option<i64>,
    },
    /// Too many wrong ones: the next may be tried later.
    #[error("wait until {until}")]
    Wait {
        /// Milliseconds since 1970.
        until: i64,
    },
    /// A new passphrase is easy to guess.
    #[error("weak passphrase")]
    WeakPassphrase,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for VaultError {
    fn code(&self) -> &'static str {
        match self {
            VaultError::Seed(_) => "vault.seed",
            VaultError::WrongPassphrase { .. } => "vault.passphrase",
            VaultError::Wait { .. } => "vault.wait",
            VaultError::WeakPassphrase => "vault.weak",
            VaultError::Store(error) => error.code(),
        }
    }
    fn retry(&self) -> Retry {
        match self {
            VaultError::Store(error) => error.retry(),
            _ => Retry::UserMustAct,
        }
    }
    fn sentence(&self) -> String {
        match self {
            VaultError::Seed(why) => {
                t!(
                    "No one-time code can be made from this password's seed: {why}. Correct the seed in Hudu.",
                    why = say(why)
                )
            }
            VaultError::WrongPassphrase { .. } => t!("That is not the passphrase. Try again."),
            VaultError::Wait { .. } => t!("There were several wrong passphrases, so the next try has to wait."),
            VaultError::WeakPassphrase => t!(
                "This passphrase is easy to guess. Take four or more words that do not belong together, or a longer mix of letters and digits."
            ),
            VaultError::Store(error) => error.sentence(),
        }
    }
    fn until(&self) -> Option<i64> {
        match self {
            VaultError::WrongPassphrase { until } => *until,
            VaultError::Wait { until } => Some(*until),
            _ => None,
        }
    }
}
