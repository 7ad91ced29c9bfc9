//! The local HaloITSM keeps the rules that a client relies on.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

mod knowledge;
mod lists;
mod pages;
mod rights;
mod served;
mod sign_in;
mod struck;
mod tickets;
mod writes;
