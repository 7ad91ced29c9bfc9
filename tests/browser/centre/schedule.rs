//! The unattended sync: switched on, its alarm rings, what waits is told by badge and notification.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use super::{LONG, changes, connected, opened};
use crate::scene;

in_both_browsers!(the_schedule_writes_what_is_safe_and_tells_of_the_rest);

/// Lets four hours pass for the schedule, and rings its alarm.
const LATER: &str = "new Promise((done, failed) => {
    const asked = indexedDB.open('sidelight');
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
        const transaction = asked.result.transaction('settings', 'readwrite');
        const store = transaction.objectStore('settings');
        store.get('schedule').onsuccess = ({ target }) => {
            const state = JSON.parse(target.result);
            for (const name of ['since', 'began', 'ended']) if (state[name]) state[name] -= 4 * 3600 * 1000;
            store.put(JSON.stringify(state), 'schedule');
        };
        transaction.oncomplete = () => {
            asked.result.close();
            Promise.resolve((globalThis.browser ?? chrome).alarms.create('schedule', { when: Date.now() + 200 })).then(() => done(true));
        };
    };
})";

/// What stands on the toolbar button.
const BADGE: &str = "(globalThis.browser ?? chrome).action.getBadgeText({})";

async fn the_schedule_writes_what_is_safe_and_tells_of_the_rest(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = opened(&stage).await?;
    centre.by_role("link", "Schedule").click().await?;
    centre.wait_for_role("heading", "Schedule").await?;
    centre.by_css("dl.pairs").wait_for_text("Switched off").await?;
    assert_eq!(centre.by_role("button", "Allow notifications").count().await?, 0, "not before they are wanted");
    centre.by_role("combobox", "Sync everything").focus().await?;
    centre.type_text("Every 3").await?;
    centre.wait_for("document.activeElement.value === '3'").await?;

    // The browser asks for the permission by a click, and only then.
    stage.browser.agree_to_prompts(&centre).await?;
    centre.by_role("button", "Allow notifications").click().await?;
    centre.by_role("button", "Allow notifications").wait_gone().await?;
    if kind == Kind::Chromium {
        let prompted = centre.evaluate("globalThis.prompted").await?;
        assert_eq!(prompted["wanted"]["permissions"][0], "notifications", "{prompted}");
        assert_eq!(prompted["clicked"], true);
    } else {
        stage.browser.watch_notifications().await?;
    }
    centre.by_role("button", "Save settings").click().await?;
    centre.wait_for_text("Everything is saved.").await?;
    centre.wait_for("!document.querySelector('dl.pairs').innerText.includes('Switched off')").await?;

    // The alarm rings: what is safe is written, the rest waits and is told.
    let before = stage.pair.sandbox.hudu.all("assets").len();
    centre.evaluate(LATER).await?;
    centre.wait_for(&format!("{BADGE}.then((text) => /^[1-9]/.test(text))")).await?;
    assert!(stage.pair.sandbox.hudu.all("assets").len() > before);
    let badge = centre.evaluate(BADGE).await?.as_str().unwrap_or_default().to_owned();
    centre.by_css("dl.pairs").wait_for_text(&format!("{badge} changes")).await?;
    if kind == Kind::Firefox {
        let shown = stage.browser.notifications().await?;
        assert_eq!(shown.len(), 1, "{shown:?}");
        assert_eq!(shown[0].0, format!("Sidelight: {badge} changes wait for you"));
        // A click on it opens the sync centre.
        centre.close().await?;
        stage.browser.click_notification(0).await?;
        let centre = stage.browser.page("centre.html").await?.patient(LONG);
        return looked_at(stage, &centre).await;
    }
    centre.by_role("link", &format!("{badge} changes")).click().await?;
    looked_at(stage, &centre).await
}

/// What waits stands in the plan, and the history says who wrote the rest.
async fn looked_at(stage: sidelight_tests::stage::Stage, centre: &Frame) -> Result<()> {
    centre.by_role("grid", "Sync everything").wait().await?;
    assert!(centre.all_by_role("button").holding("Choose").count().await? > 0);
    changes(centre).await?;
    centre.by_role("link", "History").click().await?;
    centre.all_by_role("link").holding("The schedule").nth(0).wait().await?;
    scene::end(stage).await
}
