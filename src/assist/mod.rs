//! Which documentation belongs to the page in view: resolve and gather.

pub mod document;
pub mod ending;
pub mod gather;
pub mod notes;
pub mod related;
pub mod relevance;
pub mod search;
pub mod sections;
pub mod shelf;
pub mod sidebar;
pub mod snapshot;
pub mod ticks;
pub mod trail;
pub mod view;
