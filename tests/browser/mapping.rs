//! The pages of the sync centre on which an administrator says what goes where.

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};

use crate::scene::{self, connected};

in_both_browsers!(rules_and_fields, layouts_prepared, settings_as_a_file);

/// Opens a page of the sync centre.
async fn centre(stage: &Stage, place: &str, heading: &str) -> Result<Frame> {
    let page = stage.browser.open_extension(&format!("centre.html#{place}")).await?;
    page.wait_for_role("heading", heading).await?;
    Ok(page)
}

/// Exports the settings, and reads what the file holds.
async fn exported(page: &Frame) -> Result<String> {
    let keep = "(() => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => { blob.text().then((text) => (globalThis.kept = text)); return make(blob); };
        return true;
    })()";
    page.evaluate(keep).await?;
    page.by_role("button", "Export sidelight.toml").click().await?;
    page.wait_for_text("Exported sidelight.toml.").await?;
    page.wait_for("typeof globalThis.kept === 'string'").await?;
    Ok(page.evaluate("globalThis.kept").await?.as_str().unwrap_or_default().to_owned())
}

async fn settings(page: &Frame) -> Result<Value> {
    Ok(ask(page, json!({ "say": "settings" })).await?["settings"].clone())
}

/// How many records a rule takes, once that is told.
async fn takes(page: &Frame, rule: usize) -> Result<usize> {
    let told = page.by_css(&format!(".sort-rules > li:nth-child({rule}) .takes"));
    told.wait_for_text("takes").await?;
    let words = told.text().await?;
    Ok(words.trim_start_matches("takes ").replace(',', "").parse().unwrap_or(usize::MAX))
}

async fn rules_and_fields(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = centre(&stage, "rules", "Sort rules").await?;
    page.wait_for_text("records tried").await?;
    let computers = takes(&page, 5).await?;
    assert!(computers > 0);

    // A rule at the end takes nothing that one before it takes.
    page.by_css("[aria-label=Assets] [data-act=add-rule]").click().await?;
    page.by_css(".sort-rules > li:nth-child(6) input[aria-label=Text]").type_text("laptop").await?;
    page.by_css(".sort-rules > li:nth-child(6) input[aria-label=Layout]").type_text("Printers").await?;
    assert_eq!(takes(&page, 6).await?, 0);

    // Moved up by the keyboard, it takes them; the focus stays on its button.
    page.by_role("button", "Move up rule 6").focus().await?;
    for place in (1..=5).rev() {
        page.press("Enter").await?;
        page.wait_for_text(&format!("Now rule {place}.")).await?;
    }
    page.wait_for("document.activeElement.getAttribute('aria-label') === 'Move down rule 1'").await?;
    let count = |rule: usize| {
        format!("parseInt(document.querySelector('.sort-rules > li:nth-child({rule}) .takes').innerText.slice(6))")
    };
    page.wait_for(&format!("{} + {} === {computers} && {} > 0", count(1), count(6), count(1))).await?;

    // A pattern that is none is told in its place.
    page.by_css(".sort-rules > li:nth-child(1) select[aria-label=Test]")
        .call("(select) => { select.value = '4'; select.dispatchEvent(new Event('change', { bubbles: true })); return 1; }")
        .await?;
    page.by_css(".sort-rules > li:nth-child(1) input[aria-label=Text]").fill("lap(top").await?;
    page.by_css(".sort-rules > li:nth-child(1) .misfit").wait_for_text("is not a pattern").await?;
    page.by_css(".sort-rules > li:nth-child(1) input[aria-label=Text]").fill("^lap").await?;
    page.by_css(".sort-rules > li:nth-child(1) .misfit").wait_gone().await?;

    // Nothing is saved before that is asked for.
    page.wait_for_text("Unsaved: sort rules.").await?;
    assert_eq!(settings(&page).await?["sync"]["sort_rules"].as_array().map(Vec::len), Some(5));
    page.by_role("button", "Save settings").click().await?;
    page.wait_for_text("Everything is saved.").await?;
    let saved = settings(&page).await?["sync"]["sort_rules"].clone();
    assert_eq!(
        saved[0],
        json!({ "when": [{ "fact": "type", "is": "matches", "value": "^lap" }], "layout": "Printers" })
    );

    // A connected field that does not fit is told while it is edited, with what either side holds.
    page.by_role("link", "Connected fields").click().await?;
    page.wait_for_role("heading", "Connected fields").await?;
    page.by_role("button", "Connect a field").click().await?;
    let fact = page.by_css(".connection input[aria-label='HaloITSM field']");
    let field = page.by_css(".connection input[aria-label='Hudu field']");
    fact.fill("Notes").await?;
    field.fill("Purchase date").await?;
    page.by_css(".connection .misfit").wait_for_text("takes a date").await?;
    field.fill("Notes").await?;
    page.by_css(".connection .misfit").wait_gone().await?;
    fact.fill("Asset tag").await?;
    page.by_css(".connection .holds").wait_for_text("“Asset tag” holds text").await?;

    // The sample shows it at once; another record is one click away.
    let sample = page.by_css(".sample");
    sample.wait().await?;
    let first = page.by_css(".sample-name").text().await?;
    page.by_role("button", "Another record").click().await?;
    page.wait_for(&format!("document.querySelector('.sample-name').innerText !== {}", json!(first))).await?;

    page.by_role("button", "Discard changes").click().await?;
    page.by_css(".connection").wait_gone().await?;
    scene::end(stage).await
}

