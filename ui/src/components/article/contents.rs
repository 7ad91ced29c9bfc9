//! The headings of an article as a list of contents.

use leptos::prelude::*;
use sidelight::t;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::icons::{self, Icon};

/// An article with fewer headings needs no list of them.
const FEWEST: usize = 3;
/// A list of more is no overview: the lower levels are left out, then the last ones.
const MOST: usize = 300;

/// A heading of the article.
#[derive(Clone)]
pub struct Heading {
    words: String,
    /// 1 to 6.
    level: u8,
    element: HtmlElement,
}

/// The headings in a text, in order.
pub fn headings(text: &Element) -> Vec<Heading> {
    let Ok(found) = text.query_selector_all("h1, h2, h3, h4") else { return Vec::new() };
    let heading = |index| {
        let element: HtmlElement = found.get(index)?.dyn_into().ok()?;
        let words = element.text_content()?.trim().to_owned();
        let level = element.local_name().trim_start_matches('h').parse().unwrap_or(1);
        (!words.is_empty()).then(|| Heading { words, level, element })
    };
    (0..found.length()).filter_map(heading).collect()
}

/// The headings that the list holds, and how many it leaves out.
fn overview(mut headings: Vec<Heading>, top: u8) -> (Vec<Heading>, usize) {
    let all = headings.len();
    let mut deepest = 4;
    while headings.len() > MOST && deepest > top {
        deepest -= 1;
        headings.retain(|heading| heading.level <= deepest);
    }
    headings.truncate(MOST);
    let left = all - headings.len();
    (headings, left)
}

/// The list of contents; nothing for a short article.
#[component]
pub fn Contents(
    /// The headings.
    headings: RwSignal<Vec<Heading>, LocalStorage>,
) -> impl IntoView {
    let list = move || {
        let headings = headings.get();
        let top = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        (headings.len() >= FEWEST).then(|| {
            let (headings, left) = overview(headings, top);
            view! {
                <details class="fold contents">
                    <summary><span class="chevron"><Icon of=icons::CHEVRON/></span>{t!("Contents")}</summary>
                    <ol>{headings.into_iter().map(|heading| view! { <Entry heading top/> }).collect_view()}</ol>
                    {(left > 0).then(|| view! { <p class="muted">{t!("{left} more headings are not listed: look for them with “Find”.", left)}</p> })}
                </details>
            }
        })
    };
    view! { {list} }
}

#[component]
fn Entry(heading: Heading, top: u8) -> impl IntoView {
    let Heading { words, level, element } = heading;
    let go = move |_| {
        // A heading has to be able to take the focus, so that reading goes on there.
        let _ = element.set_attribute("tabindex", "-1");
        element.scroll_into_view();
        let _ = element.focus();
    };
    view! {
        <li data-level=(level - top).to_string()>
            <button type="button" class="link" dir="auto" on:click=go>{words}</button>
        </li>
    }
}
