//! When everything is synced unattended.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply, ScheduleView};
use sidelight::words::say;
use sidelight::{many, mark, t};
use sidelight_ui::components::{Kept, Tick, TroubleLine};
use sidelight_ui::{bridge, browser, clock};
use wasm_bindgen_futures::JsFuture;

use super::draft::{Draft, SettingsPage};
use crate::desk::Desk;

/// The optional permission in the manifest.
const NOTIFICATIONS: &str = "notifications";

/// Hours to choose from; 3 is what Hudu's own integration does.
const HOURS: [(u32, &str); 7] = [
    (0, mark!("Off")),
    (1, mark!("Every hour")),
    (3, mark!("Every 3 hours (suggested)")),
    (6, mark!("Every 6 hours")),
    (12, mark!("Every 12 hours")),
    (24, mark!("Once a day")),
    (168, mark!("Once a week")),
];

/// The schedule.
#[component]
pub fn SchedulePage() -> impl IntoView {
    view! {
        <SettingsPage
            title=t!("Schedule")
            lead=t!("Sync everything by itself while this browser is open. Only what is safe is written; the rest waits for you here.")
        >
            <Form/>
        </SettingsPage>
    }
}

#[component]
fn Form() -> impl IntoView {
    let draft = Draft::of_page();
    let hours = move || draft.now.with(|settings| settings.schedule.hours);
    // A number of hours that came with a settings file stays as a choice of its own.
    let current = draft.now.with_untracked(|settings| settings.schedule.hours);
    let own =
        (!HOURS.iter().any(|(hours, _)| *hours == current)).then(|| (current, t!("Every {n} hours", n = current)));
    let choices = HOURS.iter().map(|(hours, words)| (*hours, say(words))).chain(own);
    let options = choices.map(move |(choice, words)| {
        view! { <option value=choice.to_string() selected=move || hours() == choice>{words}</option> }
    });
    let choose = move |event| {
        let typed = event_target_value(&event).parse().unwrap_or_default();
        draft.now.update(|settings| settings.schedule.hours = typed);
    };
    view! {
        <div class="card">
            <Kept managed=draft.managed() of="schedule.hours"><div class="text-field">
                <label for="hours">{t!("Sync everything")}</label>
                <select id="hours" on:change=choose>{options.collect_view()}</select>
            </div></Kept>
            <Kept managed=draft.managed() of="schedule.notify"><Tick label=t!("Tell me with a notification when changes wait")
                hint=t!("The number of changes stands on the toolbar button as well.")
                value=Signal::derive(move || draft.now.with(|settings| settings.schedule.notify))
                on_change=move |on| draft.now.update(|settings| settings.schedule.notify = on)/></Kept>
            <Allow wanted=Signal::derive(move || draft.now.with(|settings| {
                settings.schedule.hours > 0 && settings.schedule.notify
            }))/>
        </div>
        <div class="card">
            <h2>{t!("What is written without you")}</h2>
            <ul class="bullets">
                <li>{t!("Records that Hudu has never seen, where a unique key (e-mail, serial number, tag, reference, or the name of a client or site) tells that they are new.")}</li>
                <li>{t!("Fields that HaloITSM owns, where nobody has edited them in Hudu since the last sync.")}</li>
            </ul>
            <p class="muted">{t!("Conflicts, choices between several records, archiving, and plans that would change far more than usual always wait.")}</p>
        </div>
        <Standing/>
    }
}

/// The browser's permission for notifications, where they are wanted and it is missing.
#[component]
fn Allow(
    /// They are wanted.
    wanted: Signal<bool>,
) -> impl IntoView {
    let held = RwSignal::new(true);
    spawn_local(async move { held.set(browser::has_permission(NOTIFICATIONS).await) });
    let ask = move |_| {
        let asked = browser::request_permission(NOTIFICATIONS);
        spawn_local(async move {
            if let Ok(promise) = asked {
                held.set(JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()));
            }
        });
    };
    move || {
        (wanted.get() && !held.get()).then(|| {
            view! {
                <div class="trouble warn" role="alert">
                    <div class="grow">
                        <p>{t!("The browser does not let Sidelight show notifications yet.")}</p>
                        <button type="button" class="btn" on:click=ask>{t!("Allow notifications")}</button>
                    </div>
                </div>
            }
        })
    }
}

/// How the last unattended sync went, and when the next one is due.
#[component]
fn Standing() -> impl IntoView {
    let desk = Desk::of_page();
    let known = RwSignal::new(None::<ScheduleView>);
    let trouble = RwSignal::new(None);
    Effect::new(move || {
        desk.news.track();
        // They are read anew whenever something was saved.
        desk.settings.track();
        spawn_local(async move {
            match bridge::ask(CentreAsk::Schedule).await {
                Ok(Reply::Schedule { schedule }) => known.set(Some(schedule)),
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    });
    let moment = |time: Option<i64>, never: String| match time {
        Some(time) => view! { <time title=clock::exact(time)>{clock::exact(time)}</time> }.into_any(),
        None => never.into_any(),
    };
    move || {
        let trouble = trouble.get().map(|trouble| view! { <TroubleLine trouble/> });
        let rows = known.get().map(|known| {
            let waiting = match known.waiting {
                0 => t!("Nothing").into_any(),
                n => view! { <a href="#plan">{many!(n, "{n} change", "{n} changes")}</a> }.into_any(),
            };
            view! {
                <div class="card">
                    <h2>{t!("How it stands")}</h2>
                    <dl class="pairs">
                        <dt>{t!("Last sync")}</dt><dd>{moment(known.last, t!("None yet"))}</dd>
                        <dt>{t!("Next sync")}</dt><dd>{moment(known.next, t!("Switched off"))}</dd>
                        <dt>{t!("Waits for you")}</dt><dd>{waiting}</dd>
                    </dl>
                    {known.trouble.map(|trouble| view! { <TroubleLine trouble/> })}
                </div>
            }
        });
        view! { {trouble}{rows} }
    }
}
