//! Steps of started processes that were ticked on this device, because Hudu's interface did not take the
//! tick; and what was done with processes from here. Both go when a connection is forgotten.

use crate::assist::view::DeedView;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// The steps of a process that were ticked here.
pub async fn of(host: &Host, process: i64) -> Result<Vec<i64>, StoreError> {
    Ok(get(host, Table::Documents, &key(process)).await?.unwrap_or_default())
}

/// Notes a tick, or takes it back.
pub async fn set(host: &Host, process: i64, task: i64, done: bool) -> Result<(), StoreError> {
    let mut ticks = of(host, process).await?;
    ticks.retain(|known| *known != task);
    if done {
        ticks.push(task);
    }
    host.store.write(vec![put(Table::Documents, key(process), &ticks)]).await
}

/// Deeds that are kept of one process.
const KEPT: usize = 100;

/// What was done with a process from here, newest first.
pub async fn deeds(host: &Host, process: i64) -> Result<Vec<DeedView>, StoreError> {
    Ok(get(host, Table::Documents, &deeds_key(process)).await?.unwrap_or_default())
}

/// Notes what was done with a process.
pub async fn note(host: &Host, process: i64, new: DeedView) -> Result<(), StoreError> {
    let mut deeds = deeds(host, process).await?;
    deeds.insert(0, new);
    deeds.truncate(KEPT);
    host.store.write(vec![put(Table::Documents, deeds_key(process), &deeds)]).await
}

fn deeds_key(process: i64) -> String {
    format!("deeds/{process}")
}

fn key(process: i64) -> String {
    format!("ticks/{process}")
}
