//! The sidebar beside a Halo page.

use sidelight_tests::browser::{Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

in_both_browsers!(beside_a_ticket, after_the_background_was_stopped);

const TICKET: &str = "/ticket?id=4127";

async fn connected(kind: Kind) -> Result<Stage> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let lines = stage.connect().await?;
    assert!(lines.iter().all(|line| line["grade"] == "good"), "{lines:#?}");
    Ok(stage)
}

async fn beside_a_ticket(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = stage.open_halo(TICKET).await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text("Harbour and Finch").await?;
    frame.wait_for_text("Passwords").await?;
    let broken = frame.axe().await?;
    assert!(broken.is_empty(), "{broken:#?}");
    assert_eq!(stage.browser.problems(), Vec::<String>::new());
    stage.browser.close().await
}

async fn after_the_background_was_stopped(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    stage.browser.stop_background().await?;
    let page = stage.open_halo(TICKET).await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text("Harbour and Finch").await?;
    stage.browser.close().await
}
