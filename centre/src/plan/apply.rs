//! The one button that applies, and the question that is asked first where far more would change
//! than usual.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{CountView, SummaryView, Work};
use sidelight::{many, t};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use super::counts::sum;
use crate::desk::Desk;
use crate::nav;
use crate::table::{Marks, writes};

/// "Apply 214 changes".
#[component]
pub fn Apply(
    /// The plan.
    plan: SummaryView,
    /// What of it is left out or may be overwritten.
    marks: Marks,
) -> impl IntoView {
    let desk = Desk::of_page();
    let all = sum(&plan.counts, |count| writes(count.action));
    let number =
        Memo::new(move |_| all.saturating_sub(marks.ids.with(|ids| ids.len())) + marks.overwrite.with(|ids| ids.len()));
    let sent = RwSignal::new(false);
    let asked = NodeRef::<leptos::html::Dialog>::new();
    let label = move || many!(number.get(), "Apply {n} change", "Apply {n} changes");
    let cannot = move || number.get() == 0 || sent.get() || desk.busy();
    let guard = plan.guard.clone();
    let guarded = guard.is_some();
    let id = plan.id.clone();
    let send = Callback::new(move |confirmed: bool| {
        sent.set(true);
        let except = marks.ids.with_untracked(|ids| ids.iter().cloned().collect());
        let overwrite = marks.overwrite.with_untracked(|ids| ids.iter().cloned().collect());
        let message = CentreAsk::ApplyAll { plan: id.clone(), except, overwrite, confirmed };
        apply(desk, sent, message);
    });
    let clicked = move |click: web_sys::MouseEvent| {
        if !click.is_trusted() {
            return;
        }
        match asked.get_untracked().filter(|_| guarded) {
            Some(dialog) => drop(dialog.show_modal()),
            None => send.run(false),
        }
    };
    let close = move || {
        if let Some(dialog) = asked.get_untracked() {
            dialog.close();
        }
    };
    let parts = plan.counts.clone();
    view! {
        <button type="button" class="btn primary" data-act="apply" prop:disabled=cannot on:click=clicked>
            {move || match number.get() {
                0 => t!("Nothing to apply"),
                _ => label(),
            }}
        </button>
        {guard.map(|guard| view! {
            <dialog class="ask" node_ref=asked aria-labelledby="ask-title">
                <h2 id="ask-title"><Icon of=icons::WARN/>{t!("This is more than usual")}</h2>
                <p dir="auto">{guard}</p>
                <p>{numbers(&parts)}</p>
                <p class="muted">{t!("Each of them can be undone from the history.")}</p>
                <div class="buttons">
                    <button type="button" class="btn" on:click=move |_| close()>{t!("Look again")}</button>
                    <button
                        type="button"
                        class="btn primary"
                        data-act="confirm"
                        on:click=move |click| if click.is_trusted() { close(); send.run(true) }
                    >
                        {label}
                    </button>
                </div>
            </dialog>
        })}
    }
}

/// "Create 96, update 118."
fn numbers(counts: &[CountView]) -> String {
    let mut parts = Vec::new();
    for count in counts.iter().filter(|count| writes(count.action)) {
        let word = words::action(count.action).0;
        match parts.iter_mut().find(|(held, _)| *held == word) {
            Some((_, sum)) => *sum += count.count,
            None => parts.push((word, count.count)),
        }
    }
    let parts: Vec<String> = parts.into_iter().map(|(word, sum)| format!("{word} {}", words::number(sum))).collect();
    format!("{}.", parts.join(", "))
}

/// Sends the plan off and goes to the run.
fn apply(desk: Desk, sent: RwSignal<bool>, message: CentreAsk) {
    desk.trouble.set(None);
    spawn_local(async move {
        match bridge::ask(message).await {
            Ok(Reply::Work { work }) => {
                let run = match &work {
                    Work::Running(progress) if !progress.run.is_empty() => Some(progress.run.clone()),
                    _ => newest().await,
                };
                desk.take(work);
                desk.plan.set(None);
                nav::go(&run.map_or_else(|| "history".to_owned(), |run| format!("history/{run}")));
            }
            answer => {
                let _ = sent.try_set(false);
                desk.fail(answer);
            }
        }
    });
}

/// The newest run, for one that ended before the answer came.
async fn newest() -> Option<String> {
    match bridge::ask(CentreAsk::Runs { offset: 0, count: 1 }).await {
        Ok(Reply::Runs { runs, .. }) => runs.into_iter().next().map(|run| run.id),
        _ => None,
    }
}
