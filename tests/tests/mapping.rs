//! The mapping from Halo to Hudu as an administrator sets it up: rules, connected fields, the settings file.

#![allow(clippy::unwrap_used)]

#[path = "mapping/defaults.rs"]
mod defaults;
#[path = "mapping/fields.rs"]
mod fields;
#[path = "mapping/file.rs"]
mod file;
#[path = "mapping/pages.rs"]
mod pages;
#[path = "mapping/scene.rs"]
mod scene;
#[path = "mapping/sorting.rs"]
mod sorting;
