//! What a plan covers: kinds and clients, and the button that plans.

use leptos::prelude::*;
use sidelight::halo::record::RecordKind;
use sidelight::sync::table::Scope;
use sidelight::t;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use super::clients::Clients;
use crate::desk::Desk;

const KINDS: [RecordKind; 6] = [
    RecordKind::Client,
    RecordKind::Site,
    RecordKind::User,
    RecordKind::Asset,
    RecordKind::Contract,
    RecordKind::Article,
];

/// What the user is about to plan. It stays while pages change, and after a plan was applied.
#[derive(Clone, Copy)]
pub struct Choice {
    kinds: RwSignal<Vec<RecordKind>>,
    clients: RwSignal<Vec<i64>>,
}

impl Choice {
    /// Makes the choice of this page. A plan that comes into view sets it to what the plan covers, where that
    /// was chosen: plans that undo and plans of the schedule choose nothing.
    pub fn provide() {
        let desk = Desk::of_page();
        let choice = Self { kinds: RwSignal::new(KINDS.to_vec()), clients: RwSignal::default() };
        provide_context(choice);
        let covered = Memo::new(move |_| {
            let scope = desk.plan.with(|plan| plan.as_ref().map(|plan| plan.scope.clone()));
            scope.filter(|scope| *scope != Scope::default())
        });
        let own = Memo::new(move |_| desk.settings.with(|saved| saved.as_ref().map(|saved| saved.kinds.clone())));
        Effect::new(move || {
            if let Some(kinds) = own.get().filter(|_| covered.with_untracked(Option::is_none)) {
                choice.kinds.set(kinds);
            }
        });
        Effect::new(move || {
            let Some(Scope { kinds, clients }) = covered.get() else { return };
            if !kinds.is_empty() {
                choice.kinds.set(kinds);
            }
            choice.clients.set(clients);
        });
    }
}

/// One line: kinds, clients, "Plan".
#[component]
pub fn ScopeBar() -> impl IntoView {
    let (desk, choice) = (Desk::of_page(), expect_context::<Choice>());
    let plan = move |_| {
        let kinds = KINDS.into_iter().filter(|kind| choice.kinds.with_untracked(|on| on.contains(kind))).collect();
        desk.plan_all(Scope { kinds, clients: choice.clients.get_untracked() });
    };
    let first = move || desk.plan.with(Option::is_none);
    let cannot = move || desk.busy() || choice.kinds.with(Vec::is_empty);
    view! {
        <section class="scope" aria-label=t!("What is planned")>
            <div class="chips" role="group" aria-label=t!("Kinds to plan")>
                {KINDS.map(|kind| view! { <KindToggle choice kind/> }).into_iter().collect_view()}
            </div>
            <Clients chosen=choice.clients/>
            <button
                type="button"
                class="btn"
                class:primary=first
                data-act="plan"
                prop:disabled=cannot
                on:click=plan
            >
                <Icon of=icons::SYNC/>
                {move || if first() { t!("Plan") } else { t!("Plan again") }}
            </button>
        </section>
    }
}

#[component]
fn KindToggle(choice: Choice, kind: RecordKind) -> impl IntoView {
    let on = move || choice.kinds.with(|kinds| kinds.contains(&kind));
    let turn = move |_| {
        choice.kinds.update(|kinds| match kinds.iter().position(|held| *held == kind) {
            Some(index) => drop(kinds.remove(index)),
            None => kinds.push(kind),
        });
    };
    view! {
        <button type="button" class="pick" aria-pressed=move || on().to_string() on:click=turn>
            <Icon of=icons::record(kind)/>
            {words::records(kind)}
        </button>
    }
}
