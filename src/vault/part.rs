//! Which part of a password, and what for.

use crate::json::{Json, Shape};

/// Part of a password record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum SecretPart {
    /// The password.
    Password,
    /// The one-time code of this moment.
    OneTimeCode,
}

/// What a secret is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json, Shape)]
pub enum SecretUse {
    /// To be shown for a while.
    Shown,
    /// To be copied; it is not shown.
    Copied,
}
