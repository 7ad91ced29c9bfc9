//! The last step: where Sidelight is found from now on.

use leptos::prelude::*;
use sidelight::http::Product;
use sidelight::t;

use super::super::Desk;
use crate::components::demo_places;

/// The step.
#[component]
pub fn Ready() -> impl IntoView {
    let desk = Desk::of_page();
    let held = desk.held.get_untracked().unwrap_or_default();
    let halo = held.connections.halo.as_ref().map(|halo| halo.origin.clone()).unwrap_or_default();
    let places = match held.connections.is_demo() {
        true => view! { <div class="buttons">{demo_places()}</div> }.into_any(),
        false => view! {
            <div class="buttons">
                <a class="btn primary" href=halo target="_blank" rel="noopener noreferrer">{t!("Open {host}", host = held.host(Product::Halo))}</a>
                <a class="btn" href="centre.html" target="_blank">{t!("Open the sync centre")}</a>
            </div>
        }
        .into_any(),
    };
    view! {
        <p class="lead">{t!("Open a ticket, client, site, user, asset, contract or article in HaloITSM: its documentation stands beside it.")}</p>
        <div class="card">
            <h3>{t!("Good to know")}</h3>
            <dl class="keys">
                <div><dt><kbd>"/"</kbd></dt><dd>{t!("Search the documentation in the sidebar")}</dd></div>
                <div><dt><kbd>"hudu"</kbd></dt><dd>{t!("and a space in the address bar: the same search from anywhere")}</dd></div>
                <div><dt><kbd>"Alt+Shift+S"</kbd></dt><dd>{t!("Open or close the sidebar. All commands are listed under “Keyboard commands”, and can be changed.")}</dd></div>
            </dl>
            <p class="hint">{t!("A passphrase for secrets, notifications and the audit trail are under “All settings”.")}</p>
        </div>
        {places}
    }
}
