//! HaloITSM: sign-in, client, tolerant models, page addresses, and every resource by one mechanism.

pub mod auth;
pub mod catalogue;
mod client;
pub mod connection;
pub mod model;
pub mod page;
mod pages;
pub mod record;
pub mod records;
pub mod resource;

pub use client::{Halo, Params};
pub use pages::Pages;
pub use resource::Resource;
