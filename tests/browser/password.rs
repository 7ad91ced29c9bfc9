//! A password: never on a page before it is asked for, and gone again.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sidelight::vault::one_time_code;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};

use crate::scene::{self, beside, connected, in_reader, open_document, open_section, where_it_counts};

in_both_browsers!(revealed_and_hidden);

const NAME: &str = "Microsoft 365 global admin";
const VALUE: &str = "Ferry!Cinder!Oboe!19";

async fn revealed_and_hidden(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    open_section(&frame, "Passwords").await?;
    frame.wait_for_text(NAME).await?;
    holds_no_secret(&stage, &frame).await?;
    open_document(&frame, NAME).await?;
    holds_no_secret(&stage, &frame).await?;

    // In Firefox the first click only opens the window in which the next one counts.
    if kind == Kind::Firefox {
        in_reader(&frame, "Reveal password").click().await?;
    }
    let place = where_it_counts(&stage, &frame).await?;
    place.by_role("heading", NAME).wait().await?;
    holds_no_secret(&stage, &place).await?;
    in_reader(&place, "Reveal password").click().await?;
    place.by_css("article").wait_for_text(VALUE).await?;
    place.wait_for_text("Shown for 30 seconds.").await?;
    in_reader(&place, "Copy password").click().await?;
    place.wait_for_text("Copied the password.").await?;
    in_reader(&place, "Reveal password").click().await?;
    gone(&place, VALUE).await?;
    holds_no_secret(&stage, &place).await?;

    one_time(&stage, &place).await?;
    copied(&stage, &place).await?;
    each_use_is_noted(&stage).await?;

    // Whoever turns to another tab leaves no secret behind.
    if kind == Kind::Chromium {
        in_reader(&place, "Reveal password").click().await?;
        place.by_css("article").wait_for_text(VALUE).await?;
        stage.browser.page("options.html").await?.activate().await?;
        gone(&place, VALUE).await?;

        // A code is copied from the list as well.
        page.activate().await?;
        frame.by_role("button", "Back to the list").click().await?;
        let copy = frame.by_css(&format!("li:has([title='{NAME}']) [aria-label='Copy one-time code']"));
        copy.hover().await?;
        // A click on what has only just come into view would not be taken for the user's.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        copy.click().await?;
        frame.wait_for_text("Copied the one-time code. The clipboard is cleared after a while.").await?;
    }
    holds_no_secret(&stage, &frame).await?;
    scene::end(stage).await
}

async fn gone(frame: &Frame, value: &str) -> Result<()> {
    let value = Value::from(value);
    frame.wait_for(&format!("!document.documentElement.outerHTML.includes({value})")).await
}

/// No password and no seed of any client stands in the page, not even unseen.
async fn holds_no_secret(stage: &Stage, frame: &Frame) -> Result<()> {
    let html = frame.evaluate("document.documentElement.outerHTML").await?;
    let html = html.as_str().unwrap_or_default();
    let all = stage.pair.sandbox.hudu.all("asset_passwords");
    let secrets = all.iter().flat_map(|row| [row["password"].as_str(), row["otp_secret"].as_str()]).flatten();
    let mut looked = 0;
    for secret in secrets.filter(|secret| secret.len() > 5) {
        looked += 1;
        assert!(!html.contains(secret), "{secret}");
    }
    assert!(looked > 10);
    Ok(())
}

async fn one_time(stage: &Stage, place: &Frame) -> Result<()> {
    let row = stage.pair.sandbox.hudu.find("asset_passwords", NAME).unwrap_or_default();
    let seed = row["otp_secret"].as_str().unwrap_or_default().to_owned();
    in_reader(place, "Show one-time code").click().await?;
    place.wait_for_text("Shown until the code changes.").await?;
    let shown = place.by_css("article [data-secret=code]").text().await?;
    let shown: String = shown.split_whitespace().collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let now = i64::try_from(now).unwrap();
    let codes = [now, now - 30_000].map(|time| one_time_code(&seed, time).unwrap().0);
    assert!(codes.contains(&shown), "{shown} is none of {codes:?}");
    Ok(())
}

/// The newest first, the copy of what was shown among them.
async fn each_use_is_noted(stage: &Stage) -> Result<()> {
    let options = stage.browser.page("options.html").await?;
    let id = stage.pair.sandbox.hudu.find("asset_passwords", NAME).unwrap_or_default()["id"].clone();
    let message = json!({ "say": "document", "kind": "password", "id": id, "beside": null, "freshness": "stored" });
    let uses = ask(&options, message).await?["view"]["body"]["uses"].clone();
    let uses: Vec<_> = uses.as_array().into_iter().flatten().map(|one| (&one["part"], &one["how"])).collect();
    let [password, code] = ["password", "one_time_code"].map(Value::from);
    let [shown, copied] = ["shown", "copied"].map(Value::from);
    assert_eq!(uses, [(&password, &copied), (&code, &shown), (&password, &copied), (&password, &shown)]);
    Ok(())
}

/// The clipboard is cleared by an alarm, which knows only the digest.
async fn copied(stage: &Stage, place: &Frame) -> Result<()> {
    in_reader(place, "Copy password").click().await?;
    place.wait_for_text("Copied the password. The clipboard is cleared after a while.").await?;
    let digest: String = Sha256::digest(VALUE).iter().map(|byte| format!("{byte:02x}")).collect();
    let alarms = "(globalThis.browser ?? chrome).alarms.getAll().then((all) => all.map((alarm) => alarm.name))";
    let options = stage.browser.page("options.html").await?;
    options.wait_for(&format!("{alarms}.then((names) => names.includes('clipboard/{digest}'))")).await?;
    gone(place, VALUE).await
}
