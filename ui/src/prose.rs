//! Rich text of Hudu on a page: the only place that turns text into elements.

use js_sys::Function;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::t;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::pane::Pane;
use crate::{browser, clipboard, near, pictures};

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
            let Ok(source) = document().create_element("div") else { return };
            set_html(&source, &html);
            let _ = put(&source, &element);
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
    view! { <div class="prose" node_ref=node></div> }
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

/// Blocks of a text that the browser may lay out one by one.
const BLOCKS: u32 = 300;
/// Blocks of a longer text that it lays out together.
const TOGETHER: usize = 100;

/// Puts a text into the page; a very long one in parts, each laid out as it comes into view: for so many single blocks
/// the browser would look after each of them whenever the page moves.
fn put(source: &Element, element: &Element) -> Result<(), JsValue> {
    let apart = source.child_element_count() <= BLOCKS;
    let mut part = element.clone();
    let mut left = 0;
    while let Some(node) = source.first_child() {
        if left == 0 && !apart {
            part = document().create_element("div")?;
            part.set_class_name("part");
            element.append_child(&part)?;
            left = TOGETHER;
        }
        left = left.saturating_sub(1);
        part.append_child(&node)?;
    }
    // Only now: with each block that it adds, Chromium looks for the direction of all of the text again.
    element.set_attribute("dir", "auto")
}

/// What is wider than the page can be scrolled with the keys. To measure is to lay out, so that each table is measured
/// as it comes into view.
fn reach_wide_tables(element: &Element) {
    let watch = near::watch(|table| {
        if table.scroll_width() > table.client_width() {
            let _ = table.set_attribute("tabindex", "0");
        }
    });
    let (Some(watch), Ok(tables)) = (watch, element.query_selector_all("table")) else { return };
    for index in 0..tables.length() {
        if let Some(table) = tables.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            watch.observe(&table);
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
            let words = beside(&tick).unwrap_or_else(|| t!("Tick"));
            let _ = tick.set_attribute("aria-label", words.trim());
        }
    }
}

/// The words behind a tick, up to the next one or the end of the line; else those before it.
fn beside(tick: &Element) -> Option<String> {
    let mut words = String::new();
    let mut next = tick.next_sibling();
    while let Some(node) = next.filter(|node| !matches!(node.node_name().as_str(), "INPUT" | "BR")) {
        words += &node.text_content().unwrap_or_default();
        next = node.next_sibling();
    }
    let before = || tick.previous_sibling().and_then(|node| node.text_content());
    Some(words).filter(|words| !words.trim().is_empty()).or_else(before).filter(|words| !words.trim().is_empty())
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
