//! All settings as one file, out and in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::settings::Settings;
use sidelight::t;
use sidelight_ui::bridge;
use sidelight_ui::components::TroubleLine;
use sidelight_ui::icons::{self, Icon};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::draft::{Draft, SettingsPage, changed};
use crate::desk::Desk;
use crate::export;

/// The settings file.
#[component]
pub fn SettingsFilePage() -> impl IntoView {
    view! {
        <SettingsPage
            title=t!("Settings file")
            lead=t!("Every choice in one file without secrets: for a colleague’s browser, or as the configuration of the command line.")
        >
            <Out/>
            <In/>
        </SettingsPage>
    }
}

#[component]
fn Out() -> impl IntoView {
    let desk = Desk::of_page();
    view! {
        <section class="card" aria-labelledby="export-title">
            <h2 id="export-title">{t!("Export")}</h2>
            <p class="muted">{t!("The file holds addresses, layouts, rules, connected fields, policies and the schedule. Passwords, keys and client secrets are never in it.")}</p>
            <div>
                <button type="button" class="btn" data-act="export-settings" on:click=move |_| export::ask(desk, CentreAsk::ExportSettings)>
                    <Icon of=icons::DOWNLOAD/>
                    {t!("Export sidelight.toml")}
                </button>
            </div>
        </section>
    }
}

#[component]
fn In() -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let text = RwSignal::new(String::new());
    let trouble = RwSignal::new(None);
    let read = RwSignal::new(None::<Settings>);
    let look = move |typed: String| {
        trouble.set(None);
        read.set(None);
        if typed.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            match bridge::ask(CentreAsk::ReadSettings { text: typed }).await {
                Ok(Reply::Settings { settings }) => read.set(Some(*settings)),
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            // A file that cannot be read as text leaves the box empty.
            let content = JsFuture::from(file.text()).await.ok().and_then(|content| content.as_string());
            let content = content.unwrap_or_default();
            text.set(content.clone());
            look(content);
        });
    };
    let take = move |_| {
        if let Some(settings) = read.get_untracked() {
            draft.replace(settings);
            desk.say(t!("The file’s settings are on the pages now. Save them to keep them."));
        }
    };
    let found = move || {
        let new = read.get()?;
        let parts = draft.saved.with(|saved| saved.as_ref().map(|saved| changed(saved, &new)).unwrap_or_default());
        let words = if parts.is_empty() {
            t!("The file says what is saved already.")
        } else {
            t!("The file changes: {parts}. Connections stay as they are.", parts = parts.join(", "))
        };
        Some(view! {
            <div class="told" role="status">
                <p class="grow">{words}</p>
                {(!parts.is_empty()).then(|| view! {
                    <button type="button" class="btn" data-act="take-settings" on:click=take>{t!("Take these settings")}</button>
                })}
            </div>
        })
    };
    view! {
        <section class="card" aria-labelledby="import-title">
            <h2 id="import-title">{t!("Import")}</h2>
            <p class="muted">{t!("Nothing changes before you have seen what the file would change and saved it.")}</p>
            <div class="text-field">
                <label for="settings-file">{t!("A file from this computer")}</label>
                <input id="settings-file" type="file" accept=".toml,text/plain" on:change=chosen/>
            </div>
            <div class="text-field">
                <label for="settings-text">{t!("Or its text")}</label>
                <textarea
                    id="settings-text"
                    rows="8"
                    spellcheck="false"
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                    on:change=move |event| look(event_target_value(&event))
                ></textarea>
            </div>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            {found}
        </section>
    }
}
