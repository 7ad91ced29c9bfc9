//! Every page in its usual states, judged by axe-core, light and dark.

use sidelight_tests::browser::{Frame, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene::{self, beside, open_document, open_section, shows};

in_both_browsers!(pages_for_everyone);

async fn pages_for_everyone(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let options = stage.browser.page("options.html").await?;
    options.wait_for_role("heading", "Connections").await?;
    judge(&stage, &options, "options, not connected").await?;
    for page in ["panel.html", "popup.html"] {
        let page = stage.browser.open_extension(page).await?;
        page.wait_for_role("heading", "Connect HaloITSM and Hudu").await?;
        judge(&stage, &page, "not connected").await?;
        page.close().await?;
    }
    stage.connect().await?;
    options.activate().await?;
    options.by_role("button", "Check connection").click().await?;
    options.wait_for_text("Both connections work.").await?;
    judge(&stage, &options, "options, checked").await?;

    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.wait_for_text("0131 496 0321").await?;
    judge(&stage, &popup, "popup with a plan").await?;
    popup.close().await?;

    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    sidebar(&stage, &frame, "frame").await?;
    page.close().await?;
    for (path, title) in [("client/12", "Harbour & Finch Ltd"), ("asset/2001", "HF-LT-042"), ("client/20", "Calder")] {
        let narrow = stage.browser.open_extension(&format!("panel.html?record={path}")).await?;
        narrow.resize(320, 800).await?;
        shows(&narrow, title).await?;
        narrow.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
        fits(&narrow).await?;
        judge(&stage, &narrow, &format!("narrow, {path}")).await?;
        if path != "client/20" {
            narrow.by_role("button", "Sync to Hudu").click().await?;
            narrow.by_css(".plan-item").wait().await?;
            fits(&narrow).await?;
            judge(&stage, &narrow, &format!("narrow, plan of {path}")).await?;
        }
        if path == "asset/2001" {
            narrow.by_role("button", "Close the plan").click().await?;
            sidebar(&stage, &narrow, "narrow").await?;
        }
        narrow.close().await?;
    }
    scene::end(stage).await
}

/// The list, an asset, an article and a password, open.
async fn sidebar(stage: &Stage, frame: &Frame, place: &str) -> Result<()> {
    shows(frame, "").await?;
    frame.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    for section in ["Assets", "Articles", "Passwords", "Expirations"] {
        open_section(frame, section).await?;
    }
    judge(stage, frame, &format!("{place}, sections open")).await?;
    for document in ["HF-DT-003", "VPN set-up for Harbour & Finch", "Microsoft 365 global admin"] {
        open_document(frame, document).await?;
        judge(stage, frame, &format!("{place}, {document}")).await?;
        frame.press("Escape").await?;
        frame.by_role("button", "Back to the list").wait_gone().await?;
    }
    Ok(())
}

/// Nothing has to be scrolled sideways.
pub async fn fits(page: &Frame) -> Result<()> {
    page.wait_for("document.documentElement.scrollWidth <= innerWidth").await
}

/// No rule is broken in either scheme.
pub async fn judge(stage: &Stage, frame: &Frame, state: &str) -> Result<()> {
    for dark in [false, true] {
        stage.browser.set_dark(dark).await?;
        frame.wait_for(&format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}")).await?;
        axe(frame, &format!("{state}, {}", if dark { "dark" } else { "light" })).await?;
    }
    Ok(())
}

/// No rule is broken as the page stands.
pub async fn axe(frame: &Frame, state: &str) -> Result<()> {
    let broken = frame.axe().await?;
    assert!(broken.is_empty(), "{state}: {broken:#?}");
    Ok(())
}
