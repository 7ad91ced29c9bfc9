//! JSON values in the store.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::platform::{Host, StoreError, Table, Write};

/// Reads one JSON value of the store.
pub async fn get<T: DeserializeOwned>(host: &Host, table: Table, key: &str) -> Result<Option<T>, StoreError> {
    match host.store.get(table, key).await? {
        Some(text) => parse(&text).map(Some),
        None => Ok(None),
    }
}

/// The change that stores one JSON value.
pub fn put<T: Serialize>(table: Table, key: String, value: &T) -> Result<Write, StoreError> {
    let text = serde_json::to_string(value).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(Write { table, key, value: Some(text) })
}

/// Reads JSON text of the store.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Broken(error.to_string()))
}
