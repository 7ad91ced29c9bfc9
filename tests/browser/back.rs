//! What a technician writes back by hand: shown first, in the sidebar, by labels and roles.

use std::path::PathBuf;

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;
use sidelight_tests::story::{self, Teller};

use crate::accessibility::{fits, judge};
use crate::scene::{self, beside, connected, open_document, open_section, shows};

in_both_browsers!(written_by_hand);

const ARTICLE: &str = "VPN set-up for Harbour & Finch";
const ASSET: &str = "HF-DT-003";

async fn written_by_hand(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;
    attached(&stage, &page, &frame).await?;
    edited(&stage, &page, &frame).await?;
    password(&stage, &page, &frame).await?;
    narrow(&stage).await?;
    settings(&stage).await?;
    scene::end(stage).await
}

/// An article is attached to the ticket as a private note.
async fn attached(stage: &Stage, page: &Frame, frame: &Frame) -> Result<()> {
    let before = notes(stage).len();
    open_section(frame, "Articles").await?;
    open_document(frame, ARTICLE).await?;
    frame.by_role("button", "Attach to ticket").click().await?;
    frame.wait_for_text("Write a private note on ticket 4127.").await?;
    judge(stage, frame, "a note's plan").await?;
    picture(frame, "note").await?;
    assert_eq!(notes(stage).len(), before);
    apply(stage, page, frame).await?;
    let notes = notes(stage);
    assert_eq!(notes.len(), before + 1);
    let note = notes.iter().max_by_key(|note| note["id"].as_i64()).unwrap();
    assert_eq!(note["hiddenfromuser"], true);
    assert!(note["note_html"].as_str().unwrap().contains("VPN set-up"), "{note:#}");
    close(stage, frame).await
}

/// An asset is renamed; what cannot be is said without losing what was typed.
async fn edited(stage: &Stage, page: &Frame, frame: &Frame) -> Result<()> {
    open_section(frame, "Assets").await?;
    open_document(frame, ASSET).await?;
    frame.by_role("button", "Edit").click().await?;
    let name = frame.by_label("Name (required)");
    name.wait().await?;
    judge(stage, frame, "an asset's form").await?;
    picture(frame, "form").await?;
    name.fill("HF-DT-003 at the desk").await?;
    frame.by_role("button", "Look it through").click().await?;
    frame.wait_for_text("Only what was changed is written.").await?;
    frame.by_role("button", "Change").click().await?;
    assert_eq!(name.value().await?, "HF-DT-003 at the desk");
    name.fill("   ").await?;
    frame.by_role("button", "Look it through").click().await?;
    frame.wait_for_text("Fill in “Name”.").await?;
    name.fill("HF-DT-003 in the hall").await?;
    frame.by_role("button", "Look it through").click().await?;
    frame.wait_for_text("Only what was changed is written.").await?;
    apply(stage, page, frame).await?;
    assert!(stage.pair.sandbox.hudu.find("assets", "HF-DT-003 in the hall").is_some());
    close(stage, frame).await
}

/// A password is made; its value is on no page afterwards.
async fn password(stage: &Stage, page: &Frame, frame: &Frame) -> Result<()> {
    frame.by_role("group", "Add to Hudu").wait().await?;
    frame.by_css("#add-company-password").click().await?;
    frame.by_label("Name (required)").fill("Door controller").await?;
    frame.by_label("User name").fill("porter").await?;
    let value = frame.by_label("Password");
    assert_eq!(value.attribute("type").await?, "password");
    value.fill("Lantern-Quay-77").await?;
    judge(stage, frame, "a password's form").await?;
    frame.by_role("button", "Look it through").click().await?;
    frame.wait_for_text("The value is not shown").await?;
    let shown = "document.documentElement.outerHTML.includes('Lantern-Quay-77')";
    assert_eq!(frame.evaluate(shown).await?, json!(false));
    apply(stage, page, frame).await?;
    let made = stage.pair.sandbox.hudu.find("asset_passwords", "Door controller").unwrap();
    assert_eq!((&made["password"], &made["username"]), (&json!("Lantern-Quay-77"), &json!("porter")));
    close(stage, frame).await
}

/// The forms fit into the narrowest sidebar, and say what they need.
async fn narrow(stage: &Stage) -> Result<()> {
    let panel = stage.browser.open_extension("panel.html?record=ticket/4127").await?;
    panel.resize(320, 800).await?;
    shows(&panel, "VPN").await?;
    panel.by_role("button", "Add a record").click().await?;
    panel.by_label("Layout").wait().await?;
    fits(&panel).await?;
    judge(stage, &panel, "a new record's form, narrow").await?;
    picture(&panel, "record-narrow").await?;
    panel.by_role("button", "Cancel").click().await?;
    panel.by_role("button", "Add a note").click().await?;
    panel.by_label("Note (required)").fill("Parking is behind the house.").await?;
    panel.by_role("button", "Look it through").click().await?;
    panel.wait_for_text("Added below what the notes hold").await?;
    fits(&panel).await?;
    stage.browser.set_dark(true).await?;
    picture(&panel, "company-note-dark").await?;
    stage.browser.set_dark(false).await?;
    panel.close().await
}

/// The outcome is chosen among the tenant's own; the commands are named.
async fn settings(stage: &Stage) -> Result<()> {
    let options = stage.browser.page("options.html").await?;
    options.activate().await?;
    let outcome =
        "[...document.querySelectorAll('option')].some((it) => it.text === 'Private Note (hidden from users)')";
    options.wait_for(outcome).await?;
    options.wait_for_text("Review and sync the HaloITSM record in view").await?;
    options.by_role("heading", "First steps").wait().await?;
    judge(stage, &options, "options with tickets, commands and first steps").await?;
    picture(&options, "options").await?;
    options.by_role("button", "Put these steps away").click().await?;
    options.by_role("heading", "First steps").wait_gone().await?;
    options.by_role("radio", "When I ask for it in the ticket’s sidebar").click().await?;
    options.wait_for_text("Settings saved.").await
}

fn notes(stage: &Stage) -> Vec<Value> {
    stage.pair.sandbox.halo.all("Actions").into_iter().filter(|row| row["ticket_id"] == 4127).collect()
}

pub async fn apply(stage: &Stage, page: &Frame, frame: &Frame) -> Result<()> {
    story::apply(stage, page, frame, &mut Teller { say: &mut |_| {}, pictures: None }, "").await
}

/// Puts away what is open: the run, or in Firefox the plan that was applied in a window, then the document.
pub async fn close(stage: &Stage, frame: &Frame) -> Result<()> {
    // The sidebar itself has a button "Close" as well.
    let button = match stage.browser.kind() {
        Kind::Chromium => "[data-act=close-run]",
        Kind::Firefox => "[data-act=close-plan]",
    };
    frame.by_css(button).click().await?;
    frame.by_css(".panel").wait_gone().await?;
    if frame.evaluate("document.querySelector('article') !== null").await? == json!(true) {
        frame.press("Escape").await?;
    }
    Ok(())
}

/// A picture to look at, where a folder is named for them.
async fn picture(frame: &Frame, name: &str) -> Result<()> {
    match std::env::var_os("SIDELIGHT_PICTURES") {
        Some(folder) => frame.screenshot(&PathBuf::from(folder).join(format!("{name}.png"))).await,
        None => Ok(()),
    }
}
