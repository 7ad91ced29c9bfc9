//! What was run, and taking it back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Message, RecipeAsk, Reply};
use sidelight::recipes::journal::Head;
use sidelight::recipes::view::RunView;
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::clock::{self, Now};
use sidelight_ui::components::{ChipView, TroubleLine};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use super::Kitchen;
use super::rows::Rows;

/// Runs that are shown.
const SHOWN: usize = 20;

/// The runs, newest first.
#[component]
pub fn History(
    /// What the page shares.
    kitchen: Kitchen,
) -> impl IntoView {
    let runs = move || {
        kitchen.runs.get().map(|runs| {
            if runs.is_empty() {
                return view! { <p class="muted">{t!("No recipe was run from this browser yet.")}</p> }.into_any();
            }
            let rows = runs.into_iter().take(SHOWN).map(|head| view! { <Row kitchen head/> });
            view! { <ul class="recipe-runs" aria-label=t!("Runs of recipes")>{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section aria-label=t!("Runs")>
            <h2>{t!("Runs")}</h2>
            {runs}
        </section>
    }
}

/// One run; taking it back shows first what becomes of each item.
#[component]
fn Row(kitchen: Kitchen, head: Head) -> impl IntoView {
    let now = expect_context::<Now>();
    let preview = RwSignal::new(None::<RunView>);
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let (chip, tone) = words::run(head.state);
    let (started, undoable) = (head.started, head.undoable);
    let id = StoredValue::new(head.id.clone());
    let ask = move |only: bool| {
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer =
                bridge::ask(Message::Recipe { ask: RecipeAsk::Undo { run: id.get_value(), preview: only } }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(Reply::RecipeRun { run }) if only => preview.set(Some(*run)),
                Ok(Reply::RecipeRun { .. }) => kitchen.look(),
                answer => trouble.set(Some(answer.err().unwrap_or_else(bridge::odd))),
            }
        });
    };
    let title = kitchen.title(&head.recipe);
    let counts = t!("{done} of {all} done", done = head.done, all = head.items);
    view! {
        <li>
            <div class="recipe-run">
                <span class="name">{title}</span>
                <ChipView text=chip tone/>
                <span class="muted">{counts}</span>
                <span class="muted clip" dir="auto">{head.who.clone()}</span>
                <time class="muted" title=clock::exact(started)>{move || clock::ago(started, now.0.get())}</time>
                {move || (undoable && preview.with(Option::is_none)).then(|| view! {
                    <button type="button" class="btn" data-act="undo" prop:disabled=busy on:click=move |_| ask(true)>
                        <Icon of=icons::UNDO/>
                        {t!("Undo")}
                    </button>
                })}
            </div>
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
            {move || preview.get().map(|run| view! {
                <div class="card">
                    <Rows rows=run.rows label=t!("What would be taken back")/>
                    <div class="buttons">
                        <button type="button" class="btn primary" data-act="take-back" prop:disabled=busy
                            on:click=move |click| if click.is_trusted() { ask(false) }>{t!("Take it back")}</button>
                        <button type="button" class="btn" on:click=move |_| preview.set(None)>{t!("Leave it")}</button>
                    </div>
                </div>
            })}
        </li>
    }
}
