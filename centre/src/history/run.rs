//! One run: how far it is or how it ended, each record with its outcome, undoing.

use crate::said::Linked;
use leptos::prelude::*;
use sidelight::protocol::CentreAsk;
use sidelight::sync::table::{Outcome, RowQuery, RunHead, TableOf, Work};
use sidelight::sync::view::{Action, Direction, RunState};
use sidelight::trouble::Trouble;
use sidelight::{many, t};
use sidelight_ui::clock;
use sidelight_ui::components::{ChipView, State, TroubleLine};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use super::list::{counts, who};
use super::{into_signals, load_with, run as find};
use crate::desk::Desk;
use crate::detail::Detail;
use crate::export::Export;
use crate::progress::requests;
use crate::table::{Filters, Grid, Marks, Rows, Sense, Table};

/// The page of a run.
#[component]
pub fn RunPage(
    /// Its id.
    run: String,
) -> impl IntoView {
    let desk = Desk::of_page();
    let head = RwSignal::new(None::<Option<RunHead>>);
    let trouble = RwSignal::new(None::<Trouble>);
    let load = {
        let run = run.clone();
        move || {
            let run = run.clone();
            into_signals(async move { find(&run).await }, head, trouble)
        }
    };
    load_with(desk.news, load.clone());
    let here = run.clone();
    let own = move |work: &Work| matches!(work, Work::Running(progress) if progress.run == here);
    let running = Memo::new(move |_| desk.work.with(|work| own(work)));
    let load = StoredValue::new(load);
    let table = TableOf::Run(run.clone());
    let parts = move || {
        match head.get() {
        None => ().into_any(),
        Some(None) => view! {
            <State icon=icons::HISTORY title=t!("This run is not kept any more") text=t!("The history holds the newest runs only.")>
                <a class="btn" href="#history">{t!("History")}</a>
            </State>
        }
        .into_any(),
        Some(Some(head)) => view! { <Head head running/> }.into_any(),
    }
    };
    view! {
        <div class="page tall">
            {parts}
            {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| load.with_value(|load| load())/> })}
            <Steps table head running/>
        </div>
    }
}

#[component]
fn Head(head: RunHead, running: Memo<bool>) -> impl IntoView {
    let (chip, tone) = words::run(head.state);
    let lasted = head.ended.map(|ended| format!(" · {}", clock::stretch(ended - head.started)));
    let sent = requests(head.requests).map(|words| format!(" · {words}"));
    let what = counts(&head);
    let undoes = head.undoes.clone();
    // Taking back is planned anew.
    let has_rest = matches!(head.state, RunState::Part | RunState::Stopped) && undoes.is_none();
    let (desk, open) = (Desk::of_page(), head.state == RunState::Running);
    let go_on = match head.state {
        RunState::Running | RunState::Paused | RunState::Stopped => Some(t!("Go on")),
        RunState::Part if head.failed > 0 => Some(t!("Try again")),
        _ => None,
    };
    let stopped = head.trouble.clone().filter(|_| head.state == RunState::Stopped);
    let go_on = go_on.map(|label| (label, head.id.clone()));
    view! {
        <p class="crumb"><a href="#history">{t!("History")}</a></p>
        <header class="page-head run-head">
            <div class="grow">
                <h1 dir="auto">{head.title.clone()}</h1>
                <p class="sub">
                    <ChipView text=chip tone/>
                    {format!(" {} · ", who(&head))}
                    <time>{clock::exact(head.started)}</time>
                    {lasted}
                    {sent}
                </p>
                {move || (!running.get()).then(|| view! {
                    <p class="report">{what.clone()}". "{has_rest.then(|| view! { <Rest/> })}</p>
                })}
                {undoes.map(|run| view! { <p class="sub"><Linked text=t!("It takes back [an earlier run].") href=format!("#history/{run}")/></p> })}
            </div>
            <Export of=TableOf::Run(head.id.clone())/>
            {move || go_on.clone().filter(|_| !running.get() && (!open || desk.failed())).map(|(label, run)| view! { <GoOn label run/> })}
        </header>
        {move || stopped.clone().filter(|_| !running.get()).map(|trouble| view! { <TroubleLine trouble/> })}
    }
}

/// Where to find what a run left.
#[component]
fn Rest() -> impl IntoView {
    let desk = Desk::of_page();
    move || match desk.plan.with(Option::is_some) {
        true => view! { <Linked text=t!("What is left waits in [the plan].") href="#plan"/> }.into_any(),
        false => t!("What is left is taken up by the next plan.").into_any(),
    }
}

/// Goes on with a run that stands still and that the background is not busy with; one at its end tries again what failed.
#[component]
fn GoOn(label: String, run: String) -> impl IntoView {
    let desk = Desk::of_page();
    view! {
        <button
            type="button"
            class="btn"
            data-act="go-on"
            prop:disabled=move || desk.busy()
            on:click=move |click| if click.is_trusted() { desk.work(CentreAsk::GoOn { run: run.clone() }) }
        >
            <Icon of=icons::PLAY/>
            {label}
        </button>
    }
}

