//! Old runs make room.

use crate::platform::json::get;
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::journal::head::{Stored, parse};
use crate::sync::journal::keep::{CHUNK, item_key, link_key, names_key, step_key};
use crate::sync::plan::Subject;

/// So many runs are kept.
const RUNS: usize = 200;

/// So long a run is kept, in milliseconds: 90 days.
const AGE_MS: i64 = 90 * 86_400_000;

/// Keys per transaction.
const KEYS: usize = 1_000;

/// Takes old runs out of the store; never one that may still go on.
pub(in crate::sync) async fn prune(host: &Host) -> Result<(), StoreError> {
    let rows = host.store.scan(Table::Journal, "run/").await?;
    let now = host.clock.now();
    let spare = rows.len().saturating_sub(RUNS);
    for (place, (key, text)) in rows.iter().enumerate() {
        let id = key.trim_start_matches("run/");
        let started: i64 = id.split('-').next().and_then(|n| n.parse().ok()).unwrap_or(now);
        if place >= spare && now - started < AGE_MS {
            break;
        }
        let keys = match parse(text)? {
            Stored::Head(head) if head.is_open() => continue,
            Stored::Head(head) => {
                let mut keys = vec![key.clone(), names_key(id)];
                keys.extend((0..head.items.div_ceil(CHUNK)).map(|chunk| item_key(id, chunk)));
                keys.extend((0..head.items).flat_map(|n| [step_key(id, n), link_key(id, n)]));
                if let Subject::Record(record, _) = &head.plan.subject {
                    let last = format!("last/{}", record.key());
                    if get::<String>(host, Table::Journal, &last).await?.as_deref() == Some(id) {
                        keys.push(last);
                    }
                }
                keys
            }
            Stored::Old(value) => {
                if value.get("state").and_then(|state| state.as_str()) == Some("running") {
                    continue;
                }
                let items = value.pointer("/plan/items").and_then(|items| items.as_array()).map_or(0, Vec::len);
                let steps = (0..items).map(|n| step_key(id, n));
                [key.clone()].into_iter().chain(steps).collect()
            }
        };
        // The head goes last: what is left of a run that was cut here is found again by it.
        for keys in keys.into_iter().rev().collect::<Vec<_>>().chunks(KEYS) {
            let gone = |key: &String| Write { table: Table::Journal, key: key.clone(), value: None };
            host.store.write(keys.iter().map(gone).collect()).await?;
        }
    }
    Ok(())
}
