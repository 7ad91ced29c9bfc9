//! Whether a click may reveal a secret or write.
//!
//! A web page can draw over the frame that stands in it, so in the frame a click counts only while
//! the browser itself vouches that nothing covers the frame or the button. Where it does not vouch
//! (Firefox has no such promise), the deed moves to a window of its own. So it does where the mouse presses but
//! never moved there: the page moved the frame under it.

use std::cell::{Cell, RefCell};

use js_sys::{Array, WeakMap};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, MouseEvent};

use crate::{browser, place};

/// How long an element has to have been uncovered before a click on it counts, in milliseconds:
/// longer than a cover that is drawn away under the user's finger.
const UNCOVERED_MS: f64 = 250.0;

/// So many pixels may lie between where the mouse moved last and where it presses.
const NEAR: i32 = 4;

/// What a click may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Do it here.
    Here,
    /// Do it in a window of its own.
    Elsewhere,
    /// A script made this click: do nothing.
    Nothing,
}

struct Watch {
    observer: IntersectionObserver,
    /// Since when each element is uncovered, in milliseconds of the page's own clock.
    uncovered: WeakMap,
}

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
    /// Where in the page the mouse moved last.
    static MOUSE: Cell<Option<(i32, i32)>> = const { Cell::new(None) };
}

/// Judges a click on a watched element.
pub fn judge(click: &MouseEvent) -> Verdict {
    if !click.is_trusted() {
        return Verdict::Nothing;
    }
    if !place::in_frame() {
        return Verdict::Here;
    }
    let button = click.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let shell = leptos::prelude::document().query_selector(".shell").ok().flatten();
    let now = click.time_stamp();
    let proven = [button, shell].into_iter().flatten().any(|element| is_proven(&element, now));
    if proven && went_there(click) { Verdict::Here } else { Verdict::Elsewhere }
}

/// Whether the mouse moved to where it presses. A finger needs not, and the keyboard has no place.
fn went_there(click: &MouseEvent) -> bool {
    let mouse = browser::member(click, "pointerType").is_some_and(|kind| kind == "mouse");
    let near = |(x, y): (i32, i32)| (x - click.client_x()).abs() <= NEAR && (y - click.client_y()).abs() <= NEAR;
    !mouse || MOUSE.get().is_some_and(near)
}

/// Begins to watch whether anything covers an element. Does nothing outside the frame.
pub fn watch(element: &Element) {
    if !place::in_frame() {
        return;
    }
    WATCH.with_borrow_mut(|watch| {
        if watch.is_none() {
            *watch = begin();
        }
        if let Some(watch) = watch {
            watch.observer.observe(element);
        }
    });
}

fn is_proven(element: &Element, now: f64) -> bool {
    WATCH.with_borrow(|watch| {
        let since = watch.as_ref().and_then(|watch| watch.uncovered.get(element.unchecked_ref()).as_f64());
        since.is_some_and(|since| now - since >= UNCOVERED_MS)
    })
}

fn begin() -> Option<Watch> {
    let uncovered = WeakMap::new();
    let notes = uncovered.clone();
    let note = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        for entry in entries.iter() {
            // `isVisible` is missing where the browser does not vouch: that counts as not seen.
            let visible = browser::member(&entry, "isVisible") == Some(JsValue::TRUE);
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            let since = if visible { JsValue::from_f64(entry.time()) } else { JsValue::NULL };
            notes.set(entry.target().unchecked_ref(), &since);
        }
    });
    let init = browser::object(&[
        ("trackVisibility", JsValue::TRUE),
        ("delay", JsValue::from(100)),
        ("threshold", JsValue::from(0.0)),
    ]);
    let init: IntersectionObserverInit = init.unchecked_into();
    let moved =
        Closure::<dyn Fn(MouseEvent)>::new(|mouse: MouseEvent| MOUSE.set(Some((mouse.client_x(), mouse.client_y()))));
    let page = leptos::prelude::document();
    page.add_event_listener_with_callback("pointermove", moved.as_ref().unchecked_ref()).ok()?;
    moved.forget();
    let observer = IntersectionObserver::new_with_options(note.as_ref().unchecked_ref(), &init).ok()?;
    note.forget();
    Some(Watch { observer, uncovered })
}
