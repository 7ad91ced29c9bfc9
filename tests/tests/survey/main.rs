//! Reading both sides whole, in virtual time: requests, details, guards.

#![allow(clippy::unwrap_used)]

mod guards;
mod reading;
mod support;