/// The records with their outcomes.
#[component]
fn Steps(table: TableOf, head: RwSignal<Option<Option<RunHead>>>, running: Memo<bool>) -> impl IntoView {
    let desk = Desk::of_page();
    // What the plan only looked at is no step of the run.
    let actions = vec![Action::Create, Action::Update, Action::Link, Action::Archive, Action::Conflict];
    let query = RwSignal::new(RowQuery { actions, ..RowQuery::default() });
    let rows = Rows::new(table.clone(), query);
    let marks = Marks::new(Sense::Take);
    let grid = Grid::new(rows, marks);
    // While it runs, what is in view is looked at again with each news of it; at its end everything.
    Effect::new(move || {
        desk.work.track();
        if running.get() {
            grid.renew();
        }
    });
    load_with(desk.news, move || grid.renew());
    let failed = Memo::new(move |_| {
        head.with(|head| head.as_ref()?.as_ref().map(|head| head.failed > 0 && head.ended.is_some()))
    });
    Effect::new(move |told: Option<bool>| {
        let now = failed.get() == Some(true);
        // Failures first, once.
        if now && told != Some(true) {
            query.update(|query| query.outcomes = vec![Outcome::Failed]);
        }
        now
    });
    let numbers = move || head.get().flatten().map(|head| view! { <Outcomes head query running/> });
    let all =
        Signal::derive(move || head.with(|head| head.as_ref().and_then(Option::as_ref).map_or(0, |head| head.steps)));
    let undo = move || head.get().flatten().map(|head| view! { <Undo head marks running/> });
    view! {
        {numbers}
        <Filters rows kinds=Signal::derive(Vec::new) all/>
        <div class="split">
            <Table grid label=t!("Records of this run")/>
            <Detail grid direction=Direction::ToHudu/>
        </div>
        {undo}
    }
}

/// How many steps ended how; a click shows those.
#[component]
fn Outcomes(head: RunHead, query: RwSignal<RowQuery>, running: Memo<bool>) -> impl IntoView {
    let desk = Desk::of_page();
    let now = move || {
        desk.work.with(|work| match work {
            Work::Running(progress) if running.get() => (progress.done, progress.failed, progress.skipped),
            _ => (head.done, head.failed, head.skipped),
        })
    };
    let steps = head.steps;
    let number = move |of: Option<Outcome>| {
        let (done, failed, skipped) = now();
        match of {
            None => steps,
            Some(Outcome::Done) => done,
            Some(Outcome::Failed) => failed,
            Some(Outcome::Skipped) => skipped,
            Some(Outcome::Waiting) => steps.saturating_sub(done + failed + skipped),
        }
    };
    let cards = [None, Some(Outcome::Failed), Some(Outcome::Done), Some(Outcome::Skipped), Some(Outcome::Waiting)];
    let cards = cards.map(|of| {
        let name = of.map_or_else(|| t!("All"), |of| words::outcome(of).0);
        let tone = of.map_or("plain", |of| match of {
            Outcome::Failed => "bad",
            Outcome::Skipped => "warn",
            _ => "plain",
        });
        let wanted: Vec<Outcome> = of.into_iter().collect();
        let held = wanted.clone();
        let on = move || query.with(|query| query.outcomes == held);
        view! {
            <button
                type="button"
                class="count"
                class=(tone, move || number(of) > 0)
                aria-pressed=move || on().to_string()
                on:click=move |_| query.update(|query| query.outcomes = wanted.clone())
            >
                <span class="muted">{name}</span>
                <b>{move || words::number(number(of))}</b>
            </button>
        }
    });
    view! { <div class="counts" role="group" aria-label=t!("Outcomes")>{cards.into_iter().collect_view()}</div> }
}

/// Undoing all of a run, or what is ticked; the plan is shown first.
#[component]
fn Undo(head: RunHead, marks: Marks, running: Memo<bool>) -> impl IntoView {
    let desk = Desk::of_page();
    let run = StoredValue::new(head.id);
    let chosen = move || marks.ids.with(|ids| ids.len());
    let undo = move |click: web_sys::MouseEvent| {
        if click.is_trusted() {
            let items = marks.ids.with_untracked(|ids| ids.iter().cloned().collect());
            desk.plan_by(CentreAsk::PlanUndoItems { run: run.get_value(), items });
        }
    };
    move || {
        (head.undoable && !running.get()).then(|| {
            view! {
                <footer class="page-foot">
                    <span class="hint grow">{t!("Undoing is planned first, so that you see what will be put back.")}</span>
                    <button type="button" class="btn" data-act="undo" prop:disabled=move || desk.busy() on:click=undo>
                        <Icon of=icons::UNDO/>
                        {move || match chosen() {
                            0 => t!("Undo this run"),
                            n => many!(n, "Undo {n} record", "Undo {n} records"),
                        }}
                    </button>
                </footer>
            }
        })
    }
}
