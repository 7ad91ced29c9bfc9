//! The simulator: a small odd world, several engines at once, faults, deaths and people, and what must
//! hold whatever happens.

pub mod chance;
pub mod weather;
