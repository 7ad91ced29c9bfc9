//! `test`: everything that runs by itself, from a fresh clone on.

use std::time::Instant;

use crate::run::{Failure, Result, cargo, listen, locked, run};
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
        stories(&names)?;
    }
    say::step(&format!("All tests passed in {} s", start.elapsed().as_secs()));
    Ok(())
}

/// Tells the stories two at a time, and those that failed once more alone: a browser that waits for the processor
/// looks like one that hangs. A story that is broken fails both times.
fn stories(names: &[&String]) -> Result<()> {
    let command = |threads: &str| {
        let mut command = cargo();
        command.args(["test", "--test", "browser"]).args(locked()).args(["--", threads]);
        // What a story waited for says more than where in the driver it gave up.
        command.env("RUST_BACKTRACE", "0");
        command
    };
    let mut failed = Vec::new();
    let status = listen(command("--test-threads=2").args(names), |line| {
        let name = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED"));
        failed.extend(name.map(str::to_owned));
    })?;
    if status.success() {
        return Ok(());
    }
    if failed.is_empty() {
        return Err(Failure("the stories in the browsers could not be told".to_owned()));
    }
    say::step(&format!("Once more, one at a time: {}", failed.join(", ")));
    run(command("--test-threads=1").arg("--exact").args(&failed))
}
