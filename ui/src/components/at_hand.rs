//! Documents at hand: pinned for this client, and opened last.

use leptos::prelude::*;
use sidelight::assist::view::ItemView;

use super::Item;
use crate::icons::{self, Icon};
use crate::pane::Pane;

/// Pinned documents, then those opened last, folded away. Nothing while there are none, or while
/// something is looked for.
#[component]
pub fn AtHand() -> impl IntoView {
    let pane = Pane::of_page();
    let shelf =
        Memo::new(move |_| if pane.filter.with(String::is_empty) { pane.shelf.get() } else { Default::default() });
    view! {
        {move || rows("Pinned", shelf.with(|shelf| shelf.0.clone()), true)}
        {move || rows("Opened last", shelf.with(|shelf| shelf.1.clone()), false)}
    }
}

fn rows(title: &'static str, items: Vec<ItemView>, open: bool) -> Option<impl IntoView> {
    (!items.is_empty()).then(|| {
        view! {
            <details class="at-hand" open=open>
                <summary>
                    <span class="chevron"><Icon of=icons::CHEVRON/></span>
                    {title}
                </summary>
                <ul class="items">{items.into_iter().map(|item| view! { <Item item again=true/> }).collect_view()}</ul>
            </details>
        }
    })
}
