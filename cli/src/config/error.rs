//! What can be wrong with the configuration.

use std::path::PathBuf;

use sidelight::http::address::AddressError;
use sidelight::trouble::Explain;

/// The configuration cannot be used; each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("The configuration {0} could not be read ({1}).")]
    Unreadable(PathBuf, String),
    /// The file is not TOML.
    #[error("The configuration {0} is not valid TOML: {1}")]
    Malformed(PathBuf, String),
    /// A section or key that is not known: file, name as it stands, names that are.
    #[error("The configuration {0} has {1}, which Sidelight does not know. Known here: {2}.")]
    Unknown(PathBuf, String, String),
    /// A value of the wrong kind: file, name, reason.
    #[error("The configuration {0} has a value for {1} that cannot be used: {2}.")]
    Value(PathBuf, String, String),
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
    /// There is no folder of the user's own.
    #[error("Neither HOME nor XDG_CONFIG_HOME and XDG_DATA_HOME are set. Name the places with --config and --data.")]
    NoHome,
}

impl ConfigError {
    /// Stable code, `area.reason`.
    pub fn code(&self) -> &'static str {
        match self {
            ConfigError::Unreadable(..) => "config.unreadable",
            ConfigError::Malformed(..) => "config.malformed",
            ConfigError::Unknown(..) => "config.unknown",
            ConfigError::Value(..) => "config.value",
            ConfigError::Secret(..) => "config.secret",
            ConfigError::Address(error) => error.code(),
            ConfigError::Incomplete(_) => "config.incomplete",
            ConfigError::NoHome => "config.no_home",
        }
    }
}
