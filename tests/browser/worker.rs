//! The background is stopped, as a browser does at any time.

use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene::{self, beside, connected, shows, until, where_it_counts};

in_both_browsers!(background_stopped);

/// A laptop that Hudu has never seen.
const LAPTOP: &str = "HF-LT-057";
const PAGE: &str = "/assets?id=2002";

async fn background_stopped(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;

    // Between two pages: the sidebar comes, and follows the app.
    stage.browser.stop_background().await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;
    frame.by_role("heading", "Harbour and Finch").wait().await?;
    stage.browser.stop_background().await?;
    page.by_role("link", "Harbour & Finch Ltd").nth(0).click().await?;
    shows(&frame, "Harbour & Finch Ltd").await?;

    // In the middle of a write.
    let (page, frame) = beside(&stage, PAGE).await?;
    frame.wait_for_text("Not in Hudu").await?;
    frame.by_role("button", "Sync to Hudu").click().await?;
    let apply = frame.all_by_role("button").holding("Apply");
    apply.wait().await?;
    stage.pair.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "POST".to_owned(),
        path: "/assets".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::Delay { ms: 3000 },
    });
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    apply.click().await?;
    let place = where_it_counts(&stage, &frame).await?;
    if kind == Kind::Firefox {
        place.all_by_role("button").holding("Apply").click().await?;
    }
    write_is_under_way(&stage).await?;
    stage.browser.stop_background().await?;

    // The next page wakes it; what was begun is brought to its end, once.
    page.reload().await?;
    until(async || Ok(named(&stage).len() == 1)).await?;
    until(async || {
        page.reload().await?;
        let frame = page.frame("sidebar.html").await?;
        shows(&frame, LAPTOP).await?;
        frame.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
        // Only a run whose every step was written down as done can be undone.
        let undo = frame.by_role("button", "Undo the last sync of this record").count().await?;
        Ok(undo == 1 && frame.text().await?.contains("In step with Halo"))
    })
    .await?;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(named(&stage).len(), 1);
    scene::end(stage).await
}

/// The request has reached Hudu, which takes its time.
async fn write_is_under_way(stage: &Stage) -> Result<()> {
    until(async || Ok(stage.pair.sandbox.faults.left() == 0)).await
}

/// The laptops of this name in Hudu.
fn named(stage: &Stage) -> Vec<String> {
    let all = stage.pair.sandbox.hudu.all("assets");
    all.iter().filter(|asset| asset["name"] == LAPTOP).map(ToString::to_string).collect()
}
