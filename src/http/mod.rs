//! Requests as data, retry classes, pacing per host, paging as a stream.

pub mod address;
mod product;

pub use product::Product;
