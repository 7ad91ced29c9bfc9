//! Installs what is missing and says so, or says in one sentence what a person has to do.

use std::path::Path;

use crate::run::{Failure, Result, answer, program, run};
use crate::{files, paths, say};

/// Programs that Debian and Ubuntu bring, with the package of each. Fonts, because a page without
/// any shows nothing, and Debian's Chromium only recommends them.
const DEBIAN: &[(&[&str], &str)] = &[
    (&["chromium"], "chromium"),
    (&["chromedriver"], "chromium-driver"),
    (&["firefox-esr", "firefox"], "firefox-esr"),
];
const FONTS: &[&str] = &["fonts-dejavu-core", "fonts-liberation"];

/// What `rust-toolchain.toml` asks for besides the compiler; rustup does not fetch it where
/// automatic installs are off.
pub fn rust() -> Result<()> {
    for (kind, name) in [("target", "wasm32-unknown-unknown"), ("component", "clippy"), ("component", "rustfmt")] {
        let installed = answer(program("rustup").args([kind, "list", "--installed"]))?;
        if !installed.lines().any(|line| line.starts_with(name)) {
            say::step(&format!("Installing Rust's {kind} {name}"));
            run(program("rustup").args([kind, "add", name]))?;
        }
    }
    Ok(())
}

/// Chromium with its driver, and Firefox, which needs none.
pub fn browsers() -> Result<()> {
    let missing: Vec<_> = DEBIAN
        .iter()
        .filter(|(names, _)| !names.iter().any(|name| is_installed(name)))
        .map(|&(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_installed("apt-get") || answer(program("id").arg("-u"))?.trim() != "0" {
        return Err(Failure(format!("browsers are missing; install Debian's packages {list}, or your system's own")));
    }
    say::step(&format!("Installing {list} (a few minutes)"));
    run(program("apt-get").args(["update", "--quiet"]))?;
    run(program("apt-get")
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(missing)
        .args(FONTS)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The tools of `package.json`, exactly as its lock file has them.
pub fn npm() -> Result<()> {
    let lock = files::text(&paths::root().join("package-lock.json"))?;
    let mark = paths::root().join("node_modules/.sidelight-lock");
    if files::text(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if !is_installed("npm") {
        return Err(Failure("npm is missing; install Node.js 20 or newer with npm".to_owned()));
    }
    say::step("Installing web-ext and axe-core from npm");
    run(program("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    Ok(std::fs::write(mark, lock)?)
}

/// Whether a program of this name can be run.
pub fn is_installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(name).is_file())
}
