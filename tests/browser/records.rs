//! The sidebar beside each kind of record, found by the app's own links and without a reload.

use sidelight_sandbox::Server;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene::{self, beside, connected, shows};

in_both_browsers!(each_kind_of_record, choosing_a_match);

const CLIENT: &str = "Harbour & Finch Ltd";
const COMPANY: &str = "Harbour and Finch";

async fn each_kind_of_record(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;
    frame.by_role("heading", COMPANY).wait().await?;
    strict_policy(&page).await?;

    // From record to record the frame stays, and follows.
    follow(&page, &frame, "Leith office", "Site").await?;
    follow(&page, &frame, CLIENT, "Client").await?;
    page.by_role("tab", "Contracts").click().await?;
    follow(&page, &frame, "HF-MS-2026", "Contract").await?;
    page.evaluate("history.go(-2)").await?;
    shows(&frame, "Leith office").await?;
    page.by_role("tab", "Users").click().await?;
    follow(&page, &frame, "Dana Whitfield", "User").await?;
    follow(&page, &frame, "HF-LT-042", "Asset").await?;
    assert_eq!(page.frames("sidebar.html").await?.len(), 1);

    // Where there is no record there is no sidebar.
    page.by_role("link", "Knowledge").click().await?;
    gone(&page).await?;
    page.by_role("link", "How we log a call").click().await?;
    let frame = page.frame("sidebar.html").await?;
    shows(&frame, "How we log a call").await?;
    frame.wait_for_text("Article").await?;
    page.by_role("link", "Settings").click().await?;
    gone(&page).await?;

    // Nor after a load of such a page.
    let addresses = ["/config/integrations/api?id=4127", "/portal/ticket?id=4127", "/tickets"];
    for path in addresses {
        let page = stage.open_halo(path).await?;
        // The background has been asked by then, and has answered.
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        assert_eq!(page.frames("sidebar.html").await?.len(), 0, "{path}");
        page.close().await?;
    }
    scene::end(stage).await
}

/// Clicks a link of the app and waits until the sidebar shows the record it leads to.
async fn follow(page: &Frame, frame: &Frame, link: &str, kind: &str) -> Result<()> {
    page.by_role("link", link).nth(0).click().await?;
    shows(frame, link).await?;
    frame.by_role("region", "Record in view").wait_for_text(kind).await?;
    frame.by_role("heading", COMPANY).wait().await
}

async fn gone(page: &Frame) -> Result<()> {
    page.wait_for("getComputedStyle(document.documentElement).marginRight === '0px'").await?;
    for _ in 0..100 {
        if page.frames("sidebar.html").await?.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    scene::unexpected("the sidebar should go where there is no record")
}

/// Halo's own page allows hardly anything; the sidebar stands in it all the same.
async fn strict_policy(page: &Frame) -> Result<()> {
    let policy =
        page.evaluate("fetch(location.href).then((page) => page.headers.get('content-security-policy'))").await?;
    let policy = policy.as_str().unwrap_or_default();
    for part in ["default-src 'self'", "frame-src 'none'", "require-trusted-types-for 'script'"] {
        assert!(policy.contains(part), "{policy}");
    }
    Ok(())
}

async fn choosing_a_match(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (_page, frame) = beside(&stage, "/customers?clientid=20").await?;
    frame.by_role("heading", "Which company is this?").wait().await?;
    frame.wait_for_text("Choose a match").await?;
    assert_eq!(writes(&stage), 0, "nothing is written before the choice");
    frame.by_role("button", "Choose Calder Group").click().await?;
    frame.by_role("heading", "Which company is this?").wait_gone().await?;
    frame.by_role("heading", "Calder Group").wait().await?;
    frame.by_text("Choose a match").wait_gone().await?;
    frame.wait_for_text("Assets").await?;
    scene::end(stage).await
}

/// How many writing requests Hudu has been sent.
fn writes(stage: &Stage) -> usize {
    stage.pair.sandbox.requests(Server::Hudu).iter().filter(|seen| seen.method != "GET").count()
}
