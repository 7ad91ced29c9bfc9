//! A page that tricks somebody into a click: nothing is revealed in its frame.

use std::time::Duration;

use serde_json::Value;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene::{self, beside, connected, in_reader, open_document, open_section};

in_both_browsers!(covered_and_moved);

const NAME: &str = "Microsoft 365 global admin";
const VALUE: &str = "Ferry!Cinder!Oboe!19";

/// Draws over everything; clicks go through it.
const COVER: &str = r#"(() => {
    const cover = document.createElement("div");
    cover.id = "cover";
    cover.popover = "manual";
    cover.style.cssText = "position: fixed; inset: 0; width: 100%; height: 100%; pointer-events: none; opacity: .9";
    document.body.append(cover);
    cover.showPopover();
})()"#;

/// The sidebar, as the page may find it.
const HOST: &str = r#"[...document.querySelectorAll("*")].find((one) => one.localName.startsWith("sidelight-"))"#;

/// Longer than the browser takes to notice what stands where.
const NOTICED: Duration = Duration::from_secs(1);

async fn covered_and_moved(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    open_section(&frame, "Passwords").await?;
    open_document(&frame, NAME).await?;
    let reveal = in_reader(&frame, "Reveal password");

    page.evaluate(COVER).await?;
    tokio::time::sleep(NOTICED).await;
    reveal.click().await?;
    not_here(&stage, &frame).await?;
    page.evaluate("document.getElementById('cover').remove()").await?;

    // The mouse stands in the page, and the page brings the button under it.
    let number = |value: Value| value.as_f64().unwrap_or_default().round() as i64;
    let middle = async |of: &str, side: &str| {
        let rule =
            format!("(button) => {{ const at = button.getBoundingClientRect(); return at.{of} + at.{side} / 2 }}");
        reveal.call(&rule).await.map(number)
    };
    let (x, y) = (middle("x", "width").await?, middle("y", "height").await?);
    let left = number(page.evaluate(&format!("{HOST}.getBoundingClientRect().x")).await?);
    // Left of the frame.
    let away = x + 50;
    // Out over the edge, as a hand goes.
    page.move_mouse(left + 2, y).await?;
    page.move_mouse(left + x - away, y).await?;
    tokio::time::sleep(NOTICED).await;
    let bring = format!("{HOST}.style.setProperty('right', '{away}px', 'important')");
    page.evaluate(&format!("addEventListener('click', () => {{ {bring} }}, {{ once: true }})")).await?;
    page.press_twice().await?;
    not_here(&stage, &frame).await?;

    // Whoever moves there means it.
    if kind == Kind::Chromium {
        tokio::time::sleep(NOTICED).await;
        page.move_mouse(left + x - away - 5, y).await?;
        page.move_mouse(left + x - away, y).await?;
        page.press_mouse().await?;
        frame.by_css("article").wait_for_text(VALUE).await?;
    }
    scene::end(stage).await
}

/// The click opened a window of the extension, and nothing else.
async fn not_here(stage: &Stage, frame: &Frame) -> Result<()> {
    let window = stage.browser.page("intent=").await?;
    assert!(!frame.by_css("article").text().await?.contains(VALUE));
    window.close().await
}
