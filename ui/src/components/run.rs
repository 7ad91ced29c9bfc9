//! What a run did, step by step.

use leptos::prelude::*;
use sidelight::sync::view::{Direction, RunState, RunView, StepView};
use sidelight::{many, t};

use super::{ChipView, HuduLink, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::{Pane, Source};
use crate::{clock, words};

/// A run with its steps, "Undo" and the way to the record.
#[component]
pub fn RunPanel(
    /// The run.
    run: RunView,
    /// The side that it writes to.
    direction: Direction,
) -> impl IntoView {
    let pane = Pane::of_page();
    let RunView { id, started, state, steps, undoable, url, requests, .. } = run;
    let (chip, tone) = words::run(state);
    let name = chip.clone();
    let done = steps.iter().filter(|step| step.done).count();
    let total = steps.len();
    let running = state == RunState::Running;
    view! {
        <p class="facts" data-run=name>
            <ChipView text=chip tone/>
            <span>{many!(total, "{done} of {n} step", "{done} of {n} steps", done)}</span>
            <span>{many!(requests, "{n} request", "{n} requests")}</span>
            <time>{clock::exact(started)}</time>
        </p>
        {running.then(|| view! {
            <progress aria-label=t!("Steps done") max=total.to_string() value=done.to_string()></progress>
        })}
        <ol class="steps">
            {steps.into_iter().map(|step| view! { <Step step running/> }).collect_view()}
        </ol>
        <footer class="panel-foot">
            {undoable.then(|| view! {
                <button
                    type="button"
                    class="btn"
                    data-act="undo"
                    on:click=move |click| if click.is_trusted() { pane.plan(Source::Undo(id.clone())) }
                >
                    <Icon of=icons::UNDO/>
                    {t!("Undo")}
                </button>
            })}
            <span class="grow"></span>
            {url.map(|url| {
                let label = t!("Open in {target}", target = words::target(direction));
                view! { <a class="btn" data-act="open-target" href=url target="_blank" rel="noopener noreferrer">{label}</a> }
            })}
            <button type="button" class="btn" data-act="close-run" on:click=move |_| pane.close_stage()>{t!("Close")}</button>
        </footer>
    }
}

#[component]
fn Step(step: StepView, running: bool) -> impl IntoView {
    let StepView { title, sentence, done, trouble, url } = step;
    let (icon, state) = match (&trouble, done) {
        (Some(_), _) => (icons::BAD, t!("Failed:")),
        (None, true) => (icons::GOOD, t!("Done:")),
        (None, false) if running => (icons::SYNC, t!("Waiting:")),
        (None, false) => (icons::SKIPPED, t!("Not tried:")),
    };
    let failed = trouble.is_some();
    view! {
        <li class:done=done class:failed=failed>
            <Icon of=icon/>
            <span class="texts">
                <span class="name" dir="auto"><span class="offscreen">{state}" "</span>{title}</span>
                <span class="sub" dir="auto">{sentence}</span>
                {trouble.map(|trouble| view! { <TroubleLine trouble/> })}
            </span>
            {url.map(|url| view! { <HuduLink url label=t!("Open the record")/> })}
        </li>
    }
}
