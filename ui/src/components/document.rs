//! A document, open beside or over the list.

mod ways;

use leptos::prelude::*;
use sidelight::assist::view::{BodyView, DocumentView, ItemView, Tone};
use sidelight::t;

use ways::{OpenOnes, PinButton, Trail};

use super::item::row_id;
use super::{AboutDocument, AsOf, Body, ChipView, Extras, HuduLink, State, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::{Pane, Source};
use crate::{clock, focus, words};

/// The open document with its head; nothing when none is open.
#[component]
pub fn Reader() -> impl IntoView {
    let pane = Pane::of_page();
    move || pane.open.get().map(|item| view! { <Opened item/> })
}

#[component]
fn Opened(item: ItemView) -> impl IntoView {
    let pane = Pane::of_page();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let fallback = item.title.clone();
    let title = Signal::derive(move || {
        pane.document.with(|document| document.as_ref().map_or_else(|| fallback.clone(), |d| d.title.clone()))
    });
    let (row_url, kind, id) = (item.url.clone(), item.kind, item.id);
    let way = move || match pane.trail.with(|trail| trail.last().map(|item| item.title.clone())) {
        Some(title) => t!("Back to {title}", title),
        None => t!("Back to the list"),
    };
    let url =
        move || pane.document.with(|document| document.as_ref().map_or_else(|| row_url.clone(), |d| d.url.clone()));
    let trouble = move || {
        pane.document_trouble.get().map(|trouble| {
            view! {
                <TroubleLine trouble again=move |()| pane.reload_document()/>
            }
        })
    };
    // Kept apart from the age, so that a fresh answer that says the same leaves the page as it is.
    let body = Memo::new(move |_| pane.document.with(|document| document.as_ref().map(|d| d.body.clone())));
    let content = move || match body.get() {
        Some(body) => view! { <Content body item=item.clone()/> }.into_any(),
        None if pane.document_trouble.with(Option::is_some) => ().into_any(),
        None => view! {
            <State icon=icons::document(kind) title=t!("Opening") text=t!("Fetching this document from Hudu.")/>
        }
        .into_any(),
    };
    let facts = move || pane.document.get().map(|document| view! { <Facts document/> });
    view! {
        <article class="reader" aria-labelledby="reader-title">
            <header class="reader-head">
                <button type="button" class="tool" data-act="back" title=way aria-label=way on:click=move |_| back(pane)>
                    <Icon of=icons::BACK/>
                </button>
                <h2 id="reader-title" class="grow" dir="auto" tabindex="-1" node_ref=heading title=title>
                    {title}
                </h2>
                <PinButton kind id/>
                {move || view! { <HuduLink url=url() label=t!("Open in Hudu")/> }}
            </header>
            <Trail/>
            <OpenOnes/>
            <div class="reader-body">{trouble}{facts}<AboutDocument kind id/>{content}<Extras kind id/></div>
        </article>
    }
}

/// Goes back to the document that led here, else to the list.
pub fn back(pane: Pane) {
    if pane.back().is_none() {
        close(pane);
    }
}

/// Closes the document and gives the focus back to its row.
pub fn close(pane: Pane) {
    if let Some(item) = pane.close_document() {
        let row = row_id(item.kind, item.id);
        let suggested = format!("suggested-{}-{}", words::document_key(item.kind), item.id);
        request_animation_frame(move || {
            // Where its section is closed, it was a suggestion that opened it.
            if !focus::now(&row) {
                focus::now(&suggested);
            }
        });
    }
}

/// Kind, folder or layout, last edit, age.
#[component]
fn Facts(document: DocumentView) -> impl IntoView {
    let DocumentView { kind, group, created, updated, archived, as_of, .. } = document;
    let made = created.filter(|created| updated.is_none_or(|updated| updated - created > 1000));
    view! {
        <p class="facts">
            <ChipView text=words::document(kind) tone=Tone::Plain/>
            {group.map(|group| view! { <span dir="auto">{group}</span> })}
            {archived.then(|| view! { <ChipView text=t!("archived in Hudu") tone=Tone::Warn/> })}
            {made.map(|time| view! { <span>{t!("made {time}", time = clock::exact(time))}</span> })}
            {updated.map(|time| view! { <span>{t!("edited {time}", time = clock::exact(time))}</span> })}
            <AsOf time=as_of/>
        </p>
    }
}

#[component]
fn Content(body: BodyView, item: ItemView) -> impl IntoView {
    let pane = Pane::of_page();
    let id = item.id;
    let publish = match &body {
        BodyView::Article { published: Some(article), .. } => {
            Some((Some(t!("Published in Halo as article {article}", article)), t!("Update in Halo")))
        }
        BodyView::Article { published: None, .. } => Some((None, t!("Publish to Halo"))),
        _ => None,
    };
    view! {
        {publish.map(|(chip, label)| view! {
            <p class="publish">
                <button type="button" class="btn" data-act="publish" on:click=move |_| pane.plan(Source::Publish(id))>{label}</button>
                {chip.map(|text| view! { <ChipView text tone=Tone::Good/> })}
            </p>
        })}
        <Body body item/>
    }
}
