//! How long a person waits for what is in the store already, in both browsers, on the sandbox: pages, and a large plan.

use super::sync::{list, measured, number};
use super::table::Table;
use crate::run::{Result, cargo, locked, run};
use crate::{build, say};

/// What is measured, and the most milliseconds that it may take.
const WANTED: [(&str, &str); 3] = [("sidebar", "150"), ("popup", "100"), ("cold worker", "250")];

/// Records of the large plan.
const RECORDS: &str = "100000";

/// What is done in its table.
const STEPS: [(&str, &str); 7] = [
    ("end_ms", "jump to the end"),
    ("filter_ms", "filter by words"),
    ("filter_client_ms", "filter by a client's name"),
    ("unfiltered_ms", "filter taken away"),
    ("sort_name_ms", "sorted by name"),
    ("sort_action_ms", "sorted by action"),
    ("group_ms", "grouped by client"),
];

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
    say::step("A plan of 100,000 records in the sync centre: opened, scrolled, filtered");
    let mut table = Table::default();
    for row in list(measured(&["table", RECORDS])?) {
        let browser = row["browser"].as_str().unwrap_or_default();
        table.line(&format!("opened, {browser}"), format!("{:.0} ms", number(&row, "opened_ms")), "");
        for (way, name) in [("wheel", "scrolled by wheel"), ("dragged", "bar dragged")] {
            let at = |part: &str| number(&row[way], part);
            let frames = format!(
                "frames p50 {:.1}, p95 {:.1}, longest {:.1} ms",
                at("median_ms"),
                at("p95_ms"),
                at("longest_ms")
            );
            table.line(&format!("{name}, {browser}"), frames, "");
        }
        for (what, name) in STEPS {
            table.line(&format!("{name}, {browser}"), format!("{:.0} ms", number(&row, what)), "");
        }
    }
    table.print();
    Ok(())
}
