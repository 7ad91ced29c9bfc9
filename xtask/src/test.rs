//! `test`: everything that runs by itself, from a fresh clone on.

use std::time::Instant;

use crate::run::{Result, cargo, locked, run};
use crate::{build, peers, say, setup};

/// `cargo xtask test [--native | --browser] [NAME]`
pub fn task(words: &[String]) -> Result<()> {
    let start = Instant::now();
    let only = |flag: &str| words.iter().any(|word| word == flag);
    let names: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    if !only("--browser") {
        // The public inspector and the official client of MCP are among them.
        setup::npm()?;
        say::step("Testing the core, the command line, the sandbox and the tasks");
        run(cargo().arg("test").args(locked()).arg("--").args(&names))?;
        if names.is_empty() {
            peers::run_all()?;
        }
    }
    if !only("--native") {
        setup::browsers()?;
        setup::npm()?;
        build::build(false)?;
        say::step("Testing in Chromium and in Firefox");
        // One at a time: a browser that waits for the processor looks like one that hangs.
        run(cargo()
            .args(["test", "--test", "browser"])
            // What a story waited for says more than where in the driver it gave up.
            .env("RUST_BACKTRACE", "0")
            .args(locked())
            .args(["--", "--test-threads=1"])
            .args(&names))?;
    }
    say::step(&format!("All tests passed in {} s", start.elapsed().as_secs()));
    Ok(())
}
