//! What can go wrong between a plan and its end.

use crate::http::ApiError;
use crate::platform::StoreError;
use crate::t;
use crate::trouble::{Explain, Retry, Trouble};

/// The code of [`SyncError::Stale`].
pub const STALE: &str = "sync.stale";

/// Planning, applying or undoing failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyncError {
    /// A request failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// This device's own data failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record moved since the plan was shown.
    #[error("{0} changed since the plan was made")]
    Stale(String),
    /// No such plan is kept.
    #[error("no such plan")]
    NoPlan,
    /// No such run is kept.
    #[error("no such run")]
    NoRun,
    /// The plan has nothing to write, or waits for a decision.
    #[error("plan not ready")]
    NotReady,
    /// The plan changes far more than usual, and nobody said that this is meant: why.
    #[error("not confirmed: {0}")]
    NotConfirmed(String),
    /// The run has no item of this id.
    #[error("no item {0}")]
    NoItem(String),
    /// The run was undone already, or wrote nothing.
    #[error("nothing to undo")]
    NothingToUndo,
    /// This kind of record is not synced (a ticket), or the article did not come from Hudu.
    #[error("not synced: {0}")]
    NotSynced(String),
    /// A part of Hudu could not be read, so that nothing can be said about what is in it.
    #[error("unread: {}", .0.code)]
    Unread(Trouble),
    /// The server said yes and kept nothing: name of the record, and the fields.
    #[error("{1} of {0} not kept")]
    NotKept(String, String),
    /// The user stopped it while both sides were read.
    #[error("stopped")]
    Stopped,
    /// A side that had records answers none now, which is taken for a fault: what, and what to look at.
    #[error("vanished: {0}")]
    Vanished(String),
    /// The write was sent and cannot be found again.
    #[error("the write of {0} was refused or lost")]
    Lost(String),
}

impl Explain for SyncError {
    fn code(&self) -> &'static str {
        match self {
            SyncError::Api(error) => error.code(),
            SyncError::Store(error) => error.code(),
            SyncError::Stale(_) => STALE,
            SyncError::NoPlan => "sync.no_plan",
            SyncError::NoRun => "sync.no_run",
            SyncError::NotReady => "sync.not_ready",
            SyncError::NotConfirmed(_) => "sync.not_confirmed",
            SyncError::NoItem(_) => "sync.no_item",
            SyncError::NothingToUndo => "sync.nothing_to_undo",
            SyncError::NotSynced(_) => "sync.not_synced",
            SyncError::Unread(_) => "sync.unread",
            SyncError::NotKept(..) => "sync.not_kept",
            SyncError::Stopped => "sync.stopped",
            SyncError::Vanished(_) => "sync.vanished",
            SyncError::Lost(_) => "sync.lost",
        }
    }

    fn retry(&self) -> Retry {
        match self {
            SyncError::Api(error) => error.retry(),
            SyncError::Store(error) => error.retry(),
            SyncError::Lost(_) => Retry::Later,
            SyncError::Unread(trouble) => trouble.retry,
            _ => Retry::UserMustAct,
        }
    }

    fn sentence(&self) -> String {
        match self {
            SyncError::Api(error) => error.sentence(),
            SyncError::Store(error) => error.sentence(),
            SyncError::Stale(title) => {
                t!(
                    "{title} was changed by someone since this plan was shown, so nothing more was written. Look at the new plan.",
                    title
                )
            }
            SyncError::NoPlan => t!("This plan is no longer kept. Plan again."),
            SyncError::NoRun => t!("This run is not known on this device."),
            SyncError::NotReady => t!("There is nothing to write, or something has to be chosen first."),
            SyncError::NotConfirmed(why) => {
                t!("{why} Nothing was written. Look through the plan, then confirm it.", why)
            }
            SyncError::NoItem(item) => t!("The run has no item “{item}”, so nothing was taken back.", item),
            SyncError::NothingToUndo => t!("There is nothing left of this run to undo."),
            SyncError::NotSynced(what) | SyncError::Vanished(what) => what.clone(),
            SyncError::Stopped => t!("Reading was stopped. Nothing was written."),
            SyncError::Unread(trouble) => trouble.sentence.clone(),
            SyncError::NotKept(title, fields) => {
                t!(
                    "The server accepted the write to {title} but kept nothing of it ({fields}). Look at the record there: a rule or a permission may forbid the change.",
                    title,
                    fields
                )
            }
            SyncError::Lost(title) => {
                t!(
                    "The connection broke while {title} was written, and whether it arrived could not be found out. Sidelight tries again.",
                    title
                )
            }
        }
    }

    fn until(&self) -> Option<i64> {
        match self {
            SyncError::Api(error) => error.until(),
            _ => None,
        }
    }
}
