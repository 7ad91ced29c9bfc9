//! The keyboard commands as the browser has them now, and the way to change them.

use js_sys::Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::words::say;
use sidelight::{mark, t};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, member};

/// Chromium's page of shortcuts; Firefox opens its own.
const CHROMIUM_PAGE: &str = "chrome://extensions/shortcuts";

/// The commands of the manifest. Browsers tell what each does in their own language alone.
const COMMANDS: &[(&str, &str)] = &[
    ("toggle_sidebar", mark!("Show or hide the sidebar in the HaloITSM page")),
    ("sync_record", mark!("Review and sync the HaloITSM record in view")),
    ("lock", mark!("Lock Sidelight")),
];

/// The list and the button.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let rows = RwSignal::new(Vec::<(String, String)>::new());
    let read = move || {
        spawn_local(async move {
            let Ok(all) = browser::call("commands", "getAll", &[]).await else { return };
            let text = |of: &JsValue, name| member(of, name).and_then(|text| text.as_string()).unwrap_or_default();
            let all: Array = all.unchecked_into();
            let row = |command: JsValue| {
                let name = text(&command, "name");
                let (_, what) = COMMANDS.iter().find(|(known, _)| **known == name)?;
                Some((say(what), text(&command, "shortcut")))
            };
            rows.set(all.iter().filter_map(row).collect());
        });
    };
    read();
    // Whoever changed one comes back to this page.
    let back = window_event_listener(leptos::ev::focus, move |_| read());
    on_cleanup(move || back.remove());
    let change = move |_| {
        if browser::start("commands", "openShortcutSettings", &[]).is_err() {
            let page = browser::object(&[("url", JsValue::from_str(CHROMIUM_PAGE))]);
            let _ = browser::start("tabs", "create", &[page]);
        }
    };
    view! {
        <section id="shortcuts" aria-labelledby="shortcuts-title">
            <h2 id="shortcuts-title">{t!("Keyboard commands")}</h2>
            <div class="card">
                <dl class="keys">
                    {move || rows.get().into_iter().map(|(what, keys)| view! {
                        <div>
                            <dt>{if keys.is_empty() { view! { <span class="muted">{t!("none")}</span> }.into_any() } else { view! { <kbd>{keys}</kbd> }.into_any() }}</dt>
                            <dd>{what}</dd>
                        </div>
                    }).collect_view()}
                </dl>
                <p class="hint">{t!("They work on any page of this window. The browser keeps them: Chrome under Extensions, Keyboard shortcuts; Firefox under Add-ons, the gear, Manage extension shortcuts.")}</p>
                <div class="buttons"><button type="button" class="btn" data-act="shortcuts" on:click=change>{t!("Change keyboard commands")}</button></div>
            </div>
        </section>
    }
}
