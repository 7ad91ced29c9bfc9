//! How long planning takes here, and how much memory the whole process needed.

use std::time::Instant;

use serde_json::{Value, json};
use sidelight_bench::Tenant;

/// Few assets are planned so often that together they are this many: a clock of hundredths of a second
/// says nothing of less.
const TOGETHER: usize = 50_000;

/// Plans so many assets against as many.
pub fn measure(assets: usize) -> Value {
    let tenant = Tenant::new(assets);
    let times = TOGETHER.div_ceil(assets.max(1)).max(3);
    let mut writes = 0;
    let first_ms = spent(1, &mut || writes = tenant.plan().items.iter().filter(|item| item.writes()).count());
    let ms = spent(times, &mut || writes = tenant.plan().items.iter().filter(|item| item.writes()).count());
    let peak = peak();
    let making = spent(times, &mut || {
        std::hint::black_box(tenant.make());
    });
    json!({ "assets": assets, "writes": writes, "ms": ms, "first_ms": first_ms, "making_ms": making, "peak_bytes": peak })
}

/// Milliseconds that the processor spends on something once, as the mean of so many times.
fn spent(times: usize, act: &mut dyn FnMut()) -> f64 {
    let (start, processor) = (Instant::now(), processor_ms());
    (0..times).for_each(|_| act());
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    // Other work on the machine is not the planner's.
    processor_ms().zip(processor).map_or(wall, |(after, before)| after - before) / times as f64
}

/// Processor time of this process in milliseconds, where the system tells (in hundredths of a second).
fn processor_ms() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = |field: &str| field.parse::<f64>().ok();
    Some((ticks(fields.next()?)? + ticks(fields.next()?)?) * 10.0)
}

/// The most memory that the process has had, in bytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
