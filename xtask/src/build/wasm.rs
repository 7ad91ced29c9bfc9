//! Compiles the WASM packages so that the bytes are the same from any folder.

use std::path::PathBuf;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::paths;
use crate::run::{Failure, Result, answer, cargo, locked, program, run};

/// A WASM package: its folder in the extension, and the name of its files.
pub struct Module {
    /// Folder in the extension.
    pub folder: &'static str,
    /// Name of the crate and of the files made from it.
    pub name: &'static str,
}

/// The worker has no view, the pages have no client: a woken worker pays for no view, and popup and
/// sidebar pay for no sync centre.
pub const MODULES: &[Module] = &[
    Module { folder: "worker", name: "sidelight_extension" },
    Module { folder: "ui", name: "sidelight_ui_bundle" },
    Module { folder: "centre", name: "sidelight_centre" },
];

/// The packages of [`MODULES`], built by one command: what they share is compiled once.
const PACKAGES: [&str; 3] = ["sidelight-extension", "sidelight-ui-bundle", "sidelight-centre"];

/// What a cargo command for all WASM packages at once needs: packages, target and flags.
pub fn flags(command: &mut Command) -> Result<&mut Command> {
    flags_for(command, &PACKAGES)
}

/// The same for some packages.
pub fn flags_for<'a>(command: &'a mut Command, packages: &[&str]) -> Result<&'a mut Command> {
    let sysroot = answer(program("rustc").args(["--print", "sysroot"]))?;
    let places =
        [(paths::root().to_owned(), "/sidelight"), (cargo_home()?, "/cargo"), (PathBuf::from(sysroot.trim()), "/rust")];
    let mut rust: Vec<_> =
        places.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect();
    // Leptos then shares the code of its views instead of making it anew for each: a sixth smaller.
    rust.extend(["--cfg", "erase_components"].map(str::to_owned));
    // SHA-2 as loops instead of unrolled: it hashes plans and one-time codes, not files.
    rust.extend(["--cfg", "sha2_backend_soft=\"compact\""].map(str::to_owned));
    Ok(command
        .args(packages.iter().flat_map(|package| ["-p", package]))
        .args(["--target", "wasm32-unknown-unknown"])
        .args(locked())
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", rust.join("\x1f"))
        .env("CARGO_TARGET_DIR", paths::wasm_target()))
}

fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .ok_or_else(|| Failure("neither CARGO_HOME nor HOME is set".to_owned()))
}

/// Runs cargo for every package.
pub fn compile(dev: bool) -> Result<()> {
    let mut command = cargo();
    command.arg("build");
    if !dev {
        command.arg("--release");
    }
    run(flags(&mut command)?)
}

/// Writes the loadable JavaScript and WASM of one module into the extension.
pub fn bind(module: &Module, dev: bool) -> Result<()> {
    let profile = if dev { "debug" } else { "release" };
    let input =
        paths::wasm_target().join("wasm32-unknown-unknown").join(profile).join(module.name).with_extension("wasm");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .typescript(false)
        // `init()` finds the module beside its script.
        .omit_default_module_path(false)
        .remove_name_section(!dev)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(paths::extension().join(module.folder)))
        .map_err(|e| Failure(format!("wasm-bindgen on {}: {e:#}", module.name)))
}
