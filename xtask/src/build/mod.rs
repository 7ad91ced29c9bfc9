//! `build`: the extension from its parts.

mod assemble;
mod budget;
mod for_tests;
mod style;
mod wasm;

use crate::run::Result;
use crate::{paths, say, setup};

pub use budget::hold as hold_budgets;
pub use wasm::{flags as wasm_flags, flags_for as wasm_flags_for};

/// `cargo xtask build [--dev]`
pub fn task(words: &[String]) -> Result<()> {
    build(words.iter().any(|word| word == "--dev"))
}

/// Builds the extension and its copy for tests. A build for development is quicker to make, and
/// large.
pub fn build(dev: bool) -> Result<()> {
    setup::rust()?;
    say::step(if dev { "Building the extension for development" } else { "Building the extension" });
    wasm::compile(dev)?;
    assemble::assemble(dev)?;
    for_tests::copy()?;
    say::line(&format!("{} is ready", paths::extension().display()));
    budget::show()
}
