//! What a technician sees and does, in Chromium and in Firefox.
//!
//! Run by `cargo xtask test --browser`, which builds the extension first.

#![allow(clippy::unwrap_used)]

mod driver;
mod sidebar;
