//! The heads of the columns: order, and one tick for all that is shown.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::sync::table::RowSort;
use sidelight::t;
use sidelight_ui::icons::{self, Icon};

use super::Grid;
use super::marks::Sense;

/// Rows asked for at once while all are ticked: the most that the background gives.
const AT_ONCE: usize = 500;

/// The row of heads.
#[component]
pub fn Head(
    /// The table.
    grid: Grid,
) -> impl IntoView {
    view! {
        <div class="line heads" role="row" aria-rowindex="1">
            <span role="columnheader" class="tick-cell"><AllMarks grid/></span>
            <Order grid sort=RowSort::Title name=t!("Record") class="name"/>
            <Order grid sort=RowSort::Kind name=t!("Kind") class="kind"/>
            <Order grid sort=RowSort::Client name=t!("Client") class="client"/>
            <Order grid sort=RowSort::Action name=t!("What happens") class="what"/>
            <span role="columnheader" class="tools"><span class="offscreen">{t!("Open")}</span></span>
        </div>
    }
}

/// A head: the first click sorts, the second the other way round, the third as it will be done.
#[component]
fn Order(grid: Grid, sort: RowSort, name: String, class: &'static str) -> impl IntoView {
    let query = grid.rows.query;
    let state = Memo::new(move |_| query.with(|query| (query.sort == sort).then_some(query.descending)));
    let turn = move |_| {
        query.update(|query| match (query.sort == sort, query.descending) {
            (false, _) => (query.sort, query.descending) = (sort, false),
            (true, false) => query.descending = true,
            (true, true) => (query.sort, query.descending) = (RowSort::Plan, false),
        });
    };
    let order = move || match state.get() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    view! {
        <span role="columnheader" class=class aria-sort=order>
            <button type="button" class="order" on:click=turn>
                {name}
                {move || state.get().map(|down| view! {
                    <span class:up=!down><Icon of=icons::DOWN/></span>
                })}
            </button>
        </span>
    }
}

/// Ticks or unticks every row that fits, however many there are.
#[component]
fn AllMarks(grid: Grid) -> impl IntoView {
    let (rows, marks) = (grid.rows, grid.marks);
    let busy = RwSignal::new(false);
    let label = match marks.sense {
        Sense::LeaveOut => t!("Apply all that is shown"),
        Sense::Take => t!("Undo all that is shown"),
    };
    let none = move || marks.ids.with(|ids| ids.is_empty());
    let all = move || match marks.sense {
        Sense::LeaveOut => none(),
        Sense::Take => false,
    };
    let change = move |event| {
        let ticked = event_target_checked(&event);
        busy.set(true);
        spawn_local(async move {
            let (mut offset, mut total) = (0, usize::MAX);
            while offset < total {
                let Ok(view) = rows.ask(offset, AT_ONCE).await else { break };
                if view.rows.is_empty() {
                    break;
                }
                total = view.total;
                offset += view.rows.len();
                if busy.try_get_untracked() != Some(true) {
                    return;
                }
                marks.set(&view.rows, ticked);
            }
            let _ = busy.try_set(false);
        });
    };
    let title = label.clone();
    view! {
        <input
            type="checkbox"
            aria-label=label
            title=title
            prop:checked=all
            prop:indeterminate=move || !none()
            prop:disabled=busy
            on:change=change
        />
    }
}
