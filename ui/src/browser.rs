//! The browser's extension interface, reached by name: `browser` in Firefox, `chrome` in Chromium.
//!
//! The frame in a Halo page has few of these functions in Firefox, so every call may find nothing.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A member of a JavaScript object, if it is there.
pub fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name)).ok().filter(|value| !value.is_null() && !value.is_undefined())
}

/// A JavaScript object with these members.
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let made = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&made, &JsValue::from_str(name), value);
    }
    made.into()
}

/// `globalThis.browser ?? globalThis.chrome`.
fn namespace() -> Option<JsValue> {
    let global = js_sys::global();
    member(&global, "browser").or_else(|| member(&global, "chrome"))
}

/// An area of the interface ("runtime", "permissions"), if this page has it.
pub fn area(name: &str) -> Option<JsValue> {
    member(&namespace()?, name)
}

/// Calls `area.function(arguments…)` at once and gives its promise. At once matters: some functions
/// work only while the click that leads to them is being handled.
pub fn start(area_name: &str, function: &str, arguments: &[JsValue]) -> Result<Promise, JsValue> {
    start_in(&area(area_name).ok_or_else(missing)?, function, arguments)
}

/// [`start`] for an area inside of another (`storage.local`).
pub fn start_in(this: &JsValue, function: &str, arguments: &[JsValue]) -> Result<Promise, JsValue> {
    let function: Function = member(this, function).and_then(|f| f.dyn_into().ok()).ok_or_else(missing)?;
    let list: Array = arguments.iter().collect();
    function.apply(this, &list).map(|answer| Promise::resolve(&answer))
}

fn missing() -> JsValue {
    JsValue::from_str("not available in this page")
}

/// [`start`], awaited.
pub async fn call(area: &str, function: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(start(area, function, arguments)?).await
}

/// The answer to a message that the page's script sent before the view was there (`page.js`).
pub async fn asked_ahead(message: &JsValue) -> Option<JsValue> {
    let asked: Function = member(&js_sys::global(), "askedAhead")?.dyn_into().ok()?;
    let answer: Promise = asked.call1(&JsValue::UNDEFINED, message).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}

/// Calls a function that the page's script keeps for the view, where it has one.
pub fn page_script(function: &str, arguments: &[JsValue]) {
    if let Some(function) = member(&js_sys::global(), function).and_then(|f| f.dyn_into::<Function>().ok()) {
        let list: Array = arguments.iter().collect();
        let _ = function.apply(&JsValue::UNDEFINED, &list);
    }
}

/// Hears an event of the browser (`tabs`, `onActivated`) as long as the page lives.
pub fn hear(area_name: &str, event: &str, on_event: impl Fn(JsValue) + 'static) {
    let Some(target) = area(area_name).and_then(|area| member(&area, event)) else { return };
    let add = member(&target, "addListener").and_then(|f| f.dyn_into::<Function>().ok());
    if let Some(add) = add {
        let listener = Closure::<dyn Fn(JsValue)>::new(on_event);
        let _ = add.call1(&target, listener.as_ref());
        listener.forget();
    }
}

/// The version in the manifest.
pub fn version() -> String {
    let read = || {
        let runtime = area("runtime")?;
        let function: Function = member(&runtime, "getManifest")?.dyn_into().ok()?;
        member(&function.call0(&runtime).ok()?, "version")?.as_string()
    };
    read().unwrap_or_default()
}

/// Whether the extension may already reach all of these origins (permission patterns).
pub async fn has_origins(patterns: &[String]) -> bool {
    let answer = call("permissions", "contains", &[origins(patterns)]).await;
    answer.is_ok_and(|granted| granted.is_truthy())
}

/// Asks the user for these origins; has to be called while a click is being handled.
pub fn request_origins(patterns: &[String]) -> Result<Promise, JsValue> {
    start("permissions", "request", &[origins(patterns)])
}

/// Whether the user gave this optional permission of the manifest.
pub async fn has_permission(name: &str) -> bool {
    let answer = call("permissions", "contains", &[permission(name)]).await;
    answer.is_ok_and(|granted| granted.is_truthy())
}

/// Asks the user for an optional permission; has to be called while a click is being handled.
pub fn request_permission(name: &str) -> Result<Promise, JsValue> {
    start("permissions", "request", &[permission(name)])
}

fn permission(name: &str) -> JsValue {
    object(&[("permissions", Array::of1(&JsValue::from_str(name)).into())])
}

fn origins(patterns: &[String]) -> JsValue {
    let list: Array = patterns.iter().map(|pattern| JsValue::from_str(pattern)).collect();
    object(&[("origins", list.into())])
}

/// The window of the active tab, which Chromium wants to know before it opens its side panel.
pub async fn active_window() -> Option<JsValue> {
    let query = object(&[("active", JsValue::TRUE), ("currentWindow", JsValue::TRUE)]);
    let tabs: Array = call("tabs", "query", &[query]).await.ok()?.dyn_into().ok()?;
    member(&tabs.get(0), "windowId")
}

/// Whether this browser has a sidebar of its own that a page can open.
pub fn has_own_sidebar() -> bool {
    area("sidePanel").or_else(|| area("sidebarAction")).is_some()
}

/// Opens the browser's own sidebar; has to be called while a click is being handled.
pub fn open_own_sidebar(window: &JsValue) -> Result<Promise, JsValue> {
    if area("sidebarAction").is_some() {
        start("sidebarAction", "open", &[])
    } else {
        start("sidePanel", "open", &[object(&[("windowId", window.clone())])])
    }
}
