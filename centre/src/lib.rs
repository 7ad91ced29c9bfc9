//! The sync centre, a page in a tab: everything planned, applied and kept in the history, and how
//! records are mapped.
//!
//! A bundle of its own, with the options, so that popup and sidebar stay small. The parts that all pages share come
//! from `sidelight-ui`.

mod api;
mod app;
mod choice;
mod desk;
mod detail;
mod export;
mod history;
mod mapping;
mod nav;
mod plan;
mod progress;
mod recipes;
mod said;
mod table;

use leptos::prelude::*;
use sidelight_ui::pages::{options::Options, show};
use wasm_bindgen::prelude::wasm_bindgen;

/// Shows the sync centre, or the options (`options`), in place of the skeleton in its HTML file.
#[wasm_bindgen]
pub fn mount(page: &str) {
    console_error_panic_hook::set_once();
    match page {
        "options" => show(|| view! { <Options/> }),
        _ => show(|| view! { <app::App/> }),
    }
}
