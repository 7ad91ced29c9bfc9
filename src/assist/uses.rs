//! What passwords were used for from this browser: who, when, for which record, never a value.
//!
//! The notes stay on this device. They stand among the documentation, so that they go when a connection
//! is forgotten.

use crate::assist::view::UseView;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// Uses that are kept of one password.
const KEPT: usize = 50;

/// The uses of a password, newest first.
pub async fn of(host: &Host, password: i64) -> Result<Vec<UseView>, StoreError> {
    Ok(get(host, Table::Documents, &key(password)).await?.unwrap_or_default())
}

/// Notes a use.
pub async fn note(host: &Host, password: i64, new: UseView) -> Result<(), StoreError> {
    let mut uses = of(host, password).await?;
    uses.insert(0, new);
    uses.truncate(KEPT);
    host.store.write(vec![put(Table::Documents, key(password), &uses)]).await
}

fn key(password: i64) -> String {
    format!("uses/{password}")
}
