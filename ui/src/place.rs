//! Where this page stands: a frame inside a Halo page, a window for one record, or beside any tab.

use sidelight::halo::record::RecordRef;
use sidelight::protocol::Intent;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::{browser, wire};

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Inside a Halo page; web pages may try to draw over it.
    Frame {
        /// The browser's id of the tab.
        tab: i64,
    },
    /// Made for one record, which stays, or for something to do beside none.
    Window {
        /// The record.
        record: Option<RecordRef>,
        /// What the user was about to do.
        intent: Intent,
    },
    /// Side panel, popup or a tab: follows the active tab.
    Beside,
}

/// Reads the place from the page's own address.
pub fn here() -> Place {
    if in_frame() {
        let tab = query("tab").and_then(|tab| tab.parse().ok()).unwrap_or(-1);
        return Place::Frame { tab };
    }
    let record = query("record").as_deref().and_then(read_record);
    match (record, query("intent").and_then(|text| wire::intent(&text))) {
        (None, None) => Place::Beside,
        (record, intent) => Place::Window { record, intent: intent.unwrap_or(Intent::View) },
    }
}

/// Whether a page of somebody else stands around this one.
pub fn in_frame() -> bool {
    let window = leptos::prelude::window();
    let top: JsValue = window.top().ok().flatten().map_or(JsValue::NULL, Into::into);
    let own: &JsValue = window.as_ref();
    top != *own
}

/// The token that the frame has to show with each message; no other place has one.
pub fn token() -> Option<String> {
    if !in_frame() {
        return None;
    }
    let hash = leptos::prelude::window().location().hash().unwrap_or_default();
    Some(hash.trim_start_matches('#').to_owned())
}

/// Tells the content script around the frame something ("ready", "close"). Any script of the page may
/// hear it, so it holds nothing else; the content script knows the frame it comes from.
pub fn tell_host(word: &str) {
    if !in_frame() {
        return;
    }
    let message = browser::object(&[("sidelight", JsValue::from_str(word))]);
    if let Ok(Some(parent)) = leptos::prelude::window().parent() {
        let _ = parent.post_message(&message, "*");
    }
}

/// `client/12` as a record.
fn read_record(text: &str) -> Option<RecordRef> {
    let (word, id) = text.split_once('/')?;
    Some(RecordRef::new(wire::record_kind(word)?, id.parse().ok()?))
}

fn query(name: &str) -> Option<String> {
    let search = leptos::prelude::window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}
