//! What fits a ticket: how often the wanted document is among the best, beside two plainer ways.

use super::sync::{list, measured, number};
use super::table::Table;
use crate::run::{Result, cargo, locked, run};
use crate::say;

/// `cargo xtask bench relevance`
pub fn measure() -> Result<()> {
    say::step("Building what measures");
    run(cargo().args(["build", "--release", "-p", "sidelight-tests", "--bin", "sidelight-bench"]).args(locked()))?;
    say::step("Documents for the sandbox's labelled tickets");
    let found = measured(&["relevance"])?;
    let mut table = Table::default();
    for row in list(found["parts"].clone()) {
        let text = |member: &str| row[member].as_str().unwrap_or_default().to_owned();
        let shown = format!(
            "recall@1 {:.3}  recall@3 {:.3}  MRR {:.3}",
            number(&row, "first"),
            number(&row, "three"),
            number(&row, "mrr")
        );
        let wanted = if text("way") == "Sidelight" { "recall@3 >= 0.9" } else { "" };
        table.line(&format!("{} ({}), {}", text("part"), row["tickets"], text("way")), shown, wanted);
    }
    table.print();
    let speed = &found["speed"];
    say::step(&format!("Time for {} documents, natively", speed["documents"]));
    let mut table = Table::default();
    table.line("making the index", format!("{:.0} ms", number(speed, "index_ms")), "");
    table.line("ranking, p50", format!("{:.1} ms", number(speed, "rank_p50_ms")), "");
    table.line("ranking, p95", format!("{:.1} ms", number(speed, "rank_p95_ms")), "<= 30 ms");
    table.print();
    Ok(())
}
