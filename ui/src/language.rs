//! The language that the pages speak, and the choice of it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::browser;

/// Where the choice is stored: pages have to know it before they paint, and it is no secret (`words.js`).
const STORED: &str = "language";

/// Says everything in this language from now on (`page.js`).
#[wasm_bindgen]
pub fn speak(language: &str, sentences: &str) {
    sidelight::words::install(language, sentences);
}

/// A sentence of the static part of a page in the language that is spoken.
#[wasm_bindgen]
pub fn say(english: &str) -> String {
    sidelight::words::say(english)
}

/// The chosen language; empty where the browser's own is taken.
pub async fn chosen() -> String {
    let read = async {
        let answer = browser::start_in(&local()?, "get", &[JsValue::from_str(STORED)]).ok()?;
        browser::member(&JsFuture::from(answer).await.ok()?, STORED)?.as_string()
    };
    read.await.unwrap_or_default()
}

/// Chooses a language, or (empty) the browser's own. Every page but the sync centre is loaded anew with it.
pub async fn choose(language: &str) -> Result<(), JsValue> {
    let wanted = browser::object(&[(STORED, language.into())]);
    let local = local().unwrap_or_default();
    JsFuture::from(browser::start_in(&local, "set", &[wanted])?).await.map(drop)
}

fn local() -> Option<JsValue> {
    browser::member(&browser::area("storage")?, "local")
}
