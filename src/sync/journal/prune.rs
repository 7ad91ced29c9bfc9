//! Old runs make room.

use crate::platform::json::get;
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::journal::head::{Stored, parse};
use crate::sync::journal::keep::{CHUNK, item_key, link_key, names_key, step_key};
use crate::sync::plan::Subject;

/// So many runs are kept.
const RUNS: usize = 200;

/// So many are kept however old they are: a clock that was wrong must not cost the history and the way back.
const LAST: usize = 20;

/// So long a run is kept, in milliseconds: 90 days.
const AGE_MS: i64 = 90 * 86_400_000;

const DAY_MS: i64 = 86_400_000;

/// A run that is written down for so long was cut, in milliseconds.
const CUT_MS: i64 = 3_600_000;

/// Keys per transaction.
const KEYS: usize = 1_000;

/// Takes old runs out of the store; never one that may still go on.
pub(in crate::sync) async fn prune(host: &Host) -> Result<(), StoreError> {
    let rows = host.store.scan(Table::Journal, "run/").await?;
    let now = host.clock.now();
    cut(host, now).await?;
    let spare = rows.len().saturating_sub(RUNS);
    let last = rows.len().saturating_sub(LAST);
    // Counted from the newest run, which may have begun before somebody set the clock wrong.
    let newest = rows.last().and_then(|(key, _)| started(key.trim_start_matches("run/")));
    let now = newest.map_or(now, |newest| now.min(newest + DAY_MS));
    for (place, (key, text)) in rows.iter().enumerate() {
        let id = key.trim_start_matches("run/");
        if place >= last || place >= spare && now - started(id).unwrap_or(now) < AGE_MS {
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
        remove(host, keys.into_iter().rev().collect()).await?;
    }
    Ok(())
}

/// Takes away items of runs that ended before they were written down whole.
async fn cut(host: &Host, now: i64) -> Result<(), StoreError> {
    for (key, text) in host.store.scan(Table::Journal, "open/").await? {
        let id = key.trim_start_matches("open/");
        if let (Ok(chunks), Some(started)) = (text.parse::<usize>(), started(id))
            && now - started > CUT_MS
        {
            let items = (0..chunks).map(|chunk| item_key(id, chunk));
            remove(host, items.chain([key.clone()]).collect()).await?;
        }
    }
    Ok(())
}

/// When a run began, which its id tells.
fn started(id: &str) -> Option<i64> {
    id.split('-').next()?.parse().ok()
}

async fn remove(host: &Host, keys: Vec<String>) -> Result<(), StoreError> {
    for keys in keys.chunks(KEYS) {
        let gone = |key: &String| Write { table: Table::Journal, key: key.clone(), value: None };
        host.store.write(keys.iter().map(gone).collect()).await?;
    }
    Ok(())
}
