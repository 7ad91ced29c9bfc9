//! All settings as one TOML file, the same for the extension and the command line. Holds no secret.
//!
//! What a file does not name stays as it was, so half a file loses nothing. What Sidelight does not know
//! is refused with its line, so that a typing error is not passed over in silence.

mod error;
mod sections;
mod toml;
mod write;

pub use error::FileError;
pub use write::write;

use crate::halo::connection::{HaloConnection, HaloSignIn};
use crate::http::{Product, address};
use crate::hudu::connection::HuduConnection;
use crate::json::{Json, Value, Wrong};
use crate::settings::{Connections, Settings, VERSION};
use sections::{ALL, HALO, HUDU, LOCK, RATES, RECIPES, SCHEDULE, SECRETS, SIDEBAR, SYNC, Section, TICKETS};
use toml::{Held, Node, Table};

/// Reads a file over the defaults.
pub fn read(text: &str) -> Result<Settings, FileError> {
    File::parse(text)?.settings(&Settings::default())
}

/// A file whose sections and keys are known.
#[derive(Clone, Debug)]
pub struct File(Table);

impl File {
    /// Reads the text.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        let table = toml::read(text).map_err(|broken| FileError::Malformed(broken.line, broken.why.to_owned()))?;
        for (name, node) in &table.rows {
            if name == "version" {
                check_version(node)?;
                continue;
            }
            let Some(section) = ALL.into_iter().find(|section| section.name == name) else {
                let known: Vec<String> = ALL.iter().map(|section| format!("[{}]", section.name)).collect();
                return Err(FileError::Unknown(node.line, format!("“{name}”"), known.join(", ")));
            };
            let Held::Table(table) = &node.held else {
                let why = "it is a section and needs keys".to_owned();
                return Err(FileError::Value(node.line, format!("“{name}”"), why));
            };
            check_keys(section, table)?;
        }
        Ok(Self(table))
    }

    /// A value of a connection: section `halo` or `hudu`, and its key. Empty ones count as missing.
    pub fn text(&self, section: &str, key: &str) -> Option<&str> {
        Some(self.node(section, key)?.1).filter(|text| !text.is_empty())
    }

    /// Puts a value of a connection on top of the file, as the environment does.
    pub fn set(&mut self, section: &str, key: &str, text: &str) {
        let node = || Node { line: 0, held: Held::Table(Table::default()) };
        if self.0.get(section).is_none() {
            self.0.rows.push((section.to_owned(), node()));
        }
        let held = self.0.rows.iter_mut().find(|(name, _)| name == section).map(|(_, node)| &mut node.held);
        if let Some(Held::Table(table)) = held {
            table.rows.retain(|(own, _)| own != key);
            table.rows.push((key.to_owned(), Node { line: 0, held: Held::One(Value::from(text)) }));
        }
    }

    /// The settings with the file on top. A connection that lacks something stays as it was.
    pub fn settings(&self, over: &Settings) -> Result<Settings, FileError> {
        Ok(Settings {
            version: VERSION,
            connections: Connections {
                halo: self.halo(over.connections.halo.as_ref())?,
                hudu: self.hudu(over.connections.hudu.as_ref())?,
            },
            frame: self.section(&SIDEBAR, &over.frame)?,
            lock: self.section(&LOCK, &over.lock)?,
            sync: self.section(&SYNC, &over.sync)?,
            schedule: self.section(&SCHEDULE, &over.schedule)?,
            tickets: self.section(&TICKETS, &over.tickets)?,
            recipes: self.section(&RECIPES, &over.recipes)?,
            rates: self.section(&RATES, &over.rates)?,
            managed: over.managed.clone(),
        })
    }

    /// The file without the addresses of servers and who signs in there.
    pub fn without_connections(mut self) -> Self {
        self.0.rows.retain(|(name, _)| name != HALO.name && name != HUDU.name);
        self
    }

    /// The keys that it names: `sync.sites_layout`.
    pub fn keys(&self) -> Vec<String> {
        let sections = self.0.rows.iter().filter_map(|(name, node)| match &node.held {
            Held::Table(table) => Some((name, table)),
            _ => None,
        });
        sections.flat_map(|(name, table)| table.rows.iter().map(move |(key, _)| format!("{name}.{key}"))).collect()
    }

    fn node(&self, section: &str, key: &str) -> Option<(usize, &str)> {
        let Held::Table(table) = &self.0.get(section)?.held else { return None };
        let node = table.get(key)?;
        match &node.held {
            Held::One(Value::String(text)) => Some((node.line, text.trim())),
            _ => None,
        }
    }

    /// The origin that a key names.
    fn origin(&self, product: Product, section: &str, key: &str) -> Result<Option<String>, FileError> {
        let Some((line, typed)) = self.node(section, key).filter(|(_, typed)| !typed.is_empty()) else {
            return Ok(None);
        };
        address::origin(product, typed).map(Some).map_err(|error| FileError::Address(line, error))
    }

    fn halo(&self, over: Option<&HaloConnection>) -> Result<Option<HaloConnection>, FileError> {
        let origin = self.origin(Product::Halo, HALO.name, "resource_server")?.or(over.map(|over| over.origin.clone()));
        let Some(origin) = origin else { return Ok(over.cloned()) };
        // Only a server that is named here must be one; the connection keeps what was typed.
        self.origin(Product::Halo, HALO.name, "auth_server")?;
        let over = over.filter(|over| over.origin == origin);
        let text = |key| self.text(HALO.name, key).map(str::to_owned);
        let Some(client_id) = text("client_id").or(over.map(|over| over.client_id.clone())) else {
            return Ok(over.cloned());
        };
        let sign_in = match self.node(HALO.name, "sign_in") {
            Some((line, word)) => HaloSignIn::from_json(Value::from(word)).map_err(|_| {
                FileError::Value(line, "`sign_in` under [halo]".to_owned(), "it is client_secret or person".to_owned())
            })?,
            None => over.map_or(HaloSignIn::ClientSecret, |over| over.sign_in),
        };
        Ok(Some(HaloConnection {
            origin,
            auth_server: text("auth_server").or(over.and_then(|over| over.auth_server.clone())),
            tenant: text("tenant").or(over.and_then(|over| over.tenant.clone())),
            client_id,
            sign_in,
        }))
    }

    fn hudu(&self, over: Option<&HuduConnection>) -> Result<Option<HuduConnection>, FileError> {
        let origin = self.origin(Product::Hudu, HUDU.name, "url")?;
        Ok(origin.map(|origin| HuduConnection { origin }).or(over.cloned()))
    }

    fn section<T: Json>(&self, section: &Section, over: &T) -> Result<T, FileError> {
        let whole = self.laid_over(section, over.to_json(), &|value| Ok(T::from_json(value)?.to_json()))?;
        T::from_json(whole).map_err(|wrong| FileError::Value(0, format!("[{}]", section.name), wrong.to_string()))
    }

    /// A section on top of what it fills, key by key, each tried at once so that it can be named.
    fn laid_over(
        &self,
        section: &Section,
        mut whole: Value,
        check: &dyn Fn(Value) -> Result<Value, Wrong>,
    ) -> Result<Value, FileError> {
        let Some(Node { held: Held::Table(table), .. }) = self.0.get(section.name) else { return Ok(whole) };
        for (key, node) in &table.rows {
            let place = || format!("`{key}` under [{}]", section.name);
            let usual = whole.get(key).cloned().unwrap_or_default();
            let (value, by_kind) = match key.as_str() {
                "keys" => (keys(node, usual)?, true),
                "policies" => (policies(node)?, true),
                _ => (node.json(), false),
            };
            whole[key.as_str()] = value;
            whole = check(whole).map_err(|wrong| FileError::Value(node.line, place(), wrong.to_string()))?;
            if let Some((line, name, known)) = whole.get(key).filter(|_| !by_kind).and_then(|v| strange(node, v)) {
                return Err(FileError::Unknown(line, format!("`{name}` in {}", place()), known));
            }
        }
        Ok(whole)
    }
}

