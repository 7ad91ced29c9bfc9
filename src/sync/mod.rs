//! Match, plan, apply, journal, undo.

pub mod article;
pub mod describe;
pub mod matching;
pub mod plan;
pub mod view;
