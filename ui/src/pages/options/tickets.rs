//! What is written to tickets: the outcome of private notes, and the audit trail.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, Reply};
use sidelight::settings::{Managed, TicketSettings, Trail};
use sidelight::sync::back::Outcome;
use sidelight::trouble::Trouble;
use sidelight::{mark, t};

use super::Desk;
use crate::bridge;
use crate::components::{Kept, Radios, TroubleLine};

/// The form; each choice is saved at once.
#[component]
pub fn Tickets() -> impl IntoView {
    let desk = Desk::of_page();
    let now = RwSignal::new(None::<TicketSettings>);
    let held = RwSignal::new(Managed::default());
    let managed = Signal::from(held);
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let trouble = RwSignal::new(None::<Trouble>);
    spawn_local(async move {
        match bridge::ask(Message::Settings).await {
            Ok(Reply::Settings { settings }) => {
                held.set(settings.managed);
                now.set(Some(settings.tickets));
            }
            Ok(_) => trouble.set(Some(bridge::odd())),
            Err(error) => trouble.set(Some(error)),
        }
    });
    // The tenant's own list, once HaloITSM is connected; until then the one that is set stands alone.
    Effect::new(move || {
        let connected = desk.held.with(|held| held.as_ref().is_some_and(|held| held.connections.halo.is_some()));
        if connected {
            spawn_local(async move {
                if let Ok(Reply::Outcomes { outcomes: rows }) = bridge::ask(Message::Outcomes).await {
                    outcomes.set(rows);
                }
            });
        }
    });
    let save = move |change: &dyn Fn(&mut TicketSettings)| {
        let Some(mut wanted) = now.get_untracked() else { return };
        change(&mut wanted);
        trouble.set(None);
        spawn_local(async move {
            let saved = async {
                let Reply::Settings { mut settings } = bridge::ask(Message::Settings).await? else {
                    return Err(bridge::odd());
                };
                settings.tickets = wanted.clone();
                bridge::ask(Message::SaveSettings { settings }).await
            };
            match saved.await {
                Ok(_) => {
                    now.set(Some(wanted));
                    desk.say(t!("Settings saved."));
                }
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    let choose = move |event| {
        if let Ok(id) = event_target_value(&event).parse::<i64>() {
            save(&|tickets| tickets.outcome = id);
        }
    };
    let options = move || {
        let chosen = now.with(|now| now.as_ref().map_or(0, |now| now.outcome));
        let mut rows: Vec<(i64, String)> = outcomes.with(|rows| {
            let name = |row: &Outcome| match row.private {
                true => t!("{outcome} (hidden from users)", outcome = row.name),
                false => row.name.clone(),
            };
            rows.iter().map(|row| (row.id, name(row))).collect()
        });
        if !rows.iter().any(|(id, _)| *id == chosen) {
            rows.insert(0, (chosen, t!("Outcome {id}", id = chosen)));
        }
        rows.into_iter()
            .map(|(id, name)| view! { <option value=id.to_string() selected=id == chosen>{name}</option> })
            .collect_view()
    };
    let trail = Signal::derive(move || match now.with(|now| now.as_ref().map(|now| now.trail)) {
        Some(Trail::OnClick) => "click",
        Some(Trail::OnLeave) => "leave",
        _ => "off",
    });
    let set_trail = move |word: &'static str| {
        let trail = match word {
            "click" => Trail::OnClick,
            "leave" => Trail::OnLeave,
            _ => Trail::Off,
        };
        save(&|tickets| tickets.trail = trail);
    };
    view! {
        <section id="tickets" aria-labelledby="tickets-title">
            <h2 id="tickets-title">{t!("Tickets")}</h2>
            <div class="card">
                <Kept managed of="tickets.outcome"><div class="text-field">
                    <label for="outcome">{t!("Outcome of private notes")}</label>
                    <select id="outcome" aria-describedby="outcome-hint" on:change=choose>{options}</select>
                    <p class="hint" id="outcome-hint">{t!("“Attach to ticket” writes its note with it. The note is hidden from end users whatever you choose.")}</p>
                </div></Kept>
                <Kept managed of="tickets.trail"><Radios name="trail" legend=t!("A private note that lists which documents and passwords were used")
                    choices=&[("off", mark!("Off: nothing is remembered for it")), ("click", mark!("When I ask for it in the ticket’s sidebar")), ("leave", mark!("When I leave the ticket"))]
                    value=trail on_change=set_trail/></Kept>
                <p class="hint">{t!("The note holds names and links, never a password. The list is kept on this device.")}</p>
            </div>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
        </section>
    }
}
