//! The table's keys.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::Grid;

/// A key on the table: arrows, Home, End and the page keys move, Enter opens, Space ticks, Escape closes.
pub fn pressed(grid: Grid, key: &KeyboardEvent) {
    // The heads of the columns stand in the table too: their keys are their own.
    let own = key.target().is_some() && key.target() == key.current_target();
    if !own || key.ctrl_key() || key.alt_key() || key.meta_key() {
        return;
    }
    let total = grid.rows.total.get_untracked().unwrap_or_default();
    let Some(last) = total.checked_sub(1) else { return };
    let at = grid.cursor.get_untracked().min(last);
    let page = grid.page();
    let to = match key.key().as_str() {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => (at + page).min(last),
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        "Enter" => {
            key.prevent_default();
            return grid.open_row(at);
        }
        " " => {
            key.prevent_default();
            if let Some(row) = grid.rows.row_now(at) {
                grid.marks.turn(&row);
            }
            return;
        }
        "Escape" => return grid.open.set(None),
        _ => return,
    };
    key.prevent_default();
    grid.go(to);
}
