//! One document in a list.

use leptos::prelude::*;
use sidelight::assist::view::{DocumentKind, ItemView};
use sidelight::t;

use super::{ChipView, HuduLink};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// The id of a row's element, to which the focus returns when its document is closed.
pub fn row_id(kind: DocumentKind, id: i64) -> String {
    format!("row-{}-{id}", words::document_key(kind))
}

/// A document: a click opens it beside or over the list.
#[component]
pub fn Item(
    /// The row.
    item: ItemView,
    /// The same document has its row elsewhere, to which the focus returns.
    #[prop(optional)]
    again: bool,
) -> impl IntoView {
    let pane = Pane::of_page();
    let (kind, id) = (item.kind, item.id);
    let current = move || pane.open.with(|open| open.as_ref().is_some_and(|open| (open.kind, open.id) == (kind, id)));
    let ItemView { title, subtitle, chips, url, .. } = item.clone();
    let name = title.clone();
    view! {
        <li class="item" class:current=current>
            <button
                type="button"
                class="row"
                id=(!again).then(|| row_id(kind, id))
                title=name
                aria-current=move || current().then_some("true")
                on:click=move |_| pane.open(item.clone())
            >
                <span class="glyph"><Icon of=icons::document(kind)/></span>
                <span class="texts">
                    <span class="name" dir="auto">{title}</span>
                    {subtitle.map(|text| view! { <span class="sub" dir="auto">{text}</span> })}
                </span>
                {(!chips.is_empty()).then(|| view! {
                    <span class="chips">
                        {chips.into_iter().map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> }).collect_view()}
                    </span>
                })}
            </button>
            <span class="tools"><HuduLink url label=t!("Open in Hudu")/></span>
        </li>
    }
}
