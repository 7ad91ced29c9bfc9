//! What the stories have in common: a connected stage, the sidebar's parts by what they are called,
//! and how a story ends.

use serde_json::json;
use sidelight_tests::browser::{Error, Frame, Kind, Locator, Options, Result};
use sidelight_tests::stage::Stage;

/// A browser with Sidelight that is connected to a fresh pair. The options stay open in a tab.
pub async fn connected(kind: Kind) -> Result<Stage> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let lines = stage.connect().await?;
    assert!(lines.iter().all(|line| line["grade"] == "good"), "{lines:#?}");
    Ok(stage)
}

/// Opens a page of Halo and waits for the sidebar's frame in it.
pub async fn beside(stage: &Stage, path: &str) -> Result<(Frame, Frame)> {
    let page = stage.open_halo(path).await?;
    let frame = page.frame("sidebar.html").await?;
    Ok((page, frame))
}

/// Waits until the sidebar shows the record of this title.
pub async fn shows(frame: &Frame, title: &str) -> Result<()> {
    frame.by_role("region", "Record in view").wait_for_text(title).await
}

/// Opens a section of the sidebar ("Articles").
pub async fn open_section(frame: &Frame, name: &str) -> Result<()> {
    let row = frame.all_by_role("button").holding(name);
    row.wait().await?;
    if row.attribute("aria-expanded").await? != "true" {
        row.click().await?;
    }
    Ok(())
}

/// Opens a document by the words of its row, and waits until its content is there.
pub async fn open_document(frame: &Frame, title: &str) -> Result<()> {
    frame.all_by_role("button").holding(title).click().await?;
    frame.by_role("heading", title).wait().await?;
    frame.by_text("Fetching this document from Hudu.").wait_gone().await
}

/// A button among those of the open document or plan, where the list has some of the same name.
pub fn in_reader(frame: &Frame, button: &str) -> Locator {
    frame.by_css(&format!("article button[aria-label={}]", json!(button)))
}

/// The page in which a click that reveals or writes counts: in Firefox, whose frame cannot prove that
/// nothing covers it, the click opens a window of the extension.
pub async fn where_it_counts(stage: &Stage, frame: &Frame) -> Result<Frame> {
    match stage.browser.kind() {
        Kind::Chromium => Ok(frame.clone()),
        Kind::Firefox => stage.browser.page("intent=").await,
    }
}

/// Waits until this holds of the pair.
pub async fn until(mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let start = std::time::Instant::now();
    while !holds().await? {
        if start.elapsed().as_secs() > 30 {
            return unexpected("it should have come so within 30 s");
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Ok(())
}

/// An error that says what a story expected.
pub fn unexpected<T>(words: impl Into<String>) -> Result<T> {
    Err(Error::Unexpected(words.into()))
}

/// The end of a story: nothing was written to any console as an error.
pub async fn end(stage: Stage) -> Result<()> {
    assert_eq!(stage.browser.problems(), Vec::<String>::new());
    stage.browser.close().await
}
