//! What can be wrong with the configuration.

use std::path::{Path, PathBuf};

use sidelight::http::address::AddressError;
use sidelight::settings::file::FileError;
use sidelight::trouble::Explain;

use super::NAMES;

/// The configuration cannot be used; each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("The configuration {0} could not be read ({1}).")]
    Unreadable(PathBuf, String),
    /// What stands in the file cannot be used.
    #[error("{} ({})", .1.sentence(), .0.display())]
    File(PathBuf, FileError),
    /// A secret stands in the file: file, name, variable.
    #[error(
        "The configuration {0} holds a secret ({1}). Secrets are taken from the environment only: delete the line and set {2}. Whoever could read the file may know the secret, so make a new one."
    )]
    Secret(PathBuf, String, &'static str),
    /// An address is none.
    #[error("{}", .0.sentence())]
    Address(#[from] AddressError),
    /// A connection is not complete.
    #[error("{0}")]
    Incomplete(String),
    /// `init` writes over nothing.
    #[error("{} is there already and was left as it is. Name another file with --config, or delete it first.", .0.display())]
    Exists(PathBuf),
    /// The file could not be written.
    #[error("The configuration {0} could not be written ({1}).")]
    Unwritten(PathBuf, String),
    /// There is no folder of the user's own.
    #[error(
        "Neither HOME nor XDG_CONFIG_HOME and XDG_DATA_HOME are set. Name the places with --config and --state-dir."
    )]
    NoHome,
}

impl ConfigError {
    /// What stands in the file cannot be used; for a secret it is told where it belongs.
    pub fn file(path: &Path, error: FileError) -> Self {
        if let FileError::Secret(_, place) = &error
            && let Some(name) = NAMES.iter().find(|name| *place == format!("`{}` under [{}]", name.key, name.section))
        {
            return ConfigError::Secret(path.to_owned(), place.clone(), name.variable);
        }
        ConfigError::File(path.to_owned(), error)
    }

    /// Stable code, `area.reason`.
    pub fn code(&self) -> &'static str {
        match self {
            ConfigError::Unreadable(..) => "config.unreadable",
            ConfigError::File(_, error) => error.code(),
            ConfigError::Secret(..) => "config.secret",
            ConfigError::Address(error) => error.code(),
            ConfigError::Incomplete(_) => "config.incomplete",
            ConfigError::Exists(_) => "config.exists",
            ConfigError::Unwritten(..) => "config.unwritten",
            ConfigError::NoHome => "config.no_home",
        }
    }
}
