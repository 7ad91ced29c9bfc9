//! The user takes the permission for the addresses away, and gives it back.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use crate::scene::{self, beside, connected, shows};

in_both_browsers!(permission_taken_and_given);

async fn permission_taken_and_given(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let options = stage.browser.page("options.html").await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;

    stage.browser.permit(false).await?;
    gone(&page).await?;
    options.activate().await?;
    options.wait_for_role("button", &format!("Grant access to {}", host(&stage.pair.halo))).await?;
    options.wait_for_role("button", &format!("Grant access to {}", host(&stage.pair.hudu))).await?;
    options.by_role("button", "Check connection").click().await?;
    let lines = options.by_role("region", "Check of HaloITSM");
    lines.wait_for_text("The browser does not let Sidelight speak to").await?;
    let other = stage.open_halo("/customers?clientid=12").await?;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert!(other.frames("sidebar.html").await?.is_empty());

    // Given back: open pages have their sidebar again, without a reload.
    stage.browser.permit(true).await?;
    let frame = other.frame("sidebar.html").await?;
    shows(&frame, "Harbour & Finch Ltd").await?;
    options.activate().await?;
    options.by_text("The browser does not let Sidelight reach HaloITSM yet.").wait_gone().await?;
    scene::end(stage).await
}

fn host(origin: &str) -> &str {
    origin.trim_start_matches("http://")
}

async fn gone(page: &Frame) -> Result<()> {
    page.wait_for("getComputedStyle(document.documentElement).marginRight === '0px'").await?;
    assert!(page.frames("sidebar.html").await?.is_empty());
    Ok(())
}
