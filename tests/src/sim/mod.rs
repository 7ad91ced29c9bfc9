//! The simulator: a small odd world, several engines at once, faults, deaths and people, and what must
//! hold whatever happens.

pub mod chance;
pub mod draw;
pub mod engine;
pub mod judge;
pub mod people;
pub mod reading;
pub mod run;
pub mod weather;
pub mod world;
