//! API keys and what each may do.

use serde::{Deserialize, Serialize};

use super::store::{Record, int};

/// The key with full rights that every instance starts with.
pub const FULL_KEY: &str = "sandbox-hudu-key";

/// Options of a key. Hudu lets them be chosen only when the key is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyOptions {
    /// Name shown on the page of keys.
    pub name: String,
    /// May use passwords, in every way.
    pub passwords: bool,
    /// May delete.
    pub destructive: bool,
    /// May start exports.
    pub exports: bool,
    /// Only these companies; `None` is all.
    pub companies: Option<Vec<i64>>,
}

impl Default for KeyOptions {
    fn default() -> Self {
        Self { name: "Key".to_owned(), passwords: true, destructive: true, exports: true, companies: None }
    }
}

impl KeyOptions {
    /// Whether a record of this resource lies within the key's companies.
    ///
    /// Records that have no company at all (layouts, lists) are visible to every key.
    pub(super) fn sees(&self, path: &str, record: &Record) -> bool {
        let Some(companies) = &self.companies else {
            return true;
        };
        let own = if path == "companies" { record.get("id") } else { record.get("company_id") };
        match own {
            None => true,
            Some(id) => int(id).is_some_and(|id| companies.contains(&id)),
        }
    }
}

/// All keys of an instance.
pub(super) struct Keys(Vec<(String, KeyOptions)>);

impl Keys {
    /// The full key alone.
    pub(super) fn new() -> Self {
        let options = KeyOptions { name: "Sidelight".to_owned(), ..KeyOptions::default() };
        Self(vec![(FULL_KEY.to_owned(), options)])
    }

    /// Makes one and answers its text.
    pub(super) fn add(&mut self, options: KeyOptions) -> String {
        let text = format!("{FULL_KEY}-{}", self.0.len() + 1);
        self.0.push((text.clone(), options));
        text
    }

    /// What the holder of this text may do.
    pub(super) fn find(&self, text: &str) -> Option<&KeyOptions> {
        self.0.iter().find(|(key, _)| key == text).map(|(_, options)| options)
    }

    /// Every key's text and options, oldest first.
    pub(super) fn all(&self) -> &[(String, KeyOptions)] {
        &self.0
    }
}
