//! The core of Sidelight: Hudu documentation beside the HaloITSM record in view, and the two in step.
//!
//! It names no browser and no operating system; the host gives it the traits of [`platform`].
//! The rooms stand in the order in which data travels; each imports only from rooms above it.

extern crate self as sidelight;

pub mod json;

pub mod schema;

mod order;

pub mod words;

pub mod trouble;

pub mod platform;

pub mod http;

pub mod html;

pub mod halo;

pub mod hudu;

pub mod directory;

pub mod settings;

pub mod vault;

pub mod library;

pub mod mapping;

pub mod sync;

pub mod assist;

pub mod call;

pub mod recipes;

pub mod tools;

pub mod protocol;

pub mod service;
