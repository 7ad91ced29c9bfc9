//! The keyboard shortcuts of the manifest.

use serde_json::{Value, json};
use sidelight::protocol::policy::Origin;
use sidelight::protocol::{Answer, Envelope, Intent, Message, Reply};
use sidelight::service::Service;

use crate::webext;

/// Does what the shortcut of that name is for, in the tab that was in view.
pub async fn run(service: &Service, name: &str, tab: Option<i64>) {
    match name {
        "toggle_sidebar" => toggle(tab).await,
        "sync_record" => review(service).await,
        "lock" => {
            service.handle(Envelope { token: None, message: Message::Lock }, own()).await;
        }
        _ => {}
    }
}

/// Where no record is in view there is no sidebar to show; the popup says so.
async fn toggle(tab: Option<i64>) {
    let answer = webext::call("tabs", "sendMessage", json!([tab, { "toggle": true }])).await;
    if answer != Ok(Value::Bool(true)) {
        webext::tell("action", "openPopup", json!([]));
    }
}

/// Opens the plan of the record in view: what it changes is seen before it is applied.
async fn review(service: &Service) {
    let ask = |message| service.handle(Envelope { token: None, message }, own());
    if let Answer::Ok(Reply::Tab { record: Some(record), .. }) = ask(Message::Tab).await {
        ask(Message::OpenWindow { record, intent: Intent::Sync }).await;
    } else {
        webext::tell("action", "openPopup", json!([]));
    }
}

/// The worker itself stands where a page of the extension without a tab stands.
pub fn own() -> Origin {
    Origin { own_id: true, extension_page: true, ..Origin::default() }
}
