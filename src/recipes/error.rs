//! Why a recipe could not be planned, carried out or taken back.

use crate::halo::records::RecordsError;
use crate::http::ApiError;
use crate::platform::StoreError;
use crate::schema::Miss;
use crate::sync::error::SyncError;
use crate::t;
use crate::trouble::{Explain, Retry, Trouble};

/// A recipe could not be planned, carried out or taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// The arguments do not fit.
    #[error(transparent)]
    Arguments(#[from] Miss),
    /// A request failed.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// This device's own data failed, or a plan or a run is none any more.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// It lies outside of the one client that this agent is limited to.
    #[error("outside of client {0}")]
    Outside(i64),
    /// The server took nothing: why.
    #[error("not stored: {}", .0.code)]
    NotStored(Trouble),
    /// No such recipe.
    #[error("no recipe {0}")]
    Unknown(String),
}

impl RecipeError {
    /// An argument cannot be taken.
    pub fn argument(path: impl Into<String>, why: impl Into<String>) -> Self {
        RecipeError::Arguments(Miss { path: path.into(), why: why.into() })
    }

    /// The request that failed, where one did.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            RecipeError::Records(RecordsError::Api(error)) | RecipeError::Sync(SyncError::Api(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether it stands in the way of every write, so that the next need not be tried.
    pub fn stops(&self) -> bool {
        match self {
            RecipeError::Sync(SyncError::Store(_)) => true,
            _ => self.api().is_some_and(|error| !error.is_of_this() && !error.maybe_done()),
        }
    }
}

impl From<ApiError> for RecipeError {
    fn from(error: ApiError) -> Self {
        RecipeError::Records(error.into())
    }
}

impl From<StoreError> for RecipeError {
    fn from(error: StoreError) -> Self {
        RecipeError::Sync(error.into())
    }
}

impl Explain for RecipeError {
    fn code(&self) -> &'static str {
        match self {
            RecipeError::Arguments(_) => "recipes.arguments",
            RecipeError::Records(error) => error.code(),
            RecipeError::Sync(error) => error.code(),
            RecipeError::Outside(_) => "recipes.outside",
            RecipeError::NotStored(_) => "recipes.not_stored",
            RecipeError::Unknown(_) => "recipes.unknown",
        }
    }

    fn retry(&self) -> Retry {
        match self {
            RecipeError::Records(error) => error.retry(),
            RecipeError::Sync(error) => error.retry(),
            RecipeError::NotStored(trouble) => trouble.retry,
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            RecipeError::Arguments(miss) => format!("{miss}."),
            RecipeError::Records(error) => error.sentence(),
            RecipeError::Sync(error) => error.sentence(),
            RecipeError::NotStored(trouble) => trouble.sentence.clone(),
            RecipeError::Outside(client) => {
                t!("Only records of client {client} may be read and changed here, and this is none of them.", client)
            }
            RecipeError::Unknown(name) => {
                let known: Vec<&str> = super::ALL.iter().map(|recipe| recipe.name).collect();
                t!("No recipe is called “{name}”. There are: {known}.", name, known = known.join(", "))
            }
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            RecipeError::Records(error) => error.until(),
            RecipeError::Sync(error) => error.until(),
            RecipeError::NotStored(trouble) => trouble.until,
            _ => None,
        }
    }
}
