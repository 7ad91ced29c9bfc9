//! Answers each message with the rooms above.

pub mod browser;
