//! Reading and writing the settings.

use crate::json;
use crate::platform::{Host, StoreError, Table, Write};
use crate::settings::Settings;

const KEY: &str = "settings";

/// The settings as stored, or the defaults. Members that this version does not know are passed over,
/// missing ones take their default.
pub async fn load(host: &Host) -> Result<Settings, StoreError> {
    let Some(text) = host.store.get(Table::Settings, KEY).await? else {
        return Ok(Settings::default());
    };
    json::read(&text).map_err(|error| StoreError::Broken(format!("settings: {error}")))
}

/// Stores the settings.
pub async fn save(host: &Host, settings: &Settings) -> Result<(), StoreError> {
    let change = Write { table: Table::Settings, key: KEY.to_owned(), value: Some(json::write(settings)) };
    host.store.write(vec![change]).await
}
