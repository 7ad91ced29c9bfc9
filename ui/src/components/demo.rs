//! The demo: made-up data for whoever has no account at hand, with a way out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Event, Message, Reply};
use sidelight::settings::demo;
use sidelight::trouble::Trouble;
use sidelight::words::say;
use sidelight::{mark, t};

use super::TroubleLine;
use crate::icons::{self, Icon};
use crate::{bridge, place};

/// Where the demo begins to be looked at: address and words.
const PLACES: [(&str, &str); 3] = [
    ("panel.html?record=ticket/101", mark!("A ticket")),
    ("panel.html?record=client/1", mark!("A client to sync")),
    ("panel.html?record=asset/2", mark!("An asset")),
];

/// Says that what is shown is made up, and leads out of it. Nothing outside of the demo.
#[component]
pub fn DemoBanner(
    /// Also where the demo can be looked at.
    #[prop(optional)]
    places: bool,
) -> impl IntoView {
    let on = RwSignal::new(false);
    let look = move || {
        spawn_local(async move {
            if let Ok(Reply::Connections { connections, .. }) = bridge::ask(Message::Connections).await {
                let _ = on.try_set(connections.is_demo());
            }
        });
    };
    // The frame in a Halo page may not ask, and the demo has no Halo page.
    if !place::in_frame() {
        look();
        bridge::hear(move |event| {
            if event == Event::SettingsChanged {
                look();
            }
        });
    }
    let trouble = RwSignal::new(None::<Trouble>);
    let end = move |_| {
        spawn_local(async move {
            match bridge::ask(Message::ForgetAll).await {
                Ok(_) => on.set(false),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    move || {
        on.get().then(|| {
            view! {
                <div class="demo" role="region" aria-label=t!("Demo data")>
                    <Icon of=icons::INFO/>
                    <p class="grow"><b>{t!("Demo data.")}</b>" "{t!("All of it is made up, and nothing leaves this browser.")}</p>
                    {places.then(demo_places)}
                    <button type="button" class="btn" data-act="end-demo" on:click=end>{t!("End the demo")}</button>
                    {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
                </div>
            }
        })
    }
}

/// Links to where the demo can be looked at.
pub fn demo_places() -> impl IntoView {
    PLACES.map(|(href, words)| view! { <a class="btn" href=href target="_blank">{say(words)}</a> })
}

/// Begins the demo: its two addresses are connected like any others.
pub async fn begin_demo() -> Result<(), Trouble> {
    let halo = Message::SaveHalo {
        resource_server: demo::HALO.to_owned(),
        auth_server: None,
        tenant: None,
        client_id: "demo".to_owned(),
        client_secret: Some("demo".to_owned()),
    };
    bridge::ask(halo).await?;
    bridge::ask(Message::SaveHudu { url: demo::HUDU.to_owned(), api_key: Some("demo".to_owned()) }).await?;
    Ok(())
}
