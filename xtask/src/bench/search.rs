//! Searching as it is typed: time per key, building, memory and quality, beside other libraries.

use serde_json::Value;

use super::sync::{list, measured, module_of, number, program_built};
use super::table::Table;
use crate::run::Result;
use crate::{say, setup};

/// Documents.
const SIZES: [&str; 2] = ["10000", "100000"];

const MIB: f64 = 1024.0 * 1024.0;

/// `cargo xtask bench search`
pub fn measure() -> Result<()> {
    say::step("Building what measures");
    setup::npm()?;
    program_built()?;
    let folder = module_of("sidelight-search-bench", "sidelight_search_bench")?;
    say::step("Searching at each key, in Chromium and Firefox");
    say::line("  Sidelight answers from a worker, message there and back included; the others search in the page.");
    say::line(
        "  Each of the others types for 15 seconds at most and is asked for 15: slow ones get fewer keys and queries.",
    );
    let folder = folder.to_string_lossy().into_owned();
    let mut words = vec!["search", folder.as_str()];
    words.extend(SIZES);
    let mut table = Table::default();
    for row in list(measured(&words)?) {
        let name = row["engine"].as_str().unwrap_or_default();
        let what = format!("{}, {} documents, {name}", row["browser"].as_str().unwrap_or_default(), row["documents"]);
        table.line(&what, found(&row), if name == "Sidelight" { "p95 < 5 ms" } else { "" });
    }
    table.print();
    Ok(())
}

fn found(row: &Value) -> String {
    let load = row["load_ms"].as_f64().map(|ms| format!(", loaded in {ms:.0} ms")).unwrap_or_default();
    let memory = row["bytes"].as_f64().map(|bytes| format!(", {:.0} MiB", bytes / MIB)).unwrap_or_default();
    format!(
        "p50 {:.2} ms, p95 {:.2} ms of {:.0} keys, {:.0} of {:.0} first, built in {:.0} ms{load}{memory}",
        number(row, "p50"),
        number(row, "p95"),
        number(row, "keys"),
        number(row, "first"),
        number(row, "asked"),
        number(row, "build_ms"),
    )
}
