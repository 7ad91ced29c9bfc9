//! The sidebar without a mouse.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene::{self, beside, connected, shows};

in_both_browsers!(keys);

/// What has the focus in a page or frame, as a screen reader would name it.
const FOCUSED: &str = "(() => { const it = document.activeElement; return it?.ariaLabel || it?.innerText?.trim() || it?.localName || ''; })()";
/// By how much Halo's page makes room.
const ROOM: &str = "parseInt(getComputedStyle(document.documentElement).marginRight)";

async fn keys(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;
    let frame = closed_and_opened(&stage, &page, frame).await?;
    filtered(&frame).await?;
    walked(&frame).await?;
    escaped(&page, &frame).await?;
    let frame = opened(&stage, &page).await?;
    widened(&page, &frame).await?;
    scene::end(stage).await
}

/// What the shortcut does: no driver can press the browser's own.
async fn shortcut(stage: &Stage, page: &Frame) -> Result<()> {
    let options = stage.browser.page("options.html").await?;
    let here = page.url().await?;
    let toggle = "(tab) => (globalThis.browser ?? chrome).tabs.sendMessage(tab.id, { toggle: true })";
    let script = format!(
        "(globalThis.browser ?? chrome).tabs.query({{}}).then((all) => ({toggle})(all.find((tab) => tab.url === {here:?})))"
    );
    assert_eq!(options.evaluate(&script).await?, true);
    Ok(())
}

/// Opens the sidebar with the focus in Halo's search field.
async fn opened(stage: &Stage, page: &Frame) -> Result<Frame> {
    page.by_role("searchbox", "Search this list").focus().await?;
    shortcut(stage, page).await?;
    let frame = page.frame("sidebar.html").await?;
    shows(&frame, "VPN").await?;
    frame.wait_for("document.hasFocus()").await?;
    Ok(frame)
}

async fn closed_and_opened(stage: &Stage, page: &Frame, frame: Frame) -> Result<Frame> {
    page.wait_for(&format!("{ROOM} === 400")).await?;
    frame.by_role("button", "Close").click().await?;
    page.wait_for(&format!("{ROOM} === 0")).await?;
    assert!(page.frames("sidebar.html").await?.is_empty());
    opened(stage, page).await
}

/// `/` goes to the search from anywhere; Esc clears it first.
async fn filtered(frame: &Frame) -> Result<()> {
    frame.press("/").await?;
    frame.wait_for("document.activeElement.id === 'filter'").await?;
    let filter = frame.by_role("combobox", "Search the documentation");
    frame.type_text("vpn set").await?;
    assert_eq!(filter.value().await?, "vpn set");
    frame.all_by_role("option").holding("VPN set-up for Harbour & Finch").wait().await?;
    frame.by_css("mark").wait().await?;
    frame.type_text(" qqzzxx wwvvkk").await?;
    frame.by_role("heading", "Nothing found").wait().await?;
    frame.press("Escape").await?;
    frame.by_role("heading", "Nothing found").wait_gone().await?;
    assert_eq!(filter.value().await?, "");
    Ok(())
}

/// The arrows walk the rows, Enter opens, Tab is never trapped.
async fn walked(frame: &Frame) -> Result<()> {
    // What fits the ticket stands first, then the sections.
    for _ in 0..10 {
        frame.press("ArrowDown").await?;
        frame.wait_for("document.activeElement.id !== 'filter'").await?;
        if frame.evaluate(&format!("{FOCUSED}.startsWith('Assets')")).await? == true {
            break;
        }
    }
    frame.wait_for(&format!("{FOCUSED}.startsWith('Assets')")).await?;
    frame.press("ArrowDown").await?;
    frame.press("ArrowUp").await?;
    frame.press("Enter").await?;
    frame.wait_for("document.activeElement.ariaExpanded === 'true'").await?;
    frame.press("ArrowDown").await?;
    frame.press("Enter").await?;
    frame.by_role("button", "Back to the list").wait().await?;
    frame.wait_for("document.activeElement.id === 'reader-title'").await?;
    frame.by_text("Serial Number").wait().await?;
    assert_eq!(frame.all_by_role("button").holding("Show all").count().await?, 0, "all of it is there");
    frame.press("Escape").await?;
    frame.by_role("button", "Back to the list").wait_gone().await?;
    frame.wait_for("document.activeElement.classList.contains('row')").await?;
    frame.by_role("combobox", "Search the documentation").focus().await?;
    for _ in 0..8 {
        frame.press("Shift+Tab").await?;
        if frame.evaluate(FOCUSED).await? == "Close" {
            return Ok(());
        }
    }
    scene::unexpected("Tab should reach the close button")
}

/// Esc closes, and the focus is where it was.
async fn escaped(page: &Frame, frame: &Frame) -> Result<()> {
    // The frame goes while the key is still down, which the driver takes for a failure.
    let _ = frame.press("Escape").await;
    page.wait_for(&format!("{ROOM} === 0")).await?;
    page.wait_for(&format!("{FOCUSED} === 'Search this list'")).await
}

/// The handle between page and sidebar comes before the sidebar's first control.
async fn widened(page: &Frame, frame: &Frame) -> Result<()> {
    let first = frame.by_role("link", "Open the company in Hudu");
    first.focus().await?;
    frame.press("Shift+Tab").await?;
    page.wait_for("document.hasFocus() && document.activeElement.localName.startsWith('sidelight-')").await?;
    for _ in 0..3 {
        page.press("ArrowLeft").await?;
    }
    page.wait_for(&format!("{ROOM} === 448")).await?;
    page.press("ArrowRight").await?;
    page.wait_for(&format!("{ROOM} === 432")).await?;
    page.reload().await?;
    page.wait_for(&format!("{ROOM} === 432")).await?;
    shows(&page.frame("sidebar.html").await?, "VPN").await
}
