//! What narrows the table: words, kinds, and whether it is grouped by client.

use std::time::Duration;

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::sync::table::{RowQuery, RowSort};
use sidelight::{many, t};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use super::Rows;

/// How long the typing has to rest before the table is asked for.
const REST: Duration = Duration::from_millis(180);

/// The line above the table.
#[component]
pub fn Filters(
    /// The table's rows.
    rows: Rows,
    /// Kinds that there are, with their number.
    #[prop(into)]
    kinds: Signal<Vec<(RecordKind, usize)>>,
    /// All rows, however they are filtered.
    #[prop(into)]
    all: Signal<usize>,
) -> impl IntoView {
    let query = rows.query;
    let chips = move || {
        let kinds = kinds.get();
        (kinds.len() > 1)
            .then(|| kinds.into_iter().map(|(kind, count)| view! { <KindChip query kind count/> }).collect_view())
    };
    let found = move || {
        rows.total.get().map(|total| match all.get() {
            all if all == total => many!(all, "{n} record", "{n} records"),
            all => t!("{some} of {all}", some = words::number(total), all = words::number(all)),
        })
    };
    view! {
        <div class="filters">
            <Words query/>
            <div class="chips" role="group" aria-label=t!("Kinds")>{chips}</div>
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=move || query.with(|query| query.sort == RowSort::Client)
                    on:change=move |event| {
                        let sort = if event_target_checked(&event) { RowSort::Client } else { RowSort::Plan };
                        query.update(|query| (query.sort, query.descending) = (sort, false));
                    }
                />
                <span>{t!("Group by client")}</span>
            </label>
            <span class="grow"></span>
            <span class="muted found" role="status">{found}</span>
        </div>
    }
}

#[component]
fn Words(query: RwSignal<RowQuery>) -> impl IntoView {
    let typed = RwSignal::new(query.with_untracked(|query| query.text.clone()));
    // The words may be taken away by others.
    let asked = Memo::new(move |_| query.with(|query| query.text.clone()));
    Effect::new(move || typed.set(asked.get()));
    let input = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        set_timeout(
            move || {
                if typed.try_get_untracked().as_ref() == Some(&text) && query.with_untracked(|query| query.text != text)
                {
                    query.update(|query| query.text = text);
                }
            },
            REST,
        );
    };
    view! {
        <label class="search">
            <Icon of=icons::SEARCH/>
            <span class="offscreen">{t!("Filter by name, client or reason")}</span>
            <input
                type="search"
                placeholder=t!("Filter by name, client or reason")
                autocomplete="off"
                spellcheck="false"
                prop:value=typed
                on:input=input
            />
        </label>
    }
}

#[component]
fn KindChip(query: RwSignal<RowQuery>, kind: RecordKind, count: usize) -> impl IntoView {
    let on = move || query.with(|query| query.kinds.contains(&kind));
    let turn = move |_| {
        query.update(|query| match query.kinds.iter().position(|held| *held == kind) {
            Some(index) => drop(query.kinds.remove(index)),
            None => query.kinds.push(kind),
        });
    };
    view! {
        <button type="button" class="pick" aria-pressed=move || on().to_string() on:click=turn>
            {words::records(kind)}
            <span class="muted">{words::number(count)}</span>
        </button>
    }
}
