//! How far the first steps are, on the page of all settings, and the way on. Who knows the way puts them away.

use leptos::prelude::*;
use sidelight::http::Product;
use sidelight::t;
use sidelight::words::say;

use super::Desk;
use super::guide::{self, Progress, STEPS, storage};

/// Under which the page remembers that the steps were put away.
const AWAY: &str = "start-away";

/// The steps in one line, until all are done or they were put away.
#[component]
pub fn Start() -> impl IntoView {
    let desk = Desk::of_page();
    let progress = Progress::follow();
    let away = RwSignal::new(storage().is_some_and(|kept| kept.get_item(AWAY).is_ok_and(|known| known.is_some())));
    let put_away = move |_| {
        if let Some(kept) = storage() {
            // At worst the steps are there again the next time.
            let _ = kept.set_item(AWAY, "1");
        }
        away.set(true);
    };
    let empty = move || !desk.is_stored(Product::Halo) && !desk.is_stored(Product::Hudu);
    let shown = Memo::new(move |_| {
        let open = !away.get() && progress.is_known() && !progress.is_demo() && progress.done() < STEPS.len() - 1;
        open.then(|| (progress.done(), progress.next(), empty()))
    });
    move || {
        shown.get().map(|(done, next, empty)| {
            view! {
                <section id="steps" aria-labelledby="steps-title">
                    <h2 id="steps-title">{t!("First steps")}</h2>
                    <div class="card">
                        <p>{t!("{done} of {all} done. Next: {next}.", done, all = STEPS.len(), next = say(STEPS[next]))}</p>
                        <progress aria-label=t!("Steps done") max=STEPS.len().to_string() value=done.to_string()></progress>
                        <div class="buttons">
                            <a class="btn primary" href=guide::PLACE data-act="guide">{t!("Go on step by step")}</a>
                            {empty.then(|| view! {
                                <button type="button" class="btn" data-act="demo" on:click=move |_| desk.try_demo()>{t!("Try it with made-up data")}</button>
                            })}
                            <button type="button" class="btn quiet" data-act="skip-start" on:click=put_away>{t!("Put these steps away")}</button>
                        </div>
                    </div>
                </section>
            }
        })
    }
}
