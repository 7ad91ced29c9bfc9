//! What a run did, step by step.

use leptos::prelude::*;
use sidelight::sync::view::{Direction, RunState, RunView, StepView};

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
    let done = steps.iter().filter(|step| step.done).count();
    let total = steps.len();
    let running = state == RunState::Running;
    view! {
        <p class="facts" data-run=chip>
            <ChipView text=chip tone/>
            <span>{format!("{done} of {}", words::count(total, "step", "steps"))}</span>
            <span>{words::count(requests as usize, "request", "requests")}</span>
            <time>{clock::exact(started)}</time>
        </p>
        {running.then(|| view! {
            <progress aria-label="Steps done" max=total.to_string() value=done.to_string()></progress>
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
                    "Undo"
                </button>
            })}
            <span class="grow"></span>
            {url.map(|url| {
                let label = format!("Open in {}", words::target(direction));
                view! { <a class="btn" data-act="open-target" href=url target="_blank" rel="noopener noreferrer">{label}</a> }
            })}
            <button type="button" class="btn" data-act="close-run" on:click=move |_| pane.close_stage()>"Close"</button>
        </footer>
    }
}

#[component]
fn Step(step: StepView, running: bool) -> impl IntoView {
    let StepView { title, sentence, done, trouble, url } = step;
    let (icon, state) = match (&trouble, done) {
        (Some(_), _) => (icons::BAD, "Failed: "),
        (None, true) => (icons::GOOD, "Done: "),
        (None, false) if running => (icons::SYNC, "Waiting: "),
        (None, false) => (icons::SKIPPED, "Not tried: "),
    };
    let failed = trouble.is_some();
    view! {
        <li class:done=done class:failed=failed>
            <Icon of=icon/>
            <span class="texts">
                <span class="name" dir="auto"><span class="offscreen">{state}</span>{title}</span>
                <span class="sub" dir="auto">{sentence}</span>
                {trouble.map(|trouble| view! { <TroubleLine trouble/> })}
            </span>
            {url.map(|url| view! { <HuduLink url label="Open the record"/> })}
        </li>
    }
}
