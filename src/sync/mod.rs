//! Match, plan, apply, journal, undo.

pub mod article;
pub mod describe;
pub mod error;
pub mod journal;
pub mod matching;
pub mod plan;
pub mod view;
