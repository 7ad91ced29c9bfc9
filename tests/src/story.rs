//! The main job, walked in a real browser: from a ticket to its documentation, from a client to Hudu
//! and back, an asset that Hudu has never seen, and then everything at once. The demo shows it; a test
//! holds it to its word.

mod everything;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::browser::{Error, Frame, Kind, Result};
use crate::stage::Stage;
pub use everything::WHERE;

/// The ticket with which the story begins.
pub const TICKET: &str = "/ticket?id=4127";
/// Its client in Halo.
const CLIENT: &str = "Harbour & Finch Ltd";
/// The same client as somebody typed it into Hudu.
const COMPANY: &str = "Harbour and Finch";
/// A laptop that Hudu has never seen, and its page in Halo.
const LAPTOP: (&str, &str) = ("HF-LT-057", "/assets?id=2002");

/// Width and height of the pages, in CSS pixels: what stores ask of pictures.
const SIZE: (u32, u32) = (1280, 800);

/// How long a person looks at a plan, at the least.
const READING: Duration = Duration::from_millis(700);

/// Tells a line of what was seen, and keeps pictures.
pub struct Teller<'a> {
    /// Where lines go.
    pub say: &'a mut dyn FnMut(&str),
    /// Folder for the pictures; `None` takes none.
    pub pictures: Option<PathBuf>,
}

impl Teller<'_> {
    fn line(&mut self, line: &str) {
        (self.say)(line);
    }

    async fn picture(&mut self, page: &Frame, name: &str) -> Result<()> {
        if let Some(folder) = &self.pictures {
            page.screenshot(&folder.join(format!("{name}.png"))).await?;
        }
        Ok(())
    }
}

/// Walks the story on a stage that is connected already.
pub async fn walk(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    // Both connections, checked.
    let options = stage.browser.open_extension("options.html").await?;
    options.resize(1180, 1060).await?;
    options.by_css("button[data-act=check]").click().await?;
    options.by_css("[data-point=passwords]").wait().await?;
    options.evaluate("scrollTo(0, 0)").await?;
    teller.picture(&options, "0-options").await?;
    options.close().await?;
    teller.line("0  Both connections are checked: every line is good.");

    // A ticket, and its client's documentation beside it.
    let page = stage.open_halo(TICKET).await?;
    page.resize(SIZE.0, SIZE.1).await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text(COMPANY).await?;
    frame.wait_for_text("Expirations").await?;
    settled(&frame).await?;
    teller.line(&format!("1  The ticket is open; beside it {COMPANY}: {}.", counts(&frame).await?));
    teller.picture(&page, "1-ticket").await?;

    // Its client, without leaving the app.
    page.by_role("link", CLIENT).nth(0).click().await?;
    let sync = frame.wait_for_role("button", "Sync to Hudu").await?;
    let standing = frame.by_css("footer .chip").text().await?;
    teller.line(&format!("2  The client is in view, the sidebar followed: “{}”.", standing.trim()));
    expect(standing.contains("differ"), "the client should differ from Hudu")?;

    // The popup says the same.
    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.resize(360, 480).await?;
    popup.wait_for_text("0131 496 0321").await?;
    teller.picture(&popup, "popup").await?;
    popup.close().await?;
    page.activate().await?;

    // The plan, then the click.
    sync.click().await?;
    frame.wait_for_text("0131 496 0321").await?;
    teller.picture(&page, "2-plan").await?;
    let company = || company(stage);
    let before = phone(&company());
    apply(stage, &page, &frame, teller, "3-synced").await?;
    let after = phone(&company());
    teller.line(&format!("3  Synced. Phone in Hudu: {before} before, {after} now."));
    expect(after == "0131 496 0321", "Hudu should have the phone number of Halo")?;
    let slug = company()["slug"].as_str().unwrap_or_default().to_owned();
    let hudu = stage.open_hudu(&format!("/c/{slug}")).await?;
    hudu.wait_for_text("0131 496 0321").await?;
    teller.picture(&hudu, "4-hudu").await?;
    hudu.close().await?;
    teller.line("4  Hudu’s own page shows it.");

    // Back again.
    page.activate().await?;
    page.reload().await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_role("button", "Undo the last sync of this record").await?.click().await?;
    frame.wait_for_text("0131 496 0300").await?;
    apply(stage, &page, &frame, teller, "5-undone").await?;
    let back = phone(&company());
    teller.line(&format!("5  Undone. Phone in Hudu: {back}."));
    expect(back == before, "undoing should bring the old number back")?;

    // A laptop that Hudu has never seen.
    let (name, path) = LAPTOP;
    let page = stage.open_halo(path).await?;
    page.resize(SIZE.0, SIZE.1).await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text("Not in Hudu").await?;
    teller.line(&format!("6  {name} is in view: not in Hudu."));
    frame.wait_for_role("button", "Sync to Hudu").await?.click().await?;
    frame.wait_for_text("Create the asset").await?;
    teller.picture(&page, "6-new-asset").await?;
    apply(stage, &page, &frame, teller, "7-made").await?;
    let made = named(stage, name);
    expect(made.len() == 1, "there should be one of it in Hudu")?;
    teller.line(&format!("7  Synced: it is there, once, in “{}”.", made[0]["asset_type"].as_str().unwrap_or_default()));
    expect(made[0]["asset_type"] == "Computer Assets", "a laptop belongs in Computer Assets")?;
    page.reload().await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text("In step with Halo").await?;
    teller.picture(&page, "8-in-step").await?;
    teller.line("8  In step with Halo; a second sync has nothing to write.");
    expect(named(stage, name).len() == 1, "there should still be one of it")?;
    page.close().await?;
    dark(stage, teller).await?;
    everything::walk(stage, teller).await
}

