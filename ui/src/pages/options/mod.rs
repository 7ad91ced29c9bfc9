//! Options: the two connections, their check, the sidebar, how records are synced, and help.

mod access;
mod check;
mod disconnect;
mod form;
mod halo;
mod help;
mod hudu;
mod rules;
mod settings;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::{Product, address};
use sidelight::protocol::{Event, Message, Reply};
use sidelight::settings::Connections;
use sidelight::trouble::Trouble;

use crate::{bridge, words};

/// The connections as the background holds them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    connections: Connections,
    halo_secret: bool,
    hudu_key: bool,
    redirect_url: Option<String>,
}

impl Held {
    /// The permission patterns that a stored connection needs.
    fn patterns(&self, product: Product) -> Vec<String> {
        match product {
            Product::Halo => self
                .connections
                .halo
                .as_ref()
                .and_then(|halo| address::halo_patterns(&halo.origin, halo.auth_server.as_deref()).ok())
                .unwrap_or_default(),
            Product::Hudu => self
                .connections
                .hudu
                .as_ref()
                .and_then(|hudu| address::permission_pattern(&hudu.origin))
                .into_iter()
                .collect(),
        }
    }

    /// The host of a stored connection, as a person reads it.
    fn host(&self, product: Product) -> String {
        let origin = match product {
            Product::Halo => self.connections.halo.as_ref().map(|halo| &halo.origin),
            Product::Hudu => self.connections.hudu.as_ref().map(|hudu| &hudu.origin),
        };
        origin.and_then(|origin| origin.split("://").nth(1)).unwrap_or_default().to_owned()
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The connections; `None` until the background said so.
    held: RwSignal<Option<Held>>,
    /// The last thing that happened.
    status: RwSignal<String>,
    /// Why the page could not begin.
    trouble: RwSignal<Option<Trouble>>,
}

impl Desk {
    fn of_page() -> Self {
        expect_context()
    }

    fn say(&self, words: impl Into<String>) {
        self.status.set(words.into());
    }

    /// Takes an answer that tells the connections.
    fn take(&self, answer: Result<Reply, Trouble>) -> Result<(), Trouble> {
        match answer? {
            Reply::Connections { connections, halo_secret, hudu_key, redirect_url } => {
                let held = Held { connections, halo_secret, hudu_key, redirect_url };
                if self.held.with_untracked(|old| old.as_ref() != Some(&held)) {
                    self.held.set(Some(held));
                }
                Ok(())
            }
            _ => Err(bridge::odd()),
        }
    }

    fn load(self) {
        spawn_local(async move {
            let answer = bridge::ask(Message::Connections).await;
            self.trouble.set(self.take(answer).err());
        });
    }
}

/// The whole page.
#[component]
pub fn Options() -> impl IntoView {
    let desk = Desk {
        held: RwSignal::new(None),
        status: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    provide_context(desk);
    desk.load();
    bridge::hear(move |event| {
        if event == Event::SettingsChanged {
            desk.load();
        }
    });
    // Once known, the forms stay: news of the connections must not take away what is being typed.
    let known = Memo::new(move |_| desk.held.with(Option::is_some));
    view! {
        <div class="options">
            <header class="options-head">
                <img src="icons/48.png" width="32" height="32" alt=""/>
                <h1>"Sidelight"</h1>
                <nav aria-label="On this page">
                    <a href="#connections">"Connections"</a>
                    <a href="#sidebar">"Sidebar"</a>
                    <a href="#sync">"Sync"</a>
                    <a href="#help">"Help"</a>
                </nav>
            </header>
            <main>
                {move || desk.trouble.get().map(|trouble| view! {
                    <crate::components::TroubleLine trouble again=move |()| desk.load()/>
                })}
                <section id="connections" aria-labelledby="connections-title">
                    <h2 id="connections-title">"Connections"</h2>
                    <p class="lead">"Sidelight reads HaloITSM and Hudu from this browser, with these two sign-ins. They are stored encrypted and are sent to nobody else."</p>
                    {move || known.get().then(|| view! {
                        <div class="cards">
                            <halo::Halo/>
                            <hudu::Hudu/>
                        </div>
                        <check::Check/>
                    })}
                </section>
                <settings::SettingsForm/>
                <help::Help/>
            </main>
            <p class="status" role="status" aria-live="polite">{move || desk.status.get()}</p>
        </div>
    }
}

/// The chip in a connection's head.
fn standing(set_up: bool) -> (&'static str, &'static str) {
    if set_up {
        ("Set up", words::tone(sidelight::assist::view::Tone::Good))
    } else {
        ("Not set up", words::tone(sidelight::assist::view::Tone::Plain))
    }
}
