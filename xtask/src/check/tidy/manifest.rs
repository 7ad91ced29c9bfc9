//! Rules on the manifest and what belongs to it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::{Failure, Result};

use super::{Source, source};
use crate::words;

const LOCALES: &str = "extension/static/_locales/";

/// Keys that one language has and another lacks, and names in the manifest that none has.
pub fn locales(sources: &[Source]) -> Result<Vec<String>> {
    let mut languages = Vec::new();
    for source in sources {
        let language = source.path.strip_prefix(LOCALES).and_then(|rest| rest.strip_suffix("/messages.json"));
        if let Some(language) = language {
            let keys: BTreeSet<String> = object(&source.path, &source.text)?
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone())
                .filter(|key| !words::is_sentence(key))
                .collect();
            languages.push((language, keys));
        }
    }
    let mut every: BTreeSet<String> = languages.iter().flat_map(|(_, keys)| keys.clone()).collect();
    every.extend(names(source(sources, "manifest.json")?));
    Ok(languages
        .iter()
        .flat_map(|(language, keys)| every.difference(keys).map(move |key| format!("{language} lacks {key}")))
        .collect())
}

/// The `__MSG_…__` in a text.
fn names(text: &str) -> impl Iterator<Item = String> {
    text.split("__MSG_").skip(1).filter_map(|rest| Some(rest.split_once("__")?.0.to_owned()))
}

/// A manifest of another version than the crates.
pub fn version(sources: &[Source]) -> Result<Vec<String>> {
    let manifest = object("manifest.json", source(sources, "manifest.json")?)?;
    let version = manifest["version"].as_str().unwrap_or_default();
    let crates = env!("CARGO_PKG_VERSION");
    Ok((version != crates).then(|| format!("manifest.json {version}, Cargo.toml {crates}")).into_iter().collect())
}

/// Permissions and hosts without a heading in docs/PERMISSIONS.md.
pub fn permissions(sources: &[Source]) -> Result<Vec<String>> {
    let manifest = object("manifest.json", source(sources, "manifest.json")?)?;
    let page = source(sources, "docs/PERMISSIONS.md").unwrap_or_default();
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
    let asked = ["permissions", "optional_permissions", "host_permissions", "optional_host_permissions"];
    Ok(asked
        .iter()
        .flat_map(|kind| manifest[kind].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .filter(|name| !headings.iter().any(|heading| heading.contains(&format!("`{name}`"))))
        .map(|name| format!("no heading with `{name}`"))
        .collect())
}

fn object(path: &str, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|e| Failure(format!("{path}: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Vec<Source> {
        let source = |&(path, text): &(&str, &str)| Source { path: path.to_owned(), text: text.to_owned() };
        files.iter().map(source).collect()
    }

    #[test]
    fn languages_must_agree() -> Result<()> {
        let sources = sources(&[
            ("manifest.json", r#"{ "name": "__MSG_name__" }"#),
            ("extension/static/_locales/en/messages.json", r#"{ "name": {}, "open": {} }"#),
            ("extension/static/_locales/de/messages.json", r#"{ "name": {} }"#),
        ]);
        assert_eq!(locales(&sources)?, ["de lacks open"]);
        Ok(())
    }

    #[test]
    fn permissions_must_be_explained() -> Result<()> {
        let sources = sources(&[
            ("manifest.json", r#"{ "permissions": ["alarms", "storage"] }"#),
            ("docs/PERMISSIONS.md", "## `storage`\nKeeps. `alarms`"),
        ]);
        assert_eq!(permissions(&sources)?, ["no heading with `alarms`"]);
        Ok(())
    }
}
