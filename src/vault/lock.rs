//! The lock of the vault: a passphrase that nobody stores, and what is closed without it.
//!
//! With a passphrase every secret is sealed twice: under a random key of the vault, then under the
//! host's own key. The vault's key is kept sealed under what Argon2id makes of the passphrase. While the
//! vault is open its key stands, sealed by the host, in the table that the browser forgets when it
//! closes; locking takes it from there. Without a passphrase a lock is a bolt that a click opens.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Vault, VaultError};
use crate::hudu::Strength;
use crate::json::{self, Json};
use crate::platform::json::{get, put};
use crate::platform::{StoreError, Table, Write};

/// The lock's own place among the secrets.
const LOCK: &str = "vault.lock";
/// Where the open vault's key stands, for as long as the browser runs.
const OPEN: &str = "vault/open";
/// Noted while a vault without a passphrase is bolted.
const BOLT: &str = "vault/bolt";
/// Wrong passphrases in a row.
const TRIES: &str = "vault/tries";
/// What the sealed key is bound to.
const KEY: &str = "vault.key";

/// Argon2id: the least memory and passes that OWASP's password storage advice names for it.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Wrong passphrases that are forgiven as slips.
const SLIPS: u32 = 3;
/// The first wait after those, doubled each time.
const FIRST_WAIT_MS: i64 = 5_000;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;

type Key = [u8; 32];

/// The sealed key and how it was made.
#[derive(Json)]
struct Lock {
    salt: String,
    memory: u32,
    passes: u32,
    key: String,
}

#[derive(Default, Json)]
#[json(default)]
struct Tries {
    wrong: u32,
    until: i64,
}

/// How the vault stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Json)]
pub struct LockView {
    /// A passphrase is set.
    pub passphrase: bool,
    /// Secrets cannot be read and nothing is sent.
    pub locked: bool,
}

impl Vault {
    /// How it stands.
    pub async fn lock_state(&self) -> Result<LockView, StoreError> {
        Ok(self.state().await?.0)
    }

    /// How it stands, with the key of the open vault where there is a passphrase. The tables are not written in one
    /// step, so a worker may have ended between them: a key that belongs to another lock than the present opens nothing.
    async fn state(&self) -> Result<(LockView, Option<Key>), StoreError> {
        let lock = self.lock_record().await?;
        let (key, locked) = match &lock {
            Some(lock) => {
                let text = get::<String>(&self.host, Table::Session, OPEN).await?.unwrap_or_default();
                let sealed = STANDARD.decode(text).unwrap_or_default();
                let key = self.host.keeper.open(&purpose(lock), &sealed).await?;
                let key = key.and_then(|key| Key::try_from(key).ok());
                (key, key.is_none())
            }
            None => (None, self.host.store.get(Table::Session, BOLT).await?.is_some()),
        };
        self.locked.set(Some(locked));
        Ok((LockView { passphrase: lock.is_some(), locked }, key))
    }

    /// Whether secrets cannot be read. Learnt once, then known: asked before each request.
    pub async fn is_locked(&self) -> bool {
        match self.locked.get() {
            Some(locked) => locked,
            // A store that cannot be read opens nothing.
            None => self.lock_state().await.map_or(true, |state| state.locked),
        }
    }

    /// Closes the vault.
    pub async fn lock(&self) -> Result<(), StoreError> {
        self.locked.set(Some(true));
        let change = match self.lock_record().await? {
            Some(_) => gone(Table::Session, OPEN),
            None => put(Table::Session, BOLT.to_owned(), &true),
        };
        self.host.store.write(vec![change]).await
    }

    /// Opens the vault; without a passphrase nothing has to be given.
    pub async fn unlock(&self, passphrase: &str) -> Result<(), VaultError> {
        let Some(lock) = self.lock_record().await? else {
            self.host.store.write(vec![gone(Table::Session, BOLT)]).await?;
            self.locked.set(Some(false));
            return Ok(());
        };
        let key = self.tried(&lock, passphrase).await?;
        let open = self.for_now(&lock, &key).await?;
        self.host.store.write(vec![open]).await?;
        self.locked.set(Some(false));
        Ok(())
    }

    /// Sets, changes or (`None`) takes away the passphrase. The present one has to be given where there
    /// is one. All secrets are sealed anew in one step, so that an interruption loses none.
    pub async fn set_passphrase(&self, present: &str, new: Option<&str>) -> Result<(), VaultError> {
        let old = match self.lock_record().await? {
            Some(lock) => Some(self.tried(&lock, present).await?),
            None if self.is_locked().await => return Err(StoreError::Locked.into()),
            None => None,
        };
        if new.is_some_and(|new| new.chars().count() < 8 || Strength::of(new) == Strength::Weak) {
            return Err(VaultError::WeakPassphrase);
        }
        let mut key = Key::default();
        self.host.random.fill(&mut key);
        let mut changes = Vec::new();
        for name in self.names().await? {
            // One that this device cannot open stays as it is.
            if let Some(clear) = self.opened(&name, old.as_ref()).await? {
                let sealed = self.sealed(&name, &clear, new.map(|_| &key)).await?;
                changes.push(put(Table::Secrets, name, &sealed));
            }
        }
        match new {
            Some(new) => {
                let lock = self.lock_with(&key, new).await?;
                changes.push(self.for_now(&lock, &key).await?);
                let sealed = self.host.keeper.seal(LOCK, json::write(&lock).as_bytes()).await?;
                changes.push(put(Table::Secrets, LOCK.to_owned(), &STANDARD.encode(sealed)));
            }
            None => changes.extend([gone(Table::Secrets, LOCK), gone(Table::Session, OPEN)]),
        }
        self.host.store.write(changes).await?;
        self.locked.set(Some(false));
        Ok(())
    }

