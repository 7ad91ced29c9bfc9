//! The extension as a test loads it: an unpacked folder with an address known beforehand.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Kind;
use super::error::{Error, Result};

/// Firefox's internal uuid for the extension; Firefox makes one up unless a preference fixes it.
pub(super) const FIREFOX_UUID: &str = "51de1164-7000-4000-8000-5eed00000001";

/// An unpacked extension whose manifest has a `key` (fixes Chromium's id) and a Gecko id.
#[derive(Clone, Debug)]
pub struct Extension {
    pub(super) folder: PathBuf,
    pub(super) gecko_id: String,
    pub(super) chromium_id: String,
    /// The hosts that it may reach without asking, as patterns.
    pub(super) hosts: Vec<String>,
}

impl Extension {
    /// The copy that `cargo xtask build` makes for tests, in `target/extension-test`.
    pub fn built() -> Result<Self> {
        Self::load(&super::workspace().join("target/extension-test"))
    }

    /// Any unpacked extension with a `key` and a Gecko id.
    pub fn load(folder: &Path) -> Result<Self> {
        let file = folder.join("manifest.json");
        let bad = |why: String| Error::Extension(format!("{}: {why}", file.display()));
        let text = std::fs::read_to_string(&file).map_err(|e| bad(e.to_string()))?;
        let manifest: Value = serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
        let key = manifest["key"].as_str().ok_or_else(|| bad("no key".to_owned()))?;
        let key = BASE64_STANDARD.decode(key).map_err(|e| bad(e.to_string()))?;
        let gecko_id = manifest["browser_specific_settings"]["gecko"]["id"]
            .as_str()
            .ok_or_else(|| bad("no Gecko id".to_owned()))?
            .to_owned();
        let hosts = manifest["host_permissions"].as_array().into_iter().flatten();
        let hosts = hosts.filter_map(|host| Some(host.as_str()?.to_owned())).collect();
        Ok(Self { folder: folder.to_owned(), gecko_id, chromium_id: chromium_id(&key), hosts })
    }

    /// Where the extension's pages live in this browser, with a slash at the end.
    pub fn base(&self, kind: Kind) -> String {
        match kind {
            Kind::Chromium => format!("chrome-extension://{}/", self.chromium_id),
            Kind::Firefox => format!("moz-extension://{FIREFOX_UUID}/"),
        }
    }
}

/// Chromium's id: the first 16 bytes of the key's SHA-256, written with the letters a to p.
fn chromium_id(key: &[u8]) -> String {
    Sha256::digest(key)[..16]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(b'a' + nibble))
        .collect()
}
