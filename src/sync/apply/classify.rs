//! Whose failure it is: one record's, the connection's, or the moment's.

use crate::http::ApiError;
use crate::sync::error::SyncError;

/// Whose failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// This record's: the others go on.
    Record,
    /// May pass by itself, and may be this record's only.
    Passing,
    /// May pass by itself, and strikes everything until then.
    Waiting,
    /// Stands in the way of everything until somebody acts.
    Connection,
}

pub(super) fn class(error: &SyncError) -> Class {
    match error {
        SyncError::Api(error) => match error {
            ApiError::Rejected { .. }
            | ApiError::NotFound { .. }
            | ApiError::Forbidden { .. }
            | ApiError::NoPasswordAccess => Class::Record,
            ApiError::Interrupted { .. } | ApiError::ServerFault { .. } | ApiError::Unreadable { .. } => Class::Passing,
            ApiError::RateLimited { .. } | ApiError::Unreachable { .. } => Class::Waiting,
            _ => Class::Connection,
        },
        SyncError::Lost(_) => Class::Passing,
        _ => Class::Record,
    }
}
