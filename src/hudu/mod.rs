//! Hudu: client, models, custom fields by layout type, deep links.

mod assets;
pub mod catalogue;
mod clean;
mod client;
mod companies;
pub mod connection;
mod documents;
mod endpoint;
mod envelope;
mod extras;
pub mod field;
mod layouts;
pub mod link;
pub mod model;
mod pages;
mod processes;
mod save;
pub mod shelf;
mod strength;
mod write;

pub use client::{Hudu, Params};
pub use documents::Secrets;
pub use pages::Pages;
pub use strength::Strength;
