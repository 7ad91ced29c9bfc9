//! The program as a person runs it, against a served pair of servers.

#![allow(clippy::unwrap_used)]

mod both_sides;
mod check;
mod configuration;
mod everything;
mod forget;
mod init;
mod killed;
mod mcp;
mod recipe;
mod records;
mod support;
mod sync;
mod undo;
