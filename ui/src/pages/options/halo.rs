//! The HaloITSM connection.

use leptos::prelude::*;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::Product;
use sidelight::http::address::{self, AddressError};
use sidelight::protocol::Message;
use sidelight::trouble::{Explain, Trouble};
use sidelight::{mark, t};

use super::access::{MissingAccess, with_access};
use super::disconnect::{Disconnect, Moved};
use super::{CardHead, Desk};
use crate::bridge;
use crate::components::{CopyButton, Radios, TextField, TroubleLine};

const SECRET: &str = "secret";
const PERSON: &str = "person";

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    resource_server: RwSignal<String>,
    resource_error: RwSignal<Option<String>>,
    auth_server: RwSignal<String>,
    auth_error: RwSignal<Option<String>>,
    tenant: RwSignal<String>,
    client_id: RwSignal<String>,
    client_error: RwSignal<Option<String>>,
    client_secret: RwSignal<String>,
    sign_in: RwSignal<&'static str>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
    moving: RwSignal<bool>,
}

impl Draft {
    fn of(stored: Option<HaloConnection>) -> Self {
        let text = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
        let sign_in = match stored.as_ref().map(|halo| halo.sign_in) {
            Some(HaloSignIn::Person) => PERSON,
            _ => SECRET,
        };
        Self {
            resource_server: text(stored.as_ref().map(|halo| halo.origin.clone())),
            resource_error: RwSignal::new(None),
            auth_server: text(stored.as_ref().and_then(|halo| halo.auth_server.clone())),
            auth_error: RwSignal::new(None),
            tenant: text(stored.as_ref().and_then(|halo| halo.tenant.clone())),
            client_id: text(stored.map(|halo| halo.client_id)),
            client_error: RwSignal::new(None),
            client_secret: RwSignal::new(String::new()),
            sign_in: RwSignal::new(sign_in),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            moving: RwSignal::new(false),
        }
    }

    /// The permission patterns, or `None` after the errors were put beside their fields.
    fn patterns(&self) -> Option<Vec<String>> {
        let (resource, auth) = (self.resource_server.get_untracked(), self.auth_server.get_untracked());
        self.resource_error.set(sentence(address::origin(Product::Halo, &resource)));
        let auth_wrong = match auth.trim() {
            "" => None,
            typed => sentence(address::origin(Product::Halo, typed)),
        };
        self.auth_error.set(auth_wrong);
        let no_id = self.client_id.with_untracked(|id| id.trim().is_empty());
        self.client_error.set(no_id.then(|| t!("Type the client ID of the application in HaloITSM.")));
        if no_id || self.auth_error.with_untracked(Option::is_some) {
            return None;
        }
        address::halo_patterns(&resource, Some(&auth)).ok()
    }

    fn message(&self) -> Message {
        let typed = |signal: RwSignal<String>| Some(signal.get_untracked().trim().to_owned()).filter(|t| !t.is_empty());
        let resource_server = self.resource_server.get_untracked();
        let (auth_server, tenant) = (typed(self.auth_server), typed(self.tenant));
        let client_id = typed(self.client_id).unwrap_or_default();
        if self.sign_in.get_untracked() == PERSON {
            Message::SignInHalo { resource_server, auth_server, tenant, client_id }
        } else {
            let client_secret = typed(self.client_secret);
            Message::SaveHalo { resource_server, auth_server, tenant, client_id, client_secret }
        }
    }

    fn save(self, desk: Desk, sure: bool) {
        self.trouble.set(None);
        let Some(patterns) = self.patterns() else {
            return desk.say(t!("Something is missing. See what stands beside the fields."));
        };
        let origin = self.resource_server.with_untracked(|typed| address::origin(Product::Halo, typed));
        let ask = !sure && origin.is_ok_and(|origin| desk.leaves(Product::Halo, &origin));
        self.moving.set(ask);
        if ask {
            return;
        }
        self.busy.set(true);
        let refused = move |trouble| {
            self.trouble.set(Some(trouble));
            self.busy.set(false);
        };
        with_access(&patterns, refused, async move || {
            let answer = bridge::ask(self.message()).await;
            self.busy.set(false);
            match desk.take(answer) {
                Ok(()) => {
                    self.client_secret.set(String::new());
                    desk.say(t!("HaloITSM saved. Check the connection next."));
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

/// The error in words, where there is one.
pub fn sentence(read: Result<String, AddressError>) -> Option<String> {
    read.err().map(|error| error.sentence())
}

/// The card.
#[component]
pub fn Halo() -> impl IntoView {
    let desk = Desk::of_page();
    let draft = Draft::of(desk.held.with_untracked(|held| held.as_ref().and_then(|h| h.connections.halo.clone())));
    let placeholder = Signal::derive(move || desk.secret_hint(Product::Halo));
    let person = move || draft.sign_in.get() == PERSON;
    let label = move || match (draft.busy.get(), person()) {
        (true, _) => t!("Saving…"),
        (false, true) => t!("Sign in with HaloITSM"),
        (false, false) => t!("Save HaloITSM"),
    };
    view! {
        <form class="card" aria-labelledby="halo-title" on:submit=move |event| { event.prevent_default(); draft.save(desk, false); }>
            <CardHead id="halo-title" product=Product::Halo/>
            <MissingAccess product=Product::Halo/>
            <TextField id="halo-resource-server" label=t!("Resource server") value=draft.resource_server error=draft.resource_error
                hint=t!("The address at which you open HaloITSM, for example https://acme.haloitsm.com.")/>
            <TextField id="halo-tenant" label=t!("Tenant") value=draft.tenant hint=t!("Only where HaloITSM is hosted for you and its API page names one.")/>
            <Radios name="sign-in" legend=t!("How Sidelight signs in") value=draft.sign_in
                choices=&[(SECRET, mark!("With a client secret")), (PERSON, mark!("As yourself"))]
                on_change=move |choice| draft.sign_in.set(choice)/>
            <TextField id="halo-client-id" label=t!("Client ID") value=draft.client_id error=draft.client_error
                hint=t!("From HaloITSM: Configuration, Integrations, Halo API, your application.")/>
            {move || if person() {
                view! { <Redirect/> }.into_any()
            } else {
                view! {
                    <TextField id="halo-client-secret" label=t!("Client secret") value=draft.client_secret secret=true placeholder=placeholder/>
                }.into_any()
            }}
            <details class="advanced">
                <summary>{t!("Advanced")}</summary>
                <TextField id="halo-auth-server" label=t!("Authorisation server") value=draft.auth_server error=draft.auth_error
                    hint=t!("Only where HaloITSM’s API page names another address for it.")/>
            </details>
            {move || draft.trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <Moved product=Product::Halo asking=draft.moving save=move |()| draft.save(desk, true)/>
            <div class="buttons">
                <button type="submit" class="btn primary" data-act="save-halo" prop:disabled=draft.busy>{label}</button>
                <Disconnect product=Product::Halo/>
            </div>
        </form>
    }
}

/// What has to be registered in HaloITSM before a person can sign in.
#[component]
fn Redirect() -> impl IntoView {
    let desk = Desk::of_page();
    move || {
        desk.held.with(|held| held.as_ref().and_then(|h| h.redirect_url.clone())).map(|url| view! {
            <div class="redirect">
                <p class="hint">{t!("The application in HaloITSM uses “Authorisation Code (Native Application)” with this login redirect URL:")}</p>
                <p class="row-line"><code class="grow">{url.clone()}</code><CopyButton value=url name=t!("redirect URL")/></p>
            </div>
        })
    }
}
