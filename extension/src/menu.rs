//! The context menu on selected text.

use serde_json::json;
use sidelight::protocol::{Answer, Envelope, Intent, Message, Reply};
use sidelight::service::Service;
use sidelight::t;

use crate::commands::own;
use crate::{panel, webext};

const SEARCH: &str = "search";
/// Letters of a selection that are searched for: more is a text, and no search.
const LONGEST: usize = 200;

/// Makes the entry: browsers keep it; an update and another language make it anew.
pub async fn make() {
    let _ = webext::call("contextMenus", "removeAll", json!([])).await;
    // The browser puts the selection in the place of `%s`.
    let title = t!("Search the documentation for “%s”");
    let entry = json!([{ "id": SEARCH, "title": title, "contexts": ["selection"] }]);
    if let Err(refused) = webext::call("contextMenus", "create", entry).await {
        webext::warn("the context menu was not made", &refused);
    }
}

/// Looks for the selected text beside the record in view; where none is in view, in a tab.
pub async fn search(service: &Service, entry: &str, selected: &str) {
    let text: String = selected.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    if entry != SEARCH || text.is_empty() {
        return;
    }
    let ask = |message| service.handle(Envelope { token: None, message }, own());
    if let Answer::Ok(Reply::Tab { record: Some(record), .. }) = ask(Message::Tab).await {
        ask(Message::OpenWindow { record, intent: Intent::Search { text } }).await;
    } else {
        webext::tell("tabs", "create", json!([{ "url": panel::with(&Intent::Search { text }) }]));
    }
}
