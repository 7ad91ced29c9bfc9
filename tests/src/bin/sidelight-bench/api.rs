//! Streaming a whole list through cursors: requests against the fewest there can be, and what the memory does.

use serde_json::{Value, json};
use sidelight::halo::catalogue::Entry;
use sidelight::halo::records::Ask;
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Options, Server};
use sidelight_tests::clients::sides;
use sidelight_tests::host::sandbox_with;

/// Assets of each client.
const EACH: usize = 1000;
/// HaloITSM's rows on a page.
const PAGE: usize = 100;

/// Streams so many assets.
pub fn measure(size: usize) -> Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let clients = size.div_ceil(EACH);
        let world = large(Size { clients, sites: 1, users: 0, assets: EACH, known: 0, articles: 0 });
        let pair = sandbox_with(Options { world, ..Options::default() });
        let sides = sides(&pair).await.map_err(|error| error.to_string())?;
        let entry = Entry::named("assets").ok_or("no assets")?;
        let (mut rows, mut last, mut cursor) = (0, 0, None::<String>);
        let (mut early, begun) = (None, std::time::Instant::now());
        loop {
            let ask = Ask { entry, filters: Vec::new(), limit: Some(1000), cursor: cursor.as_deref() };
            let page = sides.halo.page(&ask).await.map_err(|error| error.to_string())?;
            for row in &page.rows {
                let id = row["id"].as_i64().unwrap_or_default();
                if id <= last {
                    return Err(format!("asset {id} came after {last}"));
                }
                last = id;
            }
            rows += page.rows.len();
            if early.is_none() && rows * 10 >= size {
                early = resident();
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let ms = begun.elapsed().as_millis();
        let grown = resident().zip(early).map(|(end, early)| end.saturating_sub(early));
        Ok(json!({
            "records": rows, "wanted": pair.halo.all("Asset").len(), "requests": pair.request_count(Server::Halo),
            "lower_bound": rows.div_ceil(PAGE) + 1, "grown_bytes": grown, "ms": ms,
        }))
    })
}

/// Memory that the process holds, in bytes, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
