//! The search box, and what was found below it.

use leptos::prelude::*;
use sidelight::assist::search::view::{FoundGroup, FoundView, HitView, IndexView};
use sidelight::halo::record::RecordKind;
use sidelight::{many, t};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::State;
use crate::finder::Finder;
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::words;

/// The box. Its element has the id `filter`, to which `/` gives the focus.
#[component]
pub fn SearchBox() -> impl IntoView {
    let (pane, finder) = (Pane::of_page(), Finder::of_page());
    let open = move || finder.found.with(|found| found.as_ref().is_some_and(|found| !found.groups.is_empty()));
    let chosen = move || open().then(|| row_id(finder.active.get()));
    view! {
        <div class="filter" role="search">
            <Icon of=icons::SEARCH/>
            <input
                id="filter"
                type="search"
                role="combobox"
                aria-label=t!("Search the documentation")
                aria-autocomplete="list"
                aria-controls=move || open().then_some("found")
                aria-expanded=move || open().to_string()
                aria-activedescendant=chosen
                placeholder=t!("Search the documentation")
                autocomplete="off"
                spellcheck="false"
                prop:value=pane.filter
                on:focus=move |_| finder.prepare()
                on:input=move |event| pane.filter.set(event_target_value(&event))
                on:keydown=move |key| pressed(finder, &key)
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}

/// Keys in the box: arrows choose, Enter opens, with Ctrl or Cmd in Hudu, Ctrl or Cmd and C copies.
fn pressed(finder: Finder, key: &KeyboardEvent) {
    let command = key.ctrl_key() || key.meta_key();
    if key.is_composing() || key.alt_key() || !finder.is_open() {
        return;
    }
    let taken = match (key.key().as_str(), command) {
        ("ArrowDown", false) => {
            finder.step(1);
            true
        }
        ("ArrowUp", false) => {
            finder.step(-1);
            true
        }
        ("Enter", in_hudu) => {
            if let Some(hit) = finder.chosen() {
                if in_hudu { finder.open_in_hudu(&hit) } else { finder.open(&hit) }
            }
            true
        }
        ("c" | "C", true) if !is_selecting(key) => match finder.chosen() {
            Some(hit) => {
                finder.copy(&hit);
                true
            }
            None => false,
        },
        _ => false,
    };
    if taken {
        key.prevent_default();
        key.stop_propagation();
    }
    let row = row_id(finder.active.get_untracked());
    request_animation_frame(move || {
        if let Some(row) = document().get_element_by_id(&row) {
            row.scroll_into_view_with_bool(false);
        }
    });
}

/// Whether letters of the box are selected: these are what is copied then.
fn is_selecting(key: &KeyboardEvent) -> bool {
    let input = key.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.selection_start() != input.selection_end())
}

fn row_id(at: usize) -> String {
    format!("hit-{at}")
}

/// What was found; nothing while nothing is typed.
#[component]
pub fn Found() -> impl IntoView {
    let finder = Finder::of_page();
    move || finder.found.get().map(|found| view! { <Shown found/> })
}

#[component]
fn Shown(found: FoundView) -> impl IntoView {
    let finder = Finder::of_page();
    let FoundView { groups, total, elsewhere, company, index } = found;
    let shown: usize = groups.iter().map(|group| group.hits.len()).sum();
    let place = match &company {
        Some(company) if !finder.everywhere.get_untracked() => format!(" {}", t!("of {company}", company)),
        _ => String::new(),
    };
    let count = if total > shown {
        many!(
            total,
            "The best {shown} of {n} document{place}",
            "The best {shown} of {n} documents{place}",
            shown,
            place
        )
    } else {
        many!(total, "{n} document{place} found", "{n} documents{place} found", place)
    };
    let reading = progress(&index);
    let is_empty = groups.is_empty();
    let nothing = is_empty.then(|| empty(&index, elsewhere, company.as_deref()));
    let mut first = 0;
    let groups = groups
        .into_iter()
        .map(|group| {
            let from = first;
            first += group.hits.len();
            view! { <Group group from/> }
        })
        .collect_view();
    let all = company.is_some().then(|| {
        let label = move || {
            if elsewhere > 0 { t!("All clients ({n} more)", n = words::number(elsewhere)) } else { t!("All clients") }
        };
        view! {
            <button
                type="button"
                class="btn quiet"
                data-act="everywhere"
                aria-pressed=move || finder.everywhere.get().to_string()
                on:click=move |_| finder.everywhere.update(|on| *on = !*on)
            >
                {label}
            </button>
        }
    });
    view! {
        <section class="found-part" aria-label=t!("Search results")>
            <div class="found-head">
                <p class="sub grow" role="status">{count}</p>
                {all}
            </div>
            {nothing}
            {(!is_empty).then(|| view! { <div id="found" class="found" role="listbox" aria-label=t!("Found")>{groups}</div> })}
            {reading.map(|text| view! { <p class="sub found-index">{text}</p> })}
            <p class="sub found-keys" aria-hidden="true">
                <kbd>{t!("Enter")}</kbd>" "{t!("opens")}" "<kbd>{t!("Ctrl Enter")}</kbd>" "{t!("in Hudu")}" "<kbd>{t!("Ctrl C")}</kbd>" "{t!("copies")}
            </p>
        </section>
    }
}

