//! Searching everything in Hudu that the key may see: what is indexed, how it is kept, how it is read.
//!
//! The index itself is the crate `sidelight_search`; it is asked at each keystroke. Here it is filled from
//! Hudu's lists (`fill`), from rows without secrets (`rows`), and kept in the store in pieces (`shelf`).

pub mod fill;
pub mod rows;
pub mod shelf;
pub mod view;

pub use shelf::Shelf;
