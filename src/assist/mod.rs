//! Which documentation belongs to the page in view: resolve and gather.

pub mod document;
pub mod sections;
pub mod view;
