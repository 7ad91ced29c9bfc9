//! Popup and sidebar; and the options, which belong to the sync centre's bundle, so that what is opened many times a day
//! does not bring along what is opened once.

pub mod options;
mod popup;
mod sidebar;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::clock;

/// Shows a page in place of its skeleton.
pub fn mount(page: &str) {
    match page {
        "popup" => show(|| view! { <popup::Popup/> }),
        _ => show(|| view! { <sidebar::Sidebar/> }),
    }
    // The host gives the frame the focus again, which would take it from a part of the snapshot.
    if document().active_element().is_none_or(|focused| focused.local_name() == "body") {
        crate::place::tell_host("ready");
    }
}

/// Shows this in place of the skeleton in the page's HTML file.
pub fn show<V: IntoView + 'static>(page: impl FnOnce() -> V + 'static) {
    let Some(root) = document().get_element_by_id("app") else { return };
    let Ok(root) = root.dyn_into::<HtmlElement>() else { return };
    root.set_text_content(None);
    leptos::mount::mount_to(root, move || {
        clock::provide();
        page()
    })
    .forget();
}
