//! Applying plans for everything, in virtual time: order, failures, pauses, deaths, twins, undo.

#![allow(clippy::unwrap_used)]

mod failures;
mod journal;
mod order;
mod others;
mod support;
mod undo;
