//! The lock: set, closed, opened again, in every page that needs it.

use serde_json::json;
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::ask;

use crate::accessibility::{fits, judge};
use crate::scene::{self, beside, connected, in_reader, open_document, open_section, shows};

in_both_browsers!(locked_and_unlocked);

const PASSPHRASE: &str = "ferry cinder oboe nineteen";
const NAME: &str = "Microsoft 365 global admin";
const VALUE: &str = "Ferry!Cinder!Oboe!19";

async fn locked_and_unlocked(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let panel = stage.browser.open_extension("panel.html?record=ticket/4127").await?;
    shows(&panel, "VPN").await?;
    panel.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    open_section(&panel, "Passwords").await?;
    open_document(&panel, NAME).await?;
    panel.wait_for_text("Strength").await?;

    // A passphrase is set on the options page; a weak one is refused with a sentence.
    let options = stage.browser.page("options.html").await?;
    options.activate().await?;
    for (words, said) in [("short", "easy to guess"), (PASSPHRASE, "The passphrase is set.")] {
        options.by_label("New passphrase").fill(words).await?;
        options.by_label("New passphrase again").fill(words).await?;
        options.by_role("button", "Set the passphrase").click().await?;
        options.wait_for_text(said).await?;
    }
    judge(&stage, &options, "options with a passphrase").await?;

    // Locking takes a revealed value from the page.
    panel.activate().await?;
    in_reader(&panel, "Reveal password").click().await?;
    panel.by_css("article").wait_for_text(VALUE).await?;
    panel.by_role("button", "Lock Sidelight").click().await?;
    panel.wait_for(&format!("!document.body.innerText.includes({})", json!(VALUE))).await?;
    panel.wait_for_text("Sidelight is locked").await?;
    // What was read before is still there; nothing secret is answered.
    panel.by_css("article").wait_for_text("Login page").await?;
    let refused =
        ask(&panel, json!({ "say": "reveal", "password": 1, "part": "password", "how": "shown", "record": null }));
    assert!(refused.await.is_err_and(|error| error.to_string().contains("vault.locked")));
    panel.resize(320, 800).await?;
    fits(&panel).await?;
    judge(&stage, &panel, "a locked sidebar").await?;

    // The frame in a web page asks for no passphrase: it opens a window for it.
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    frame.by_role("button", "Unlock in its own window").wait().await?;
    assert_eq!(frame.by_css("input[type=password]").count().await?, 0);
    page.close().await?;

    options.activate().await?;
    options.wait_for_text("Sidelight is locked.").await?;
    judge(&stage, &options, "locked options").await?;
    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.wait_for_text("Sidelight is locked").await?;
    popup.close().await?;

    panel.activate().await?;
    let field = panel.by_css(".side input[type=password]");
    field.type_text("not this one").await?;
    panel.press("Enter").await?;
    panel.wait_for_text("That is not the passphrase. Try again.").await?;
    assert_eq!(field.value().await?, "");
    field.type_text(PASSPHRASE).await?;
    panel.press("Enter").await?;
    panel.by_text("Unlock").wait_gone().await?;
    in_reader(&panel, "Reveal password").click().await?;
    panel.by_css("article").wait_for_text(VALUE).await?;
    options.activate().await?;
    options.by_role("button", "Change the passphrase").wait().await?;
    scene::end(stage).await
}
