//! The page for plans: what is covered, what would happen, and applying it.

mod apply;
mod clients;
mod counts;
mod scope;

use std::collections::HashSet;

use leptos::prelude::*;
use sidelight::sync::table::{RowQuery, SummaryView, TableOf};
use sidelight::sync::view::Action;
use sidelight::{many, t};
use sidelight_ui::clock::{self, Now};
use sidelight_ui::components::State;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use crate::desk::Desk;
use crate::detail::Detail;
use crate::export::Export;
use crate::progress::requests;
use crate::table::{Filters, Grid, Marks, Rows, Sense, Table};
use apply::Apply;
use counts::{Counts, kinds, sum};
pub use scope::Choice;
use scope::ScopeBar;

/// The page.
#[component]
pub fn PlanPage() -> impl IntoView {
    let desk = Desk::of_page();
    let shown = Memo::new(move |_| desk.plan.with(|plan| plan.as_ref().map(|plan| (plan.id.clone(), plan.made))));
    move || {
        if desk.connected.get() == Some(false) {
            return view! { <div class="page"><NotConnected/></div> }.into_any();
        }
        let content = move || match shown.get() {
            Some(_) => desk.plan.get_untracked().map(|plan| view! { <Shown plan/> }).into_any(),
            None => view! { <Nothing/> }.into_any(),
        };
        view! {
            <div class="page tall">{content}</div>
        }
        .into_any()
    }
}

#[component]
fn NotConnected() -> impl IntoView {
    view! {
        <h1 class="offscreen">{t!("Plan")}</h1>
        <State icon=icons::CONNECT title=t!("Not connected yet") text=t!("Sidelight needs the address and a sign-in of HaloITSM and of Hudu before it can plan.")>
            <a class="btn primary" href="options.html#connections">{t!("Set up the connections")}</a>
        </State>
    }
}

/// No plan is shown: none was made, or it was applied.
#[component]
fn Nothing() -> impl IntoView {
    let desk = Desk::of_page();
    let idle = move || desk.looked.get() && !desk.busy();
    view! {
        <header class="page-head"><div class="grow">
            <h1>{t!("Sync everything")}</h1>
            <p class="sub">{t!("A plan reads both sides and shows every change with its reason. Nothing is written before you apply it.")}</p>
        </div></header>
        <ScopeBar/>
        {move || idle().then(|| view! {
            <State icon=icons::SYNC title=t!("Nothing is planned") text=t!("Choose what is covered above and press “Plan”. What was applied stands in the history.")/>
        })}
    }
}

/// A plan with its table.
#[component]
fn Shown(plan: SummaryView) -> impl IntoView {
    let id = plan.id.clone();
    let open = sum(&plan.counts, |count| Action::DUE.contains(&count.action));
    let actions = if open > 0 { Action::DUE.to_vec() } else { Vec::new() };
    let query = RwSignal::new(RowQuery { actions, ..RowQuery::default() });
    let rows = Rows::new(TableOf::Plan(id.clone()), query);
    let marks = Marks::new(Sense::LeaveOut);
    let grid = Grid::new(rows, marks);
    let of_kinds = {
        let counts = plan.counts.clone();
        Signal::derive(move || query.with(|query| kinds(&counts, &query.actions)))
    };
    let all = sum(&plan.counts, |_| true);
    let left_out = move || {
        let (out, over) = (marks.ids.with(HashSet::len), marks.overwrite.with(|ids| ids.len()));
        let mut words = Vec::new();
        if out > 0 {
            words.push(t!("{n} left out", n = words::number(out)));
        }
        if over > 0 {
            words.push(t!("{n} to be overwritten", n = words::number(over)));
        }
        (!words.is_empty()).then(|| format!(" · {}", words.join(", ")))
    };
    let (direction, notes) = (plan.direction, plan.notes.clone());
    view! {
        <header class="page-head">
            <div class="grow">
                <h1 dir="auto">{plan.title.clone()}</h1>
                <p class="sub"><Facts plan=plan.clone()/>{left_out}</p>
            </div>
            <Export of=TableOf::Plan(id)/>
            <Apply plan=plan.clone() marks/>
        </header>
        <ScopeBar/>
        <Notes notes/>
        {(open == 0).then(|| view! {
            <p class="settled"><Icon of=icons::GOOD/>{t!("Both sides agree. There is nothing to apply.")}</p>
        })}
        <Counts plan=plan.clone() query/>
        <Filters rows kinds=of_kinds all/>
        <div class="split">
            <Table grid label=plan.title/>
            <Detail grid direction/>
        </div>
    }
}

/// "Planned 2 min ago · 12 requests to HaloITSM, 26 to Hudu".
#[component]
fn Facts(plan: SummaryView) -> impl IntoView {
    let now = expect_context::<Now>();
    let made = plan.made;
    let clients = match plan.scope.clients.len() {
        0 => t!("all clients"),
        n => many!(n, "{n} client", "{n} clients"),
    };
    let read = requests(plan.requests).map(|words| format!(" · {words}"));
    view! {
        <time title=clock::exact(made)>{move || t!("Planned {ago}", ago = clock::ago(made, now.0.get()))}</time>
        {format!(" · {clients}")}
        {read}
    }
}

/// What was noticed while both sides were read.
#[component]
fn Notes(notes: Vec<String>) -> impl IntoView {
    let count = notes.len();
    let list = move || {
        view! { <ul class="notes">{notes.into_iter().map(|note| view! { <li dir="auto">{note}</li> }).collect_view()}</ul> }
    };
    match count {
        0 => ().into_any(),
        1..=2 => list().into_any(),
        _ => view! {
            <details class="notes-more">
                <summary>{many!(count, "{n} thing was noticed while reading", "{n} things were noticed while reading")}</summary>
                {list()}
            </details>
        }
        .into_any(),
    }
}
