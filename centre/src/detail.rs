//! One row opened: what differs, why, and what the user decides about it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{RowView, TableOf};
use sidelight::sync::view::{Action, Direction, PlanItemView};
use sidelight::t;
use sidelight::trouble::Trouble;
use sidelight_ui::components::{ChipView, Choose, Differences, TroubleLine};
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::{bridge, words};

use crate::choice::{Choice, choose};
use crate::desk::Desk;
use crate::table::{Grid, writes};

/// The opened row, beside the table; nothing while none is open.
#[component]
pub fn Detail(
    /// The table.
    grid: Grid,
    /// The side that most is written to.
    direction: Direction,
) -> impl IntoView {
    let item = RwSignal::new(None::<PlanItemView>);
    let trouble = RwSignal::new(None::<Trouble>);
    let load = move |row: RowView| {
        spawn_local(async move {
            let answer = bridge::ask(CentreAsk::Item { of: grid.rows.table(), item: row.id.clone() }).await;
            let still = grid.open.try_with_untracked(|open| open.as_ref().is_some_and(|open| open.id == row.id));
            if still != Some(true) {
                return;
            }
            match answer {
                Ok(Reply::Item { item: got }) => {
                    trouble.set(None);
                    item.set(Some(*got));
                }
                Ok(_) => trouble.set(Some(bridge::odd())),
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    Effect::new(move || {
        trouble.set(None);
        match grid.open.get() {
            Some(row) => load(row),
            None => item.set(None),
        }
    });
    let close = move |_| grid.open.set(None);
    move || {
        grid.open.get().map(|row| {
            let title = row.title.clone();
            let (label, heading) = (t!("Details of {title}", title), title.clone());
            let shown = row.clone();
            let content = move || {
                item.get()
                    .filter(|item| item.id == shown.id)
                    .map(|item| view! { <Content grid row=shown.clone() item direction/> })
            };
            view! {
                <aside class="detail" aria-label=label>
                    <header class="reader-head">
                        <div class="grow">
                            <p class="eyebrow" dir="auto">{eyebrow(&row)}</p>
                            <h2 dir="auto" title=heading>{title}</h2>
                        </div>
                        <button type="button" class="tool" data-act="close-detail" title=t!("Close the details") aria-label=t!("Close the details") on:click=close>
                            <Icon of=icons::CLOSE/>
                        </button>
                    </header>
                    <div class="detail-body">
                        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble/> })}
                        {content}
                    </div>
                </aside>
            }
        })
    }
}

/// "Asset of Harbour & Finch Ltd".
fn eyebrow(row: &RowView) -> String {
    let kind = row.kind.map_or_else(|| t!("Layout"), words::record);
    match row.client.as_str() {
        "" => kind,
        client if client == row.title => kind,
        client => t!("{kind} of {client}", kind, client),
    }
}

#[component]
fn Content(grid: Grid, row: RowView, item: PlanItemView, direction: Direction) -> impl IntoView {
    let desk = Desk::of_page();
    let PlanItemView { action, record, sentence, reason, fields, candidates, url, .. } = item;
    let (chip, tone) = words::action(action);
    let outcome = row.outcome.map(words::outcome);
    // An article goes the other way than everything else.
    let target = match record.map(|record| record.kind) {
        Some(RecordKind::Article) => "HaloITSM",
        _ if direction == Direction::ToHalo => "HaloITSM",
        _ => "Hudu",
    };
    let halo = record.filter(|record| record.id > 0 && target == "Hudu").and_then(|record| desk.halo_url(record));
    let failed = row.trouble.clone();
    view! {
        <p class="chips">
            {outcome.map(|(text, tone)| view! { <ChipView text tone/> })}
            <ChipView text=chip tone/>
        </p>
        <p class="lead-line" dir="auto">{sentence}</p>
        {failed.map(|trouble| view! { <TroubleLine trouble/> })}
        {(!reason.is_empty()).then(|| view! { <p class="reason" dir="auto">{reason}</p> })}
        {(!fields.is_empty()).then(|| view! { <Differences fields/> })}
        {record.filter(|_| !candidates.is_empty()).map(|record| {
            let id = row.id.clone();
            let chosen = move |target| choose(grid, id.clone(), record, target);
            view! { <Choose record candidates chosen/> }
        })}
        {record.map(|record| {
            let id = row.id.clone();
            move || {
                let state = grid.chosen.with(|chosen| chosen.get(&id).cloned());
                state.map(|state| view! { <Choice grid id=id.clone() kind=record.kind state/> })
            }
        })}
        <Decisions grid row=row.clone() action target/>
        <p class="buttons">
            {url.map(|url| view! { <a class="btn" href=url target="_blank" rel="noopener noreferrer"><Icon of=icons::OPEN/>{t!("Open in {target}", target)}</a> })}
            {halo.map(|url| view! { <a class="btn" href=url target="_blank" rel="noopener noreferrer"><Icon of=icons::OPEN/>{t!("Open in {target}", target = "HaloITSM")}</a> })}
            <UndoOne grid row/>
        </p>
    }
}

/// What the user may decide about a row of a plan.
#[component]
fn Decisions(grid: Grid, row: RowView, action: Action, target: &'static str) -> impl IntoView {
    let marks = grid.marks;
    if row.outcome.is_some() {
        return ().into_any();
    }
    if action == Action::Conflict {
        let id = row.id.clone();
        let held = id.clone();
        let change = move |event: web_sys::Event| {
            let agreed = event_target_checked(&event) && event.is_trusted();
            marks.overwrite.update(|ids| {
                if agreed {
                    ids.insert(id.clone());
                } else {
                    ids.remove(&id);
                }
            });
        };
        return view! {
            <label class="tick">
                <input
                    type="checkbox"
                    data-act="overwrite"
                    prop:checked=move || marks.overwrite.with(|ids| ids.contains(&held))
                    on:change=change
                />
                <span>{t!("Overwrite what was changed in {target}", target)}</span>
            </label>
        }
        .into_any();
    }
    writes(action)
        .then(|| {
            let turned = row.clone();
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        data-act="apply-one"
                        prop:checked=move || marks.state(&row) == Some(true)
                        on:change=move |_| marks.turn(&turned)
                    />
                    <span>{t!("Apply this with the rest")}</span>
                </label>
            }
        })
        .into_any()
}

/// Undoing one step of a run.
#[component]
fn UndoOne(grid: Grid, row: RowView) -> impl IntoView {
    let desk = Desk::of_page();
    let TableOf::Run(run) = grid.rows.table() else { return ().into_any() };
    row.undoable
        .then(|| {
            let message = CentreAsk::PlanUndoItems { run, items: vec![row.id.clone()] };
            view! {
                <button
                    type="button"
                    class="btn"
                    data-act="undo-one"
                    on:click=move |click| if click.is_trusted() { desk.plan_by(message.clone()) }
                >
                    <Icon of=icons::UNDO/>
                    {t!("Undo this")}
                </button>
            }
        })
        .into_any()
}
