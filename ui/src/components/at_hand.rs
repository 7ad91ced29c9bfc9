//! Documents at hand: pinned for this client, and opened last.

use leptos::prelude::*;
use sidelight::assist::view::ItemView;
use sidelight::t;

use super::Item;
use crate::icons::{self, Icon};
use crate::pane::Pane;

/// Pinned documents; nothing while there are none.
#[component]
pub fn Pinned() -> impl IntoView {
    let pane = Pane::of_page();
    rows(t!("Pinned"), Memo::new(move |_| pane.shelf.with(|shelf| shelf.0.clone())), true)
}

/// Documents that were opened last, folded away. They stand below the sections: reading beside the list
/// adds to them, and must not push what is pointed at.
#[component]
pub fn OpenedLast() -> impl IntoView {
    let pane = Pane::of_page();
    rows(t!("Opened last"), Memo::new(move |_| pane.shelf.with(|shelf| shelf.1.clone())), false)
}

fn rows(title: String, items: Memo<Vec<ItemView>>, open: bool) -> impl IntoView {
    let any = Memo::new(move |_| items.with(|items| !items.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <details class="at-hand" open=open>
                    <summary>
                        <span class="chevron"><Icon of=icons::CHEVRON/></span>
                        {title.clone()}
                    </summary>
                    <ul class="items">
                        {move || items.get().into_iter().map(|item| view! { <Item item again=true/> }).collect_view()}
                    </ul>
                </details>
            }
        })
    }
}
