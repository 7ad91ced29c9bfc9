//! Requests as data, retry classes, pacing per host, tolerant reading of what is answered.

pub mod address;
pub(crate) mod answer;
mod client;
pub(crate) mod cursor;
pub mod date;
mod error;
mod limit;
mod pace;
mod product;
mod rate;
pub mod raw;
pub(crate) mod words;

pub use client::{Client, Repeat};
pub use error::ApiError;
pub use product::Product;
pub use rate::{Patience, Rate};
pub use raw::{Raw, Record};
