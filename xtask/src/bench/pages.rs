//! How long a person waits for what is in the store already, in both browsers, on the sandbox.

use super::sync::{list, measured, number};
use super::table::Table;
use crate::run::{Result, cargo, locked, run};
use crate::{build, say};

/// What is measured, and the most milliseconds that it may take.
const WANTED: [(&str, &str); 3] = [("sidebar", "150"), ("popup", "100"), ("cold worker", "250")];

/// `cargo xtask bench pages`
pub fn measure() -> Result<()> {
    build::build(false)?;
    say::step("Building what measures");
    run(cargo().args(["build", "--release", "-p", "sidelight-tests", "--bin", "sidelight-bench"]).args(locked()))?;
    say::step("From the store to the screen: sidebar and popup painted, a stopped worker's answer");
    let mut table = Table::default();
    for row in list(measured(&["pages"])?) {
        let [browser, what] = ["browser", "what"].map(|member| row[member].as_str().unwrap_or_default());
        let found = format!("p50 {:.0} ms, p95 {:.0} ms", number(&row, "p50"), number(&row, "p95"));
        let wanted = WANTED.iter().find(|(name, _)| *name == what).map(|(_, most)| format!("< {most} ms"));
        table.line(&format!("{what}, {browser}"), found, &wanted.unwrap_or_default());
    }
    table.print();
    Ok(())
}
