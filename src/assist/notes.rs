//! What was done with passwords and processes from this browser: who, when, what, never a value.
//!
//! The notes stay on this device. They stand among the documentation, so that they go when a connection
//! is forgotten.

use serde_json::Value;

use crate::assist::view::{DeedView, UseView};
use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// A note of one kind.
pub trait Note: Json {
    /// Under which word the notes stand.
    const LIST: &'static str;
    /// How many are kept of one record.
    const KEPT: usize;
}

/// Of a password.
impl Note for UseView {
    const LIST: &'static str = "uses";
    const KEPT: usize = 50;
}

/// Of a process.
impl Note for DeedView {
    const LIST: &'static str = "deeds";
    const KEPT: usize = 100;
}

/// The notes of a record in Hudu, newest first.
pub async fn of<T: Note>(host: &Host, id: i64) -> Result<Vec<T>, StoreError> {
    Ok(get(host, Table::Documents, &key(T::LIST, id)).await?.unwrap_or_default())
}

/// Adds a note.
pub async fn add<T: Note>(host: &Host, id: i64, new: T) -> Result<(), StoreError> {
    write(host, key(T::LIST, id), T::KEPT, new.to_json()).await
}

async fn write(host: &Host, key: String, most: usize, new: Value) -> Result<(), StoreError> {
    let mut notes: Vec<Value> = get(host, Table::Documents, &key).await?.unwrap_or_default();
    notes.insert(0, new);
    notes.truncate(most);
    host.store.write(vec![put(Table::Documents, key, &notes)]).await
}

fn key(list: &str, id: i64) -> String {
    format!("{list}/{id}")
}
