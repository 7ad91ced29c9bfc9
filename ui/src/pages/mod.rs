//! The three pages.

mod options;
mod popup;
mod sidebar;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{clock, place};

/// Shows a page in place of its skeleton.
pub fn mount(page: &str) {
    let Some(root) = document().get_element_by_id("app") else { return };
    let Ok(root) = root.dyn_into::<HtmlElement>() else { return };
    root.set_text_content(None);
    match page {
        "popup" => show(root, || view! { <popup::Popup/> }),
        "options" => show(root, || view! { <options::Options/> }),
        _ => show(root, || view! { <sidebar::Sidebar/> }),
    }
    place::tell_host("ready");
}

fn show<V: IntoView + 'static>(root: HtmlElement, page: impl FnOnce() -> V + 'static) {
    leptos::mount::mount_to(root, move || {
        clock::provide();
        page()
    })
    .forget();
}