/// The ticket in the dark, and what fits it best, open.
async fn dark(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let page = stage.open_halo(TICKET).await?;
    page.resize(SIZE.0, SIZE.1).await?;
    let frame = page.frame("sidebar.html").await?;
    frame.wait_for_text("Expirations").await?;
    stage.browser.set_dark(true).await?;
    frame.wait_for("matchMedia('(prefers-color-scheme: dark)').matches").await?;
    settled(&frame).await?;
    frame.by_css(".suggested .row").nth(0).click().await?;
    frame.by_css("article .prose").wait().await?;
    teller.picture(&page, "9-dark").await?;
    stage.browser.set_dark(false).await
}

/// Waits until what fits the ticket stands there, from what both products say now.
async fn settled(frame: &Frame) -> Result<()> {
    frame.by_css(".suggested .row").nth(0).wait().await?;
    frame.wait_for("!document.body.innerText.includes('Refreshing…')").await
}

/// Presses "Apply" and waits until the run is done. In Firefox the frame cannot prove that it is not
/// covered, so the click opens a window of the extension, where it is pressed again.
pub async fn apply(stage: &Stage, page: &Frame, frame: &Frame, teller: &mut Teller<'_>, picture: &str) -> Result<()> {
    let button = frame.by_css("button[data-act=apply]");
    button.wait().await?;
    // A click counts only on what has been uncovered for a moment; nobody reads a plan faster.
    tokio::time::sleep(READING).await;
    button.click().await?;
    let place = if stage.browser.kind() == Kind::Firefox {
        let window = stage.browser.page("intent=").await?;
        let button = window.by_css("button[data-act=apply]");
        button.wait().await?;
        teller.picture(&window, &format!("{picture}-window")).await?;
        button.click().await?;
        window
    } else {
        frame.clone()
    };
    place.by_css("[data-run=Done]").wait().await?;
    teller.picture(if stage.browser.kind() == Kind::Firefox { &place } else { page }, picture).await?;
    if stage.browser.kind() == Kind::Firefox {
        place.close().await?;
    }
    Ok(())
}

/// The company of the story as Hudu has it now.
pub fn company(stage: &Stage) -> Value {
    let all = stage.pair.sandbox.hudu.all("companies");
    let ours = |row: &&Value| row["name"].as_str().is_some_and(|name| name.starts_with("Harbour"));
    all.iter().find(ours).cloned().unwrap_or_default()
}

fn phone(company: &Value) -> String {
    company["phone_number"].as_str().unwrap_or_default().to_owned()
}

fn named(stage: &Stage, name: &str) -> Vec<Value> {
    let all = stage.pair.sandbox.hudu.all("assets");
    all.into_iter().filter(|asset| asset["name"] == name && asset["archived"] != true).collect()
}

/// "Assets 40, People 15, …" as the sidebar shows it.
async fn counts(frame: &Frame) -> Result<String> {
    let rows = frame
        .evaluate("[...document.querySelectorAll('button[aria-expanded]')].map(b => b.innerText.replace(/\\s+/g, ' ').trim()).join(', ')")
        .await?;
    Ok(rows.as_str().unwrap_or_default().to_owned())
}

fn expect(holds: bool, words: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(Error::Unexpected(words.to_owned())) }
}
