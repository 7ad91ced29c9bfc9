//! The core's tables: IndexedDB, and `storage.session` for what ends with the browser.

use futures::FutureExt;
use js_sys::Array;
use serde_json::{Map, Value, json};
use sidelight::platform::{Later, Store, StoreError, Table, Write};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransactionMode};

use crate::database::{Database, store};
use crate::webext::{self, Refused};

/// The tables of this browser profile.
pub struct BrowserStore {
    /// Where all but [`Table::Session`] stand.
    pub database: Database,
}

impl Store for BrowserStore {
    fn get(&self, table: Table, key: &str) -> Later<'_, Result<Option<String>, StoreError>> {
        let key = key.to_owned();
        async move {
            if table == Table::Session {
                return Ok(session(json!([session_key(&key)])).await?.pop().map(|(_, value)| value));
            }
            let found = self.database.read(table.name(), |store| Ok(vec![store.get(&JsValue::from(&key))?])).await?;
            Ok(found.first().and_then(JsValue::as_string))
        }
        .boxed_local()
    }

    fn scan(&self, table: Table, prefix: &str) -> Later<'_, Result<Vec<(String, String)>, StoreError>> {
        let prefix = prefix.to_owned();
        async move {
            if table == Table::Session {
                // The members of an object come in the order of their names.
                let mut found = session(json!([null])).await?;
                found.retain(|(key, _)| key.starts_with(&prefix));
                return Ok(found);
            }
            let ask = |store: &IdbObjectStore| {
                let range = range(&prefix)?;
                Ok(vec![store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range)?])
            };
            let mut lists = self.database.read(table.name(), ask).await?.into_iter().map(|list| {
                let list: Array = list.unchecked_into();
                list.iter().filter_map(|value| value.as_string()).collect::<Vec<_>>()
            });
            let (keys, values) = (lists.next().unwrap_or_default(), lists.next().unwrap_or_default());
            Ok(keys.into_iter().zip(values).collect())
        }
        .boxed_local()
    }

    /// All or none within the database; the changes of the [`Table::Session`] follow it.
    fn write(&self, changes: Vec<Write>) -> Later<'_, Result<(), StoreError>> {
        async move {
            let (passing, lasting): (Vec<_>, Vec<_>) =
                changes.into_iter().partition(|change| change.table == Table::Session);
            let used = |table: &Table| lasting.iter().any(|change| change.table == *table);
            let tables: Vec<&str> = Table::ALL.into_iter().filter(used).map(Table::name).collect();
            if !tables.is_empty() {
                self.database
                    .transact(&tables, IdbTransactionMode::Readwrite, |transaction| {
                        for change in &lasting {
                            let store = store(transaction, change.table.name())?;
                            let key = JsValue::from(&change.key);
                            match &change.value {
                                Some(value) => store.put_with_key(&JsValue::from(value), &key)?,
                                None => store.delete(&key)?,
                            };
                        }
                        Ok(())
                    })
                    .await?;
            }
            write_session(passing).await
        }
        .boxed_local()
    }
}

/// Every key that starts with the prefix; U+FFFF is no character and stands behind all.
fn range(prefix: &str) -> Result<JsValue, JsValue> {
    let end = format!("{prefix}\u{ffff}");
    Ok(IdbKeyRange::bound(&JsValue::from(prefix), &JsValue::from(end))?.into())
}

/// `storage.session` has one space of names; the worker keeps notes of its own there too.
const SESSION: &str = "session/";

fn session_key(key: &str) -> String {
    format!("{SESSION}{key}")
}

async fn session(wanted: Value) -> Result<Vec<(String, String)>, StoreError> {
    let found = webext::call("storage.session", "get", wanted).await.map_err(broken)?;
    let Value::Object(found) = found else {
        return Ok(Vec::new());
    };
    let pair =
        |(key, value): (String, Value)| Some((key.strip_prefix(SESSION)?.to_owned(), value.as_str()?.to_owned()));
    Ok(found.into_iter().filter_map(pair).collect())
}

async fn write_session(changes: Vec<Write>) -> Result<(), StoreError> {
    let mut kept = Map::new();
    let mut gone = Vec::new();
    for Write { key, value, .. } in changes {
        match value {
            Some(value) => drop(kept.insert(session_key(&key), Value::from(value))),
            None => gone.push(session_key(&key)),
        }
    }
    if !kept.is_empty() {
        webext::call("storage.session", "set", json!([kept])).await.map_err(broken)?;
    }
    if !gone.is_empty() {
        webext::call("storage.session", "remove", json!([gone])).await.map_err(broken)?;
    }
    Ok(())
}

/// Chromium names the quota in its sentence only.
fn broken(Refused(words): Refused) -> StoreError {
    if words.to_lowercase().contains("quota") { StoreError::Full } else { StoreError::Broken(words) }
}
