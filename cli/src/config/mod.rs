//! Which instances, and what the user chose: from the file, with the environment on top.

mod error;
mod names;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use error::ConfigError;
pub use names::{NAMES, Name};

use names::{HALO_SECRET, HUDU_API_KEY};
use sidelight::halo::connection::HaloSignIn;
use sidelight::http::{Product, address};
use sidelight::settings::Settings;
use sidelight::settings::file::File;

/// Name of the configuration file: in the current folder, or in the user's own configuration.
pub const FILE: &str = "sidelight.toml";

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

/// The two instances, by their origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// HaloITSM.
    pub halo: &'a str,
    /// Hudu.
    pub hudu: &'a str,
}

impl Pair<'_> {
    /// The name of the pair: data of one is not shown to another.
    pub fn name(self) -> String {
        format!("{} {}", self.halo, self.hudu)
    }
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
    /// places are looked at, where there need not be one.
    pub fn read(named: Option<&Path>, environment: Environment<'_>) -> Result<Self, ConfigError> {
        let place = match named {
            Some(path) => path.to_owned(),
            None if Path::new(FILE).is_file() => PathBuf::from(FILE),
            None => folder(environment, "XDG_CONFIG_HOME", ".config")?.join(FILE),
        };
        let wrong = |error| ConfigError::file(&place, error);
        let mut file = File::parse(&text(&place, named.is_some())?).map_err(wrong)?;
        let typed = |name: &Name| environment(name.variable).map(|text| text.trim().to_owned());
        for name in NAMES.iter().filter(|name| !name.secret) {
            if let Some(value) = typed(name).filter(|value| !value.is_empty()) {
                if name.address {
                    address::origin(name.product(), &value)?;
                }
                file.set(name.section, name.key, &value);
            }
        }
        let has = |name: &Name| match name.secret {
            true => typed(name).is_some_and(|value| !value.is_empty()),
            false => file.text(name.section, name.key).is_some(),
        };
        let missing: Vec<&'static Name> = NAMES.iter().filter(|name| name.required && !has(name)).collect();
        let mut settings = file.settings(&Settings::default()).map_err(wrong)?;
        if let Some(halo) = &mut settings.connections.halo {
            // There is no window here in which a person could sign in.
            halo.sign_in = HaloSignIn::ClientSecret;
        }
        let secret = |name: &Name| typed(name).filter(|value| !value.is_empty()).map(Secret);
        let (halo_secret, hudu_key) = (secret(&HALO_SECRET), secret(&HUDU_API_KEY));
        Ok(Self { settings, halo_secret, hudu_key, file: place, missing })
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

    /// The two instances; a side that is not set up is empty.
    pub fn pair(&self) -> Pair<'_> {
        let connections = &self.settings.connections;
        let halo = connections.halo.as_ref().map(|halo| halo.origin.as_str());
        let hudu = connections.hudu.as_ref().map(|hudu| hudu.origin.as_str());
        Pair { halo: halo.unwrap_or_default(), hudu: hudu.unwrap_or_default() }
    }
}

/// The text of the file. A missing one is empty, unless it was named.
fn text(path: &Path, named: bool) -> Result<String, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound && !named => Ok(String::new()),
        Err(error) => Err(ConfigError::Unreadable(path.to_owned(), error.to_string())),
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
