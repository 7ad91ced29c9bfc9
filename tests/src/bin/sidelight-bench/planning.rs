//! How long planning takes here, and how much memory the whole process needed.

use std::time::Instant;

use serde_json::{Value, json};
use sidelight_bench::Tenant;

/// Plans so many assets against as many.
pub fn measure(assets: usize) -> Value {
    let start = Instant::now();
    let tenant = Tenant::new(assets);
    let prepared = start.elapsed();
    let start = Instant::now();
    let plan = tenant.plan();
    let taken = start.elapsed();
    let writes = plan.items.iter().filter(|item| item.writes()).count();
    json!({
        "assets": assets, "writes": writes, "ms": taken.as_secs_f64() * 1000.0,
        "prepared_ms": prepared.as_secs_f64() * 1000.0, "peak_bytes": peak(),
    })
}

/// The most memory that the process has had, in bytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
