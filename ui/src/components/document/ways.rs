//! Ways from a document to others: back along the trail, over to those that stay open, and the pin.

use leptos::prelude::*;
use sidelight::assist::view::{DocumentKind, ItemView};
use sidelight::t;

use crate::icons::{self, Icon};
use crate::pane::Pane;

/// Keeps a document at hand for this client.
#[component]
pub fn PinButton(
    /// Kind.
    kind: DocumentKind,
    /// Hudu id.
    id: i64,
) -> impl IntoView {
    let pane = Pane::of_page();
    // Beside no client there is nowhere to pin it.
    let beside = Memo::new(move |_| {
        pane.view.track();
        pane.company().is_some()
    });
    let pinned = move || pane.shelf.with(|shelf| shelf.0.iter().any(|item| (item.kind, item.id) == (kind, id)));
    move || {
        beside.get().then(|| {
            view! {
                <button
                    type="button"
                    class="tool"
                    data-act="pin"
                    title=t!("Pin for this client")
                    aria-label=t!("Pin for this client")
                    aria-pressed=move || pinned().to_string()
                    on:click=move |_| pane.pin(kind, id, !pinned())
                >
                    <Icon of=icons::PIN/>
                </button>
            }
        })
    }
}

/// The documents that led here.
#[component]
pub fn Trail() -> impl IntoView {
    let pane = Pane::of_page();
    let steps = move || {
        let trail = pane.trail.get();
        (!trail.is_empty()).then(|| {
            let step = |(place, item): (usize, ItemView)| {
                view! {
                    <li><button type="button" class="link" dir="auto" on:click=move |_| pane.back_to(place)>{item.title}</button></li>
                }
            };
            view! {
                <nav class="trail" aria-label=t!("How you came here")>
                    <ol>{trail.into_iter().enumerate().map(step).collect_view()}</ol>
                </nav>
            }
        })
    };
    view! { {steps} }
}

/// Documents of this record that stay open, where there are several.
#[component]
pub fn OpenOnes() -> impl IntoView {
    let pane = Pane::of_page();
    let tabs = move || {
        let opened = pane.opened.get();
        (opened.len() > 1).then(|| {
            view! {
                <nav class="open-ones" aria-label=t!("Open documents")>
                    <ul>{opened.into_iter().map(|item| view! { <OpenOne item/> }).collect_view()}</ul>
                </nav>
            }
        })
    };
    view! { {tabs} }
}

#[component]
fn OpenOne(item: ItemView) -> impl IntoView {
    let pane = Pane::of_page();
    let (kind, id, title) = (item.kind, item.id, item.title.clone());
    let current = move || pane.open.with(|open| open.as_ref().is_some_and(|open| (open.kind, open.id) == (kind, id)));
    let away = t!("Close {title}", title);
    view! {
        <li class:current=current>
            <button type="button" class="name clip" dir="auto" title=title.clone() aria-current=move || current().then_some("true") on:click=move |_| pane.open(item.clone())>
                {title.clone()}
            </button>
            <button type="button" class="tool" title=away.clone() aria-label=away on:click=move |_| pane.put_away(kind, id)>
                <Icon of=icons::CLOSE/>
            </button>
        </li>
    }
}
