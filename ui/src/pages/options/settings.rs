//! The sidebar, how records are synced, and the requests allowed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, Reply};
use sidelight::settings::{FrameMode, Rate, Settings};
use sidelight::trouble::Trouble;

use super::Desk;
use super::rules::Rules;
use crate::bridge;
use crate::components::{Radios, TextField, Tick, TroubleLine};

/// HaloITSM's newer published allowance, then the older one.
const HALO_RATES: [Rate; 2] = [Rate { requests: 500, seconds: 180 }, Rate { requests: 300, seconds: 300 }];

/// The form; it appears once the settings are known.
#[component]
pub fn SettingsForm() -> impl IntoView {
    let loaded = RwSignal::new(None::<Settings>);
    let trouble = RwSignal::new(None::<Trouble>);
    spawn_local(async move {
        match bridge::ask(Message::Settings).await {
            Ok(Reply::Settings { settings }) => loaded.set(Some(*settings)),
            Ok(_) => trouble.set(Some(bridge::odd())),
            Err(error) => trouble.set(Some(error)),
        }
    });
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        {move || loaded.get().map(|settings| view! { <Form settings/> })}
    }
}

#[component]
fn Form(settings: Settings) -> impl IntoView {
    let desk = Desk::of_page();
    let width = RwSignal::new(settings.frame.width.to_string());
    let sites = RwSignal::new(settings.sync.sites_layout.clone());
    let people = RwSignal::new(settings.sync.people_layout.clone());
    let contracts = RwSignal::new(settings.sync.contracts_layout.clone());
    let fallback = RwSignal::new(settings.sync.default_layout.clone());
    let layouts = [(sites, "Sites"), (people, "People"), (contracts, "Contracts"), (fallback, "Computer Assets")];
    let draft = RwSignal::new(settings);
    let trouble = RwSignal::new(None::<Trouble>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        trouble.set(None);
        let mut settings = draft.get_untracked();
        let typed = width.with_untracked(|text| text.trim().parse().unwrap_or(settings.frame.width));
        settings.frame.width = typed.clamp(320, 900);
        width.set(settings.frame.width.to_string());
        for (signal, default) in layouts {
            if signal.with_untracked(|name| name.trim().is_empty()) {
                signal.set(default.to_owned());
            }
        }
        settings.sync.sites_layout = sites.get_untracked().trim().to_owned();
        settings.sync.people_layout = people.get_untracked().trim().to_owned();
        settings.sync.contracts_layout = contracts.get_untracked().trim().to_owned();
        settings.sync.default_layout = fallback.get_untracked().trim().to_owned();
        settings.sync.sort_rules.retain(|rule| !rule.layout.trim().is_empty());
        spawn_local(async move {
            match bridge::ask(Message::SaveSettings { settings: Box::new(settings) }).await {
                Ok(Reply::Settings { settings }) => {
                    draft.set(*settings);
                    desk.say("Settings saved.");
                }
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <form class="settings" on:submit=save>
            <section id="sidebar" aria-labelledby="sidebar-title">
                <h2 id="sidebar-title">"Sidebar"</h2>
                <div class="card">
                    <Radios name="mode" legend="In the HaloITSM page"
                        choices=&[("push", "Beside the page, which gets narrower"), ("over", "Over the page’s right edge")]
                        value=Signal::derive(move || draft.with(|s| match s.frame.mode { FrameMode::Push => "push", FrameMode::Over => "over" }))
                        on_change=move |mode| draft.update(|s| s.frame.mode = if mode == "over" { FrameMode::Over } else { FrameMode::Push })/>
                    <TextField id="width" label="Width in pixels" value=width hint="From 320 to 900. You can also drag the sidebar’s left edge."/>
                    <Tick label="Open it whenever a record comes into view"
                        value=Signal::derive(move || draft.with(|s| s.frame.open))
                        on_change=move |on| draft.update(|s| s.frame.open = on)/>
                </div>
            </section>
            <section id="sync" aria-labelledby="sync-title">
                <h2 id="sync-title">"Sync"</h2>
                <div class="card">
                    <h3>"Asset layouts in Hudu"</h3>
                    <div class="columns">
                        <TextField id="layout-sites" label="Sites" value=sites/>
                        <TextField id="layout-people" label="Users" value=people/>
                        <TextField id="layout-contracts" label="Contracts" value=contracts/>
                        <TextField id="layout-default" label="Other assets" value=fallback/>
                    </div>
                    <Rules draft/>
                </div>
                <div class="card">
                    <h3>"What is written"</h3>
                    <Tick label="Keep HaloITSM’s client id in the company’s ID number"
                        hint="Sidelight recognises the company by it in every browser."
                        value=Signal::derive(move || draft.with(|s| s.sync.id_number))
                        on_change=move |on| draft.update(|s| s.sync.id_number = on)/>
                    <Tick label="Sync ended contracts as well"
                        value=Signal::derive(move || draft.with(|s| s.sync.ended_contracts))
                        on_change=move |on| draft.update(|s| s.sync.ended_contracts = on)/>
                    <Tick label="Show published articles to all users of HaloITSM’s portal"
                        hint="Otherwise only agents see them."
                        value=Signal::derive(move || draft.with(|s| s.sync.show_for_all))
                        on_change=move |on| draft.update(|s| s.sync.show_for_all = on)/>
                </div>
                <div class="card">
                    <h3>"Requests"</h3>
                    <Rates draft/>
                </div>
            </section>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <div class="buttons sticky">
                <button type="submit" class="btn primary" data-act="save-settings">"Save settings"</button>
            </div>
        </form>
    }
}

/// How many requests HaloITSM allows; a rate set by an administrator stays as a choice of its own.
#[component]
fn Rates(draft: RwSignal<Settings>) -> impl IntoView {
    let current = draft.with_untracked(|settings| settings.rates.halo);
    let mut rates = HALO_RATES.to_vec();
    if !rates.contains(&current) {
        rates.push(current);
    }
    let radios = rates.into_iter().map(|rate| {
        let words = format!("{} requests in {} minutes", rate.requests, rate.seconds / 60);
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="rate"
                    prop:checked=move || draft.with(|s| s.rates.halo == rate)
                    on:change=move |_| draft.update(|s| s.rates.halo = rate)
                />
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class="radios">
            <legend>"What your HaloITSM allows"</legend>
            {radios.collect_view()}
        </fieldset>
        <p class="hint">"Newer instances allow 500 in 3 minutes, older ones 300 in 5. Sidelight keeps below it."</p>
    }
}
