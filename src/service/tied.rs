//! What is made for one pair of connections ends with it. A reading that is under way while the user connects to
//! another instance stores nothing of the one that was left, and no secret goes to a server that it was not typed for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::halo::auth::Secrets;
use crate::halo::connection::HaloConnection;
use crate::platform::{Host, Later, Store, StoreError, Table, Write};
use crate::settings;
use crate::t;
use crate::vault::Vault;

/// The tables as one pair of connections sees them.
pub(super) struct Tied {
    /// The tables.
    pub store: Rc<dyn Store>,
    /// How many times instances were left.
    pub left: Rc<Cell<u64>>,
    /// That number as this pair was made.
    pub at: u64,
}

impl Store for Tied {
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>> {
        self.store.get(table, key)
    }
    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>> {
        self.store.scan(table, prefix)
    }
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let theirs = |change: &Write| {
                matches!(change.table, Table::Documents | Table::Links | Table::Plans | Table::Journal)
            };
            if self.left.get() != self.at && changes.iter().any(theirs) {
                return Err(StoreError::Broken(t!("the connection was changed meanwhile")));
            }
            self.store.write(changes).await
        })
    }
}

/// The vault for one connection to HaloITSM: its secrets are there for as long as it is the saved one.
pub(super) struct Own {
    /// The vault.
    pub vault: Vault,
    /// Where the settings are.
    pub host: Host,
    /// The connection.
    pub connection: HaloConnection,
}

impl Own {
    async fn stands(&self) -> Result<bool, StoreError> {
        let saved = settings::load(&self.host).await?.connections.halo;
        Ok(saved.is_some_and(|saved| same_place(&saved, &self.connection)))
    }
}

impl Secrets for Own {
    fn get<'a>(&'a self, name: &'a str) -> Later<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move {
            // Read first: a new secret is kept only after its connection.
            let clear = self.vault.get(name).await?;
            Ok(if self.stands().await? { clear } else { None })
        })
    }
    fn set<'a>(&'a self, name: &'a str, clear: Option<&'a str>) -> Later<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match self.stands().await? {
                true => Secrets::set(&self.vault, name, clear).await,
                false => Ok(()),
            }
        })
    }
}

/// What a person's sign-in brought, until the connection that it belongs to is saved.
#[derive(Default)]
pub(super) struct Held(pub RefCell<Option<String>>);

impl Secrets for Held {
    fn get<'a>(&'a self, _name: &'a str) -> Later<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move { Ok(self.0.borrow().clone()) })
    }
    fn set<'a>(&'a self, _name: &'a str, clear: Option<&'a str>) -> Later<'a, Result<(), StoreError>> {
        self.0.replace(clear.map(str::to_owned));
        Box::pin(async { Ok(()) })
    }
}

/// Whether a secret that was given for the one connection may be sent to the other as well.
pub(super) fn same_place(old: &HaloConnection, new: &HaloConnection) -> bool {
    old.origin == new.origin && old.auth_server == new.auth_server && old.client_id == new.client_id
}
