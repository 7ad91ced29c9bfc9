//! A plan as sentences with differences, and the one button that applies it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use sidelight::sync::view::{Action, PlanItemView, PlanView};
use sidelight::{many, t};

use super::back::BackForm;
use super::{ChipView, Choose, Differences, Guarded, HuduLink, RunPanel, State, TroubleLine};
use crate::icons::{self, Icon};
use crate::pane::{Pane, Source, Stage};
use crate::words;

/// Items in conflict that the user agreed to overwrite.
type Overwrite = RwSignal<BTreeSet<String>>;

/// The way from a plan to a run; nothing while nothing is planned.
#[component]
pub fn Planner(
    /// Stands inside the popup: without a head of its own.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let pane = Pane::of_page();
    let content = move || match pane.stage.get() {
        Stage::Closed => ().into_any(),
        Stage::Form(draft, trouble) => {
            let title = draft.form.as_ref().map(|form| form.title.clone()).unwrap_or_default();
            view! { <Panel title inline><BackForm draft trouble/></Panel> }.into_any()
        }
        Stage::Planning(source) => {
            let text = match source {
                Source::Record(_) => t!("Comparing this record in Halo and in Hudu."),
                Source::Publish(_) => t!("Comparing this article in Hudu and in Halo."),
                Source::Undo(_) => t!("Reading what the last sync changed."),
                Source::Back(_) | Source::Kept(_) => t!("Reading what stands there now."),
            };
            view! { <Panel title=t!("Planning") inline><State icon=icons::SYNC title=t!("Planning") text=text/></Panel> }
                .into_any()
        }
        Stage::Shown(source, plan) => {
            let title = plan.title.clone();
            view! { <Panel title inline><Plan source plan busy=false/></Panel> }.into_any()
        }
        Stage::Applying(source, plan) => {
            let title = plan.title.clone();
            view! { <Panel title inline><Plan source plan busy=true/></Panel> }.into_any()
        }
        Stage::Ran(direction, run) => {
            let title = run.title.clone();
            view! { <Panel title inline><RunPanel run direction/></Panel> }.into_any()
        }
        Stage::Failed(source, trouble) => view! {
            <Panel title=t!("This could not be done") inline>
                <TroubleLine trouble again=move |()| pane.again(source.clone())/>
            </Panel>
        }
        .into_any(),
    };
    view! { <div class="planner" aria-live="polite">{content}</div> }
}

#[component]
fn Panel(#[prop(into)] title: String, inline: bool, children: Children) -> impl IntoView {
    let pane = Pane::of_page();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get().filter(|_| !inline) {
            let _ = heading.focus();
        }
    });
    view! {
        <section class="panel" aria-labelledby="plan-title">
            <header class="reader-head">
                <h2 id="plan-title" class="grow" dir="auto" tabindex="-1" node_ref=heading title=title.clone()>{title.clone()}</h2>
                {(!inline).then(|| view! {
                    <button type="button" class="tool" data-act="close-plan" title=t!("Close the plan") aria-label=t!("Close the plan") on:click=move |_| pane.close_stage()>
                        <Icon of=icons::CLOSE/>
                    </button>
                })}
            </header>
            {children()}
        </section>
    }
}

#[component]
fn Plan(source: Source, plan: PlanView, busy: bool) -> impl IntoView {
    let pane = Pane::of_page();
    let overwrite: Overwrite = RwSignal::new(BTreeSet::new());
    let target = words::target(plan.direction);
    let count = |wanted: fn(Action) -> bool| plan.items.iter().filter(|item| wanted(item.action)).count();
    let conflicts = count(|action| action == Action::Conflict);
    let hindered = count(|action| matches!(action, Action::Blocked | Action::Ambiguous));
    let (writes, ready) = (plan.writes, plan.ready);
    let intent = source.intent(&plan.id);
    let draft = match source {
        Source::Back(draft) if draft.form.is_some() => Some(draft),
        _ => None,
    };
    let agreed = move || overwrite.with(BTreeSet::len);
    let can_apply = move || {
        let settled = conflicts > 0 && hindered == 0 && agreed() == conflicts;
        !busy && (ready || settled)
    };
    let label = move || {
        let changes = writes + agreed();
        match changes {
            _ if busy => t!("Applying…"),
            0 => t!("Apply"),
            _ => many!(changes, "Apply {n} change", "Apply {n} changes"),
        }
    };
    let nothing = writes == 0 && conflicts == 0 && hindered == 0;
    let hint = match (hindered, conflicts) {
        _ if nothing => Some(t!("Both sides agree. There is nothing to apply.")),
        (1.., _) => Some(t!("Settle what is marked first.")),
        (0, 1..) => Some(t!("Tick what may be overwritten first.")),
        _ => None,
    };
    view! {
        <ol class="plan-items">
            {plan.items.into_iter().map(|item| view! { <PlanItem item overwrite target/> }).collect_view()}
        </ol>
        <footer class="panel-foot">
            <span class="hint grow">{move || hint.clone().filter(|_| !can_apply())}</span>
            {draft.map(|draft| view! {
                <button
                    type="button"
                    class="btn quiet"
                    data-act="change"
                    prop:disabled=busy
                    on:click=move |_| pane.stage.set(Stage::Form(draft.clone(), None))
                >
                    {t!("Change")}
                </button>
            })}
            {(!nothing).then(|| view! {
                <Guarded
                    act="apply"
                    class="btn primary"
                    intent
                    disabled=Signal::derive(move || !can_apply())
                    deed=move |()| pane.apply(overwrite.get_untracked().into_iter().collect())
                >
                    {label}
                </Guarded>
            })}
        </footer>
    }
}

#[component]
fn PlanItem(item: PlanItemView, overwrite: Overwrite, target: &'static str) -> impl IntoView {
    let PlanItemView { id, action, record, sentence, reason, fields, candidates, url, .. } = item;
    let (chip, tone) = words::action(action);
    let agree = move |event: web_sys::Event| {
        let ticked = event_target_checked(&event) && event.is_trusted();
        overwrite.update(|agreed| {
            if ticked {
                agreed.insert(id.clone());
            } else {
                agreed.remove(&id);
            }
        });
    };
    view! {
        <li class=format!("plan-item {}", words::tone(tone))>
            <div class="plan-line">
                <ChipView text=chip tone/>
                <span class="grow" dir="auto">{sentence}</span>
                {url.map(|url| view! { <HuduLink url label=t!("Open in {target}", target)/> })}
            </div>
            {(!reason.is_empty()).then(|| view! { <p class="reason" dir="auto">{reason}</p> })}
            {(!fields.is_empty()).then(|| view! { <Differences fields/> })}
            {record.filter(|_| !candidates.is_empty()).map(|record| view! { <Choose record candidates/> })}
            {(action == Action::Conflict).then(|| view! {
                <label class="tick">
                    <input type="checkbox" data-act="overwrite" on:change=agree/>
                    {t!("Overwrite what was changed in {target}", target)}
                </label>
            })}
        </li>
    }
}
