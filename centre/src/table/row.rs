//! One line of the table: a record, or the head of a client's rows.

use leptos::prelude::*;
use sidelight::assist::view::Tone;
use sidelight::sync::table::RowView;
use sidelight::t;
use sidelight_ui::components::ChipView;
use sidelight_ui::icons::{self, Icon};
use sidelight_ui::words;

use super::Grid;
use super::lines::{self, LINE};
use super::marks::Sense;

/// A line at its place.
#[component]
pub fn LineView(
    /// Which.
    line: usize,
) -> impl IntoView {
    let grid = Grid::of_table();
    let top = format!("{}px", line * LINE);
    match grid.rows.groups.with_untracked(|groups| lines::at(line, groups)) {
        lines::Line::Group(group) => view! { <GroupHead group line top/> }.into_any(),
        lines::Line::Row(index) => view! { <Row index line top/> }.into_any(),
    }
}

#[component]
fn GroupHead(group: usize, line: usize, top: String) -> impl IntoView {
    let grid = Grid::of_table();
    view! {
        <div class="line group" role="row" aria-rowindex=line + 2 style:top=top>
            <span role="gridcell" aria-colspan="6"><GroupName grid group/></span>
        </div>
    }
}

/// A client's name and how many rows it has.
#[component]
pub fn GroupName(
    /// The table.
    grid: Grid,
    /// Which group.
    group: usize,
) -> impl IntoView {
    let (name, count) = grid
        .rows
        .groups
        .with_untracked(|groups| groups.get(group).map(|group| (group.name.clone(), group.count)).unwrap_or_default());
    let name = if name.is_empty() { t!("No client") } else { name };
    view! {
        <span class="name clip" dir="auto" title=name.clone()>{name.clone()}</span>
        <span class="muted">{words::number(count)}</span>
    }
}

#[component]
fn Row(index: usize, line: usize, top: String) -> impl IntoView {
    let grid = Grid::of_table();
    let at = move || grid.cursor.get() == index;
    let row = move || grid.rows.row(index);
    let opened =
        move || grid.open.with(|open| open.as_ref().is_some_and(|open| row().is_some_and(|row| row.id == open.id)));
    let apart =
        move || grid.marks.sense == Sense::LeaveOut && row().is_some_and(|row| grid.marks.state(&row) == Some(false));
    let on_click = move |_| {
        grid.cursor.set(index);
        grid.open_row(index);
    };
    view! {
        <div
            class="line record"
            class:at=at
            class:opened=opened
            class:apart=apart
            role="row"
            id=format!("line-{index}")
            aria-rowindex=line + 2
            aria-selected=move || at().to_string()
            style:top=top
            on:click=on_click
        >
            {move || match row() {
                Some(row) => view! { <Cells row index/> }.into_any(),
                None => view! { <span role="gridcell" class="waiting" aria-colspan="6">"…"</span> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Cells(row: RowView, index: usize) -> impl IntoView {
    let RowView { action, kind, title, client, summary, outcome, trouble, url, .. } = row.clone();
    let (chip, tone) = outcome.map_or_else(|| words::action(action), words::outcome);
    let summary = trouble.map_or(summary, |trouble| trouble.sentence);
    let name = title.clone();
    let id = row.id.clone();
    let grid = Grid::of_table();
    let chosen = Memo::new(move |_| grid.chosen.with(|chosen| chosen.contains_key(&id)));
    view! {
        <span role="gridcell" class="tick-cell"><Mark row index/></span>
        <span role="gridcell" class="name clip" dir="auto" title=title.clone()>{title.clone()}</span>
        <span role="gridcell" class="kind muted">
            {kind.map_or_else(
                || view! { <Icon of=icons::MAPPING/>{t!("Layout")} }.into_any(),
                |kind| view! { <Icon of=icons::record(kind)/>{words::record(kind)} }.into_any(),
            )}
        </span>
        <span role="gridcell" class="client clip" dir="auto" title=client.clone()>{client.clone()}</span>
        <span role="gridcell" class="what">
            {move || {
                let (chip, tone) = if chosen.get() { (t!("Chosen"), Tone::Good) } else { (chip.clone(), tone) };
                view! { <ChipView text=chip tone/> }
            }}
            <span class="clip" dir="auto" title=summary.clone()>{summary.clone()}</span>
        </span>
        <span role="gridcell" class="tools">
            {url.map(|url| view! {
                <a
                    class="tool"
                    href=url
                    target="_blank"
                    rel="noopener noreferrer"
                    tabindex="-1"
                    title=t!("Open the record")
                    aria-label=t!("Open {name}", name)
                    on:click=|click| click.stop_propagation()
                >
                    <Icon of=icons::OPEN/>
                </a>
            })}
        </span>
    }
}

/// The tick of a row. The table keeps the focus, so that its keys go on working.
#[component]
fn Mark(row: RowView, index: usize) -> impl IntoView {
    let grid = Grid::of_table();
    let label = match grid.marks.sense {
        Sense::LeaveOut => t!("Apply {title}", title = row.title),
        Sense::Take => t!("Undo {title}", title = row.title),
    };
    let state = {
        let row = row.clone();
        move || grid.marks.state(&row)
    };
    let there = {
        let state = state.clone();
        Memo::new(move |_| state().is_some())
    };
    let row = StoredValue::new(row);
    let state = StoredValue::new(state);
    move || {
        there.get().then(|| {
            view! {
                <input
                    type="checkbox"
                    tabindex="-1"
                    aria-label=label.clone()
                    prop:checked=move || state.with_value(|state| state()) == Some(true)
                    on:mousedown=|press| press.prevent_default()
                    on:click=|click| click.stop_propagation()
                    on:change=move |_| {
                        grid.cursor.set(index);
                        row.with_value(|row| grid.marks.turn(row));
                    }
                />
            }
        })
    }
}
