//! Makes the layouts that are missing: the plan first, then a click, then how it goes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{Progress, RowQuery, RowView, RowsView, TableOf, Work};
use sidelight::sync::view::Action;
use sidelight::trouble::Trouble;
use sidelight::{many, t};

use super::super::Desk;
use super::layouts::Picks;
use crate::components::{ChipView, TroubleLine};
use crate::{bridge, clock, words};

/// How often the background is asked how far it is.
const PAUSE_MS: i32 = 700;

/// More layouts than anybody has.
const ROWS: usize = 200;

/// How far making layouts is.
#[derive(Clone, PartialEq)]
pub(super) enum Stage {
    /// Nothing is asked for.
    Open,
    /// The plan is being made.
    Planning,
    /// The plan's id and what it writes.
    Shown(String, Vec<RowView>),
    /// The plan is being applied.
    Working(Progress),
}

/// The button, the plan, and its run.
#[component]
pub fn Prepare(
    /// What is read anew when layouts were made.
    picks: Picks,
) -> impl IntoView {
    let desk = Desk::of_page();
    let stage = picks.stage;
    let trouble = RwSignal::new(None::<Trouble>);
    let failed = move |error| {
        let _ = stage.try_set(Stage::Open);
        let _ = trouble.try_set(Some(error));
    };
    let plan = Callback::new(move |()| {
        trouble.set(None);
        stage.set(Stage::Planning);
        spawn_local(async move {
            match planned().await {
                Ok((_, rows)) if rows.is_empty() => {
                    let _ = stage.try_set(Stage::Open);
                    picks.look();
                }
                Ok((plan, rows)) => drop(stage.try_set(Stage::Shown(plan, rows))),
                Err(error) => failed(error),
            }
        });
    });
    let apply = move |plan: String| {
        stage.set(Stage::Working(Progress::default()));
        spawn_local(async move {
            match applied(plan, stage).await {
                Ok(()) => {
                    let _ = stage.try_set(Stage::Open);
                    desk.say(t!("The layouts are prepared."));
                    picks.look();
                }
                Err(error) => failed(error),
            }
        });
    };
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble again=move |()| plan.run(())/> })}
        {move || match stage.get() {
            Stage::Open | Stage::Planning => {
                let busy = stage.with(|stage| *stage == Stage::Planning);
                view! {
                    <div class="buttons">
                        <button type="button" class="btn" data-act="prepare-layouts" disabled=busy on:click=move |_| plan.run(())>
                            {if busy { t!("Planning…") } else { t!("Show what would be made") }}
                        </button>
                    </div>
                    <p class="hint">{t!("You see the plan first. You can also go on: a sync makes what it needs.")}</p>
                }.into_any()
            }
            Stage::Shown(id, rows) => {
                let label = many!(rows.len(), "Write {n} layout to Hudu", "Write {n} layouts to Hudu");
                view! {
                    <div class="card" role="group" aria-label=t!("Plan for the layouts")>
                        <ul class="guide-layouts">{rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</ul>
                        <div class="buttons">
                            <button type="button" class="btn" data-act="make-layouts"
                                on:click=move |click| if click.is_trusted() { apply(id.clone()) }>
                                {label}
                            </button>
                            <button type="button" class="btn quiet" on:click=move |_| stage.set(Stage::Open)>{t!("Not now")}</button>
                        </div>
                        <p class="hint">{t!("Undoing is in the sync centre’s history. It leaves layouts and their fields in place, because Hudu cannot delete them.")}</p>
                    </div>
                }.into_any()
            }
            Stage::Working(progress) => view! {
                <div class="card">
                    <p role="status">{if progress.doing.is_empty() { t!("Writing to Hudu…") } else { progress.doing }}</p>
                    <progress aria-label=t!("Layouts written") max=progress.total.unwrap_or(1).to_string() value=progress.done.to_string()></progress>
                </div>
            }.into_any(),
        }}
    }
}

#[component]
fn Row(row: RowView) -> impl IntoView {
    let (text, tone) = words::action(row.action);
    view! {
        <li>
            <ChipView text tone/>
            <span class="grow"><b dir="auto">{row.title}</b>" "<span class="muted" dir="auto">{row.summary}</span></span>
        </li>
    }
}

async fn planned() -> Result<(String, Vec<RowView>), Trouble> {
    let Reply::Summary { summary } = bridge::ask(CentreAsk::PlanLayouts).await? else {
        return Err(bridge::odd());
    };
    let Some(summary) = summary else { return Ok((String::new(), Vec::new())) };
    let actions = vec![Action::Create, Action::Update];
    let query = RowQuery { actions, ..RowQuery::default() };
    let of = TableOf::Plan(summary.id.clone());
    let Reply::Rows { rows: RowsView { rows, .. } } =
        bridge::ask(CentreAsk::Rows { of, query, offset: 0, count: ROWS }).await?
    else {
        return Err(bridge::odd());
    };
    Ok((summary.id, rows))
}

/// Applies the plan, and waits for its end.
async fn applied(plan: String, stage: RwSignal<Stage>) -> Result<(), Trouble> {
    let apply = CentreAsk::ApplyAll { plan, except: Vec::new(), overwrite: Vec::new(), confirmed: true };
    let mut answer = bridge::ask(apply).await?;
    loop {
        match answer {
            Reply::Work { work: Work::Running(progress) } => {
                if let Some(trouble) = progress.trouble.clone().filter(|_| progress.failed > 0) {
                    return Err(trouble);
                }
                // Gone where the user went to another step: the work goes on without this page.
                if stage.try_set(Stage::Working(progress)).is_some() {
                    return Ok(());
                }
            }
            Reply::Work { work: Work::Failed(trouble) } => return Err(trouble),
            Reply::Work { .. } => return Ok(()),
            _ => return Err(bridge::odd()),
        }
        clock::pause(PAUSE_MS).await;
        answer = bridge::ask(CentreAsk::Work).await?;
    }
}
