//! A copy of the extension for tests: its Chromium id is known beforehand, and it may talk to
//! servers on this machine without asking, because nobody is there to click the browser's bubble.

use serde_json::{Value, json};

use crate::run::{Failure, Result};
use crate::{files, paths};

/// A public key whose private half nobody has; Chromium makes the id from it.
const KEY: &str = include_str!("../../../tests/chromium-key.txt");

/// The hosts that tests use.
const LOCAL: &str = "http://127.0.0.1/*";

/// Makes `target/extension-test` anew from `target/extension`.
pub fn copy() -> Result<()> {
    let copy = paths::extension_for_tests();
    files::empty(&copy)?;
    files::copy_all(&paths::extension(), &copy)?;
    let file = copy.join("manifest.json");
    let mut manifest: Value =
        serde_json::from_str(&files::text(&file)?).map_err(|e| Failure(format!("manifest.json: {e}")))?;
    for_tests(&mut manifest);
    Ok(std::fs::write(file, format!("{manifest:#}\n"))?)
}

fn for_tests(manifest: &mut Value) {
    manifest["key"] = json!(KEY.trim());
    if let Some(optional) = manifest["optional_host_permissions"].as_array_mut() {
        optional.retain(|host| host != LOCAL);
    }
    match manifest["host_permissions"].as_array_mut() {
        Some(hosts) => hosts.push(json!(LOCAL)),
        None => manifest["host_permissions"] = json!([LOCAL]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_the_local_hosts_only() {
        let mut manifest = json!({ "optional_host_permissions": ["https://*/*", LOCAL] });
        for_tests(&mut manifest);
        assert_eq!(manifest["host_permissions"], json!([LOCAL]));
        assert_eq!(manifest["optional_host_permissions"], json!(["https://*/*"]));
        assert!(manifest["key"].as_str().is_some_and(|key| key.starts_with("MII")));
    }
}
