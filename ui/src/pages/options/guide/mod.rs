//! The first steps as a page of their own, opened when Sidelight is installed (`options.html#start`): one step at
//! a time, each with how it stands, what is wrong and what to do. It can be left and taken up at any time.

mod connect;
mod layouts;
mod prepare;
mod progress;
mod ready;
mod sample;

use leptos::prelude::*;
use sidelight::t;
use sidelight::words::say;

pub use progress::{Progress, STEPS, storage};

use progress::Mark;

use crate::icons::{self, Icon};

/// The fragment of the address under which the guide stands.
pub const PLACE: &str = "#start";

/// Whether the address asks for the guide.
pub fn is_asked_for() -> bool {
    leptos::prelude::window().location().hash().is_ok_and(|hash| hash == PLACE)
}

/// The whole guide.
#[component]
pub fn Guide() -> impl IntoView {
    let progress = Progress::follow();
    // Where the page was opened at, until the user goes elsewhere.
    let chosen = RwSignal::new(None::<usize>);
    let begun = StoredValue::new(None::<usize>);
    let at = Memo::new(move |_| {
        chosen.get().or_else(|| {
            // What is done meanwhile does not turn the page under the user's hands.
            let first = begun.get_value().or_else(|| progress.is_known().then(|| untrack(|| progress.next())));
            begun.set_value(first);
            first
        })
    });
    let go = Callback::new(move |step: usize| chosen.set(Some(step)));
    view! {
        <section class="guide" aria-label=t!("First steps")>
            <div class="guide-head">
                <p class="grow muted">{move || t!("First steps, {done} of {all} done", done = progress.done(), all = STEPS.len())}</p>
                <a class="btn quiet" href="#connections" data-act="leave-guide">{t!("All settings")}</a>
            </div>
            <ol class="guide-steps">
                {(0..STEPS.len()).map(|step| view! { <StepMark step progress at go/> }).collect_view()}
            </ol>
            {move || at.get().map(|step| view! { <Step step progress go/> })}
        </section>
    }
}

/// A step in the list: its name, how it stands, and the way to it.
#[component]
fn StepMark(step: usize, progress: Progress, at: Memo<Option<usize>>, go: Callback<usize>) -> impl IntoView {
    let mark = Memo::new(move |_| progress.mark(step));
    let (icon, words) = (
        move || match mark.get() {
            Mark::Done => view! { <Icon of=icons::GOOD/> },
            Mark::Wrong => view! { <Icon of=icons::WARN/> },
            Mark::Open => view! { <Icon of=icons::SKIPPED/> },
        },
        move || match mark.get() {
            Mark::Done => format!(" {}", t!("(done)")),
            Mark::Wrong => format!(" {}", t!("(needs a look)")),
            Mark::Open => String::new(),
        },
    );
    view! {
        <li class:done=move || mark.get() == Mark::Done class:wrong=move || mark.get() == Mark::Wrong>
            <button
                type="button"
                aria-current=move || (at.get() == Some(step)).then_some("step")
                on:click=move |_| go.run(step)
            >
                {icon}
                <span>{say(STEPS[step])}</span>
                <span class="offscreen">{words}</span>
            </button>
        </li>
    }
}

/// The step that is shown, with the way on and back.
#[component]
fn Step(step: usize, progress: Progress, go: Callback<usize>) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let content = match step {
        0 => view! { <connect::ToHalo progress/> }.into_any(),
        1 => view! { <connect::ToHudu progress/> }.into_any(),
        2 => view! { <Needs progress go><connect::Access progress/></Needs> }.into_any(),
        3 => view! { <Needs progress go><layouts::Layouts/></Needs> }.into_any(),
        4 => view! { <Needs progress go><sample::Samples/></Needs> }.into_any(),
        _ => view! { <Needs progress go><ready::Ready/></Needs> }.into_any(),
    };
    let done = move || matches!(step, 3..) || progress.mark(step) == Mark::Done;
    let on = move |_| {
        // A step that only has to be looked through is done by going on; what needs both products is not passed over.
        if untrack(|| progress.missing().is_none()) && (step > 2 || untrack(done)) {
            progress.pass(step);
        }
        go.run(step + 1);
    };
    let next = STEPS.get(step + 1);
    view! {
        <div class="guide-step">
            <h2 tabindex="-1" node_ref=heading>{say(STEPS[step])}</h2>
            {content}
            <div class="buttons guide-foot">
                {next.map(|next| view! {
                    <button type="button" class="btn" class:primary=done data-act="next-step" on:click=on>
                        {move || if done() { t!("Next: {step}", step = say(next)) } else { t!("Later; next: {step}", step = say(next)) }}
                    </button>
                })}
                {(step > 0).then(|| view! {
                    <button type="button" class="btn quiet" data-act="previous-step" on:click=move |_| go.run(step - 1)>{t!("Back")}</button>
                })}
            </div>
        </div>
    }
}

/// What needs both connections; until they are there, the way to the one that is missing.
#[component]
fn Needs(progress: Progress, go: Callback<usize>, children: ChildrenFn) -> impl IntoView {
    let missing = Memo::new(move |_| progress.missing());
    let children = StoredValue::new(children);
    move || {
        match missing.get() {
        None => children.with_value(|children| children()).into_any(),
        Some(step) => view! {
            <div class="card">
                <p>{t!("{product} is not connected yet, and this step reads from it.", product = progress::PRODUCTS[step].name())}</p>
                <button type="button" class="btn primary" on:click=move |_| go.run(step)>{say(STEPS[step])}</button>
            </div>
        }
        .into_any(),
    }
    }
}
