//! The first steps after the installation: left, taken up again, and walked to their end.

use serde_json::json;
use sidelight_tests::browser::{Frame, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};

use crate::accessibility::{fits, judge};
use crate::scene;

in_both_browsers!(first_steps, first_steps_in_the_demo);

async fn first_steps(kind: Kind) -> Result<()> {
    let stage = Stage::installed(Options::built(kind)?).await?;
    let page = stage.browser.page("options.html#start").await?;
    page.wait_for_role("heading", "Connect HaloITSM").await?;
    judge(&stage, &page, "first step").await?;
    connect(&stage, &page).await?;

    // Left for the settings, and taken up where it stood.
    page.by_role("link", "All settings").click().await?;
    page.wait_for_role("heading", "Connections").await?;
    page.wait_for_text("2 of 6 done. Next: Grant and check.").await?;
    page.by_role("link", "Go on step by step").click().await?;
    page.wait_for_role("heading", "Grant and check").await?;
    page.wait_for_text("Both connections work.").await?;
    judge(&stage, &page, "third step").await?;

    // What the browser no longer allows is said, with what to do.
    stage.browser.permit(false).await?;
    page.activate().await?;
    page.by_role("button", "Connect HaloITSM (needs a look)").wait().await?;
    page.all_by_role("button").holding("Grant access to").wait().await?;
    stage.browser.permit(true).await?;
    page.activate().await?;
    page.by_role("button", "Connect HaloITSM (done)").wait().await?;

    page.by_role("button", "Next: Pick layouts").click().await?;
    layouts(&stage, &page).await?;
    page.by_role("button", "Next: See a sample").click().await?;
    page.by_role("columnheader", "In Hudu").wait().await?;
    judge(&stage, &page, "a sample").await?;
    let first = page.by_css(".guide-step .card-head h3").text().await?;
    page.by_role("button", "Another record").click().await?;
    page.wait_for(&format!(
        "![{}, undefined].includes(document.querySelector('.guide-step .card-head h3')?.textContent)",
        json!(first)
    ))
    .await?;
    page.by_role("button", "Assets").click().await?;
    page.by_css(".guide-sample").wait_for_text("Serial").await?;

    page.by_role("button", "Next: Begin").click().await?;
    let host = stage.pair.halo.trim_start_matches("http://");
    let link = page.by_role("link", &format!("Open {host}"));
    assert_eq!(link.attribute("href").await?, stage.pair.halo);
    judge(&stage, &page, "last step").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;

    // All of it is done: the settings no longer speak of it, and the steps can be looked at again.
    page.reload().await?;
    page.wait_for_role("heading", "Begin").await?;
    page.by_role("link", "All settings").click().await?;
    page.wait_for_role("heading", "Connections").await?;
    assert_eq!(page.by_role("link", "Go on step by step").count().await?, 0);
    scene::end(stage).await
}

async fn connect(stage: &Stage, page: &Frame) -> Result<()> {
    let halo = stage.pair.sandbox.halo.credentials();
    page.by_label("Resource server").fill("acme").await?;
    page.by_role("button", "Save HaloITSM").click().await?;
    page.wait_for_text("“acme” is not an address.").await?;
    // What needs both says so, and leads back.
    page.by_role("button", "Pick layouts").click().await?;
    page.wait_for_text("HaloITSM is not connected yet").await?;
    page.by_css(".guide-step .card").wait_for_text("Connect HaloITSM").await?;
    page.by_css(".guide-step .card button").click().await?;
    for (label, value) in [
        ("Resource server", &halo.resource_server),
        ("Tenant", &halo.tenant),
        ("Client ID", &halo.client_id),
        ("Client secret", &halo.client_secret),
    ] {
        page.by_label(label).fill(value).await?;
    }
    page.by_role("button", "Save HaloITSM").click().await?;
    page.by_role("button", "Connect HaloITSM (done)").wait().await?;
    page.by_role("button", "Next: Connect Hudu").click().await?;
    page.by_label("Hudu URL").fill(&stage.pair.hudu).await?;
    page.by_label("API key").fill(&stage.pair.sandbox.hudu.api_key()).await?;
    page.by_role("button", "Save Hudu").click().await?;
    page.by_role("button", "Connect Hudu (done)").wait().await
}

async fn layouts(stage: &Stage, page: &Frame) -> Result<()> {
    let list = page.by_role("list", "Layouts");
    list.wait_for_text("in Hudu").await?;
    judge(stage, page, "layouts").await?;
    page.resize(320, 800).await?;
    fits(page).await?;
    page.resize(1400, 900).await?;
    // Contracts are left out: saved at once.
    let pick = page.by_role("combobox", "Layout for contracts");
    pick.call("(select) => { select.value = ''; select.dispatchEvent(new Event('change')); }").await?;
    page.by_text("left out").wait().await?;
    let settings = ask(page, json!({ "say": "settings" })).await?;
    assert_eq!(settings["settings"]["sync"]["contracts_layout"], "");
    page.by_role("button", "Show what would be made").click().await?;
    let patient = page.patient(std::time::Duration::from_secs(60));
    patient.by_css("[aria-label='Plan for the layouts'] li").wait().await?;
    judge(stage, page, "plan for the layouts").await?;
    let before = stage.pair.sandbox.hudu.all("asset_layouts");
    page.all_by_role("button").holding("to Hudu").click().await?;
    patient.by_text("Every layout is there and has the field that keeps the link to HaloITSM.").wait().await?;
    assert_ne!(before, stage.pair.sandbox.hudu.all("asset_layouts"));
    Ok(())
}

async fn first_steps_in_the_demo(kind: Kind) -> Result<()> {
    let stage = Stage::installed(Options::built(kind)?).await?;
    let page = stage.browser.page("options.html#start").await?;
    page.by_role("button", "Try it with made-up data").click().await?;
    page.by_role("region", "Demo data").wait().await?;
    page.by_role("button", "Next: Connect Hudu").click().await?;
    page.by_role("button", "Next: Grant and check").click().await?;
    page.by_role("button", "Grant and check (done)").wait().await?;
    judge(&stage, &page, "first steps in the demo").await?;
    page.by_role("button", "Next: Pick layouts").click().await?;
    page.by_role("list", "Layouts").wait_for_text("in Hudu").await?;
    page.by_role("button", "Next: See a sample").click().await?;
    page.by_role("columnheader", "In Hudu").wait().await?;
    page.by_role("button", "Next: Begin").click().await?;
    page.by_role("link", "A ticket").wait().await?;
    page.by_role("button", "End the demo").click().await?;
    page.wait_for_text("HaloITSM is not connected yet").await?;
    scene::end(stage).await
}
