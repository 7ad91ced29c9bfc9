//! Every rule of Hudu's API that a client relies on, asked of the sandbox through its own door.

#![allow(clippy::unwrap_used)]

mod articles;
mod assets;
mod client;
mod companies;
mod doors;
mod fields;
mod layouts;
mod lists;
mod others;
mod pages;
mod passwords;
mod seed;