    /// Forgets every secret and the lock: what is left to somebody who forgot the passphrase.
    pub async fn forget_all(&self) -> Result<(), StoreError> {
        let mut changes: Vec<Write> = self.names().await?.iter().map(|name| gone(Table::Secrets, name)).collect();
        let own = [(Table::Secrets, LOCK), (Table::Settings, TRIES), (Table::Session, OPEN), (Table::Session, BOLT)];
        changes.extend(own.map(|(table, key)| gone(table, key)));
        self.host.store.write(changes).await?;
        self.locked.set(Some(false));
        Ok(())
    }

    /// The key of the open vault; `None` where there is no passphrase.
    pub(super) async fn key(&self) -> Result<Option<Key>, StoreError> {
        match self.state().await? {
            (view, _) if view.locked => Err(StoreError::Locked),
            (_, key) => Ok(key),
        }
    }

    /// Names of all secrets.
    async fn names(&self) -> Result<Vec<String>, StoreError> {
        let rows = self.host.store.scan(Table::Secrets, "").await?;
        Ok(rows.into_iter().map(|(name, _)| name).filter(|name| name != LOCK).collect())
    }

    async fn lock_record(&self) -> Result<Option<Lock>, StoreError> {
        let Some(sealed) = self.host.store.get(Table::Secrets, LOCK).await? else { return Ok(None) };
        let sealed = json::read::<String>(&sealed).ok().and_then(|text| STANDARD.decode(text).ok());
        let broken = || StoreError::Broken("the lock of the secrets cannot be read".to_owned());
        let clear = self.host.keeper.open(LOCK, &sealed.ok_or_else(broken)?).await?.ok_or_else(broken)?;
        let lock = String::from_utf8(clear).ok().and_then(|text| json::read(&text).ok());
        lock.map(Some).ok_or_else(broken)
    }

    async fn lock_with(&self, key: &Key, passphrase: &str) -> Result<Lock, VaultError> {
        let mut salt = [0; 16];
        self.host.random.fill(&mut salt);
        let made = stretched(passphrase, &salt, MEMORY_KIB, PASSES)?;
        let key = STANDARD.encode(self.host.keeper.seal_under(&made, KEY, key).await?);
        Ok(Lock { salt: STANDARD.encode(salt), memory: MEMORY_KIB, passes: PASSES, key })
    }

    async fn for_now(&self, lock: &Lock, key: &Key) -> Result<Write, StoreError> {
        let sealed = self.host.keeper.seal(&purpose(lock), key).await?;
        Ok(put(Table::Session, OPEN.to_owned(), &STANDARD.encode(sealed)))
    }

    /// The vault's key for a passphrase. Wrong ones make the next try wait, longer each time, also when
    /// the browser was closed in between.
    async fn tried(&self, lock: &Lock, passphrase: &str) -> Result<Key, VaultError> {
        let tries: Tries = get(&self.host, Table::Settings, TRIES).await?.unwrap_or_default();
        let now = self.host.clock.now();
        // A longer wait was noted by a clock that was wrong.
        if (now + 1..=now + LONGEST_WAIT_MS).contains(&tries.until) {
            return Err(VaultError::Wait { until: tries.until });
        }
        let wrong = tries.wrong + 1;
        let over = wrong.saturating_sub(SLIPS);
        let wait = if over == 0 { 0 } else { (FIRST_WAIT_MS << (over - 1).min(20)).min(LONGEST_WAIT_MS) };
        // Written before the passphrase is tried: ending the worker in the middle wins no free try.
        let noted = put(Table::Settings, TRIES.to_owned(), &Tries { wrong, until: now + wait });
        self.host.store.write(vec![noted]).await?;
        let salt = STANDARD.decode(&lock.salt).unwrap_or_default();
        let made = stretched(passphrase, &salt, lock.memory, lock.passes)?;
        let sealed = STANDARD.decode(&lock.key).unwrap_or_default();
        let key = self.host.keeper.open_under(&made, KEY, &sealed).await?;
        match key.and_then(|key| Key::try_from(key).ok()) {
            Some(key) => {
                self.host.store.write(vec![gone(Table::Settings, TRIES)]).await?;
                Ok(key)
            }
            None => Err(VaultError::WrongPassphrase { until: (wait > 0).then_some(now + wait) }),
        }
    }
}

/// What the open vault's key is sealed for: the present lock, and no earlier one.
fn purpose(lock: &Lock) -> String {
    format!("{KEY}/{}", lock.salt)
}

fn stretched(passphrase: &str, salt: &[u8], memory: u32, passes: u32) -> Result<Key, StoreError> {
    let broken = |_| StoreError::Broken("the lock of the secrets cannot be read".to_owned());
    let params = Params::new(memory, passes, 1, Some(32)).map_err(broken)?;
    let mut key = Key::default();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut key).map_err(broken)?;
    Ok(key)
}

fn gone(table: Table, key: &str) -> Write {
    Write { table, key: key.to_owned(), value: None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::stretched;

    #[test]
    fn the_same_words_make_the_same_key_and_others_another() {
        let key = |words: &str, salt: &[u8]| stretched(words, salt, 19 * 1024, 2).unwrap();
        let one = key("correct horse battery", b"somesalt12345678");
        assert_eq!(one, key("correct horse battery", b"somesalt12345678"));
        assert_ne!(one, key("correct horse batterz", b"somesalt12345678"));
        assert_ne!(one, key("correct horse battery", b"somesalt12345679"));
    }
}
