//! Where things are in the project.

use std::path::{Path, PathBuf};

/// The folder of the whole project.
pub fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// What tasks make; nothing in it is kept in Git.
pub fn target() -> PathBuf {
    root().join("target")
}

/// The extension as it ships, unpacked.
pub fn extension() -> PathBuf {
    target().join("extension")
}

/// The extension as browser tests and the demo load it.
pub fn extension_for_tests() -> PathBuf {
    target().join("extension-test")
}

/// Target folder of the WASM packages: their flags would make the native ones build anew.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}
