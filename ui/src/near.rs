//! What is done with a part of a page when it comes near the view, once.

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use crate::browser;

/// Watches elements that are given to it, and does this with each as it is a screen away.
pub fn watch(act: impl Fn(Element) + 'static) -> Option<IntersectionObserver> {
    let near =
        Closure::<dyn Fn(Array, IntersectionObserver)>::new(move |entries: Array, watch: IntersectionObserver| {
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                if entry.is_intersecting() {
                    watch.unobserve(&entry.target());
                    act(entry.target());
                }
            }
        });
    let init = browser::object(&[("rootMargin", JsValue::from_str("100%"))]);
    let init: IntersectionObserverInit = init.unchecked_into();
    let watch = IntersectionObserver::new_with_options(near.as_ref().unchecked_ref(), &init).ok()?;
    // It lives as long as what it watches.
    near.forget();
    Some(watch)
}
