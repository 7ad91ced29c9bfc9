//! Hudu: client, models, custom fields by layout type, deep links.

pub mod connection;
pub mod field;
pub mod link;
pub mod model;
