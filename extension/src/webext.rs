//! The browser's extension interface: one way to call any of its methods, JSON in and JSON out.
//!
//! Chromium's `chrome` and Firefox's `browser` are the same here: `background.js` sees to it that
//! both go by the name `browser`.

use js_sys::{Array, Function, JSON, Promise, Reflect};
use serde_json::Value;
use sidelight::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Why a call was refused, in the browser's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl From<JsValue> for Refused {
    fn from(error: JsValue) -> Self {
        Self(words(&error))
    }
}

/// What an exception says.
pub fn words(error: &JsValue) -> String {
    Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "unknown error".to_owned())
}

/// The `name` of an exception (`QuotaExceededError`).
pub fn name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// Whether this browser has it (`offscreen` is Chromium's alone, `runtime.getBrowserInfo` Firefox's).
pub fn has(name: &str) -> bool {
    lookup(name).is_ok_and(|found| found.is_object() || found.is_function())
}

/// Calls `browser.<namespace>.<method>` (a namespace may be nested: `storage.session`) with the arguments (a JSON array) and waits for what it promises.
pub async fn call(namespace: &str, method: &str, arguments: Value) -> Result<Value, Refused> {
    let answer = invoke(namespace, method, &arguments)?;
    let answer = match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await?,
        Err(at_once) => at_once,
    };
    from_js(&answer)
}

/// The same without waiting; what it refuses is passed over (a tab that has gone, no page to hear).
pub fn tell(namespace: &'static str, method: &'static str, arguments: Value) {
    spawn_local(async move {
        let _ = call(namespace, method, arguments).await;
    });
}

/// A method that answers a text at once; empty when the browser refuses.
pub fn text(namespace: &str, method: &str, argument: &str) -> String {
    invoke(namespace, method, &Value::from(vec![argument]))
        .ok()
        .and_then(|answer| answer.as_string())
        .unwrap_or_default()
}

/// Address of one of the extension's own files.
pub fn file(path: &str) -> String {
    text("runtime", "getURL", path)
}

/// The extension's id, as a sender states it.
pub fn id() -> Option<String> {
    Reflect::get(&lookup("runtime").ok()?, &"id".into()).ok()?.as_string()
}

/// A JavaScript value as JSON; what JSON cannot say (`undefined`) is null.
pub fn from_js(value: &JsValue) -> Result<Value, Refused> {
    let text = JSON::stringify(value)?;
    match text.as_string() {
        Some(text) => json::parse(text.as_bytes()).map_err(|error| Refused(error.to_string())),
        None => Ok(Value::Null),
    }
}

/// JSON as a JavaScript value.
pub fn to_js(value: &Value) -> Result<JsValue, Refused> {
    Ok(JSON::parse(&value.to_string())?)
}

/// Writes to the console what the user cannot do anything about. Holds no secret.
pub fn warn(what: &str, refused: &Refused) {
    web_sys::console::warn_1(&format!("Sidelight: {what}: {}", refused.0).into());
}

fn lookup(namespace: &str) -> Result<JsValue, JsValue> {
    let browser = Reflect::get(&js_sys::global(), &"browser".into())?;
    namespace.split('.').try_fold(browser, |object, name| Reflect::get(&object, &name.into()))
}

fn invoke(namespace: &str, method: &str, arguments: &Value) -> Result<JsValue, Refused> {
    let object = lookup(namespace)?;
    let function = Reflect::get(&object, &method.into())?
        .dyn_into::<Function>()
        .map_err(|_| Refused(format!("{namespace}.{method} is not here")))?;
    let arguments: Array = to_js(arguments)?.unchecked_into();
    Ok(function.apply(&object, &arguments)?)
}
