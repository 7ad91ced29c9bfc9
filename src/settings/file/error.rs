//! What can be wrong with a settings file.

use crate::http::address::AddressError;
use crate::t;
use crate::trouble::{Explain, Retry};

/// The settings file cannot be used; each sentence says what to do. Lines count from 1. No text of the
/// file but names stands in an error, because it may hold a secret by mistake.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not TOML: line, reason.
    #[error("line {0}: {1}")]
    Malformed(usize, String),
    /// A section or key that is not known: line, name as it stands, names that are.
    #[error("line {0}: {1} is not known")]
    Unknown(usize, String, String),
    /// A value of the wrong kind: line, name, reason.
    #[error("line {0}: {1}: {2}")]
    Value(usize, String, String),
    /// A secret stands in the file: line, name.
    #[error("line {0}: {1} is a secret")]
    Secret(usize, String),
    /// An address is none: line.
    #[error("line {0}: {1}")]
    Address(usize, #[source] AddressError),
    /// A newer version wrote it.
    #[error("version {0} is newer than this Sidelight")]
    Newer(u32),
}

impl Explain for FileError {
    fn code(&self) -> &'static str {
        match self {
            FileError::Malformed(..) => "settings_file.malformed",
            FileError::Unknown(..) => "settings_file.unknown",
            FileError::Value(..) => "settings_file.value",
            FileError::Secret(..) => "settings_file.secret",
            FileError::Address(..) => "settings_file.address",
            FileError::Newer(_) => "settings_file.newer",
        }
    }

    fn retry(&self) -> Retry {
        Retry::UserMustAct
    }

    fn sentence(&self) -> String {
        match self {
            FileError::Malformed(line, why) => {
                t!("The settings file is not valid TOML in line {line}: {why}.", line, why)
            }
            FileError::Unknown(line, name, known) => {
                t!(
                    "The settings file has {name} in line {line}, which Sidelight does not know. Known here: {known}.",
                    name,
                    line,
                    known
                )
            }
            FileError::Value(line, name, why) => {
                t!(
                    "The settings file has a value for {name} in line {line} that cannot be used: {why}.",
                    name,
                    line,
                    why
                )
            }
            FileError::Secret(line, name) => t!(
                "The settings file holds a secret ({name}, line {line}). Secrets never stand in this file: delete the line, and make a new secret, because whoever could read the file may know it.",
                name,
                line
            ),
            FileError::Address(line, error) => {
                t!("The settings file, line {line}: {sentence}", line, sentence = error.sentence())
            }
            FileError::Newer(version) => t!(
                "The settings file was written by a newer Sidelight (its version is {version}). Update Sidelight and read it again.",
                version
            ),
        }
    }
}
