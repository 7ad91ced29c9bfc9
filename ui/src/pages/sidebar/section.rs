//! One kind of documentation: a row with its count that opens.

use leptos::prelude::*;
use sidelight::assist::view::{DocumentKind, GroupView, ItemView, SectionView};
use sidelight::t;
use sidelight::words::number;

use crate::components::{AsOf, Item, PasswordRow, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// How many lines a section shows before it is asked for more.
const PAGE: usize = 100;

/// A line of an open section.
#[derive(Clone, PartialEq)]
enum Line {
    /// A layout or folder.
    Label(String),
    /// A document.
    Item(ItemView),
}

fn lines(groups: &[GroupView]) -> Vec<Line> {
    let mut lines = Vec::new();
    for group in groups {
        lines.extend(group.label.clone().map(Line::Label));
        lines.extend(group.items.iter().cloned().map(Line::Item));
    }
    lines
}

/// A section.
#[component]
pub fn Section(
    /// Kind.
    kind: DocumentKind,
) -> impl IntoView {
    let pane = Pane::of_page();
    let section =
        Memo::new(move |_| pane.view.with(|view| view.as_ref()?.sections.iter().find(|s| s.kind == kind).cloned()));
    let expanded = Memo::new(move |_| pane.expanded.with(|open| open.contains(&kind)));
    let toggle = move |_| {
        pane.expanded.update(|open| {
            if !open.remove(&kind) {
                open.insert(kind);
            }
        });
    };
    let count = move || section.with(|section| section.as_ref().map_or(0, |s| s.count));
    let panel = format!("section-{}", words::document_key(kind));
    view! {
        <li class="section" data-section=words::document_key(kind)>
            <h2>
                <button
                    type="button"
                    class="section-row"
                    aria-expanded=move || expanded.get().to_string()
                    aria-controls=panel.clone()
                    on:click=toggle
                >
                    <span class="glyph"><Icon of=icons::document(kind)/></span>
                    <span class="grow">{words::section(kind)}</span>
                    {move || section.with(|s| s.as_ref().is_some_and(|s| s.trouble.is_some())).then(|| view! {
                        <span class="chip warn">{t!("not read")}</span>
                    })}
                    <span class="count">{move || number(count() as u64)}</span>
                    <span class="chevron"><Icon of=icons::CHEVRON/></span>
                </button>
            </h2>
            <div id=panel class="section-panel" hidden=move || !expanded.get()>
                {move || expanded.get().then(|| view! { <Lines kind section/> })}
            </div>
        </li>
    }
}

#[component]
fn Lines(kind: DocumentKind, section: Memo<Option<SectionView>>) -> impl IntoView {
    let shown = RwSignal::new(PAGE);
    let lines = Memo::new(move |_| section.with(|s| s.as_ref().map(|s| lines(&s.groups)).unwrap_or_default()));
    let page = move || {
        let lines = lines.with(|lines| lines.iter().take(shown.get()).cloned().collect::<Vec<_>>());
        lines
            .into_iter()
            .map(|line| match line {
                Line::Label(label) => view! { <li class="group" dir="auto">{label}</li> }.into_any(),
                Line::Item(item) if item.kind == DocumentKind::Password => view! { <PasswordRow item/> }.into_any(),
                Line::Item(item) => view! { <Item item/> }.into_any(),
            })
            .collect_view()
    };
    let left = move || lines.with(|lines| lines.len().saturating_sub(shown.get()));
    let trouble = Memo::new(move |_| section.with(|s| s.as_ref().and_then(|s| s.trouble.clone())));
    let as_of = move || section.with(|s| s.as_ref().and_then(|s| s.as_of));
    let empty =
        move || section.with(|s| s.as_ref().is_some_and(|s| s.count == 0 && s.trouble.is_none() && s.as_of.is_some()));
    let pane = Pane::of_page();
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| pane.refresh()/> })}
        {move || empty().then(|| view! {
            <p class="muted empty">{words::none_of(kind)}</p>
        })}
        <ul class="items">{page}</ul>
        {move || (left() > 0).then(|| view! {
            <button type="button" class="btn quiet" data-act="more" on:click=move |_| shown.update(|n| *n += PAGE)>
                {t!("Show {n} more", n = left().min(PAGE))}
            </button>
        })}
        {move || as_of().map(|time| view! { <p class="section-age"><AsOf time/></p> })}
    }
}
