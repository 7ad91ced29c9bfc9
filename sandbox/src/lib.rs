//! A local HaloITSM and a local Hudu to try, demonstrate and test against.
//!
//! Faithful to what is publicly known of both APIs; where that is probable or unknown there is a
//! switch, so that a client can be tested against every variant. Imports nothing of the product.

pub mod clock;
pub mod faults;
pub mod world;
