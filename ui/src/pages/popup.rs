//! The popup: the record of this tab, how it stands, and the same one click.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::{CompanyState, CounterpartState, SidebarView, Standing, Tone};
use sidelight::protocol::{Message, Reply};
use sidelight::t;
use wasm_bindgen::JsValue;

use crate::components::{ChipView, Choose, DemoBanner, Found, Planner, Reader, SearchBox, State, TroubleLine};
use crate::finder::Finder;
use crate::icons::{self, Icon};
use crate::pages::sidebar::NotConnected;
use crate::pane::{Pane, Source, Stage};
use crate::{bridge, browser, words};

/// The whole popup.
#[component]
pub fn Popup() -> impl IntoView {
    let pane = Pane::provide();
    let finder = Finder::provide(pane);
    let searching = Memo::new(move |_| finder.is_open());
    let reading = move || searching.get() && pane.open.with(Option::is_some);
    plan_what_differs(pane);
    view! {
        <div class="popup">
            <main>
                <DemoBanner/>
                {move || (searching.get() || pane.view.with(Option::is_none)).then(|| view! { <h1 class="offscreen">"Sidelight"</h1> })}
                {move || (pane.connected.get() == Some(true)).then(|| view! { <SearchBox/> })}
                <div class="pop-scroll" hidden=move || !searching.get()>
                    <div hidden=reading><Found/></div>
                    {move || reading().then(|| view! { <Reader/> })}
                </div>
                <div class="pop-scroll" hidden=searching>
                {move || match (pane.view.get(), pane.connected.get(), pane.record.get()) {
                    (Some(view), ..) => view! { <InView view/> }.into_any(),
                    (None, Some(false), _) => view! { <NotConnected/> }.into_any(),
                    (None, Some(true), None) => view! {
                        <State icon=icons::INFO title=t!("No record in this tab") text=t!("Open a ticket, client, site, user, asset, contract or article in HaloITSM.")/>
                    }.into_any(),
                    _ if pane.trouble.with(Option::is_some) => ().into_any(),
                    _ => view! {
                        <State icon=icons::SYNC title=t!("Looking") text=t!("Reading the record from HaloITSM and its counterpart from Hudu.")/>
                    }.into_any(),
                }}
                {move || pane.trouble.get().map(|trouble| view! {
                    <TroubleLine trouble again=move |()| { pane.ask_tab(); pane.refresh() }/>
                })}
                <Planner inline=true/>
                </div>
                {move || pane.view.get().map(|view| view! { <Buttons view/> })}
            </main>
            <Foot/>
            <p class="status" role="status" aria-live="polite">{move || pane.status.get()}</p>
        </div>
    }
}

/// Shows the differences at once, so that one click can settle them.
fn plan_what_differs(pane: Pane) {
    let waiting = Memo::new(move |_| {
        let fresh = !pane.looking.get();
        pane.view.with(|view| {
            view.as_ref()
                .filter(|view| fresh && matches!(view.standing, Standing::Differs { .. } | Standing::NotInHudu))
                .and_then(|view| words::sync(view.record.record.kind).map(|_| view.record.record))
        })
    });
    Effect::new(move || {
        if let Some(record) = waiting.get()
            && pane.stage.with_untracked(|stage| *stage == Stage::Closed)
        {
            pane.plan(Source::Record(record));
        }
    });
}

#[component]
fn InView(view: SidebarView) -> impl IntoView {
    let pane = Pane::of_page();
    let SidebarView { record, company, standing, .. } = view;
    let eyebrow = t!("{kind} in this tab", kind = words::record(record.record.kind));
    let line = match &company {
        CompanyState::Matched { company } => Some(company.name.clone()),
        _ => record.client.clone(),
    };
    let line = line.filter(|line| *line != record.title);
    let title = record.title.clone();
    view! {
        <section class="pop-head" aria-label=t!("Record in this tab") data-record=record.record.key()>
            <div class="grow">
                <p class="eyebrow">{eyebrow}</p>
                <h1 class="clip" dir="auto" title=title.clone()>{title.clone()}</h1>
                {line.map(|line| view! { <p class="sub clip" dir="auto" title=line.clone()>{line.clone()}</p> })}
            </div>
            {words::standing(&standing).map(|(text, tone)| view! { <ChipView text tone/> })}
        </section>
        {match company {
            CompanyState::Ambiguous { candidates } => {
                let chosen = super::sidebar::company_record(&record);
                view! {
                    <div class="pop-part">
                        <p class="lead">{t!("Several companies in Hudu could be this client.")}</p>
                        <Choose record=chosen candidates/>
                    </div>
                }.into_any()
            }
            CompanyState::Missing { reason } => view! { <p class="pop-part lead" dir="auto">{reason}</p> }.into_any(),
            CompanyState::Unknown { trouble } => view! { <TroubleLine trouble again=move |()| pane.refresh()/> }.into_any(),
            CompanyState::Matched { .. } | CompanyState::NotNeeded => ().into_any(),
        }}
    }
}

