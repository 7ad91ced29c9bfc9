//! Streaming a list of 100,000 records: requests and memory.

use super::sync::{MIB, measured, number};
use super::table::Table;
use crate::run::{Result, cargo, locked, run};
use crate::say;

/// Assets on the list.
const RECORDS: &str = "100000";

/// `cargo xtask bench api`
pub fn measure() -> Result<()> {
    say::step("Building what measures");
    run(cargo().args(["build", "--release", "-p", "sidelight-tests", "--bin", "sidelight-bench"]).args(locked()))?;
    say::step("Streaming a list through cursors");
    let found = measured(&["api", RECORDS])?;
    let mut table = Table::default();
    let (used, bound) = (number(&found, "requests"), number(&found, "lower_bound"));
    table.line("records, each once", found["records"].to_string(), &found["wanted"].to_string());
    table.line("requests", format!("{used} of {bound}"), "at most 1.02 times");
    table.line(
        "memory after the first tenth",
        format!("{:+.1} MiB", number(&found, "grown_bytes") / MIB),
        "less than 16 MiB",
    );
    table.line("time, the sandbox's own work in it", format!("{} ms", found["ms"]), "");
    table.print();
    Ok(())
}
