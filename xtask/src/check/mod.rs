//! `check`: what must hold before a change goes in.

mod lint;
mod tidy;

use crate::run::{Result, cargo, locked, run};
use crate::{build, say, setup};

pub use tidy::{Source, sources};

/// `cargo xtask check [--tidy]`
pub fn task(words: &[String]) -> Result<()> {
    say::step("House rules");
    tidy::check()?;
    if words.iter().any(|word| word == "--tidy") {
        return Ok(());
    }
    setup::rust()?;
    setup::npm()?;
    say::step("Format");
    run(cargo().args(["fmt", "--all", "--check"]))?;
    say::step("Clippy");
    run(cargo().args(["clippy", "--all-targets"]).args(locked()).args(["--", "-D", "warnings"]))?;
    let mut wasm = cargo();
    wasm.arg("clippy");
    run(build::wasm_flags(&mut wasm)?.args(["--", "-D", "warnings"]))?;
    build::build(false)?;
    build::hold_budgets()?;
    say::step("The stores' linter");
    lint::check()?;
    say::step("All checks passed");
    Ok(())
}
