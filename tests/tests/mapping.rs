//! The mapping from Halo to Hudu as an administrator sets it up: rules, connected fields, the settings file.

#![allow(clippy::unwrap_used)]

#[path = "mapping/file.rs"]
mod file;
