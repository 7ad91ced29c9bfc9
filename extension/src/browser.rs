//! The browser around the core.

use futures::FutureExt;
use futures::lock::Mutex;
use serde_json::{Value, json};
use sidelight::http::address::permission_pattern;
use sidelight::json::Json;
use sidelight::platform::Later;
use sidelight::protocol::Event;
use sidelight::service::browser::{Badge, Browser, Notice, Tone};
use wasm_bindgen_futures::spawn_local;

use crate::{awake, clipboard, watch, webext};

/// Chromium or Firefox.
#[derive(Default)]
pub struct WebBrowser {
    /// One change of what is watched at a time.
    watching: Mutex<()>,
}

impl Browser for WebBrowser {
    fn show_badge(&self, tab: Option<i64>, badge: Badge) {
        let with = |name: &str, value: Value| match tab {
            Some(tab) => json!([{ "tabId": tab, name: value }]),
            None => json!([{ name: value }]),
        };
        let title = if badge.title.is_empty() { webext::text("i18n", "getMessage", "name") } else { badge.title };
        webext::tell("action", "setBadgeText", with("text", badge.text.into()));
        webext::tell("action", "setBadgeBackgroundColor", with("color", colour(badge.tone).into()));
        webext::tell("action", "setTitle", with("title", title.into()));
    }

    fn broadcast(&self, event: Event) {
        // Only the sync centre asks for these, and it is in no web page.
        let for_frames = !matches!(event, Event::Working { .. } | Event::PlanReady { .. });
        let event = event.to_json();
        webext::tell("runtime", "sendMessage", json!([event]));
        // To Firefox an extension page inside a web page counts as a part of that tab.
        if for_frames && webext::has("runtime.getBrowserInfo") {
            spawn_local(async move {
                let _ = watch::tell_tabs(event).await;
            });
        }
    }

    fn watch_pages(&self, origin: Option<String>) -> Later<'_, ()> {
        async move {
            let _turn = self.watching.lock().await;
            if let Err(refused) = watch::pages(origin.as_deref()).await {
                webext::warn("Halo's pages cannot be watched", &refused);
            }
        }
        .boxed_local()
    }

    fn may_reach(&self, origin: &str) -> Later<'_, bool> {
        let origin = origin.to_owned();
        async move { may_reach(&origin).await }.boxed_local()
    }

    fn active_tab(&self) -> Later<'_, Option<i64>> {
        async {
            // The window used last may be one of the extension's own, which are no "normal" ones.
            let filter = json!([{ "active": true, "windowType": "normal" }]);
            let tabs = webext::call("tabs", "query", filter).await.ok()?;
            let used = |tab: &&Value| tab["lastAccessed"].as_f64().unwrap_or_default();
            let tab = tabs.as_array()?.iter().max_by(|a, b| used(a).total_cmp(&used(b)))?;
            // The address is told of permitted pages only: a tab that has left HaloITSM shows no record.
            tab["url"].as_str()?;
            tab["id"].as_i64()
        }
        .boxed_local()
    }

    fn open_window(&self, path_and_query: String) -> Later<'_, ()> {
        async move {
            let url = webext::file(&path_and_query);
            let options = json!([{ "url": url, "type": "popup", "width": 480, "height": 760 }]);
            if let Err(refused) = webext::call("windows", "create", options).await {
                webext::warn("the window did not open", &refused);
            }
        }
        .boxed_local()
    }

    fn wake_in(&self, name: String, ms: i64) {
        let minutes = ms.max(SHORTEST_ALARM) as f64 / 60_000.0;
        webext::tell("alarms", "create", json!([name, { "delayInMinutes": minutes }]));
    }

    fn spawn(&self, work: Later<'static, ()>) {
        spawn_local(awake::until(work));
    }

    fn notify(&self, about: Notice, title: String, text: String) {
        let icon = webext::file("icons/128.png");
        let shown = json!([notification(about), { "type": "basic", "iconUrl": icon, "title": title, "message": text }]);
        webext::tell("notifications", "create", shown);
    }

    fn watch_idle(&self, minutes: u32) {
        if minutes > 0 {
            webext::tell("idle", "setDetectionInterval", json!([minutes.clamp(1, 600) * 60]));
        }
    }

    fn clear_clipboard(&self, digest: String) -> Later<'_, ()> {
        async move {
            if let Err(refused) = clipboard::clear(&digest).await {
                webext::warn("the clipboard was not emptied", &refused);
            }
        }
        .boxed_local()
    }
}

/// The browser's name for a notification.
pub fn notification(about: Notice) -> &'static str {
    match about {
        Notice::Waiting => "waiting",
        Notice::Ending => "ending",
    }
}

/// Milliseconds; Chromium takes no shorter alarm.
const SHORTEST_ALARM: i64 = 30_000;

/// Whether the user allowed Sidelight to speak to this origin.
pub async fn may_reach(origin: &str) -> bool {
    let Some(pattern) = permission_pattern(origin) else {
        return false;
    };
    let wanted = json!([{ "origins": [pattern] }]);
    webext::call("permissions", "contains", wanted).await.is_ok_and(|held| held == Value::Bool(true))
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Quiet => "#5b6472",
        Tone::Good => "#1a7f4b",
        Tone::Attention => "#9a6200",
        Tone::Trouble => "#b3261e",
    }
}
