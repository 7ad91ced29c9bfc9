//! What the contract, simulation and browser tests share.

pub mod browser;