/// What can be done besides applying the plan.
#[component]
fn Buttons(view: SidebarView) -> impl IntoView {
    let pane = Pane::of_page();
    let SidebarView { record, company, counterpart, last_run, .. } = view;
    let source = Source::Record(record.record);
    let button = words::sync(record.record.kind);
    // The record's own counterpart, else the company.
    let url = match (counterpart, company) {
        (CounterpartState::Matched { document, .. }, _) => Some(document.url),
        (_, CompanyState::Matched { company }) => Some(company.url),
        _ => None,
    };
    view! {
        <div class="buttons pop-buttons" role="group" aria-label=t!("More")>
            {button.map(|label| {
                let source = source.clone();
                view! {
                    <button
                        type="button"
                        id="sync"
                        class="btn"
                        data-act="sync"
                        hidden=move || pane.stage.with(|stage| *stage != Stage::Closed)
                        on:click=move |_| pane.plan(source.clone())
                    >
                        {label}
                    </button>
                }
            })}
            {last_run.map(|run| view! {
                <button
                    type="button"
                    class="btn"
                    data-act="undo-last"
                    hidden=move || pane.stage.with(|stage| *stage != Stage::Closed)
                    on:click=move |click| if click.is_trusted() { pane.plan(Source::Undo(run.clone())) }
                >
                    {t!("Undo last sync")}
                </button>
            })}
            {url.map(|url| view! { <a class="btn" data-act="open-hudu" href=url target="_blank" rel="noopener noreferrer">{t!("Open in Hudu")}</a> })}
            <OpenSidebar/>
        </div>
    }
}

/// Opens the browser's own sidebar, where there is one.
#[component]
fn OpenSidebar() -> impl IntoView {
    let pane = Pane::of_page();
    let window = StoredValue::new_local(None::<JsValue>);
    // Asked beforehand: the browser opens its sidebar only while a click is being handled.
    spawn_local(async move { window.set_value(browser::active_window().await) });
    let open = move |_| {
        let window = window.get_value().unwrap_or(JsValue::UNDEFINED);
        if browser::open_own_sidebar(&window).is_err() {
            pane.say(t!("This browser did not open its sidebar."));
        }
    };
    browser::has_own_sidebar().then(|| {
        view! {
            <button type="button" class="btn" data-act="open-sidebar" on:click=open>
                <Icon of=icons::SIDEBAR/>
                {t!("Open sidebar")}
            </button>
        }
    })
}

/// Both connections, options and help.
#[component]
fn Foot() -> impl IntoView {
    let chips = RwSignal::new(None::<(bool, bool)>);
    spawn_local(async move {
        if let Ok(Reply::Connections { connections, halo_secret, hudu_key, .. }) =
            bridge::ask(Message::Connections).await
        {
            chips.set(Some((connections.halo.is_some() && halo_secret, connections.hudu.is_some() && hudu_key)));
        }
    });
    let chip = |name: &'static str, set_up: bool| {
        let (tone, icon, words) = if set_up {
            (Tone::Good, icons::CHECK, t!("is connected"))
        } else {
            (Tone::Warn, icons::WARN, t!("is not connected"))
        };
        view! {
            <span class=format!("chip connection {}", words::tone(tone)) data-connected=set_up.to_string()>
                <Icon of=icon/>
                {name}
                <span class="offscreen">" "{words}</span>
            </span>
        }
    };
    view! {
        <footer class="pop-foot">
            {move || chips.get().map(|(halo, hudu)| view! { {chip("HaloITSM", halo)} {chip("Hudu", hudu)} })}
            <span class="pop-links">
                <a href="centre.html" target="_blank" data-act="centre">{t!("Sync centre")}</a>
                <a href="options.html" target="_blank" data-act="options">{t!("Options")}</a>
                <a href="options.html#help" target="_blank" data-act="help">{t!("Help")}</a>
            </span>
        </footer>
    }
}
