//! The foot: how the record stands, and the one button.

use leptos::prelude::*;
use sidelight::assist::view::{SidebarView, Standing};
use sidelight::t;

use crate::components::ChipView;
use crate::icons::{self, Icon};
use crate::pane::{Pane, Source, Stage};
use crate::words;

/// What the foot says of the record.
#[derive(Clone, PartialEq)]
struct Verdict {
    source: Source,
    standing: Standing,
    button: String,
    undo: Option<String>,
}

fn verdict(view: Option<&SidebarView>) -> Option<Verdict> {
    let view = view.filter(|view| view.standing != Standing::NotApplicable)?;
    Some(Verdict {
        source: Source::Record(view.record.record),
        standing: view.standing.clone(),
        button: words::sync(view.record.record.kind)?,
        undo: view.last_run.clone(),
    })
}

/// The foot of the sidebar; none for a ticket, and none while a plan is shown.
#[component]
pub fn Foot() -> impl IntoView {
    let pane = Pane::of_page();
    let verdict = Memo::new(move |_| pane.view.with(|view| verdict(view.as_ref())));
    let planning = Memo::new(move |_| pane.stage.with(|stage| *stage != Stage::Closed));
    move || {
        let verdict = verdict.get().filter(|_| !planning.get())?;
        Some(view! { <Standings verdict/> })
    }
}

#[component]
fn Standings(verdict: Verdict) -> impl IntoView {
    let pane = Pane::of_page();
    let Verdict { source, standing, button, undo } = verdict;
    let fields = match &standing {
        Standing::Differs { fields } => Some(fields.join(", ")),
        Standing::Unknown { trouble } => Some(trouble.sentence.clone()),
        _ => None,
    };
    let settled = standing == Standing::InStep;
    let review = source.clone();
    view! {
        <footer class="foot">
            {words::standing(&standing).map(|(text, tone)| view! { <ChipView text tone/> })}
            <span class="grow clip sub" dir="auto" title=fields.clone()>{fields.clone()}</span>
            {undo.map(|run| view! {
                <button
                    type="button"
                    class="tool"
                    data-act="undo-last"
                    title=t!("Undo the last sync of this record")
                    aria-label=t!("Undo the last sync of this record")
                    on:click=move |click| if click.is_trusted() { pane.plan(Source::Undo(run.clone())) }
                >
                    <Icon of=icons::UNDO/>
                </button>
            })}
            {(!settled).then(|| view! {
                <button type="button" class="btn quiet" data-act="review" on:click=move |_| pane.plan(review.clone())>{t!("Review")}</button>
            })}
            <button
                type="button"
                id="sync"
                class="btn"
                class:primary=!settled
                data-act="sync"
                on:click=move |_| pane.plan(source.clone())
            >
                {button}
            </button>
        </footer>
    }
}