fn check_version(node: &Node) -> Result<(), FileError> {
    let version = node.json().as_u64().and_then(|version| u32::try_from(version).ok());
    match version {
        Some(version) if version > VERSION => Err(FileError::Newer(version)),
        Some(_) => Ok(()),
        None => Err(FileError::Value(node.line, "`version`".to_owned(), "it is a number".to_owned())),
    }
}

fn check_keys(section: &Section, table: &Table) -> Result<(), FileError> {
    for (key, node) in &table.rows {
        let place = || format!("`{key}` under [{}]", section.name);
        if SECRETS.contains(&(section.name, key.as_str())) {
            return Err(FileError::Secret(node.line, place()));
        }
        if !section.keys.iter().any(|(known, _)| known == key) {
            let known: Vec<&str> = section.keys.iter().map(|(known, _)| *known).collect();
            return Err(FileError::Unknown(node.line, place(), known.join(", ")));
        }
        let connection = [HALO.name, HUDU.name].contains(&section.name);
        if connection && !matches!(node.held, Held::One(Value::String(_))) {
            return Err(FileError::Value(node.line, place(), "it has to be a text in quotation marks".to_owned()));
        }
    }
    Ok(())
}

/// A member of the file that the settings did not take up: its line, its name, and those that they know.
fn strange(node: &Node, taken: &Value) -> Option<(usize, String, String)> {
    match &node.held {
        Held::One(_) => None,
        Held::List(items) => items.iter().zip(taken.as_array()?).find_map(|(item, taken)| strange(item, taken)),
        Held::Table(table) => table.rows.iter().find_map(|(key, node)| match taken.get(key) {
            Some(taken) => strange(node, taken),
            None => {
                let known: Vec<&str> = taken.as_object()?.keys().map(String::as_str).collect();
                Some((node.line, key.clone(), known.join(", ")))
            }
        }),
    }
}

/// `[sync.keys]` with `asset = ["serial"]` stands for the pair `["asset", ["serial"]]`, on top of the
/// pairs there are.
fn keys(node: &Node, usual: Value) -> Result<Value, FileError> {
    let Held::Table(kinds) = &node.held else { return Ok(node.json()) };
    let mut pairs = usual.as_array().cloned().unwrap_or_default();
    for (kind, keys) in &kinds.rows {
        let pair = Value::Array(vec![Value::from(kind.as_str()), keys.json()]);
        match pairs.iter_mut().find(|pair| pair.get(0).and_then(Value::as_str) == Some(kind)) {
            Some(old) => *old = pair,
            None => pairs.push(pair),
        }
    }
    Ok(Value::Array(pairs))
}

/// `[sync.policies.client]` with `phone_number = "never"` stands for `["client", "phone_number", "never"]`.
fn policies(node: &Node) -> Result<Value, FileError> {
    let Held::Table(kinds) = &node.held else { return Ok(node.json()) };
    let mut rows = Vec::new();
    for (kind, node) in &kinds.rows {
        let Held::Table(places) = &node.held else {
            let why = "each place has a line of its own under it".to_owned();
            return Err(FileError::Value(node.line, format!("[sync.policies.{kind}]"), why));
        };
        let row = |(place, policy): &(String, Node)| {
            Value::Array(vec![Value::from(kind.as_str()), Value::from(place.as_str()), policy.json()])
        };
        rows.extend(places.rows.iter().map(row));
    }
    Ok(Value::Array(rows))
}
