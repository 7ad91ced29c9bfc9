//! What fits the ticket in view, first in its sidebar.

use leptos::prelude::*;
use sidelight::assist::relevance::view::{SuggestedView, SuggestionView};
use sidelight::halo::record::RecordKind;

use crate::components::{ChipView, HuduLink, marks};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// The best documents with their reasons.
#[component]
pub fn Suggested() -> impl IntoView {
    let pane = Pane::of_page();
    let ticket = Memo::new(move |_| pane.record.with(|record| record.is_some_and(|r| r.kind == RecordKind::Ticket)));
    // The moment of ranking is left out: an answer that says the same leaves the page as it is.
    let shown = Memo::new(move |_| pane.suggested.get().map(|view| SuggestedView { as_of: 0, ..view }));
    move || {
        ticket.get().then(|| {
            view! {
                <section class="suggested" aria-labelledby="suggested-title">
                    <h2 id="suggested-title">"Suggested for this ticket"</h2>
                    {move || match shown.get() {
                        Some(view) if !view.items.is_empty() => view! {
                            <ul class="items">
                                {view.items.into_iter().map(|found| view! { <Suggestion found/> }).collect_view()}
                            </ul>
                        }.into_any(),
                        Some(view) => view! { <p class="muted">{view.nothing.unwrap_or_default()}</p> }.into_any(),
                        None if pane.looking.get() => view! {
                            <p class="muted">"Looking through the documentation for what fits."</p>
                        }.into_any(),
                        None => view! { <p class="muted">"Nothing is suggested yet."</p> }.into_any(),
                    }}
                </section>
            }
        })
    }
}

#[component]
fn Suggestion(found: SuggestionView) -> impl IntoView {
    let pane = Pane::of_page();
    let SuggestionView { item, reasons, marks: words, .. } = found;
    let (kind, id) = (item.kind, item.id);
    let current = move || pane.open.with(|open| open.as_ref().is_some_and(|open| (open.kind, open.id) == (kind, id)));
    let title = marks(&item.title, &words)
        .into_iter()
        .map(|(part, marked)| if marked { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() });
    let (url, subtitle) = (item.url.clone(), item.subtitle.clone());
    let place = match subtitle {
        Some(subtitle) => format!("{} · {subtitle}", words::document(kind)),
        None => words::document(kind).to_owned(),
    };
    let name = item.title.clone();
    view! {
        <li class="item" class:current=current>
            <button
                type="button"
                class="row"
                id=format!("suggested-{}-{id}", words::document_key(kind))
                title=name
                aria-current=move || current().then_some("true")
                on:click=move |_| pane.open(item.clone())
            >
                <span class="glyph"><Icon of=icons::document(kind)/></span>
                <span class="texts">
                    <span class="name" dir="auto">{title.collect_view()}</span>
                    <span class="sub" dir="auto">{place}</span>
                    <span class="chips">
                        {reasons.into_iter().map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> }).collect_view()}
                    </span>
                </span>
            </button>
            <span class="tools"><HuduLink url label="Open in Hudu"/></span>
        </li>
    }
}
