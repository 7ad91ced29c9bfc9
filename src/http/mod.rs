//! Requests as data, retry classes, pacing per host, tolerant reading of what is answered.

pub mod address;
pub mod date;
mod error;
mod product;
mod rate;
pub mod raw;

pub use error::ApiError;
pub use product::Product;
pub use rate::{Patience, Rate};
pub use raw::{Raw, Record};
