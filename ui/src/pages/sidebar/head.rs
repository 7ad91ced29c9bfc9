//! The head: whose documentation this is, and the search box.

use leptos::prelude::*;
use sidelight::assist::view::{CompanyState, CompanyView, SidebarView};
use sidelight::protocol::Message;
use sidelight::t;

use crate::components::{DemoBanner, HuduLink, SearchBox};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::{bridge, place, words};

/// Who stands in the head.
#[derive(Clone, PartialEq)]
struct Who {
    name: String,
    line: Option<String>,
    url: Option<String>,
    known: bool,
}

fn who(view: Option<&SidebarView>) -> Who {
    match view {
        Some(SidebarView { company: CompanyState::Matched { company }, .. }) => {
            Who { name: company.name.clone(), line: address_line(company), url: Some(company.url.clone()), known: true }
        }
        Some(view) => Who {
            name: view.record.client.clone().unwrap_or_else(|| view.record.title.clone()),
            line: Some(words::record(view.record.record.kind)),
            url: None,
            known: true,
        },
        None => Who { name: "Sidelight".to_owned(), line: None, url: None, known: false },
    }
}

fn address_line(company: &CompanyView) -> Option<String> {
    let parts: Vec<&str> = [company.address.as_deref(), company.phone.as_deref()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The head of the sidebar.
#[component]
pub fn Head() -> impl IntoView {
    let pane = Pane::of_page();
    let who = Memo::new(move |_| pane.view.with(|view| who(view.as_ref())));
    let person = move || {
        let Who { name, line, url, known } = who.get();
        view! {
            {known.then(|| view! { <span class="avatar" aria-hidden="true">{words::initials(&name)}</span> })}
            <div class="grow">
                <h1 class="clip" dir="auto" title=name.clone()>{name.clone()}</h1>
                {line.map(|line| view! { <p class="clip sub" dir="auto" title=line.clone()>{line.clone()}</p> })}
            </div>
            {url.map(|url| view! { <HuduLink url label=t!("Open the company in Hudu")/> })}
        }
    };
    view! {
        <header class="head">
            <div class="head-row">
                {person}
                <button type="button" class="tool" data-act="lock" title=t!("Lock Sidelight") aria-label=t!("Lock Sidelight") on:click=|_| bridge::tell(Message::Lock)>
                    <Icon of=icons::LOCK/>
                </button>
                <a class="tool" href="options.html" target="_blank" title=t!("Settings") aria-label=t!("Settings")>
                    <Icon of=icons::SETTINGS/>
                </a>
                {place::in_frame().then(|| view! {
                    <button type="button" class="tool" data-act="close" title=t!("Close (Esc)") aria-label=t!("Close") on:click=move |_| place::tell_host("close")>
                        <Icon of=icons::CLOSE/>
                    </button>
                })}
            </div>
            {move || (pane.connected.get() == Some(true)).then(|| view! { <SearchBox/> })}
            <DemoBanner/>
        </header>
    }
}
