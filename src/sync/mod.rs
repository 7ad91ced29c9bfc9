//! Match, plan, apply, journal, undo.

pub mod apply;
pub mod article;
pub mod back;
pub mod describe;
pub mod error;
pub mod export;
mod gather;
mod gather_article;
mod inputs;
pub mod journal;
pub mod lines;
pub mod links;
pub mod matching;
pub mod outline;
pub mod plan;
pub mod planner;
pub mod rest;
pub mod rows;
pub mod shelf;
pub mod sides;
pub mod survey;
pub mod table;
mod undo;
mod verify;
pub mod view;
pub mod watch;
mod write;
mod write_article;
mod write_asset;
mod write_layout;

pub use gather::{Seen, client_of, light_client, links};
pub use gather_article::link_key;
