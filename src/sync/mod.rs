//! Match, plan, apply, journal, undo.

pub mod view;
