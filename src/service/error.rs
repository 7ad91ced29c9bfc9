//! What can go wrong while a message is answered.

use crate::call::CallError;
use crate::http::ApiError;
use crate::http::address::AddressError;
use crate::platform::StoreError;
use crate::settings::file::FileError;
use crate::sync::error::SyncError;
use crate::t;
use crate::trouble::{Explain, Retry};
use crate::vault::VaultError;
use crate::words::say;

/// A message could not be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// A request failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// This device's own data failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Planning, applying or undoing failed.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// What was typed is no address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A one-time code could not be made.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A field that has to be filled in is empty: its label.
    #[error("{0} is empty")]
    Missing(&'static str),
    /// A settings file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// A recipe or a tool says why.
    #[error(transparent)]
    Call(#[from] CallError),
    /// Something large is under way: what, and what to do.
    #[error("busy: {0}")]
    Busy(&'static str),
    /// A picture cannot be shown: why.
    #[error("picture: {0}")]
    Picture(&'static str),
    /// The sender may not send this message.
    #[error("not allowed")]
    NotAllowed,
}

impl ServiceError {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            ServiceError::Api(error) => Some(error),
            ServiceError::Store(error) => Some(error),
            ServiceError::Sync(error) => Some(error),
            ServiceError::Address(error) => Some(error),
            ServiceError::Vault(error) => Some(error),
            ServiceError::File(error) => Some(error),
            ServiceError::Call(error) => Some(error),
            ServiceError::Missing(_) | ServiceError::Busy(_) | ServiceError::Picture(_) | ServiceError::NotAllowed => {
                None
            }
        }
    }
}

impl Explain for ServiceError {
    fn code(&self) -> &'static str {
        match self {
            ServiceError::Missing(_) => "settings.missing",
            ServiceError::Busy(_) => "service.busy",
            ServiceError::Picture(_) => "picture.not_shown",
            ServiceError::NotAllowed => "protocol.not_allowed",
            other => other.inner().map_or("service.unknown", |error| error.code()),
        }
    }

    fn retry(&self) -> Retry {
        match self {
            ServiceError::NotAllowed => Retry::Defect,
            other => other.inner().map_or(Retry::UserMustAct, |error| error.retry()),
        }
    }

    fn sentence(&self) -> String {
        match self {
            ServiceError::Busy(what) | ServiceError::Picture(what) => say(what),
            ServiceError::Missing(label) => t!("Fill in “{label}”.", label = say(label)),
            ServiceError::NotAllowed => {
                t!("This page may not ask for that. Open it again from the toolbar button.")
            }
            other => other.inner().map(|error| error.sentence()).unwrap_or_default(),
        }
    }

    fn until(&self) -> Option<i64> {
        self.inner().and_then(|error| error.until())
    }
}
