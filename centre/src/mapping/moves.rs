//! The focus stays where the user works while rows move or go.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};

/// After a row was moved: the button that moved it keeps the focus; at the end of the list, where it
/// can do no more, the next button of the row takes it.
pub fn stay(click: &MouseEvent) {
    let Some(button) = button(click) else { return };
    later(move || {
        let off = button.has_attribute("disabled");
        let other = off.then(|| button.parent_element()?.query_selector("button:not(:disabled)").ok()?).flatten();
        focus(other.unwrap_or(button));
    });
}

/// After a row was removed from its `.has-rows`: the button there that adds one takes the focus.
pub fn leave(click: &MouseEvent, add: &'static str) {
    let Some(list) = button(click).and_then(|button| button.closest(".has-rows").ok()?) else { return };
    later(move || {
        if let Ok(Some(add)) = list.query_selector(&format!("[data-act={add}]")) {
            focus(add);
        }
    });
}

fn button(click: &MouseEvent) -> Option<Element> {
    click.current_target()?.dyn_into().ok()
}

/// Once the list has been drawn anew.
fn later(act: impl FnOnce() + 'static) {
    set_timeout(act, Duration::ZERO);
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}