async fn layouts_prepared(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = centre(&stage, "mapping", "Mapping").await?;
    page.wait_for_text("have no field “Halo ID” for the link").await?;
    page.by_css("#layout-site").fill("Offices").await?;
    page.wait_for_text("Hudu has no layout “Offices”.").await?;
    page.by_role("button", "Save and prepare layouts").click().await?;
    page.by_css("[data-act=apply]").wait_for_text("Apply").await?;
    page.wait_for_text("Offices").await?;
    page.by_css("[data-act=apply]").click().await?;
    page.wait_for("location.hash.startsWith('#history/')").await?;
    page.wait_for_text("Done").await?;

    page.by_role("link", "Mapping").click().await?;
    page.by_role("button", "Clients").wait().await?;
    page.by_css(".places tbody tr").nth(3).wait().await?;
    page.by_role("button", "Prepare layouts").wait_gone().await?;
    // The new layout has fields for what a site holds.
    page.by_role("button", "Sites").click().await?;
    page.by_css(".places").wait_for_text("Time zone").await?;
    scene::end(stage).await
}

async fn settings_as_a_file(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = centre(&stage, "settings", "Settings file").await?;
    let file = exported(&page).await?;
    assert!(file.contains("hours") && file.contains("[halo]"), "{file}");
    let halo = stage.pair.sandbox.halo.credentials();
    for secret in [halo.client_secret, stage.pair.sandbox.hudu.api_key()] {
        assert!(!file.contains(&secret), "a secret is in the file");
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("sidelight.toml");
    std::fs::write(&path, &file)?;
    let before = settings(&page).await?;

    // Something else is chosen and saved meanwhile.
    page.by_role("link", "Matching").click().await?;
    page.by_role("checkbox", "Asset tag").click().await?;
    page.by_role("link", "Mapping").click().await?;
    page.by_css("#layout-site").fill("Places").await?;
    page.by_role("button", "Save settings").click().await?;
    page.wait_for_text("Everything is saved.").await?;
    assert_ne!(settings(&page).await?, before);

    // The file says what it would change; nothing is saved before the user does it.
    page.by_role("link", "Settings file").click().await?;
    let chosen = page.by_css("#settings-file");
    assert_eq!(page.by_label("A file from this computer").attribute("type").await?, "file");
    let broken = folder.path().join("broken.toml");
    std::fs::write(&broken, "[sync]\nsites_layuot = \"Offices\"\n")?;
    chosen.choose_file(&broken).await?;
    page.wait_for_text("sites_layuot").await?;
    assert_eq!(page.by_role("button", "Take these settings").count().await?, 0);
    chosen.choose_file(&path).await?;
    page.wait_for_text("The file changes: mapping, matching.").await?;
    page.by_role("button", "Take these settings").click().await?;
    page.wait_for_text("Unsaved: mapping and matching.").await?;
    page.by_role("button", "Save settings").click().await?;
    page.wait_for_text("Everything is saved.").await?;
    assert_eq!(settings(&page).await?, before);
    scene::end(stage).await
}
