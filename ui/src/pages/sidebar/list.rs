//! The list: a state with words, or the record with its client's documentation.

use leptos::prelude::*;

use sidelight::protocol::Intent;
use sidelight::t;

use super::ending::Ending;
use super::record::Record;
use super::section::Section;
use super::suggested::Suggested;
use crate::components::{OpenedLast, Pinned, State, TroubleLine};
use crate::icons;
use crate::pane::Pane;
use crate::place::Place;

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Asking,
    NotConnected,
    NoRecord,
    /// A tab of its own, beside no record.
    Apart,
    /// What ends soon, of all clients.
    Ending,
    Looking,
    Failed,
    Shown,
}

fn phase(pane: Pane) -> Phase {
    if pane.view.with(Option::is_some) {
        return Phase::Shown;
    }
    let failed = pane.trouble.with(Option::is_some);
    match (pane.connected.get(), pane.record.get()) {
        (Some(false), _) => Phase::NotConnected,
        _ if failed => Phase::Failed,
        (_, Some(_)) => Phase::Looking,
        (None, None) => Phase::Asking,
        (Some(true), None) => match pane.place.get_value() {
            Place::Window { intent: Intent::Ending, .. } => Phase::Ending,
            Place::Window { .. } => Phase::Apart,
            _ => Phase::NoRecord,
        },
    }
}

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let pane = Pane::of_page();
    let phase = Memo::new(move |_| phase(pane));
    move || {
        match phase.get() {
        Phase::Asking => view! {
            <State icon=icons::SYNC title=t!("One moment") text=t!("Asking which record is in view.")/>
        }.into_any(),
        Phase::NotConnected => view! { <NotConnected/> }.into_any(),
        Phase::NoRecord => view! {
            <State
                icon=icons::INFO
                title=t!("No record in view")
                text=t!("Open a ticket, client, site, user, asset, contract or article in HaloITSM. Its documentation appears here.")
            />
        }.into_any(),
        Phase::Apart => view! {
            <State
                icon=icons::SEARCH
                title=t!("All of Hudu")
                text=t!("Type above what you look for: a name, a serial, an address, an e-mail. What you open is read here.")
            />
        }.into_any(),
        Phase::Ending => view! { <Ending/> }.into_any(),
        Phase::Looking => view! {
            <State icon=icons::SYNC title=t!("Looking") text=t!("Reading the record from HaloITSM and its client’s documentation from Hudu.")/>
        }.into_any(),
        Phase::Failed => view! { <Trouble/> }.into_any(),
        Phase::Shown => view! { <Shown/> }.into_any(),
    }
    }
}

/// Nothing is set up yet.
#[component]
pub fn NotConnected() -> impl IntoView {
    view! {
        <State
            icon=icons::CONNECT
            title=t!("Connect HaloITSM and Hudu")
            text=t!("Sidelight needs the address of both and the right to read them. It takes about five minutes.")
        >
            <a class="btn primary" data-act="connect" href="options.html" target="_blank">{t!("Open connections")}</a>
        </State>
    }
}

#[component]
fn Trouble() -> impl IntoView {
    let pane = Pane::of_page();
    let again = move |()| {
        pane.ask_tab();
        pane.refresh();
    };
    move || pane.trouble.get().map(|trouble| view! { <TroubleLine trouble again/> })
}

#[component]
fn Shown() -> impl IntoView {
    let pane = Pane::of_page();
    let kinds = Memo::new(move |_| {
        pane.view.with(|view| view.iter().flat_map(|v| &v.sections).map(|s| s.kind).collect::<Vec<_>>())
    });
    view! {
        <Suggested/>
        <Record/>
        <Pinned/>
        <Nothing/>
        <ul class="sections">
            {move || kinds.get().into_iter().map(|kind| view! { <Section kind/> }).collect_view()}
        </ul>
        <OpenedLast/>
    }
}

/// Says so when nothing is documented.
#[component]
fn Nothing() -> impl IntoView {
    let pane = Pane::of_page();
    let empty = Memo::new(move |_| {
        pane.view.with(|view| {
            view.as_ref().is_some_and(|v| {
                !v.sections.is_empty()
                    && v.sections.iter().all(|s| s.count == 0 && s.trouble.is_none() && s.as_of.is_some())
            })
        })
    });
    move || {
        empty.get().then(|| view! {
            <State icon=icons::INFO title=t!("Nothing documented yet") text=t!("Hudu knows this company, but holds no assets, people, articles, passwords or processes of it. What is added there appears here.")/>
        })
    }
}
