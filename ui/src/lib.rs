//! The pages: popup, sidebar and options.
//!
//! They hold no client of either product and no secret: everything comes from the background as a
//! typed message ([`bridge`]), and what may be done on a click is decided in [`trust`].

mod bridge;
mod browser;
mod clipboard;
mod clock;
mod components;
mod focus;
mod icons;
mod pages;
mod pane;
mod place;
mod prose;
mod trust;
mod wire;
mod words;

use wasm_bindgen::prelude::*;

/// Shows a page (`popup`, `sidebar` or `options`) in place of the skeleton in its HTML file.
#[wasm_bindgen]
pub fn mount(page: &str) {
    console_error_panic_hook::set_once();
    pages::mount(page);
}
