//! What a technician sees and does, in Chromium and in Firefox.
//!
//! Run by `cargo xtask test --browser`, which builds the extension first. Each story starts one
//! browser and walks through it as a person would, by labels, roles and trusted clicks.

#![allow(clippy::unwrap_used)]

mod accessibility;
mod api;
mod article;
mod back;
mod centre;
mod connect;
mod demo;
mod document;
mod driver;
mod eyes;
mod german;
mod hard;
mod hostile;
mod keyboard;
mod lock;
mod mapping;
mod password;
mod permission;
mod pictures;
mod popup;
mod reach;
mod recipes;
mod records;
mod related;
mod scene;
mod search;
mod sign_in;
mod snapshot;
mod start;
mod sync;
mod tabs;
mod tricked;
mod worker;
