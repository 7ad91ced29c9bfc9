//! The tabs of the extension's own pages.

use serde_json::{Value, json};

use crate::webext;

/// Brings the tab of this address to the front, or opens one.
pub async fn show(url: &str) {
    let Some((tab, window)) = standing(url).await else {
        webext::tell("tabs", "create", json!([{ "url": url }]));
        return;
    };
    webext::tell("tabs", "update", json!([tab, { "active": true }]));
    webext::tell("windows", "update", json!([window, { "focused": true }]));
}

/// A tab that shows it already, with its window. Where the browser does not tell, another is opened.
async fn standing(url: &str) -> Option<(i64, i64)> {
    let (found, place, tab) = if webext::has("runtime.getContexts") {
        let filter = json!([{ "contextTypes": ["TAB"] }]);
        (webext::call("runtime", "getContexts", filter).await.ok()?, "documentUrl", "tabId")
    } else {
        (webext::call("tabs", "query", json!([{}])).await.ok()?, "url", "id")
    };
    let shows = |one: &&Value| one[place].as_str().is_some_and(|place| place.starts_with(url));
    let one = found.as_array()?.iter().find(shows)?;
    Some((one[tab].as_i64()?, one["windowId"].as_i64()?))
}
