//! The Hudu connection.

use leptos::prelude::*;
use sidelight::http::{Product, address};
use sidelight::protocol::Message;
use sidelight::t;
use sidelight::trouble::Trouble;

use super::access::{MissingAccess, with_access};
use super::disconnect::{Disconnect, Moved};
use super::halo::sentence;
use super::{CardHead, Desk};
use crate::bridge;
use crate::components::{TextField, TroubleLine};

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    url: RwSignal<String>,
    url_error: RwSignal<Option<String>>,
    api_key: RwSignal<String>,
    key_error: RwSignal<Option<String>>,
    trouble: RwSignal<Option<Trouble>>,
    busy: RwSignal<bool>,
    moving: RwSignal<bool>,
}

impl Draft {
    fn save(self, desk: Desk, sure: bool) {
        let stored_key = desk.has_secret(Product::Hudu);
        self.trouble.set(None);
        let url = self.url.get_untracked();
        let api_key = Some(self.api_key.get_untracked().trim().to_owned()).filter(|key| !key.is_empty());
        let origin = address::origin(Product::Hudu, &url);
        let no_key = api_key.is_none() && !stored_key;
        self.key_error.set(no_key.then(|| t!("Paste an API key from Hudu.")));
        let pattern = origin.as_deref().ok().and_then(address::permission_pattern);
        let ask = !sure && origin.as_deref().is_ok_and(|origin| desk.leaves(Product::Hudu, origin));
        self.url_error.set(sentence(origin));
        let Some(pattern) = pattern.filter(|_| !no_key) else {
            return desk.say(t!("Something is missing. See what stands beside the fields."));
        };
        self.moving.set(ask);
        if ask {
            return;
        }
        self.busy.set(true);
        let refused = move |trouble| {
            self.trouble.set(Some(trouble));
            self.busy.set(false);
        };
        with_access(&[pattern], refused, async move || {
            let answer = bridge::ask(Message::SaveHudu { url, api_key }).await;
            self.busy.set(false);
            match desk.take(answer) {
                Ok(()) => {
                    self.api_key.set(String::new());
                    desk.say(t!("Hudu saved. Check the connection next."));
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }
}

/// The card.
#[component]
pub fn Hudu() -> impl IntoView {
    let desk = Desk::of_page();
    let stored = desk.held.with_untracked(|held| held.as_ref().and_then(|h| h.connections.hudu.clone()));
    let draft = Draft {
        url: RwSignal::new(stored.map(|hudu| hudu.origin).unwrap_or_default()),
        url_error: RwSignal::new(None),
        api_key: RwSignal::new(String::new()),
        key_error: RwSignal::new(None),
        trouble: RwSignal::new(None),
        busy: RwSignal::new(false),
        moving: RwSignal::new(false),
    };
    let placeholder = Signal::derive(move || desk.secret_hint(Product::Hudu));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        untrack(|| draft.save(desk, false));
    };
    view! {
        <form class="card" aria-labelledby="hudu-title" on:submit=save>
            <CardHead id="hudu-title" product=Product::Hudu/>
            <MissingAccess product=Product::Hudu/>
            <TextField id="hudu-url" label=t!("Hudu URL") value=draft.url error=draft.url_error
                hint=t!("The address at which you open Hudu, for example https://acme.huducloud.com.")/>
            <TextField id="hudu-api-key" label=t!("API key") value=draft.api_key error=draft.key_error secret=true placeholder=placeholder
                hint=t!("From Hudu: Admin, API keys. Switch password access on if passwords shall be shown.")/>
            {move || draft.trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <Moved product=Product::Hudu asking=draft.moving save=move |()| untrack(|| draft.save(desk, true))/>
            <div class="buttons">
                <button type="submit" class="btn primary" data-act="save-hudu" prop:disabled=draft.busy>
                    {move || if draft.busy.get() { t!("Saving…") } else { t!("Save Hudu") }}
                </button>
                <Disconnect product=Product::Hudu/>
            </div>
        </form>
    }
}
