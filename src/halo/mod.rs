//! HaloITSM: sign-in, client, tolerant models, page addresses.

pub mod connection;
pub mod model;
pub mod record;
pub mod resource;

pub use resource::Resource;
