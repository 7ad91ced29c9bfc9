//! The language of the pages.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::{mark, t};

use super::Desk;
use crate::components::Radios;
use crate::language;

/// Languages call themselves by their own name.
const CHOICES: &[(&str, &str)] = &[("", mark!("As the browser")), ("en", "English"), ("de", "Deutsch")];

/// The section; a choice is taken at once, and the page is loaded anew with it.
#[component]
pub fn Language() -> impl IntoView {
    let desk = Desk::of_page();
    let now = RwSignal::new("");
    spawn_local(async move {
        let chosen = language::chosen().await;
        now.set(CHOICES.iter().map(|(code, _)| *code).find(|code| **code == chosen).unwrap_or_default());
    });
    let choose = move |code: &'static str| {
        spawn_local(async move {
            match language::choose(code).await {
                Ok(()) => now.set(code),
                Err(_) => desk.say(t!("The browser did not keep the language. Try again.")),
            }
        });
    };
    view! {
        <section id="language" aria-labelledby="language-title">
            <h2 id="language-title">{t!("Language")}</h2>
            <div class="card">
                <Radios name="language" legend=t!("Sidelight speaks") choices=CHOICES value=now on_change=choose/>
                <p class="hint">{t!("What comes from HaloITSM and Hudu stays as it was written there.")}</p>
            </div>
        </section>
    }
}
