//! The simulator's seeds, in bulk.

use std::io::Write;

use serde_json::{Value, json};
use sidelight_tests::sim::run::{Tally, seed};

/// Runs these seeds; what does not hold goes to standard error as it is found.
pub fn run(from: u64, to: u64) -> Value {
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    for one in from..to {
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
