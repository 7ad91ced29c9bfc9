//! Copying, and telling the background that a secret may lie in the clipboard.

use js_sys::Uint8Array;
use leptos::prelude::{document, window};
use sidelight::protocol::Message;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use crate::bridge;

/// Copies text; tells whether it worked.
pub async fn copy(text: &str) -> bool {
    if JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    // A frame whose host gave no clipboard right still has the older way while a click is handled.
    copy_by_selection(text).unwrap_or(false)
}

/// Copies a secret and lets the background clear it later; only its digest is sent.
pub async fn copy_secret(text: &str) -> bool {
    let copied = copy(text).await;
    if copied && let Some(digest) = digest(text).await {
        bridge::tell(Message::Copied { digest });
    }
    copied
}

/// SHA-256, hexadecimal.
async fn digest(text: &str) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let promise = subtle.digest_with_str_and_u8_array("SHA-256", text.as_bytes()).ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let page = document();
    let body = page.body()?;
    let area: HtmlTextAreaElement = page.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("offscreen");
    area.set_value(text);
    body.append_child(&area).ok()?;
    area.select();
    let copied = page.dyn_into::<HtmlDocument>().ok()?.exec_command("copy").unwrap_or(false);
    area.remove();
    Some(copied)
}
