//! The sidebar, the requests allowed, and the way to the sync centre.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, Reply};
use sidelight::settings::{FrameMode, LockSettings, Rate, Settings};
use sidelight::trouble::Trouble;
use sidelight::{mark, t};

use wasm_bindgen_futures::JsFuture;

use super::Desk;
use crate::components::{Kept, PolicyNote, Radios, TextField, Tick, TroubleLine};
use crate::{bridge, browser};

/// HaloITSM's newer published allowance, then the older one.
const HALO_RATES: [Rate; 2] = [Rate { requests: 500, seconds: 180 }, Rate { requests: 300, seconds: 300 }];

/// The form; it appears once the settings are known.
#[component]
pub fn SettingsForm() -> impl IntoView {
    let loaded = RwSignal::new(None::<Settings>);
    let trouble = RwSignal::new(None::<Trouble>);
    spawn_local(async move {
        match stored().await {
            Ok(settings) => loaded.set(Some(*settings)),
            Err(error) => trouble.set(Some(error)),
        }
    });
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        {move || loaded.get().map(|settings| view! { <Form settings/> })}
    }
}

async fn stored() -> Result<Box<Settings>, Trouble> {
    answered(bridge::ask(Message::Settings).await)
}

fn answered(answer: Result<Reply, Trouble>) -> Result<Box<Settings>, Trouble> {
    match answer? {
        Reply::Settings { settings } => Ok(settings),
        _ => Err(bridge::odd()),
    }
}

