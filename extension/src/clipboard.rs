//! Emptying the clipboard, if it still holds what was copied.
//!
//! Chromium's worker has no clipboard, so an offscreen page does it; Firefox's background is a page itself.

use std::fmt::Write;
use std::rc::Rc;

use futures::lock::Mutex;
use js_sys::{Function, Promise, Reflect};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::webext::{self, Refused};

thread_local! {
    /// The turn to use the offscreen page.
    static TURN: Rc<Mutex<()>> = Rc::default();
}

/// Empties the clipboard if the SHA-256 (hexadecimal) of its text is this one.
pub async fn clear(digest: &str) -> Result<(), Refused> {
    if webext::has("offscreen") { by_page(digest).await } else { directly(digest).await }
}

async fn by_page(digest: &str) -> Result<(), Refused> {
    let page = json!([{
        "url": "offscreen.html",
        "reasons": ["CLIPBOARD"],
        "justification": webext::text("i18n", "getMessage", "clipboardReason"),
    }]);
    // One at a time: the browser allows one such page, and two alarms ring at once where the lid was closed.
    let turn = TURN.with(Rc::clone);
    let _turn = turn.lock().await;
    // Refused where a page stands that an ended worker left, which does as well.
    let made = webext::call("offscreen", "createDocument", page).await;
    let answer = webext::call("runtime", "sendMessage", json!([{ "clear_clipboard": digest }])).await;
    let _ = webext::call("offscreen", "closeDocument", json!([])).await;
    match (made, answer) {
        (Err(refused), Err(_) | Ok(Value::Null)) => Err(refused),
        (_, answer) => answer.map(drop),
    }
}

async fn directly(digest: &str) -> Result<(), Refused> {
    let text = clipboard("readText", &JsValue::UNDEFINED).await?.as_string().unwrap_or_default();
    if hexadecimal(&Sha256::digest(text.as_bytes())) == digest {
        clipboard("writeText", &JsValue::from("")).await?;
    }
    Ok(())
}

async fn clipboard(method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let clipboard = Reflect::get(&navigator, &"clipboard".into())?;
    let function: Function = Reflect::get(&clipboard, &method.into())?.dyn_into()?;
    JsFuture::from(function.call1(&clipboard, argument)?.dyn_into::<Promise>()?).await
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
