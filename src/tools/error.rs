//! Why a tool could not do its work.

use crate::halo::records::RecordsError;
use crate::http::ApiError;
use crate::platform::StoreError;
use crate::recipes::RecipeError;
use crate::schema::Miss;
use crate::sync::error::SyncError;
use crate::t;
use crate::trouble::{Explain, Retry, Trouble};

/// A tool could not do its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToolError {
    /// The arguments do not fit its schema.
    #[error(transparent)]
    Arguments(#[from] Miss),
    /// The generic mechanism says why.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// Planning or applying failed.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// A recipe says why.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// None of the records could be stored: why the first could not.
    #[error("not stored: {}", .0.code)]
    NotStored(Trouble),
    /// It lies outside of the one client that this agent is limited to.
    #[error("outside of client {0}")]
    Outside(i64),
    /// It answers a secret, and nobody allowed that.
    #[error("secrets are not allowed")]
    Secret,
}

impl ToolError {
    /// An argument cannot be taken.
    pub fn argument(path: impl Into<String>, why: impl Into<String>) -> Self {
        ToolError::Arguments(Miss { path: path.into(), why: why.into() })
    }
}

impl From<ApiError> for ToolError {
    fn from(error: ApiError) -> Self {
        ToolError::Records(error.into())
    }
}

impl From<StoreError> for ToolError {
    fn from(error: StoreError) -> Self {
        ToolError::Sync(error.into())
    }
}

impl Explain for ToolError {
    fn code(&self) -> &'static str {
        match self {
            ToolError::Arguments(_) => "tools.arguments",
            ToolError::Records(error) => error.code(),
            ToolError::Sync(error) => error.code(),
            ToolError::Recipe(error) => error.code(),
            ToolError::NotStored(_) => "tools.not_stored",
            ToolError::Outside(_) => "tools.outside",
            ToolError::Secret => "tools.secret",
        }
    }

    fn retry(&self) -> Retry {
        match self {
            ToolError::Records(error) => error.retry(),
            ToolError::Sync(error) => error.retry(),
            ToolError::Recipe(error) => error.retry(),
            ToolError::NotStored(trouble) => trouble.retry,
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            ToolError::Arguments(miss) => format!("{miss}."),
            ToolError::Records(error) => error.sentence(),
            ToolError::Sync(error) => error.sentence(),
            ToolError::Recipe(error) => error.sentence(),
            ToolError::NotStored(trouble) => trouble.sentence.clone(),
            ToolError::Outside(client) => {
                t!("Only records of client {client} may be read and changed here, and this is none of them.", client)
            }
            ToolError::Secret => {
                t!("Secrets are not given out here. Whoever started this may allow it with --allow-secrets.")
            }
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            ToolError::Records(error) => error.until(),
            ToolError::Sync(error) => error.until(),
            ToolError::Recipe(error) => error.until(),
            ToolError::NotStored(trouble) => trouble.until,
            _ => None,
        }
    }
}
