//! The runs, newest first: what, who, when, how it ended.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::sync::table::RunHead;
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::clock::{self, Now};
use sidelight_ui::components::{ChipView, State, TroubleLine};
use sidelight_ui::{icons, words};

use super::{into_signals, load_with, runs};
use crate::desk::Desk;

/// The list.
#[component]
pub fn List() -> impl IntoView {
    let desk = Desk::of_page();
    let held = RwSignal::new(None::<(Vec<RunHead>, usize)>);
    let trouble = RwSignal::new(None::<Trouble>);
    let load = move || into_signals(runs(0), held, trouble);
    load_with(desk.news, load);
    let more = move |_| {
        let offset = held.with_untracked(|held| held.as_ref().map_or(0, |(runs, _)| runs.len()));
        spawn_local(async move {
            match runs(offset).await {
                Ok((page, total)) => {
                    let _ = held.try_update(|held| match held {
                        Some((runs, all)) => {
                            runs.extend(page);
                            *all = total;
                        }
                        None => *held = Some((page, total)),
                    });
                }
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    };
    let rows = move || {
        held.get().map(|(runs, total)| {
            if runs.is_empty() {
                return view! {
                    <State icon=icons::HISTORY title=t!("Nothing was written yet") text=t!("Each run is kept here with what it changed, and can be undone.")>
                        <a class="btn" href="#plan">{t!("Plan")}</a>
                    </State>
                }
                .into_any();
            }
            let left = total.saturating_sub(runs.len());
            view! {
                <ul class="runs">{runs.into_iter().map(|run| view! { <RunRow run/> }).collect_view()}</ul>
                {(left > 0).then(|| view! {
                    <button type="button" class="btn" on:click=more>{t!("Show more ({n} left)", n = words::number(left))}</button>
                })}
            }
            .into_any()
        })
    };
    view! {
        <div class="page">
            <header class="page-head"><div class="grow">
                <h1>{t!("History")}</h1>
                <p class="sub">{t!("What Sidelight wrote from this browser, newest first. Open a run to see each record, to undo it or to export its report.")}</p>
            </div></header>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| load()/> })}
            {rows}
        </div>
    }
}

#[component]
fn RunRow(run: RunHead) -> impl IntoView {
    let now = expect_context::<Now>();
    let (chip, tone) = words::run(run.state);
    let started = run.started;
    let counts = counts(&run);
    let who = who(&run);
    view! {
        <li>
            <a class="run-row" href=format!("#history/{}", run.id)>
                <span class="name clip" dir="auto" title=run.title.clone()>{run.title.clone()}</span>
                <span class="run-chip"><ChipView text=chip tone/></span>
                <span class="muted clip">{counts}</span>
                <span class="muted clip" dir="auto">{who}</span>
                <time class="muted" title=clock::exact(started)>{move || clock::ago(started, now.0.get())}</time>
            </a>
        </li>
    }
}

/// Who started a run, in words.
pub fn who(run: &RunHead) -> String {
    match run.who.as_str() {
        "" => t!("Somebody in this browser"),
        "schedule" => t!("The schedule"),
        who => who.to_owned(),
    }
}

/// "211 of 214 done, 3 failed".
pub fn counts(run: &RunHead) -> String {
    let done = words::number(run.done);
    let mut words = vec![if run.done == run.steps {
        t!("{done} done", done)
    } else {
        t!("{done} of {all} done", done, all = words::number(run.steps))
    }];
    if run.failed > 0 {
        words.push(t!("{n} failed", n = words::number(run.failed)));
    }
    if run.skipped > 0 {
        words.push(t!("{n} passed over", n = words::number(run.skipped)));
    }
    words.join(", ")
}
