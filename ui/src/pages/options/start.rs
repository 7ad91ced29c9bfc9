//! The first steps: what each needs and why. Where they stand follows from what is set up, so that they
//! can be left and taken up at any time; who knows the way puts them away.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::http::Product;
use sidelight::t;

use super::{Desk, Held};
use crate::browser;
use crate::components::begin_demo;
use crate::icons::{self, Icon};

/// Under which the page remembers that the steps were put away.
const AWAY: &str = "start-away";

fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}

/// The steps, until all are done or they were put away.
#[component]
pub fn Start() -> impl IntoView {
    let desk = Desk::of_page();
    let away = RwSignal::new(storage().is_some_and(|kept| kept.get_item(AWAY).is_ok_and(|known| known.is_some())));
    let granted = RwSignal::new(false);
    Effect::new(move || {
        desk.news.track();
        let patterns = |held: &Held| {
            let both = [Product::Halo, Product::Hudu];
            both.into_iter().flat_map(|product| held.patterns(product)).collect::<Vec<_>>()
        };
        let Some(patterns) = desk.held.with(|held| held.as_ref().map(patterns)) else { return };
        spawn_local(async move { granted.set(!patterns.is_empty() && browser::has_origins(&patterns).await) });
    });
    let set_up = move |product| desk.is_stored(product) && desk.has_secret(product);
    let put_away = move |_| {
        if let Some(kept) = storage() {
            // At worst the steps are there again the next time.
            let _ = kept.set_item(AWAY, "1");
        }
        away.set(true);
    };
    let known = move || desk.held.with(Option::is_some);
    let demo = move || desk.held.with(|held| held.as_ref().is_some_and(|held| held.connections.is_demo()));
    let empty = move || !desk.is_stored(Product::Halo) && !desk.is_stored(Product::Hudu);
    let try_demo = move |_| {
        spawn_local(async move {
            match begin_demo().await {
                Ok(()) => desk.say(t!("The demo is ready. Nothing of it leaves this browser.")),
                Err(trouble) => desk.say(trouble.sentence),
            }
        });
    };
    let done = move || [set_up(Product::Halo), set_up(Product::Hudu), granted.get() && set_up(Product::Hudu)];
    move || {
        if away.get() || !known() || demo() {
            return None;
        }
        let done = done();
        let steps = [
            (
                "#halo-title",
                t!("Connect HaloITSM"),
                t!("An API application with a client ID, so that Sidelight may read the record you look at."),
                done[0],
            ),
            (
                "#hudu-title",
                t!("Connect Hudu"),
                t!("An API key, so that the client’s documentation can stand beside the record."),
                done[1],
            ),
            (
                "#connections-title",
                t!("Let the browser reach both"),
                t!("Saving asks for these two addresses and for no others. “Check connection” tells what is missing."),
                done[2],
            ),
            (
                "centre.html#mapping",
                t!("Pick layouts"),
                t!("Which Hudu layout takes which records. Nothing is written before you have looked through a plan."),
                false,
            ),
            (
                "centre.html#mapping",
                t!("See a sample"),
                t!("The mapping shows one of your own records as it would be in Hudu."),
                false,
            ),
        ];
        let next = steps.iter().position(|(.., done)| !done).unwrap_or_default();
        Some(view! {
            <section id="start" aria-labelledby="start-title">
                <h2 id="start-title">{t!("First steps")}</h2>
                {empty().then(|| view! {
                    <p class="lead">{t!("Sidelight shows a client’s Hudu documentation beside the HaloITSM record you look at, and brings the two into step with one click. Connect both products, or look around first: the demo needs no account.")}</p>
                })}
                <div class="card">
                    <ol class="start-steps">
                        {steps.into_iter().enumerate().map(|(place, (href, title, why, done))| view! {
                            <li aria-current=(place == next).then_some("step") class:done=done>
                                <Icon of=if done { icons::GOOD } else { icons::SKIPPED }/>
                                <span class="texts">
                                    <a href=href>{title}</a>
                                    <span class="offscreen">{done.then(|| format!(" {}", t!("(done)")))}</span>
                                    <span class="sub">{why}</span>
                                </span>
                            </li>
                        }).collect_view()}
                    </ol>
                    <div class="buttons">
                        {empty().then(|| view! {
                            <button type="button" class="btn primary" data-act="demo" on:click=try_demo>{t!("Try it with made-up data")}</button>
                        })}
                        <button type="button" class="btn quiet" data-act="skip-start" on:click=put_away>{t!("Put these steps away")}</button>
                    </div>
                </div>
            </section>
        })
    }
}
