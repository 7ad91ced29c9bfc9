//! `demo`: a browser with Sidelight connected to a local HaloITSM and Hudu.

use crate::run::{Result, cargo, run};
use crate::{build, say, setup};

/// `cargo xtask demo [--headless] [--firefox]`
pub fn task(words: &[String]) -> Result<()> {
    setup::browsers()?;
    build::build(false)?;
    say::step("Starting the sandbox and the browser");
    run(cargo().args(["run", "--quiet", "-p", "sidelight-tests", "--bin", "sidelight-demo", "--"]).args(words))
}
