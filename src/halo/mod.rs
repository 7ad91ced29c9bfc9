//! HaloITSM: sign-in, client, tolerant models, page addresses.

pub mod auth;
mod client;
pub mod connection;
pub mod model;
pub mod page;
mod pages;
pub mod record;
pub mod resource;

pub use client::{Halo, Params};
pub use pages::Pages;
pub use resource::Resource;
