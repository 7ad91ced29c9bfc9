//! The sync centre, a page in a tab: everything planned, applied and kept in the history, and how
//! records are mapped.
//!
//! A bundle of its own, so that popup and sidebar stay small. The parts that all pages share come
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
use sidelight_ui::clock;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Shows the sync centre in place of the skeleton in its HTML file.
#[wasm_bindgen]
pub fn mount() {
    console_error_panic_hook::set_once();
    let Some(root) = document().get_element_by_id("app") else { return };
    let Ok(root) = root.dyn_into::<HtmlElement>() else { return };
    root.set_text_content(None);
    leptos::mount::mount_to(root, move || {
        clock::provide();
        view! { <app::App/> }
    })
    .forget();
}
