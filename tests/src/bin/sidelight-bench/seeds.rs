//! The simulator's seeds, in bulk.

use std::io::Write;

use serde_json::{Value, json};
use sidelight_tests::sim::run::{Tally, seed};

/// So often it is told how far it is.
const TOLD: u64 = 100;

/// Runs these seeds; what does not hold goes to standard error as it is found.
pub fn run(from: u64, to: u64) -> Value {
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    for one in from..to {
        if one > from && (one - from).is_multiple_of(TOLD) {
            let _ = writeln!(std::io::stderr(), "  {} of {} seeds from {from} on", one - from, to - from);
        }
        match seed(one) {
            Ok(more) => tally.join(more),
            Err(faults) => {
                for fault in faults {
                    let _ = writeln!(std::io::stderr(), "seed {one}: {fault}");
                }
                failed.push(one);
            }
        }
    }
    json!({ "counts": tally.counts, "failed": failed })
}
