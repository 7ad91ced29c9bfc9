//! Applying plans for everything, in virtual time: order, failures, pauses, deaths, twins, undo.

#![allow(clippy::unwrap_used)]

mod articles;
mod failures;
mod journal;
mod names;
mod order;
mod others;
mod shapes;
mod support;
mod undo;
mod whole;
