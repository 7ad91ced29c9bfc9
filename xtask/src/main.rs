//! Sidelight.
fn main() {}
