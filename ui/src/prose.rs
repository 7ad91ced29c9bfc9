//! Rich text of Hudu on a page: the only place that turns text into elements.

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::browser;

/// Rich text that the core has sanitised. Where the browser can sanitise too, it does so again.
#[component]
pub fn Prose(
    /// Sanitised HTML.
    html: String,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(element) = node.get() {
            set_html(&element, &html);
            open_links_apart(&element);
            reach_wide_tables(&element);
        }
    });
    view! { <div class="prose" dir="auto" node_ref=node></div> }
}

fn set_html(element: &Element, html: &str) {
    let own: Option<Function> = browser::member(element, "setHTML").and_then(|function| function.dyn_into().ok());
    let done = own.is_some_and(|f| f.call1(element, &JsValue::from_str(html)).is_ok());
    if !done {
        element.set_inner_html(html);
    }
}

/// What is wider than the page can be scrolled with the keys.
fn reach_wide_tables(element: &Element) {
    let Ok(tables) = element.query_selector_all("table") else { return };
    for index in 0..tables.length() {
        if let Some(table) = tables.get(index).and_then(|node| node.dyn_into::<Element>().ok())
            && table.scroll_width() > table.client_width()
        {
            let _ = table.set_attribute("tabindex", "0");
        }
    }
}

/// Links of a document open in a tab of their own that knows nothing of this page.
fn open_links_apart(element: &Element) {
    let Ok(links) = element.query_selector_all("a[href]") else { return };
    for index in 0..links.length() {
        if let Some(link) = links.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            let _ = link.set_attribute("target", "_blank");
            let _ = link.set_attribute("rel", "noopener noreferrer");
        }
    }
}
