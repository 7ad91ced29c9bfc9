//! Public client libraries of both products, unchanged, against the sandbox (`tests/peers/`).

use crate::run::{Result, cargo, locked, program, run};
use crate::setup::is_installed;
use crate::{paths, say};

/// Runs them. Where Python or the libraries cannot be had, a sentence says so and nothing fails.
pub fn run_all() -> Result<()> {
    say::step("Driving the sandbox with public Python clients");
    if !is_installed("python3") {
        say::line("The public Python clients were left out: there is no python3.");
        return Ok(());
    }
    run(cargo().args(["build", "--package", "sidelight-sandbox"]).args(locked()))?;
    let sandbox = paths::target().join("debug").join(format!("sidelight-sandbox{}", std::env::consts::EXE_SUFFIX));
    let script = paths::root().join("tests").join("peers").join("run.py");
    run(program("python3").arg(script).arg(sandbox).arg(paths::target().join("peers")))
}
