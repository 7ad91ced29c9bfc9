//! A process: started for the company, its steps ticked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::assist::view::{Deed, DeedView, DocumentKind, TaskView};
use sidelight::protocol::{Intent, Message, Reply};
use sidelight::t;

use super::{ChipView, Guarded, leave_document};
use crate::icons::{self, Icon};
use crate::pane::Pane;
use crate::{bridge, clock};

/// The content of a process.
#[component]
pub fn ProcessBody(
    /// Hudu id.
    id: i64,
    /// Plain text.
    description: Option<String>,
    /// Steps.
    tasks: Vec<TaskView>,
    /// One that was started, else the process itself.
    run: bool,
    /// What was done with it from this browser.
    deeds: Vec<DeedView>,
) -> impl IntoView {
    let own = deeds.iter().any(|deed| deed.what == Deed::Started);
    let (done, total) = (tasks.iter().filter(|task| task.done).count(), tasks.len());
    let here = tasks.iter().any(|task| task.here);
    view! {
        {description.map(|text| view! { <p class="plain-text" dir="auto">{text}</p> })}
        {if run {
            view! {
                <div class="progress">
                    <progress max=total value=done aria-label=t!("Steps done")></progress>
                    <span class="muted">{t!("{done} of {total} steps done", done, total)}</span>
                </div>
            }.into_any()
        } else {
            view! { <Start id/> }.into_any()
        }}
        {here.then(|| view! {
            <p class="note">{t!("Hudu’s interface did not take these ticks, so they are kept in this browser only. Tick them in Hudu for everybody to see.")}</p>
        })}
        {(total == 0).then(|| view! { <p class="muted">{t!("This process has no steps. Add them in Hudu.")}</p> })}
        <ol class="steps">
            {tasks.into_iter().map(|task| view! { <Step process=id task run/> }).collect_view()}
        </ol>
        {(run && own && done == 0).then(|| view! { <TakeBack id/> })}
        {(!deeds.is_empty()).then(|| view! { <Deeds deeds/> })}
    }
}

/// Starts the process: a copy with steps of its own is made in Hudu, and opened.
#[component]
fn Start(id: i64) -> impl IntoView {
    let pane = Pane::of_page();
    let busy = RwSignal::new(false);
    let start = move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = bridge::ask(Message::StartProcess { process: id }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(Reply::Started { process }) => {
                    pane.say(t!("Started for this client."));
                    pane.go_on_to(Pane::named(DocumentKind::Process, process, None));
                    pane.refresh();
                }
                Ok(_) => pane.document_trouble.set(Some(bridge::odd())),
                Err(trouble) => pane.document_trouble.set(Some(trouble)),
            }
        });
    };
    let intent = Intent::Open { kind: DocumentKind::Process, id };
    view! {
        <p class="publish">
            <Guarded act="start-process" intent disabled=busy deed=start>
                <Icon of=icons::PLAY/>{t!("Start for this client")}
            </Guarded>
        </p>
    }
}

/// Takes the start back as long as nothing is ticked: the run is archived in Hudu.
#[component]
fn TakeBack(id: i64) -> impl IntoView {
    let pane = Pane::of_page();
    let busy = RwSignal::new(false);
    let deed = move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = bridge::ask(Message::TakeBackProcess { process: id }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    pane.say(t!("Taken back: archived in Hudu."));
                    leave_document(pane);
                    pane.refresh();
                }
                Err(trouble) => pane.document_trouble.set(Some(trouble)),
            }
        });
    };
    let intent = Intent::Open { kind: DocumentKind::Process, id };
    view! {
        <p class="publish">
            <Guarded act="take-back" intent disabled=busy deed><Icon of=icons::UNDO/>{t!("Take the start back")}</Guarded>
            <span class="muted">{t!("Archives it in Hudu.")}</span>
        </p>
    }
}

/// What was done with it from this browser.
#[component]
fn Deeds(deeds: Vec<DeedView>) -> impl IntoView {
    let line = |deed: DeedView| {
        let DeedView { time, who, what, step } = deed;
        let what = match what {
            Deed::Started => t!("Started"),
            Deed::Ticked => t!("Ticked: {step}", step),
            Deed::Unticked => t!("Tick taken back: {step}", step),
        };
        let by = (!who.is_empty()).then(|| t!("by {who}", who));
        view! { <li><span dir="auto">{what}</span>" "<span class="muted" dir="auto">{by}" "{clock::exact(time)}</span></li> }
    };
    view! {
        <details class="fold">
            <summary><span class="chevron"><Icon of=icons::CHEVRON/></span>{t!("Done from this browser")}</summary>
            <ul class="plain">{deeds.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}

#[component]
fn Step(process: i64, task: TaskView, run: bool) -> impl IntoView {
    let pane = Pane::of_page();
    let TaskView { id, name, notes, done, due, .. } = task;
    let tick = move |task: i64| {
        spawn_local(async move {
            match bridge::ask(Message::TickTask { process, task, done: !done }).await {
                Ok(Reply::Document { view: Some(view) }) => {
                    pane.say(if done {
                        t!("The tick is taken back.")
                    } else {
                        t!("Ticked. Click it again to take it back.")
                    });
                    pane.show_document(*view);
                }
                Ok(_) => pane.reload_document(),
                Err(trouble) => pane.document_trouble.set(Some(trouble)),
            }
        });
    };
    let icon = if done { icons::GOOD } else { icons::SKIPPED };
    let mark = match id.filter(|_| run) {
        Some(id) => {
            let intent = Intent::Open { kind: DocumentKind::Process, id: process };
            view! {
                <Guarded act="tick" class="tool" label=name.clone() checked=done intent deed=move |()| tick(id)>
                    <Icon of=icon/>
                </Guarded>
            }
            .into_any()
        }
        None => view! { <span class="bullet"><Icon of=icon/></span> }.into_any(),
    };
    view! {
        <li class:done=done>
            {mark}
            <span class="grow">
                <span dir="auto">{name}</span>
                {notes.map(|notes| view! { <span class="sub" dir="auto">{notes}</span> })}
            </span>
            {due.map(|chip| view! { <ChipView text=chip.text tone=chip.tone/> })}
        </li>
    }
}
