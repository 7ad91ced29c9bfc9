//! What ends soon, of all clients: what the notification leads to.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::ending::{EndingItem, EndingView};
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use sidelight::trouble::Trouble;

use crate::bridge;
use crate::components::{AsOf, ChipView, State, TroubleLine};
use crate::icons::{self, Icon};

/// The list.
#[component]
pub fn Ending() -> impl IntoView {
    let known = RwSignal::new(None::<EndingView>);
    let trouble = RwSignal::new(None::<Trouble>);
    let load = move || {
        trouble.set(None);
        spawn_local(async move {
            match bridge::ask(Message::Ending).await {
                Ok(Reply::Ending { ending }) => known.set(Some(ending)),
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    load();
    move || {
        match (trouble.get(), known.get()) {
        (Some(trouble), _) => view! { <TroubleLine trouble again=move |()| load()/> }.into_any(),
        (None, None) => view! {
            <State icon=icons::SYNC title=t!("Looking") text=t!("Reading from Hudu what ends soon.")/>
        }
        .into_any(),
        (None, Some(EndingView { items, as_of })) if items.is_empty() => view! {
            <State icon=icons::GOOD title=t!("Nothing ends soon") text=t!("No date in Hudu is due within 30 days, and none passed lately.")/>
            <p class="section-age">{as_of.map(|time| view! { <AsOf time/> })}</p>
        }
        .into_any(),
        (None, Some(EndingView { items, as_of })) => view! {
            <section aria-labelledby="ending-title">
                <h2 id="ending-title">{t!("Ends soon, all clients")}</h2>
                <ul class="items ending">{items.into_iter().map(|row| view! { <Row row/> }).collect_view()}</ul>
                <p class="section-age">{as_of.map(|time| view! { <AsOf time/> })}</p>
            </section>
        }
        .into_any(),
    }
    }
}

#[component]
fn Row(row: EndingItem) -> impl IntoView {
    let EndingItem { item, company, .. } = row;
    let line: Vec<String> =
        [Some(company), item.subtitle].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    view! {
        <li class="item">
            <a class="row" href=item.url target="_blank" rel="noopener noreferrer" title=t!("Open in Hudu")>
                <span class="glyph"><Icon of=icons::document(item.kind)/></span>
                <span class="texts">
                    <span class="name" dir="auto">{item.title}</span>
                    <span class="sub" dir="auto">{line.join(" · ")}</span>
                </span>
                <span class="chips">
                    {item.chips.into_iter().map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> }).collect_view()}
                </span>
            </a>
        </li>
    }
}
