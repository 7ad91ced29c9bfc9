//! Rich text of Hudu on a page: the only place that turns text into elements.

use js_sys::Function;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::t;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::pane::Pane;
use crate::{browser, clipboard, pictures};

/// What is done with a document once it is in the page.
type Shown = StoredValue<Box<dyn Fn(Element)>, LocalStorage>;

/// Rich text that the core has sanitised. Where the browser can sanitise too, it does so again.
#[component]
pub fn Prose(
    /// Sanitised HTML.
    html: String,
    /// Hears when the text stands on the page.
    #[prop(optional)]
    shown: Option<Shown>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(element) = node.get() {
            set_html(&element, &html);
            open_links_apart(&element);
            reach_wide_tables(&element);
            offer_code(&element);
            name_ticks(&element);
            pictures::fill(&element);
            if let Some(shown) = shown {
                shown.with_value(|shown| shown(element.clone().into()));
            }
        }
    });
    view! { <div class="prose" dir="auto" node_ref=node></div> }
}

fn set_html(element: &Element, html: &str) {
    let own: Option<Function> = browser::member(element, "setHTML").and_then(|function| function.dyn_into().ok());
    // Its own list of what may stay knows neither classes nor accordions nor check lists. With nothing named
    // it takes away what could run, and only that; the core has judged everything else.
    let none = || JsValue::from(js_sys::Array::new());
    let names = browser::object(&[("removeElements", none()), ("removeAttributes", none())]);
    let options = browser::object(&[("sanitizer", names)]);
    let done = own.is_some_and(|f| f.call2(element, &JsValue::from_str(html), &options).is_ok());
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

/// Code gets a button that copies it. The buttons are made here, after the text was sanitised.
fn offer_code(element: &Element) {
    let Ok(blocks) = element.query_selector_all("pre") else { return };
    for index in 0..blocks.length() {
        let block = blocks.get(index).and_then(|node| node.dyn_into::<Element>().ok());
        if let Some(block) = block {
            let _ = code_button(&block);
        }
    }
}

fn code_button(block: &Element) -> Option<()> {
    let button: HtmlElement = document().create_element("button").ok()?.dyn_into().ok()?;
    button.set_class_name("btn quiet copy-code");
    button.set_attribute("type", "button").ok()?;
    button.set_text_content(Some(&t!("Copy code")));
    let code = block.text_content()?;
    let pane = use_context::<Pane>();
    let said = button.clone();
    let click = Closure::<dyn Fn()>::new(move || {
        let (code, said) = (code.clone(), said.clone());
        spawn_local(async move {
            let words = match clipboard::copy(code.trim_end()).await {
                true => t!("Copied code."),
                false => t!("The code could not be copied."),
            };
            match pane {
                Some(pane) => pane.say(words),
                None => said.set_text_content(Some(&words)),
            }
        });
    });
    button.set_onclick(Some(click.as_ref().unchecked_ref()));
    // It lives as long as the button; the page that holds it is short-lived.
    click.forget();
    block.before_with_node_1(&button).ok()
}

/// A tick of a check list is called what stands beside it; a box of another kind is no part of a document
/// (the core takes its kind away, so that it takes no text, but cannot take the tag).
fn name_ticks(element: &Element) {
    let Ok(ticks) = element.query_selector_all("input") else { return };
    for index in 0..ticks.length() {
        if let Some(tick) = ticks.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            if tick.get_attribute("type").as_deref() != Some("checkbox") {
                tick.remove();
                continue;
            }
            let words = tick.parent_element().and_then(|beside| beside.text_content()).unwrap_or_default();
            let words = if words.trim().is_empty() { t!("Tick") } else { words.trim().to_owned() };
            let _ = tick.set_attribute("aria-label", &words);
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
