//! Giving the focus to an element that is about to be on the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus to the element with this id; tells whether there is one that takes it.
pub fn now(id: &str) -> bool {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// The same once the page has been drawn anew: what was hidden takes no focus before.
pub fn soon(id: String) {
    request_animation_frame(move || {
        now(&id);
    });
}
