//! Why a command could not do its work.

use sidelight::call::CallError;
use sidelight::platform::StoreError;
use sidelight::service::ServiceError;
use sidelight::sync::error::SyncError;
use sidelight::trouble::{Explain, Retry, Trouble};

use crate::config::ConfigError;
use crate::exit::Exit;
use crate::host::{NetworkError, StateError};
use crate::planfile::PlanFileError;

/// A command ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder cannot be used.
    #[error(transparent)]
    State(#[from] StateError),
    /// A plan file cannot be used.
    #[error(transparent)]
    PlanFile(#[from] PlanFileError),
    /// There is no network to be had.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The core says why.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A recipe or a tool says why.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A file or what it holds cannot be used: what and why, as sentences.
    #[error("{0}")]
    File(String),
    /// An earlier run is not at its end, so nothing new is begun: why it waits.
    #[error("an earlier run waits")]
    Waiting(Trouble),
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        Failure::Service(error.into())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Service(error.into())
    }
}

impl Failure {
    /// The exit code that it leads to.
    pub fn exit(&self) -> Exit {
        match self {
            // Earlier steps are done and later ones are left.
            Failure::Waiting(_) => Exit::Part,
            other => Exit::of(other.retry()),
        }
    }
}

impl Explain for Failure {
    fn code(&self) -> &'static str {
        match self {
            Failure::Config(error) => error.code(),
            Failure::State(StateError::Folder(..)) => "state.folder",
            Failure::State(StateError::Newer(_)) => "state.newer",
            Failure::PlanFile(error) => error.code(),
            Failure::Network(_) => "network.unusable",
            Failure::Service(error) => error.code(),
            Failure::Call(error) => error.code(),
            Failure::File(_) => "input.file",
            Failure::Waiting(_) => "sync.run_open",
        }
    }

    fn retry(&self) -> Retry {
        match self {
            Failure::Service(error) => error.retry(),
            Failure::Call(error) => error.retry(),
            Failure::Waiting(trouble) => trouble.retry,
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Failure::Service(error) => error.sentence(),
            Failure::Call(error) => error.sentence(),
            Failure::Waiting(trouble) => {
                format!("An earlier run is not at its end yet, so nothing new was begun. {}", trouble.sentence)
            }
            other => other.to_string(),
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            Failure::Service(error) => error.until(),
            Failure::Call(error) => error.until(),
            Failure::Waiting(trouble) => trouble.until,
            _ => None,
        }
    }
}
