//! Ways into the documentation beside the sidebar: the address bar, selected text, what ends soon.

use serde_json::json;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected};

in_both_browsers!(from_the_address_bar, what_ends_soon);

/// A tab of Sidelight that does this, as the address bar and the context menu open it.
async fn tab(stage: &Stage, intent: serde_json::Value) -> Result<Frame> {
    stage.browser.open_extension(&format!("panel.html?intent={}", urlencode(&intent.to_string()))).await
}

fn urlencode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn from_the_address_bar(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    // No driver types into the address bar or opens the menu: these are the addresses that both open.
    let page = tab(&stage, json!({ "intent": "search", "text": "HF-LT-042" })).await?;
    page.by_role("listbox", "Found").wait().await?;
    assert_eq!(page.by_role("combobox", "Search the documentation").value().await?, "HF-LT-042");
    judge(&stage, &page, "a tab with what was found").await?;
    page.by_role("combobox", "Search the documentation").focus().await?;
    page.press("Enter").await?;
    page.by_role("heading", "HF-LT-042").wait().await?;
    page.close().await?;

    if kind == Kind::Firefox {
        // In Firefox a test stands where the address bar does.
        let found = loop {
            let found = stage.browser.suggestions("hudu", "HF-LT-042").await?;
            if let Some(one) = found.into_iter().find(|(content, _)| content.starts_with("HF-LT-042 (asset/")) {
                break one;
            }
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        };
        assert!(found.1.contains("Harbour") && !found.1.contains('<'), "{found:?}");
        stage.browser.choose_suggestion("hudu", &found.0).await?;
        let page = stage.browser.page("panel.html?intent").await?;
        page.by_role("heading", "HF-LT-042").wait().await?;
        page.close().await?;
    }
    let asset = stage.pair.sandbox.hudu.find("assets", "HF-LT-042").unwrap()["id"].clone();
    let page = tab(&stage, json!({ "intent": "open", "kind": "asset", "id": asset })).await?;
    page.by_role("heading", "HF-LT-042").wait().await?;
    page.by_role("heading", "All of Hudu").wait().await?;
    judge(&stage, &page, "a document in a tab").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    scene::end(stage).await
}

async fn what_ends_soon(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let options = stage.browser.page("options.html").await?;
    stage.browser.agree_to_prompts(&options).await?;
    options.activate().await?;
    options.by_css("#notices input").click().await?;
    if kind == Kind::Chromium {
        let prompted = options.evaluate("globalThis.prompted").await?;
        assert_eq!(prompted["wanted"]["permissions"][0], "notifications", "{prompted}");
        assert_eq!(prompted["clicked"], true);
    } else {
        stage.browser.watch_notifications().await?;
    }
    judge(&stage, &options, "options with notifications").await?;
    options.by_role("button", "Save settings").click().await?;
    options.wait_for_text("Settings saved.").await?;
    let page = match kind {
        Kind::Chromium => tab(&stage, json!({ "intent": "ending" })).await?,
        Kind::Firefox => {
            options.evaluate("browser.alarms.create('ending', { when: Date.now() + 200 }), true").await?;
            while stage.browser.notifications().await?.is_empty() {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            }
            let shown = stage.browser.notifications().await?;
            assert!(shown.len() == 1 && shown[0].0.contains("due in Hudu"), "{shown:?}");
            stage.browser.click_notification(0).await?;
            stage.browser.page("panel.html").await?
        }
    };
    page.by_role("heading", "Ends soon, all clients").wait().await?;
    page.by_css(".ending").wait_for_text("Harbour").await?;
    judge(&stage, &page, "what ends soon").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    scene::end(stage).await
}
