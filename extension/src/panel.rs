//! Sidelight's own tab: the same page as the side panel, with something to do and beside no record.

use sidelight::json;
use sidelight::protocol::Intent;

use crate::webext;

/// The address of the page that does this.
pub fn with(intent: &Intent) -> String {
    let intent = js_sys::encode_uri_component(&json::write(intent));
    webext::file(&format!("panel.html?intent={}", String::from(intent)))
}
