//! An article: its contents, finding in it, printing it, and the text itself.

mod contents;
mod find;

use leptos::prelude::*;
use sidelight::t;
use web_sys::Element;

use contents::{Contents, Heading};
use find::{Find, Finder};

use super::CopyButton;
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::prose::Prose;

/// The text of an article with its tools.
#[component]
pub fn Article(
    /// Sanitised HTML.
    html: String,
) -> impl IntoView {
    if html.trim().is_empty() {
        return view! { <p class="muted">{t!("This article is empty. Write it in Hudu.")}</p> }.into_any();
    }
    let pane = Pane::of_page();
    let headings = RwSignal::new_local(Vec::<Heading>::new());
    let finder = Finder::new();
    let finding = RwSignal::new(false);
    let wide = RwSignal::new(false);
    let shown: Box<dyn Fn(Element)> = Box::new(move |text| {
        headings.set(contents::headings(&text));
        finder.begin(text);
    });
    let shown = StoredValue::new_local(shown);
    let url = move || pane.document.with(|document| document.as_ref().map(|document| document.url.clone()));
    view! {
        <div class="article-tools">
            <button
                type="button"
                class="btn quiet"
                data-act="find"
                aria-expanded=move || finding.get().to_string()
                on:click=move |_| finding.update(|finding| *finding = !*finding)
            >
                <Icon of=icons::SEARCH/>{t!("Find")}
            </button>
            {move || url().map(|url| view! { <CopyButton value=url name="link" icon=icons::MATCHING/> })}
            <button type="button" class="tool" title=t!("Print") aria-label=t!("Print") data-act="print" on:click=|_| print()>
                <Icon of=icons::PRINT/>
            </button>
            <button
                type="button"
                class="tool for-wide"
                title=t!("Full width")
                aria-label=t!("Full width")
                aria-pressed=move || wide.get().to_string()
                on:click=move |_| wide.update(|wide| *wide = !*wide)
            >
                <Icon of=icons::WIDTH/>
            </button>
        </div>
        {move || finding.get().then(|| view! { <Find finder close=move |()| finding.set(false)/> })}
        <Contents headings/>
        <div class="reading" class:full=wide><Prose html shown/></div>
    }
    .into_any()
}

fn print() {
    // Where a page may not print (a sandboxed frame), nothing happens.
    let _ = window().print();
}