#[component]
fn Form(settings: Settings) -> impl IntoView {
    let desk = Desk::of_page();
    let width = RwSignal::new(settings.frame.width.to_string());
    let idle = RwSignal::new(settings.lock.idle_minutes.to_string());
    let before = StoredValue::new(settings.frame.clone());
    let draft = RwSignal::new(settings);
    let managed = Signal::derive(move || draft.with(|settings| settings.managed.clone()));
    let trouble = RwSignal::new(None::<Trouble>);
    let refused = RwSignal::new(false);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        trouble.set(None);
        let mut wanted = draft.get_untracked();
        let typed = width.with_untracked(|text| text.trim().parse().unwrap_or(wanted.frame.width)).clamp(320, 900);
        wanted.frame.width = typed;
        width.set(typed.to_string());
        let minutes = idle.with_untracked(|text| text.trim().parse().unwrap_or(wanted.lock.idle_minutes)).min(600);
        idle.set(minutes.to_string());
        spawn_local(async move {
            let saved = async {
                // The sync centre may have saved meanwhile: only what stands here is changed.
                let mut settings = stored().await?;
                // Dragged, opened or closed meanwhile beside a record: only what was changed here counts.
                settings.frame = before.with_value(|before| wanted.frame.rebased(before, &settings.frame));
                settings.rates = wanted.rates;
                settings.schedule.ending = wanted.schedule.ending;
                settings.lock = LockSettings { idle_minutes: minutes, ..wanted.lock };
                answered(bridge::ask(Message::SaveSettings { settings }).await)
            };
            match saved.await {
                Ok(settings) => {
                    before.set_value(settings.frame.clone());
                    width.set(settings.frame.width.to_string());
                    draft.set(*settings);
                    desk.say(t!("Settings saved."));
                }
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <form class="settings" on:submit=save>
            <PolicyNote managed/>
            <section id="sidebar" aria-labelledby="sidebar-title">
                <h2 id="sidebar-title">{t!("Sidebar")}</h2>
                <div class="card">
                    <Kept managed of="sidebar.mode"><Radios name="mode" legend=t!("In the HaloITSM page")
                        choices=&[("push", mark!("Beside the page, which gets narrower")), ("over", mark!("Over the page’s right edge"))]
                        value=Signal::derive(move || draft.with(|s| match s.frame.mode { FrameMode::Push => "push", FrameMode::Over => "over" }))
                        on_change=move |mode| draft.update(|s| s.frame.mode = if mode == "over" { FrameMode::Over } else { FrameMode::Push })/></Kept>
                    <Kept managed of="sidebar.width"><TextField id="width" label=t!("Width in pixels") value=width hint=t!("From 320 to 900. You can also drag the sidebar’s left edge.")/></Kept>
                    <Kept managed of="sidebar.open"><Tick label=t!("Open it whenever a record comes into view")
                        value=Signal::derive(move || draft.with(|s| s.frame.open))
                        on_change=move |on| draft.update(|s| s.frame.open = on)/></Kept>
                    <Kept managed of="sidebar.pictures"><Tick label=t!("Show the pictures of documents")
                        hint=t!("They come through Hudu’s interface as they are scrolled to, never from anywhere else. Without the tick each has a button.")
                        value=Signal::derive(move || draft.with(|s| s.frame.pictures))
                        on_change=move |on| draft.update(|s| s.frame.pictures = on)/></Kept>
                </div>
            </section>
            <section id="away" aria-labelledby="away-title">
                <h2 id="away-title">{t!("When you are away")}</h2>
                <div class="card">
                    <p>{t!("Counts once a passphrase is set under “Lock”.")}</p>
                    <Kept managed of="lock.idle_minutes"><TextField id="idle" label=t!("Lock after so many minutes") value=idle hint=t!("Without a key or a movement on this computer. 0 is never.")/></Kept>
                    <Kept managed of="lock.on_screen_lock"><Tick label=t!("Lock with the screen") hint=t!("Chromium tells when the screen is locked; Firefox does not.")
                        value=Signal::derive(move || draft.with(|s| s.lock.on_screen_lock))
                        on_change=move |on| draft.update(|s| s.lock.on_screen_lock = on)/></Kept>
                </div>
            </section>
            <section id="notices" aria-labelledby="notices-title">
                <h2 id="notices-title">{t!("Notifications")}</h2>
                <div class="card">
                    <Kept managed of="schedule.ending"><Tick label=t!("Tell me once a day what ends soon in Hudu")
                        hint=t!("One notification for all clients: certificates, domains, warranties and other dates within 30 days. A click opens the list.")
                        value=Signal::derive(move || draft.with(|s| s.schedule.ending))
                        on_change=move |on| tell(draft, refused, on)/></Kept>
                    {move || refused.get().then(|| view! {
                        <p class="hint" role="alert">{t!("The browser did not allow notifications, so this stays off. Tick it again to be asked once more.")}</p>
                    })}
                </div>
            </section>
            <section id="sync" aria-labelledby="sync-title">
                <h2 id="sync-title">{t!("Sync")}</h2>
                <div class="card">
                    <p>{t!("Layouts, field mapping, matching, sort rules and the schedule stand in the sync centre, beside the plan and its history.")}</p>
                    <div class="buttons">
                        <a class="btn" href="centre.html#plan">{t!("Open the sync centre")}</a>
                        <a class="btn quiet" href="centre.html#mapping">{t!("Mapping")}</a>
                    </div>
                </div>
                <div class="card">
                    <h3>{t!("Requests")}</h3>
                    <Kept managed of="rates.halo"><Rates draft/></Kept>
                </div>
            </section>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            <div class="buttons sticky">
                <button type="submit" class="btn primary" data-act="save-settings">{t!("Save settings")}</button>
            </div>
        </form>
    }
}

/// Switches the daily notification on or off. The browser asks for its permission at the click that switches
/// it on; without it, it stays off.
fn tell(draft: RwSignal<Settings>, refused: RwSignal<bool>, on: bool) {
    draft.update(|s| s.schedule.ending = on);
    refused.set(false);
    if !on {
        return;
    }
    let asked = browser::request_permission("notifications");
    spawn_local(async move {
        let allowed = match asked {
            Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
            Err(_) => false,
        };
        if !allowed {
            draft.update(|s| s.schedule.ending = false);
            refused.set(true);
        }
    });
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
        let words =
            t!("{requests} requests in {minutes} minutes", requests = rate.requests, minutes = rate.seconds / 60);
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
            <legend>{t!("What your HaloITSM allows")}</legend>
            {radios.collect_view()}
        </fieldset>
        <p class="hint">{t!("Newer instances allow 500 in 3 minutes, older ones 300 in 5. Sidelight keeps below it.")}</p>
    }
}
