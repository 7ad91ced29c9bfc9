//! Options: the two connections, their check, the sidebar, the requests allowed, and help.

mod access;
mod check;
mod disconnect;
mod guide;
mod halo;
mod hudu;
mod language;
mod lock;
mod settings;
mod shortcuts;
mod start;
mod tickets;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::Tone;
use sidelight::http::{Product, address};
use sidelight::protocol::{Event, Message, Reply};
use sidelight::settings::Connections;
use sidelight::t;
use sidelight::trouble::Trouble;

use crate::components::{ChipView, DemoBanner, TroubleLine, begin_demo};
use crate::{bridge, browser};

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
            // Its addresses are answered in this browser: there is nothing to reach.
            _ if self.connections.is_demo() => Vec::new(),
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

    /// Whether this is another address than the stored one, from which documentation and runs are kept.
    fn leaves(&self, product: Product, origin: &str) -> bool {
        let Connections { halo, hudu } = &self.connections;
        let stored = match product {
            Product::Halo => halo.as_ref().map(|halo| &halo.origin),
            Product::Hudu => hudu.as_ref().map(|hudu| &hudu.origin),
        };
        !self.connections.is_demo() && stored.is_some_and(|stored| stored != origin)
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
    /// Something changed of which the background does not tell what: a permission, for one.
    news: Trigger,
    /// The last thing that happened.
    status: RwSignal<String>,
    /// How many points of the last check do not work; `None` before it.
    wrong: RwSignal<Option<usize>>,
    /// Why the page could not begin.
    trouble: RwSignal<Option<Trouble>>,
}

impl Desk {
    fn of_page() -> Self {
        expect_context()
    }

    /// Whether this is another address than the stored one.
    fn leaves(&self, product: Product, origin: &str) -> bool {
        self.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.leaves(product, origin)))
    }

    fn say(&self, words: impl Into<String>) {
        self.status.set(words.into());
    }

    /// Whether a connection is stored.
    fn is_stored(&self, product: Product) -> bool {
        self.held.with(|held| {
            held.as_ref().is_some_and(|held| match product {
                Product::Halo => held.connections.halo.is_some(),
                Product::Hudu => held.connections.hudu.is_some(),
            })
        })
    }

    /// Whether the secret of a connection is stored.
    fn has_secret(&self, product: Product) -> bool {
        self.held.with(|held| {
            held.as_ref().is_some_and(|held| match product {
                Product::Halo => held.halo_secret,
                Product::Hudu => held.hudu_key,
            })
        })
    }

    /// What stands in the empty field of a secret.
    fn secret_hint(&self, product: Product) -> String {
        if self.has_secret(product) { t!("Stored. Type to replace.") } else { String::new() }
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

    /// Connects the made-up data, and says how it went.
    fn try_demo(self) {
        spawn_local(async move {
            match begin_demo().await {
                Ok(()) => self.say(t!("The demo is ready. Nothing of it leaves this browser.")),
                Err(trouble) => self.say(trouble.sentence),
            }
        });
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
        news: Trigger::new(),
        status: RwSignal::new(String::new()),
        wrong: RwSignal::new(None),
        trouble: RwSignal::new(None),
    };
    provide_context(desk);
    desk.load();
    bridge::hear(move |event| {
        if event == Event::SettingsChanged {
            desk.news.notify();
            desk.load();
        }
    });
    if let Some(version) = document().get_element_by_id("version") {
        version.set_text_content(Some(&browser::version()));
    }
    let guiding = RwSignal::new(guide::is_asked_for());
    let turned = window_event_listener(leptos::ev::hashchange, move |_| guiding.set(guide::is_asked_for()));
    // A link within the page must not make its forms anew, with what is typed in them.
    let guiding = Memo::new(move |_| guiding.get());
    on_cleanup(move || turned.remove());
    // The parts of the page that stand in its HTML go away while the guide is shown.
    Effect::new(move || {
        if let Some(body) = document().body() {
            let _ = body.class_list().toggle_with_force("guiding", guiding.get());
        }
    });
    view! {
        {move || desk.trouble.get().map(|trouble| view! {
            <TroubleLine trouble again=move |()| desk.load()/>
        })}
        {move || match guiding.get() {
            true => view! { <DemoBanner/><guide::Guide/> }.into_any(),
            false => view! { <AllSettings/> }.into_any(),
        }}
        <p class="status" role="status" aria-live="polite">{move || desk.status.get()}</p>
    }
}

/// Everything that can be set.
#[component]
fn AllSettings() -> impl IntoView {
    let desk = Desk::of_page();
    // Once known, the forms stay: news of the connections must not take away what is being typed.
    let known = Memo::new(move |_| desk.held.with(Option::is_some));
    view! {
        <DemoBanner places=true/>
        <start::Start/>
        <section id="connections" aria-labelledby="connections-title">
            <h2 id="connections-title">{t!("Connections")}</h2>
            <p class="lead">{t!("Sidelight reads HaloITSM and Hudu from this browser, with these two sign-ins. They are stored encrypted and are sent to nobody else.")}</p>
            {move || known.get().then(|| view! {
                <div class="cards">
                    <halo::Halo/>
                    <hudu::Hudu/>
                </div>
                <check::Check/>
            })}
        </section>
        <tickets::Tickets/>
        <lock::Lock/>
        <settings::SettingsForm/>
        <language::Language/>
        <shortcuts::Shortcuts/>
    }
}

/// The head of a connection's card: its name and whether it is set up.
#[component]
fn CardHead(
    /// Id of the heading.
    id: &'static str,
    /// Which connection.
    product: Product,
) -> impl IntoView {
    let desk = Desk::of_page();
    let chip = move || {
        let set_up = desk.has_secret(product) && desk.is_stored(product);
        let (text, tone) = if set_up { (t!("Set up"), Tone::Good) } else { (t!("Not set up"), Tone::Plain) };
        view! { <ChipView text tone/> }
    };
    view! {
        <div class="card-head">
            <h3 id=id class="grow">{product.name()}</h3>
            {chip}
        </div>
    }
}
