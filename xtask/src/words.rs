//! `words`: the sentences of the code beside their translations.
//!
//! A translation is a `messages.json` whose entries `w_…` are keyed by the English sentence; entries with other
//! names belong to the manifest and the scripts.

/// As the schemas of `derive` read it.
#[path = "../../derive/src/about.rs"]
mod about;
mod markup;
mod scan;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::run::{Failure, Result};
use crate::{paths, say};

pub use scan::Sentence;

/// Folders whose sentences are translated.
const SPOKEN: &[&str] = &["src/", "ui/src/", "centre/src/", "extension/src/"];
/// Pages whose static words are.
const PAGES: &str = "extension/static/";
const LOCALES: &str = "extension/static/_locales/";
/// Its sentences stand in the code.
const ENGLISH: &str = "en";

/// An entry of a `messages.json`.
type Entries = BTreeMap<String, Entry>;

/// A translated sentence.
pub struct Entry {
    message: String,
    description: String,
}

/// `cargo xtask words`: puts what is missing into every translation, takes out what nobody says any more, and puts it in order.
pub fn task(_: &[String]) -> Result<()> {
    let sources = crate::check::sources()?;
    let said = said(&sources)?;
    for (path, text) in translations(&sources) {
        let mut entries = read(path, text)?;
        entries.retain(|key, _| !is_sentence(key) || said.contains_key(key));
        for (key, sentence) in &said {
            let entry = entries.entry(key.clone()).or_insert_with(|| {
                say::line(&format!("{path} lacks {:?}", sentence.english));
                Entry { message: String::new(), description: String::new() }
            });
            entry.description.clone_from(&sentence.english);
        }
        std::fs::write(paths::root().join(path), written(&entries))?;
    }
    Ok(())
}

/// What is wrong with the translations: sentences that one lacks, or has although nobody says them, or that have other
/// `{names}` than the English; and `t!` with other names than its values have.
pub fn broken(sources: &[crate::check::Source]) -> Result<Vec<String>> {
    let said = said(sources)?;
    let mut found: Vec<String> = said.values().filter_map(Sentence::odd).collect();
    for (path, text) in translations(sources) {
        let entries = read(path, text)?;
        for (key, sentence) in &said {
            let english = &sentence.english;
            match entries.get(key).map(|entry| &entry.message) {
                None => found.push(format!("{path} lacks {key} {english:?} ({})", sentence.place)),
                Some(message) if message.trim().is_empty() => {
                    found.push(format!("{path} has no words for {key} {english:?}"));
                }
                Some(message) if names(message) != names(english) || message.contains(['\n', '\t']) => {
                    found.push(format!("{path} has other names in {key}: {english:?}, {message:?}"));
                }
                Some(_) => {}
            }
        }
        let unused = entries.iter().filter(|(key, _)| is_sentence(key) && !said.contains_key(*key));
        found
            .extend(unused.map(|(key, entry)| format!("{path} has {key}, which nobody says: {:?}", entry.description)));
    }
    Ok(found)
}

/// Whether a key belongs to a sentence of the code.
pub fn is_sentence(key: &str) -> bool {
    key.starts_with("w_")
}

/// The translation as it ships: without the English beside each sentence.
pub fn shipped(text: &str) -> Result<String> {
    let mut entries: Map<String, Value> =
        serde_json::from_str(text).map_err(|e| Failure(format!("messages.json: {e}")))?;
    for (key, entry) in &mut entries {
        if is_sentence(key) {
            *entry = json!({ "message": entry["message"] });
        }
    }
    Ok(format!("{}\n", Value::Object(entries)))
}

/// Every sentence of the code and the pages by its key.
fn said(sources: &[crate::check::Source]) -> Result<BTreeMap<String, Sentence>> {
    let mut said = BTreeMap::new();
    for source in sources {
        let path = source.path.as_str();
        let sentences = if path.ends_with(".rs") && SPOKEN.iter().any(|folder| path.starts_with(folder)) {
            scan::rust(path, &source.text)?
        } else if path.ends_with(".html") && path.starts_with(PAGES) {
            markup::page(path, &source.text)
        } else {
            continue;
        };
        said.extend(sentences.into_iter().map(|sentence| (sentence.key(), sentence)));
    }
    Ok(said)
}

/// Path and text of each `messages.json` but the English one.
fn translations(sources: &[crate::check::Source]) -> impl Iterator<Item = (&str, &str)> {
    sources.iter().filter_map(|source| {
        let language = source.path.strip_prefix(LOCALES)?.strip_suffix("/messages.json")?;
        (language != ENGLISH).then_some((source.path.as_str(), source.text.as_str()))
    })
}

fn read(path: &str, text: &str) -> Result<Entries> {
    let entries: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|e| Failure(format!("{path}: {e}")))?;
    let word = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    Ok(entries
        .into_iter()
        .map(|(key, entry)| {
            let entry = Entry { message: word(&entry, "message"), description: word(&entry, "description") };
            (key, entry)
        })
        .collect())
}

/// One entry a line, by their English; those of the manifest last, so that every sentence's line ends alike.
fn written(entries: &Entries) -> String {
    let mut lines: Vec<_> = entries.iter().collect();
    lines.sort_by_key(|(key, entry)| (!is_sentence(key), entry.description.to_lowercase(), *key));
    let lines: Vec<String> = lines
        .into_iter()
        .map(|(key, entry)| {
            let [key, message, description] =
                [key, &entry.message, &entry.description].map(|text| Value::from(text.as_str()));
            format!("  {key}: {{ \"message\": {message}, \"description\": {description} }}")
        })
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// The `{names}` in a sentence.
fn names(sentence: &str) -> BTreeSet<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .filter(|name| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'))
        .collect()
}

/// FNV-1a in 64 bits, as the core makes its keys.
fn key(english: &str) -> String {
    let hash = english
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("w_{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Source;

    fn sources(german: &Value) -> Vec<Source> {
        let code = "fn f() { view! { <p title=t!(\"Copy\")>{many!(n(), \"{n} row\", \"{n} rows\")}</p> } }";
        let german = german.to_string();
        [("ui/src/a.rs", code), ("extension/static/_locales/de/messages.json", &german)]
            .map(|(path, text)| Source { path: path.to_owned(), text: text.to_owned() })
            .into()
    }

    #[test]
    fn a_translation_has_what_is_said_and_no_more() -> Result<()> {
        let whole = json!({
            key("Copy"): { "message": "Kopieren" },
            key("{n} row"): { "message": "{n} Zeile" },
            key("{n} rows"): { "message": "{n} Zeilen" },
            "name": { "message": "Sidelight" },
        });
        assert_eq!(broken(&sources(&whole))?, [""; 0]);
        let mut other = whole.clone();
        other[key("{n} row")]["message"] = json!("Zeile");
        other[key("Copy")]["message"] = json!("");
        other[key("Paste")] = json!({ "message": "Einfügen" });
        let found = broken(&sources(&other))?;
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(broken(&sources(&json!({})))?.len(), 3);
        Ok(())
    }

    #[test]
    fn the_english_does_not_ship() -> Result<()> {
        let text = json!({ key("Copy"): { "message": "Kopieren", "description": "Copy" } }).to_string();
        assert_eq!(shipped(&text)?, format!("{{\"{}\":{{\"message\":\"Kopieren\"}}}}\n", key("Copy")));
        Ok(())
    }
}
