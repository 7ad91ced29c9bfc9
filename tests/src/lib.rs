//! What the contract, simulation and browser tests share, and the demo with them.

pub mod browser;
pub mod clients;
pub mod desk;
pub mod host;
pub mod hostile;
pub mod moments;
pub mod recipes;
pub mod sim;
pub mod stage;
pub mod story;
