//! The simulator's seeds: a quick slice by itself, as many as `SIDELIGHT_SEEDS` says otherwise.

#![allow(clippy::unwrap_used)]

use std::io::Write;

use sidelight_tests::sim::run::{Tally, seed};

/// Seeds of a plain `cargo test`.
const SLICE: u64 = 20;

/// `SIDELIGHT_SEED=17` runs that one alone; `SIDELIGHT_SEEDS=2000` runs 0 to 1999.
#[test]
fn every_seed_holds() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("SIDELIGHT_SEED") {
        Some(one) => one..one + 1,
        None => 0..number("SIDELIGHT_SEEDS").unwrap_or(SLICE),
    };
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    for one in seeds {
        match seed(one) {
            Ok(more) => tally.join(more),
            Err(faults) => {
                for fault in &faults {
                    let _ = writeln!(std::io::stderr(), "seed {one}: {fault}");
                }
                failed.push(one);
            }
        }
    }
    for (name, count) in &tally.counts {
        let _ = writeln!(std::io::stderr(), "{count:>9}  {name}");
    }
    assert!(
        failed.is_empty(),
        "SIDELIGHT_SEED={} cargo test -p sidelight-tests --test simulation ({failed:?})",
        failed[0]
    );
}