/// What is said where nothing was found.
fn empty(index: &IndexView, elsewhere: usize, company: Option<&str>) -> impl IntoView + use<> {
    let text = match (company, elsewhere) {
        (Some(company), 1..) => {
            t!("Nothing of {company}. Other clients have {n}.", company, n = words::number(elsewhere))
        }
        _ if index.reading => t!("Nothing so far. Hudu is still being read, so look again in a moment."),
        _ if index.documents == 0 => t!("Nothing of Hudu has been read yet."),
        _ => t!("No name, value, serial, address or e-mail in Hudu is like this. Try fewer or other words."),
    };
    view! { <State icon=icons::SEARCH title=t!("Nothing found") text/> }
}

/// "12,400 of about 20,000 read, reading on".
fn progress(index: &IndexView) -> Option<String> {
    if let Some(trouble) = &index.trouble {
        return Some(t!(
            "{n} read, then it stopped: {why}",
            n = words::number(index.documents),
            why = trouble.sentence
        ));
    }
    let read = words::number(index.documents);
    index.reading.then(|| match index.expected {
        Some(expected) => {
            t!("{read} of about {total} documents read, reading on.", read, total = words::number(expected))
        }
        None => t!("{read} documents read, reading on.", read),
    })
}

#[component]
fn Group(group: FoundGroup, from: usize) -> impl IntoView {
    let label = group.kind.map_or_else(|| t!("Companies"), words::section);
    let id = format!("found-{}", group.kind.map_or("company", words::document_key));
    let labelled = id.clone();
    view! {
        <div role="group" aria-labelledby=labelled>
            <p class="group" id=id role="presentation">{label}</p>
            {group.hits.into_iter().enumerate().map(|(at, hit)| view! { <Row hit at=from + at/> }).collect_view()}
        </div>
    }
}

#[component]
fn Row(hit: HitView, at: usize) -> impl IntoView {
    let finder = Finder::of_page();
    let chosen = move || finder.active.get() == at;
    let icon = hit.kind.map_or(icons::record(RecordKind::Client), icons::document);
    let HitView { title, marks, value, company, group, .. } = hit.clone();
    let line: Vec<String> = [group, company].into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <div
            class="hit"
            class:current=chosen
            role="option"
            id=row_id(at)
            aria-selected=move || chosen().to_string()
            title=title.clone()
            on:mousemove=move |_| finder.active.set(at)
            on:click=move |click| {
                finder.active.set(at);
                if click.ctrl_key() || click.meta_key() { finder.open_in_hudu(&hit) } else { finder.open(&hit) }
            }
        >
            <span class="glyph"><Icon of=icon/></span>
            <span class="texts">
                <span class="name" dir="auto">{marked(&title, &marks)}</span>
                {value.map(|(label, text, marks)| view! {
                    <span class="sub" dir="auto">{(!label.is_empty()).then(|| format!("{label} "))}<b>{marked(&text, &marks)}</b></span>
                })}
                <span class="sub" dir="auto">{line.join(" · ")}</span>
            </span>
        </div>
    }
}

/// A text with its matched letters marked.
fn marked(text: &str, marks: &[(usize, usize)]) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut at = 0;
    for (start, end) in marks {
        if let (Some(before), Some(mark)) = (text.get(at..*start), text.get(*start..*end)) {
            parts.push(before.to_owned().into_any());
            parts.push(view! { <mark>{mark.to_owned()}</mark> }.into_any());
            at = *end;
        }
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    parts
}
