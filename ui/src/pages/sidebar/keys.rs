//! Keys: `/` searches, arrows walk the rows, Esc closes what is on top.

use leptos::prelude::document;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::components::leave_document;
use crate::pane::{Pane, Stage};
use crate::{focus, place};

/// A key was pressed somewhere in the sidebar.
pub fn pressed(pane: Pane, key: &KeyboardEvent) {
    if key.ctrl_key() || key.meta_key() || key.alt_key() || key.is_composing() {
        return;
    }
    let taken = match key.key().as_str() {
        "/" if !typing(key) => focus::now("filter"),
        "Escape" => close_top(pane),
        "ArrowDown" => step(1),
        "ArrowUp" => step(-1),
        _ => false,
    };
    if taken {
        key.prevent_default();
    }
}

fn typing(key: &KeyboardEvent) -> bool {
    key.target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

fn close_top(pane: Pane) -> bool {
    if pane.stage.with_untracked(|stage| *stage != Stage::Closed) {
        pane.close_stage();
    } else if pane.open.with_untracked(Option::is_some) {
        leave_document(pane);
    } else if pane.filter.with_untracked(|filter| !filter.is_empty()) {
        pane.filter.set(String::new());
    } else if place::in_frame() {
        place::tell_host("close");
    } else {
        return false;
    }
    true
}

/// Moves the focus to the next or previous row, from the filter box to the first.
fn step(by: i64) -> bool {
    let page = document();
    let (Some(active), Ok(rows)) = (
        page.active_element(),
        page.query_selector_all("#filter, .list .section-row, .list .row:not(details:not([open]) .row)"),
    ) else {
        return false;
    };
    let length = i64::from(rows.length());
    let at = |index: i64| {
        u32::try_from(index).ok().and_then(|index| rows.get(index)).and_then(|node| node.dyn_into::<HtmlElement>().ok())
    };
    let place = (0..length).find(|index| at(*index).is_some_and(|row| *row == active));
    place.and_then(|place| at(place + by)).is_some_and(|row| row.focus().is_ok())
}
