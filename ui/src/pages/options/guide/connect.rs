//! The steps that connect: each product's form with what has to be made there before, and the check of both.

use leptos::prelude::*;
use sidelight::assist::view::Tone;
use sidelight::t;

use super::super::Desk;
use super::super::access::Grant;
use super::super::check::Check;
use super::super::halo::Halo;
use super::super::hudu::Hudu;
use super::progress::{PRODUCTS, Progress};
use crate::components::ChipView;

/// HaloITSM, or the demo for whoever has no account.
#[component]
pub fn ToHalo(
    /// How far the first steps are.
    progress: Progress,
) -> impl IntoView {
    let desk = Desk::of_page();
    let empty = move || PRODUCTS.iter().all(|product| !desk.is_stored(*product));
    view! {
        <p class="lead">{t!("Sidelight shows a client’s Hudu documentation beside the HaloITSM record you look at, and brings the two into step with one click. It speaks to both from this browser, and to nobody else.")}</p>
        {move || empty().then(|| view! {
            <div class="card guide-demo">
                <p class="grow"><b>{t!("No account at hand?")}</b>" "{t!("Look around with made-up data. It needs no address and no key.")}</p>
                <button type="button" class="btn" data-act="demo" on:click=move |_| desk.try_demo()>{t!("Try it with made-up data")}</button>
            </div>
        })}
        {move || match progress.is_demo() {
            true => view! { <DemoStands/> }.into_any(),
            false => view! {
                <details class="card guide-how" open=empty>
                    <summary>{t!("What to make in HaloITSM first")}</summary>
                    <ol class="numbered">
                        <li>{t!("Open Configuration, Integrations, Halo API, View Applications, New.")}</li>
                        <li>{t!("Choose “Client ID and Secret (Services)” with login type Agent. Or “Authorisation Code (Native Application)”, where each technician signs in as themselves.")}</li>
                        <li>{t!("Permissions: read customers, assets, contracts and tickets; edit the knowledge base to publish articles, and tickets to write notes on them.")}</li>
                        <li>{t!("The agent needs access to the asset groups that Sidelight is to see.")}</li>
                    </ol>
                </details>
                <Halo/>
                <p class="hint">{t!("Saving makes the browser ask whether Sidelight may reach this address. It can reach no other.")}</p>
            }.into_any(),
        }}
    }
}

/// Hudu.
#[component]
pub fn ToHudu(
    /// How far the first steps are.
    progress: Progress,
) -> impl IntoView {
    view! {
        <p class="lead">{t!("An API key is all it takes. It stays in this browser, encrypted.")}</p>
        {move || match progress.is_demo() {
            true => view! { <DemoStands/> }.into_any(),
            false => view! {
                <details class="card guide-how" open=true>
                    <summary>{t!("What to make in Hudu first")}</summary>
                    <ol class="numbered">
                        <li>{t!("Open Admin, API Keys, New.")}</li>
                        <li>{t!("Allow access to passwords if they shall be shown. Leave destructive actions off: Sidelight deletes nothing.")}</li>
                        <li>{t!("Leave the company empty, or Sidelight sees that one company only.")}</li>
                    </ol>
                </details>
                <Hudu/>
                <p class="hint">{t!("Saving makes the browser ask whether Sidelight may reach this address. It can reach no other.")}</p>
            }.into_any(),
        }}
    }
}

#[component]
fn DemoStands() -> impl IntoView {
    view! {
        <div class="card">
            <p>{t!("Demo data is connected and stands in for both products. End the demo above to connect your own.")}</p>
        </div>
    }
}

/// What the browser allows, and the check of both connections.
#[component]
pub fn Access(
    /// How far the first steps are.
    progress: Progress,
) -> impl IntoView {
    let desk = Desk::of_page();
    let host = move |step: usize| {
        desk.held.with(|held| held.as_ref().map(|held| held.host(PRODUCTS[step])).unwrap_or_default())
    };
    let row = move |step: usize| {
        let granted = Memo::new(move |_| progress.is_granted(step));
        view! {
            <li>
                <span class="grow"><b>{PRODUCTS[step].name()}</b>" "<span class="muted" dir="auto">{move || host(step)}</span></span>
                {move || match granted.get() {
                    true => view! { <ChipView text=t!("allowed") tone=Tone::Good/> }.into_any(),
                    false => view! { <Grant product=PRODUCTS[step] after=move |()| desk.news.notify()/> }.into_any(),
                }}
            </li>
        }
    };
    view! {
        <p class="lead">{t!("The browser lets Sidelight reach these two addresses and no others. The check reads a little of everything that Sidelight needs, and says what is missing.")}</p>
        <ul class="card guide-rows" aria-label=t!("Addresses")>{[row(0), row(1)].collect_view()}</ul>
        {move || (progress.is_granted(0) && progress.is_granted(1)).then(|| view! { <Check at_once=true/> })}
    }
}
