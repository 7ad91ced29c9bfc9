//! What fits the ticket in view, or is related to any other record: first in its sidebar.

use leptos::prelude::*;
use sidelight::assist::relevance::view::{SuggestedView, SuggestionView};
use sidelight::halo::record::RecordKind;
use sidelight::t;

use crate::components::{ChipView, HuduLink, marks};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// How many stand there at first. Their room is kept from the first paint, so that nothing below is pushed
/// when they come.
const FIRST: usize = 3;

fn title(kind: RecordKind) -> String {
    match kind {
        RecordKind::Ticket => t!("Suggested"),
        _ => t!("Related"),
    }
}

/// The best documents with their reasons.
#[component]
pub fn Suggested() -> impl IntoView {
    let pane = Pane::of_page();
    let title = Memo::new(move |_| pane.record.with(|record| record.as_ref().map(|record| title(record.kind))));
    // The moment of ranking is left out: an answer that says the same leaves the page as it is.
    let shown = Memo::new(move |_| pane.suggested.get().map(|view| SuggestedView { as_of: 0, ..view }));
    let all = RwSignal::new(false);
    Effect::new(move || {
        pane.record.track();
        all.set(false);
    });
    let more = move || shown.with(|view| view.as_ref().map_or(0, |view| view.items.len())).saturating_sub(FIRST);
    move || {
        title.get().map(|title| {
            view! {
                <section class="suggested" aria-labelledby="suggested-title">
                    <div class="suggested-head">
                        <h2 id="suggested-title" class="grow">{title}</h2>
                        {move || (more() > 0).then(|| view! {
                            <button
                                type="button"
                                class="link"
                                data-act="all-suggested"
                                aria-expanded=move || all.get().to_string()
                                on:click=move |_| all.update(|all| *all = !*all)
                            >
                                {move || if all.get() { t!("Show fewer") } else { t!("Show {n} more", n = more()) }}
                            </button>
                        })}
                    </div>
                    <div class="suggested-room">
                        {move || match shown.get() {
                            Some(view) if !view.items.is_empty() => {
                                let count = if all.get() { view.items.len() } else { FIRST };
                                view! {
                                    <ul class="items">
                                        {view.items.into_iter().take(count).map(|found| view! { <Suggestion found/> }).collect_view()}
                                    </ul>
                                }.into_any()
                            }
                            Some(view) => view! { <p class="muted">{view.nothing.unwrap_or_default()}</p> }.into_any(),
                            None if pane.looking.get() => view! {
                                <p class="offscreen">{t!("Looking through the documentation for what fits.")}</p>
                                <div aria-hidden="true">{[(); FIRST].map(|()| view! { <div class="bones"><i></i><i></i><i></i></div> })}</div>
                            }.into_any(),
                            None => view! { <p class="muted">{t!("Nothing is known yet.")}</p> }.into_any(),
                        }}
                    </div>
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
        None => words::document(kind),
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
            <span class="tools"><HuduLink url label=t!("Open in Hudu")/></span>
        </li>
    }
}
