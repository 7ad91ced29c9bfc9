//! Every rule of Hudu's API that a client relies on, asked of the sandbox through its own door.

#![allow(clippy::unwrap_used)]

mod articles;
mod assets;
mod client;
mod companies;
mod doors;
mod fields;
mod files;
mod layouts;
mod links;
mod lists;
mod pages;
mod passwords;
mod seed;
mod small;
