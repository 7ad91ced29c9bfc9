//! The pages: popup and sidebar, and the parts that the options and the sync centre are built from as well.
//!
//! They hold no client of either product and no secret: everything comes from the background as a
//! typed message ([`bridge`]), and what may be done on a click is decided in [`trust`].

pub mod bridge;
pub mod browser;
pub mod clipboard;
pub mod clock;
pub mod components;
pub mod finder;
pub mod focus;
pub mod icons;
pub mod language;
pub mod near;
pub mod pages;
pub mod pane;
pub mod pictures;
pub mod place;
pub mod prose;
pub mod trust;
pub mod wire;
pub mod words;
