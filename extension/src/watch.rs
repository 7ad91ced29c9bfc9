//! The content script on the pages of the connected HaloITSM, and nowhere else.

use serde_json::{Value, json};
use sidelight::http::address::permission_pattern;

use crate::browser::may_reach;
use crate::webext::{self, Refused};

const SCRIPT: &str = "halo-pages";
const FILE: &str = "content.js";
/// Note in `storage.session`: the pattern whose open tabs have the script. Browsers forget it when they
/// close and when the extension is updated or switched off, which is when the tabs' scripts end too.
const NOTE: &str = "watched";

/// Watches the pages of this origin, or (`None`, or without the user's permission) of none.
pub async fn pages(origin: Option<&str>) -> Result<(), Refused> {
    let pattern = match origin {
        Some(origin) if may_reach(origin).await => permission_pattern(origin),
        _ => None,
    };
    let filter = json!([{ "ids": [SCRIPT] }]);
    let registered = webext::call("scripting", "getRegisteredContentScripts", filter.clone()).await?;
    let known = registered[0]["matches"][0].as_str();
    if known != pattern.as_deref() && known.is_some() {
        webext::call("scripting", "unregisterContentScripts", filter).await?;
    }
    let noted = webext::call("storage.session", "get", json!([NOTE])).await?;
    if pattern.is_none() || noted[NOTE].as_str().is_some_and(|noted| Some(noted) != pattern.as_deref()) {
        leave_all(noted[NOTE].is_string() || known.is_some()).await?;
    }
    let Some(pattern) = pattern else {
        return Ok(());
    };
    if known != Some(pattern.as_str()) {
        webext::call("scripting", "registerContentScripts", json!([[script(&pattern)]])).await?;
    }
    if noted[NOTE].as_str() != Some(pattern.as_str()) {
        enter_open_tabs(&pattern).await?;
        webext::call("storage.session", "set", json!([{ NOTE: pattern }])).await?;
    }
    Ok(())
}

/// Browsers know no ports in a pattern, so on this computer the script also starts beside another
/// port's pages; there the core finds no record, and nothing shows. It starts with the page and waits by itself:
/// `document_end` and `document_idle` never come for a page whose end never does.
fn script(pattern: &str) -> Value {
    json!({
        "id": SCRIPT,
        "js": [FILE],
        "matches": [pattern],
        "runAt": "document_start",
        "allFrames": false,
        "persistAcrossSessions": true,
    })
}

async fn enter_open_tabs(pattern: &str) -> Result<(), Refused> {
    let tabs = webext::call("tabs", "query", json!([{ "url": pattern }])).await?;
    for tab in ids(&tabs) {
        let now = json!([{ "target": { "tabId": tab }, "files": [FILE], "injectImmediately": true }]);
        webext::tell("scripting", "executeScript", now);
    }
    Ok(())
}

/// Sends a message to every tab that is watched, for the frames in it.
pub async fn tell_tabs(message: Value) -> Result<(), Refused> {
    let noted = webext::call("storage.session", "get", json!([NOTE])).await?;
    if let Some(pattern) = noted[NOTE].as_str() {
        for tab in ids(&webext::call("tabs", "query", json!([{ "url": pattern }])).await?) {
            webext::tell("tabs", "sendMessage", json!([tab, message]));
        }
    }
    Ok(())
}

/// Tells the scripts in every tab to go; without the permission the tabs' addresses are not known.
async fn leave_all(any: bool) -> Result<(), Refused> {
    if !any {
        return Ok(());
    }
    for tab in ids(&webext::call("tabs", "query", json!([{}])).await?) {
        webext::tell("tabs", "sendMessage", json!([tab, { "leave": true }]));
    }
    webext::call("storage.session", "remove", json!([NOTE])).await.map(drop)
}

fn ids(tabs: &Value) -> Vec<i64> {
    tabs.as_array().into_iter().flatten().filter_map(|tab| tab["id"].as_i64()).collect()
}
