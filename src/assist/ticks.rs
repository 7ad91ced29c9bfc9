//! Steps of started processes that were ticked on this device, because Hudu's interface did not take the
//! tick. They go when a connection is forgotten.

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

fn key(process: i64) -> String {
    format!("ticks/{process}")
}
