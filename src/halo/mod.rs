//! HaloITSM: sign-in, client, tolerant models, page addresses.

pub mod connection;
pub mod record;
