//! The TOML file: sections and keys that are known, and no secrets.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sidelight::settings::{RateSettings, SyncSettings};
use toml::{Table, Value};

use super::sync;
use super::{ConfigError, NAMES, Name};

/// Sections of connections.
const CONNECTIONS: [&str; 2] = ["halo", "hudu"];
/// Section of how records go over.
const SYNC: &str = "sync";
/// Section of the allowances.
const RATES: &str = "rates";

/// The file as it was read.
pub struct File {
    path: PathBuf,
    table: Table,
}

impl File {
    /// Reads and checks the file. A missing one is empty, unless it was named.
    pub fn read(path: &Path, named: bool) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && !named => String::new(),
            Err(error) => return Err(ConfigError::Unreadable(path.to_owned(), error.to_string())),
        };
        // The parser's own message would quote the line, which may hold a secret: only its place is told.
        let table = text.parse::<Table>().map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            ConfigError::Malformed(path.to_owned(), format!("line {line}: {}", error.message()))
        })?;
        let file = Self { path: path.to_owned(), table };
        file.check()?;
        Ok(file)
    }

    fn check(&self) -> Result<(), ConfigError> {
        for (section, value) in &self.table {
            if !CONNECTIONS.contains(&section.as_str()) && section != SYNC && section != RATES {
                let known = format!("[{}], [{SYNC}], [{RATES}]", CONNECTIONS.join("], ["));
                return Err(self.unknown(format!("“{section}”"), known));
            }
            let Value::Table(table) = value else {
                return Err(self.value(section, "it is a section and needs keys"));
            };
            if CONNECTIONS.contains(&section.as_str()) {
                self.check_connection(section, table)?;
            }
        }
        Ok(())
    }

    fn check_connection(&self, section: &str, table: &Table) -> Result<(), ConfigError> {
        for (key, value) in table {
            let here = || NAMES.iter().filter(|name| name.section == section);
            let place = format!("`{key}` under [{section}]");
            let Some(name) = here().find(|name| name.key == key) else {
                let known: Vec<&str> = here().filter(|name| !name.secret).map(|name| name.key).collect();
                return Err(self.unknown(place, known.join(", ")));
            };
            if name.secret {
                return Err(ConfigError::Secret(self.path.clone(), place, name.variable));
            }
            if !value.is_str() {
                return Err(self.value(&place, "it has to be a text in quotation marks"));
            }
        }
        Ok(())
    }

    /// A value of a connection.
    pub fn text(&self, name: &Name) -> Option<String> {
        let value = self.table.get(name.section)?.as_table()?.get(name.key)?;
        value.as_str().map(str::to_owned)
    }

    /// How records go over: the defaults with the section on top.
    pub fn sync(&self) -> Result<SyncSettings, ConfigError> {
        self.over_defaults(SYNC, sync::adapt)
    }

    /// The allowances.
    pub fn rates(&self) -> Result<RateSettings, ConfigError> {
        self.over_defaults(RATES, |_, value, _| Ok(value))
    }

    /// A section on top of the defaults of the type that it fills, key by key. What the type does not
    /// know is refused, so that a typing error is not passed over in silence.
    fn over_defaults<T>(&self, section: &str, adapt: sync::Adapt) -> Result<T, ConfigError>
    where
        T: Default + serde::Serialize + DeserializeOwned,
    {
        let mut whole = json(&T::default());
        for (key, value) in self.table.get(section).and_then(Value::as_table).into_iter().flatten() {
            let place = format!("`{key}` under [{section}]");
            let Some(usual) = whole.get(key).cloned() else {
                let known: Vec<&str> = whole.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
                return Err(self.unknown(place, known.join(", ")));
            };
            whole[key] = adapt(key, json(value), usual).map_err(|why| self.value(&place, &why))?;
            // Tried at once, so that the sentence can name the key.
            serde_json::from_value::<T>(whole.clone()).map_err(|error| self.value(&place, &error.to_string()))?;
        }
        serde_json::from_value(whole).map_err(|error| self.value(section, &error.to_string()))
    }

    fn unknown(&self, name: String, known: String) -> ConfigError {
        ConfigError::Unknown(self.path.clone(), name, known)
    }

    fn value(&self, name: &str, why: &str) -> ConfigError {
        ConfigError::Value(self.path.clone(), name.to_owned(), why.to_owned())
    }
}

/// Any of these values as JSON; they have no form that JSON lacks.
fn json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
