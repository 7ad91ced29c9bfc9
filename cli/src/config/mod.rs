//! Which instances, and what the user chose: from the file, with the environment on top.

mod error;
mod file;
mod names;
mod sync;

use std::fmt;
use std::path::{Path, PathBuf};

pub use error::ConfigError;
pub use names::{NAMES, Name};

use file::File;
use names::{HALO_AUTH_SERVER, HALO_CLIENT_ID, HALO_RESOURCE_SERVER, HALO_SECRET, HALO_TENANT, HUDU_API_KEY, HUDU_URL};
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::{Product, address};
use sidelight::hudu::connection::HuduConnection;
use sidelight::settings::{Connections, Settings};

/// A variable of the environment by name; an empty one counts as missing.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Everything that the file and the environment say.
#[derive(Debug)]
pub struct Config {
    /// Connections and choices, as the core takes them. A connection that lacks something is `None`.
    pub settings: Settings,
    /// Client secret of the Halo application.
    pub halo_secret: Option<Secret>,
    /// API key of Hudu.
    pub hudu_key: Option<Secret>,
    /// The file that was read, or would be.
    pub file: PathBuf,
    missing: Vec<&'static Name>,
}

/// A value that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value, to be sent and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl Config {
    /// Reads the file and the environment. `named` is a file that has to exist; without it the usual
    /// place is looked at, where there need not be one.
    pub fn read(named: Option<&Path>, environment: Environment<'_>) -> Result<Self, ConfigError> {
        let place = match named {
            Some(path) => path.to_owned(),
            None => folder(environment, "XDG_CONFIG_HOME", ".config")?.join("config.toml"),
        };
        let file = File::read(&place, named.is_some())?;
        let value = |name: &Name| {
            let text = environment(name.variable).or_else(|| file.text(name));
            text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let missing: Vec<&'static Name> = NAMES.iter().filter(|name| name.required && value(name).is_none()).collect();
        let mut connections = Connections::default();
        if let (Some(server), Some(client_id)) = (value(&HALO_RESOURCE_SERVER), value(&HALO_CLIENT_ID)) {
            let auth_server = value(&HALO_AUTH_SERVER);
            if let Some(typed) = &auth_server {
                address::origin(Product::Halo, typed)?;
            }
            connections.halo = Some(HaloConnection {
                origin: address::origin(Product::Halo, &server)?,
                auth_server,
                tenant: value(&HALO_TENANT),
                client_id,
                sign_in: HaloSignIn::ClientSecret,
            });
        }
        if let Some(url) = value(&HUDU_URL) {
            connections.hudu = Some(HuduConnection { origin: address::origin(Product::Hudu, &url)? });
        }
        let settings = Settings { connections, sync: file.sync()?, rates: file.rates()?, ..Settings::default() };
        Ok(Self {
            settings,
            halo_secret: value(&HALO_SECRET).map(Secret),
            hudu_key: value(&HUDU_API_KEY).map(Secret),
            file: place,
            missing,
        })
    }

    /// What a side still lacks, in one sentence with the remedy; `None` where it is complete.
    pub fn lacks(&self, product: Product) -> Option<String> {
        let missing: Vec<&Name> = self.missing.iter().copied().filter(|name| name.product() == product).collect();
        if missing.is_empty() {
            return None;
        }
        let words: Vec<String> = missing
            .iter()
            .map(|name| match name.secret {
                true => format!("{} in the environment", name.variable),
                false => {
                    format!("`{}` under [{}] in {} (or {})", name.key, name.section, self.file.display(), name.variable)
                }
            })
            .collect();
        Some(format!("{} is not set up. Still to be set: {}.", product.name(), words.join("; ")))
    }

    /// Fails with what is missing where a side is not complete.
    pub fn complete(&self) -> Result<(), ConfigError> {
        let lacking: Vec<String> =
            [Product::Halo, Product::Hudu].into_iter().filter_map(|product| self.lacks(product)).collect();
        if lacking.is_empty() { Ok(()) } else { Err(ConfigError::Incomplete(lacking.join("\n"))) }
    }

    /// The name of the two instances: data of one pair is not shown to another.
    pub fn pair(&self) -> String {
        let connections = &self.settings.connections;
        let halo = connections.halo.as_ref().map(|halo| halo.origin.as_str());
        let hudu = connections.hudu.as_ref().map(|hudu| hudu.origin.as_str());
        format!("{} {}", halo.unwrap_or_default(), hudu.unwrap_or_default())
    }
}

/// Where this user's data stands, unless it is named.
pub fn data_folder(environment: Environment<'_>) -> Result<PathBuf, ConfigError> {
    folder(environment, "XDG_DATA_HOME", ".local/share")
}

/// The folder `sidelight` in the one that the variable names, or in the usual place below the user's own.
fn folder(environment: Environment<'_>, variable: &str, usual: &str) -> Result<PathBuf, ConfigError> {
    let named = environment(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = match named {
        Some(base) => base,
        None => {
            environment("HOME").map(PathBuf::from).or_else(std::env::home_dir).ok_or(ConfigError::NoHome)?.join(usual)
        }
    };
    Ok(base.join("sidelight"))
}

#[cfg(test)]
mod tests;
