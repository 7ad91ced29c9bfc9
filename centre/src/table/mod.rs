//! The table of a plan or a run: as many rows as there are, only those in view on the page.

mod filters;
mod head;
mod keys;
mod lines;
mod marks;
mod row;
mod source;

use std::collections::BTreeMap;

use leptos::prelude::*;
use sidelight::sync::table::{RowSort, RowView};
use sidelight::t;
use sidelight_ui::components::TroubleLine;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, ResizeObserver};

use crate::choice::Chosen;
pub use filters::Filters;
use head::Head;
use lines::LINE;
pub use marks::{Marks, Sense, writes};
use row::{GroupName, LineView};
pub use source::Rows;

/// What the parts of a table share.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The rows.
    pub rows: Rows,
    /// Their ticks.
    pub marks: Marks,
    /// The row that the keys are at.
    pub cursor: RwSignal<usize>,
    /// The row whose details are shown beside the table.
    pub open: RwSignal<Option<RowView>>,
    /// Rows whose counterpart the user chose, by id.
    pub chosen: RwSignal<BTreeMap<String, Chosen>>,
    scroll: NodeRef<leptos::html::Div>,
    /// Pixels scrolled, and pixels in view.
    view: RwSignal<(f64, f64)>,
}

impl Grid {
    /// The grid of these rows.
    pub fn new(rows: Rows, marks: Marks) -> Self {
        Self {
            rows,
            marks,
            cursor: RwSignal::new(0),
            open: RwSignal::new(None),
            chosen: RwSignal::default(),
            scroll: NodeRef::new(),
            view: RwSignal::new((0.0, 0.0)),
        }
    }

    /// The grid of the table around.
    pub fn of_table() -> Self {
        expect_context()
    }

    /// Shows the details of a row.
    pub fn open_row(&self, index: usize) {
        if let Some(row) = self.rows.row_now(index) {
            self.open.set(Some(row));
        }
    }

    /// Fetches what is in view again.
    pub fn renew(&self) {
        let (top, height) = self.view.get_untracked();
        let from = (top / LINE as f64) as usize;
        self.rows.renew(from, from + (height / LINE as f64) as usize);
    }

    /// How many rows a page key moves by.
    fn page(&self) -> usize {
        (self.view.get_untracked().1 / LINE as f64) as usize / 2 * 2
    }

    /// Moves the keys to a row, in view; details that are open follow.
    fn go(&self, index: usize) {
        self.cursor.set(index);
        let Some(scroll) = self.scroll.get_untracked() else { return };
        let groups = self.rows.groups.get_untracked();
        // The head of the columns, and that of the group, stand above what is scrolled.
        let above = if groups.is_empty() { LINE } else { 2 * LINE };
        let top = (lines::of_row(index, &groups) * LINE) as i32;
        let (now, height) = (scroll.scroll_top(), scroll.client_height());
        let covered = above as i32 - LINE as i32;
        if top - covered < now {
            scroll.set_scroll_top(if index == 0 { 0 } else { top - covered });
        } else if top + 2 * LINE as i32 > now + height {
            scroll.set_scroll_top(top + 2 * LINE as i32 - height);
        }
        self.measure();
        if self.open.with_untracked(Option::is_some) {
            self.open_row(index);
        }
    }

    fn measure(&self) {
        if let Some(scroll) = self.scroll.get_untracked() {
            self.view.set((scroll.scroll_top().into(), scroll.client_height().into()));
        }
    }

    fn lines(&self) -> usize {
        lines::count(self.rows.total.get().unwrap_or_default(), &self.rows.groups.get())
    }
}

/// The table.
#[component]
pub fn Table(
    /// What it shows.
    grid: Grid,
    /// What the rows are, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    provide_context(grid);
    let Grid { rows, cursor, scroll, view, .. } = grid;
    follow_size(grid);
    let count = Memo::new(move |_| grid.lines());
    let range = Memo::new(move |_| {
        let (top, height) = view.get();
        lines::in_view(top, height, count.get())
    });
    Effect::new(move || {
        rows.turn.track();
        let (from, to) = range.get();
        rows.groups.with_untracked(|groups| {
            let row = |line: usize| line - lines::group_at(line, groups).map_or(0, |group| group + 1).min(line);
            rows.want(row(from), row(to) + 1);
        });
    });
    // Another query begins at its top.
    Effect::new(move |before: Option<u32>| {
        let turn = rows.turn.get();
        if before.is_some_and(|before| before != turn) {
            cursor.set(0);
            if let Some(scroll) = scroll.get_untracked() {
                scroll.set_scroll_top(0);
            }
            grid.measure();
        }
        turn
    });
    let group_in_view = Memo::new(move |_| {
        let line = (view.get().0 / LINE as f64) as usize;
        rows.groups.with(|groups| lines::group_at(line.min(count.get().saturating_sub(1)), groups))
    });
    let shown = move || {
        let (turn, (from, to)) = (rows.turn.get(), range.get());
        (from..to).map(move |line| (turn, line)).collect::<Vec<_>>()
    };
    view! {
        <div
            class="table"
            class:grouped=move || rows.query.with(|query| query.sort == RowSort::Client)
            role="grid"
            tabindex="0"
            aria-label=label
            aria-rowcount=move || count.get() + 1
            aria-colcount="6"
            aria-multiselectable="false"
            aria-activedescendant=move || (count.get() > 0).then(|| format!("line-{}", cursor.get()))
            on:keydown=move |key| keys::pressed(grid, &key)
        >
            <div class="scroll" role="presentation" node_ref=scroll on:scroll=move |_| grid.measure()>
                <Head grid/>
                {move || group_in_view.get().map(|group| view! {
                    <div class="line group now" aria-hidden="true"><GroupName grid group/></div>
                })}
                <div class="lines" role="rowgroup" style:height=move || format!("{}px", count.get() * LINE)>
                    <For each=shown key=|line| *line children=|(_, line)| view! { <LineView line/> }/>
                </div>
                {move || (rows.total.get() == Some(0)).then(|| view! {
                    <div class="no-rows muted" role="row">
                        <div role="gridcell" aria-colspan="6">
                            <p>{t!("No record fits what is chosen above.")}</p>
                            {move || rows.is_filtered().then(|| view! {
                                <button type="button" class="btn" data-act="show-all" on:click=move |_| rows.unfilter()>{t!("Show all")}</button>
                            })}
                        </div>
                    </div>
                })}
            </div>
        </div>
        {move || rows.trouble.get().map(|trouble| view! {
            <TroubleLine trouble again=move |()| rows.query.update(|_| ())/>
        })}
    }
}

/// Learns how much of the table is in view, whatever changes it.
fn follow_size(grid: Grid) {
    let watched = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move || {
        let Some(scroll) = grid.scroll.get() else { return };
        grid.measure();
        let closure = Closure::<dyn Fn()>::new(move || grid.measure());
        if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            let element: &HtmlElement = scroll.as_ref();
            observer.observe(element);
            watched.set_value(Some((observer, closure)));
        }
    });
    on_cleanup(move || {
        watched.update_value(|watched| {
            if let Some((observer, _)) = watched.take() {
                observer.disconnect();
            }
        });
    });
}
