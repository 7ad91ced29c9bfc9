//! Why what is called by its name, a recipe or a tool, could not be done.

use crate::halo::records::RecordsError;
use crate::http::ApiError;
use crate::json::{Json, Map, Value};
use crate::platform::StoreError;
use crate::schema::Miss;
use crate::sync::error::SyncError;
use crate::t;
use crate::trouble::{Explain, Retry, Trouble};

/// A recipe or a tool could not do its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The arguments do not fit its schema.
    #[error(transparent)]
    Arguments(#[from] Miss),
    /// The generic mechanism says why.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// This device's own data failed, or a plan or a run could not be made, carried out or found.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// The server took none of the records: why not the first.
    #[error("not stored: {}", .0.code)]
    NotStored(Trouble),
    /// It lies outside of the one client that this agent is limited to.
    #[error("outside of client {0}")]
    Outside(i64),
    /// A run that others began is still open, and this agent is limited to a client.
    #[error("a run is open")]
    LeftOpen,
    /// It answers a secret, and nobody allowed that.
    #[error("secrets are not allowed")]
    Secret,
    /// No recipe has this name.
    #[error("no recipe {name}")]
    NoRecipe {
        /// The name.
        name: String,
        /// Names that there are.
        known: String,
    },
}

impl CallError {
    /// An argument cannot be taken.
    pub fn argument(path: impl Into<String>, why: impl Into<String>) -> Self {
        CallError::Arguments(Miss { path: path.into(), why: why.into() })
    }

    /// The request that failed, where one did.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            CallError::Records(RecordsError::Api(error)) | CallError::Sync(SyncError::Api(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether it stands in the way of every write, so that the next need not be tried.
    pub fn stops(&self) -> bool {
        match self {
            CallError::Sync(SyncError::Store(_)) => true,
            _ => self.api().is_some_and(|error| !error.is_of_this() && !error.maybe_done()),
        }
    }

    /// What explains it, where another boundary does.
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            CallError::Records(error) => Some(error),
            CallError::Sync(error) => Some(error),
            _ => None,
        }
    }
}

/// Arguments as the type that their schema was made from: that they fit was seen.
pub fn typed<T: Json>(given: &Map<String, Value>) -> Result<T, CallError> {
    T::from_json(Value::Object(given.clone())).map_err(|wrong| CallError::argument("", format!("is {wrong}")))
}

impl From<ApiError> for CallError {
    fn from(error: ApiError) -> Self {
        CallError::Records(error.into())
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        CallError::Sync(error.into())
    }
}

impl Explain for CallError {
    fn code(&self) -> &'static str {
        match self {
            CallError::Arguments(_) => "tools.arguments",
            CallError::NotStored(_) => "tools.not_stored",
            CallError::Outside(_) => "tools.outside",
            CallError::LeftOpen => "tools.left_open",
            CallError::Secret => "tools.secret",
            CallError::NoRecipe { .. } => "recipes.unknown",
            CallError::Records(error) => error.code(),
            CallError::Sync(error) => error.code(),
        }
    }

    fn retry(&self) -> Retry {
        match self {
            CallError::NotStored(trouble) => trouble.retry,
            other => other.inner().map_or(Retry::UserMustAct, |error| error.retry()),
        }
    }

    fn sentence(&self) -> String {
        match self {
            CallError::Arguments(miss) => format!("{miss}."),
            CallError::NotStored(trouble) => trouble.sentence.clone(),
            CallError::Outside(client) => {
                t!("Only records of client {client} may be read and changed here, and this is none of them.", client)
            }
            CallError::LeftOpen => {
                t!("A run that was cut off has to be ended first, by somebody who is not limited to one client.")
            }
            CallError::Secret => {
                t!("Secrets are not given out here. Whoever started this may allow it with --allow-secrets.")
            }
            CallError::NoRecipe { name, known } => {
                t!("No recipe is called “{name}”. There are: {known}.", name, known)
            }
            other => other.inner().map(|error| error.sentence()).unwrap_or_default(),
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            CallError::NotStored(trouble) => trouble.until,
            other => other.inner().and_then(|error| error.until()),
        }
    }
}
