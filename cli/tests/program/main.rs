//! The program as a person runs it, against a served pair of servers.

#![allow(clippy::unwrap_used)]

mod agents;
mod both_sides;
mod check;
mod configuration;
mod everything;
mod forget;
mod init;
mod inspector;
mod killed;
mod limits;
mod mcp;
mod people;
mod recipe;
mod records;
mod streams;
mod support;
mod sync;
mod undo;
