//! JSON values in the store.

use crate::json::{Json, read, write};
use crate::platform::{Host, StoreError, Table, Write};

/// Reads one JSON value of the store.
pub async fn get<T: Json>(host: &Host, table: Table, key: &str) -> Result<Option<T>, StoreError> {
    match host.store.get(table, key).await? {
        Some(text) => parse(&text).map(Some),
        None => Ok(None),
    }
}

/// The change that stores one JSON value.
pub fn put<T: Json>(table: Table, key: String, value: &T) -> Write {
    Write { table, key, value: Some(write(value)) }
}

/// Reads JSON text of the store.
pub fn parse<T: Json>(text: &str) -> Result<T, StoreError> {
    read(text).map_err(|wrong| StoreError::Broken(wrong.to_string()))
}
