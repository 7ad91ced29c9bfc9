//! A counterpart chosen among candidates: the record is planned again by itself, and can be applied at once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::protocol::{Message, Reply};
use sidelight::sync::view::{PlanView, RunView};
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::components::{ChipView, Differences, TroubleLine};
use sidelight_ui::{bridge, words};

use crate::desk::Desk;
use crate::table::Grid;

/// Where a record stands since its counterpart was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// It is planned again.
    Planning,
    /// The new plan of this record alone.
    Planned(PlanView),
    /// That plan was sent off.
    Applying(PlanView),
    /// What became of it.
    Ran(RunView),
    /// It could not be planned or applied.
    Failed(Trouble),
}

/// Keeps the choice and plans the record again.
pub fn choose(grid: Grid, id: String, record: RecordRef, target: i64) {
    let set = move |id: &str, state| drop(grid.chosen.try_update(|chosen| chosen.insert(id.to_owned(), state)));
    set(&id, Chosen::Planning);
    spawn_local(async move {
        let state = match bridge::ask(Message::Choose { record, target }).await {
            Ok(_) => match bridge::ask(Message::Plan { record }).await {
                Ok(Reply::Plan { plan }) => Chosen::Planned(plan),
                answer => Chosen::Failed(answer.err().unwrap_or_else(bridge::odd)),
            },
            Err(trouble) => Chosen::Failed(trouble),
        };
        set(&id, state);
    });
}

fn apply(grid: Grid, id: String, plan: PlanView) {
    let set = move |id: &str, state| drop(grid.chosen.try_update(|chosen| chosen.insert(id.to_owned(), state)));
    let message = Message::Apply { plan: plan.id.clone(), overwrite: Vec::new() };
    set(&id, Chosen::Applying(plan));
    spawn_local(async move {
        let state = match bridge::ask(message).await {
            Ok(Reply::Run { run }) => Chosen::Ran(run),
            answer => Chosen::Failed(answer.err().unwrap_or_else(bridge::odd)),
        };
        set(&id, state);
    });
}

/// What became of a choice.
#[component]
pub fn Choice(
    /// The table.
    grid: Grid,
    /// Id of the row.
    id: String,
    /// Kind of the record.
    kind: RecordKind,
    /// Where it stands.
    state: Chosen,
) -> impl IntoView {
    let parent = kind == RecordKind::Client;
    let content = match state {
        Chosen::Planning => view! { <p class="muted">{t!("Chosen. Planning this record again…")}</p> }.into_any(),
        Chosen::Planned(plan) => view! { <Planned grid id plan busy=false/> }.into_any(),
        Chosen::Applying(plan) => view! { <Planned grid id plan busy=true/> }.into_any(),
        Chosen::Ran(run) => {
            let (text, tone) = words::run(run.state);
            let troubles = run.steps.into_iter().filter_map(|step| step.trouble);
            view! {
                <p><ChipView text tone/>" "<span dir="auto">{run.title}</span></p>
                {troubles.map(|trouble| view! { <TroubleLine trouble/> }).collect_view()}
            }
            .into_any()
        }
        Chosen::Failed(trouble) => view! { <TroubleLine trouble/> }.into_any(),
    };
    view! {
        <section class="choice" aria-label=t!("Since you chose") aria-live="polite">
            {content}
            {parent.then(|| view! { <p class="hint">{t!("Plan again to take in what belongs to this client.")}</p> })}
        </section>
    }
}

/// The plan of the one record.
#[component]
fn Planned(grid: Grid, id: String, plan: PlanView, busy: bool) -> impl IntoView {
    let desk = Desk::of_page();
    let items = plan.items.clone().into_iter().map(|item| {
        let (text, tone) = words::action(item.action);
        view! {
            <li>
                <p><ChipView text tone/>" "<span dir="auto">{item.sentence}</span></p>
                {(!item.reason.is_empty()).then(|| view! { <p class="reason" dir="auto">{item.reason}</p> })}
                {(!item.fields.is_empty()).then(|| view! { <Differences fields=item.fields/> })}
            </li>
        }
    });
    let label = if busy { t!("Applying…") } else { t!("Apply this record now") };
    let sent = plan.clone();
    view! {
        <ol class="choice-items">{items.collect_view()}</ol>
        {plan.ready.then(|| view! {
            <button
                type="button"
                class="btn"
                data-act="apply-chosen"
                prop:disabled=move || busy || desk.busy()
                on:click=move |click| if click.is_trusted() { apply(grid, id.clone(), sent.clone()) }
            >
                {label}
            </button>
        })}
    }
}
