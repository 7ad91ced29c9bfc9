//! Rows by window: what is scrolled into view is fetched from the background and kept.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{CentreAsk, Reply};
use sidelight::sync::table::{GroupView, RowQuery, RowView, RowsView, TableOf};
use sidelight::trouble::Trouble;
use sidelight_ui::bridge;

/// Rows of a window.
const WINDOW: usize = 100;

/// Windows that are kept; what lies far from the view is fetched again.
const KEPT: usize = 60;

/// Windows that are asked for at once: who drags the bar passes hundreds that nobody looks at.
const AT_ONCE: usize = 4;

type Window = ArcRwSignal<Option<Arc<Vec<RowView>>>>;

/// The rows of a plan or a run that fit a query.
#[derive(Clone, Copy)]
pub struct Rows {
    of: StoredValue<TableOf>,
    /// Which rows, in which order.
    pub query: RwSignal<RowQuery>,
    first: StoredValue<RowQuery>,
    /// How many fit; `None` until the first answer.
    pub total: RwSignal<Option<usize>>,
    /// Heads of the groups, when sorted by client.
    pub groups: RwSignal<Arc<Vec<GroupView>>>,
    /// Why the last window did not come.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Counts the queries: what stands on a line is another thing after each.
    pub turn: RwSignal<u32>,
    asked: StoredValue<u32>,
    windows: StoredValue<HashMap<usize, Window>>,
    /// Turns and windows whose answer is awaited.
    awaited: StoredValue<HashSet<(u32, usize)>>,
    /// The rows that were wanted last.
    wanted: StoredValue<(usize, usize)>,
}

impl Rows {
    /// Rows of this table; fetched as soon as the query stands, and again when it changes.
    pub fn new(of: TableOf, query: RwSignal<RowQuery>) -> Self {
        let rows = Self {
            of: StoredValue::new(of),
            query,
            first: StoredValue::new(query.get_untracked()),
            total: RwSignal::new(None),
            groups: RwSignal::new(Arc::default()),
            trouble: RwSignal::new(None),
            turn: RwSignal::new(0),
            asked: StoredValue::new(0),
            windows: StoredValue::new(HashMap::new()),
            awaited: StoredValue::new(HashSet::new()),
            wanted: StoredValue::new((0, 0)),
        };
        Effect::new(move || {
            query.track();
            rows.begin();
        });
        rows
    }

    /// Whether other rows are asked for than at first.
    pub fn is_filtered(&self) -> bool {
        self.query.with(|query| *query != self.first(query))
    }

    /// Asks for the rows of the first query again, in the order that is chosen now.
    pub fn unfilter(&self) {
        self.query.update(|query| *query = self.first(query));
    }

    fn first(&self, now: &RowQuery) -> RowQuery {
        RowQuery { sort: now.sort, descending: now.descending, ..self.first.get_value() }
    }

    /// Which table this is.
    pub fn table(&self) -> TableOf {
        self.of.get_value()
    }

    /// A row, once its window is there.
    pub fn row(&self, index: usize) -> Option<RowView> {
        self.window(index / WINDOW).with(|rows| rows.as_ref()?.get(index % WINDOW).cloned())
    }

    /// A row without following it.
    pub fn row_now(&self, index: usize) -> Option<RowView> {
        self.window(index / WINDOW).with_untracked(|rows| rows.as_ref()?.get(index % WINDOW).cloned())
    }

    /// Fetches the windows of these rows that are missing, a few at once; the others when one of these has come, if
    /// they are still wanted then.
    pub fn want(&self, from: usize, to: usize) {
        self.wanted.set_value((from, to));
        let turn = self.asked.get_value();
        let total = self.total.get_untracked().unwrap_or_default();
        let last = to.min(total).saturating_sub(1) / WINDOW;
        for number in from / WINDOW..=last {
            if total > 0 && self.window(number).with_untracked(Option::is_none) {
                if self.awaited.with_value(|awaited| awaited.iter().filter(|(of, _)| *of == turn).count()) >= AT_ONCE {
                    return;
                }
                self.drop_far(number);
                self.fetch(number);
            }
        }
    }

    /// Fetches again what is kept, leaving what is shown until the answer is there.
    pub fn renew(&self, from: usize, to: usize) {
        let near = from / WINDOW..=to / WINDOW;
        self.windows.update_value(|windows| windows.retain(|number, _| near.contains(number)));
        for number in self.windows.with_value(|windows| windows.keys().copied().collect::<Vec<_>>()) {
            self.fetch(number);
        }
    }

    /// Begins anew, for another query.
    fn begin(&self) {
        let rows = *self;
        self.asked.update_value(|asked| *asked += 1);
        let turn = self.asked.get_value();
        spawn_local(async move {
            let answer = rows.ask(0, WINDOW).await;
            if rows.asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(view) => {
                    rows.windows.update_value(HashMap::clear);
                    let RowsView { total, rows: first, groups, .. } = view;
                    rows.window(0).set(Some(Arc::new(first)));
                    rows.groups.set(Arc::new(groups));
                    rows.total.set(Some(total));
                    rows.trouble.set(None);
                    rows.turn.update(|turn| *turn += 1);
                }
                Err(trouble) => rows.trouble.set(Some(trouble)),
            }
        });
    }

    fn fetch(&self, number: usize) {
        let (rows, turn, window) = (*self, self.asked.get_value(), self.window(number));
        if !self.awaited.try_update_value(|awaited| awaited.insert((turn, number))).unwrap_or_default() {
            return;
        }
        spawn_local(async move {
            let answer = rows.ask(number * WINDOW, WINDOW).await;
            let _ = rows.awaited.try_update_value(|awaited| awaited.remove(&(turn, number)));
            if rows.asked.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(view) => {
                    if window.with_untracked(|held| held.as_deref() != Some(&view.rows)) {
                        window.set(Some(Arc::new(view.rows)));
                    }
                    if rows.total.get_untracked() != Some(view.total) {
                        rows.total.set(Some(view.total));
                        rows.groups.set(Arc::new(view.groups));
                    }
                    rows.trouble.set(None);
                    let (from, to) = rows.wanted.get_value();
                    rows.want(from, to);
                }
                Err(trouble) => rows.trouble.set(Some(trouble)),
            }
        });
    }

    /// Asks for rows from an index on.
    pub async fn ask(&self, offset: usize, count: usize) -> Result<RowsView, Trouble> {
        let (Some(of), Some(query)) = (self.of.try_get_value(), self.query.try_get_untracked()) else {
            return Ok(RowsView::default());
        };
        match bridge::ask(CentreAsk::Rows { of, query, offset, count }).await? {
            Reply::Rows { rows } => Ok(rows),
            _ => Err(bridge::odd()),
        }
    }

    fn window(&self, number: usize) -> Window {
        self.windows
            .try_update_value(|windows| windows.entry(number).or_insert_with(|| ArcRwSignal::new(None)).clone())
            .unwrap_or_else(|| ArcRwSignal::new(None))
    }

    fn drop_far(&self, near: usize) {
        self.windows.update_value(|windows| {
            if windows.len() > KEPT {
                windows.retain(|number, _| number.abs_diff(near) <= KEPT / 4);
            }
        });
    }
}
