//! The two connections, filled in by their labels.

use sidelight_tests::browser::{Frame, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene;

in_both_browsers!(connecting);

async fn connecting(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let page = stage.browser.page("options.html").await?;
    page.wait_for_role("heading", "Connections").await?;
    wrong_addresses(&stage, &page).await?;
    wrong_secret(&stage, &page).await?;
    good_values(&stage, &page).await?;
    page.reload().await?;
    nothing_secret_comes_back(&stage, &page).await?;
    hidden_asset_group(&stage, &page).await?;
    scene::end(stage).await
}

/// What the page says beside a field.
async fn said_beside(page: &Frame, label: &str, sentence: &str) -> Result<()> {
    let ids = page.by_label(label).attribute("aria-describedby").await?;
    let id = ids.split(' ').next_back().unwrap_or_default().to_owned();
    page.by_css(&format!("#{id}")).wait_for_text(sentence).await
}

async fn fill(page: &Frame, values: &[(&str, &str)]) -> Result<()> {
    for (label, value) in values {
        page.by_label(label).fill(value).await?;
    }
    Ok(())
}

async fn check(page: &Frame) -> Result<()> {
    page.by_role("button", "Check connection").click().await?;
    page.wait_for("document.querySelector('[data-act=check]').disabled === false").await
}

async fn wrong_addresses(stage: &Stage, page: &Frame) -> Result<()> {
    let halo = stage.pair.sandbox.halo.credentials();
    let typed = [("Tenant", &*halo.tenant), ("Client ID", &*halo.client_id), ("Client secret", "typed by hand")];
    fill(page, &typed).await?;
    for (address, sentence) in [
        ("", "Type the address of your HaloITSM instance."),
        ("acme", "“acme” is not an address."),
        ("http://acme.haloitsm.com", "the address has to start with https://"),
        ("haloitsm.com", "haloitsm.com is the maker's website."),
    ] {
        fill(page, &[("Resource server", address)]).await?;
        page.by_role("button", "Save HaloITSM").click().await?;
        said_beside(page, "Resource server", sentence).await?;
        assert_eq!(page.by_label("Resource server").value().await?, address);
    }
    page.by_role("button", "Save Hudu").click().await?;
    said_beside(page, "Hudu URL", "Type the address of your Hudu instance.").await?;
    said_beside(page, "API key", "Paste an API key from Hudu.").await?;
    for (label, value) in typed {
        assert_eq!(page.by_label(label).value().await?, value, "{label}");
    }
    assert_eq!(stage.pair.sandbox.request_count(sidelight_sandbox::Server::Halo), 0);
    Ok(())
}

async fn wrong_secret(stage: &Stage, page: &Frame) -> Result<()> {
    let address = format!("{}/api/", stage.pair.halo);
    fill(page, &[("Resource server", &address)]).await?;
    page.by_role("button", "Save HaloITSM").click().await?;
    page.wait_for_text("HaloITSM saved.").await?;
    check(page).await?;
    let lines = page.by_role("region", "Check of HaloITSM");
    lines.wait_for_text("HaloITSM refuses the client ID or the client secret.").await?;
    page.by_role("region", "Check of Hudu").wait_for_text("Hudu is not connected yet.").await?;
    assert_eq!(page.by_label("Resource server").value().await?, address);
    assert_eq!(page.by_label("Client ID").value().await?, stage.pair.sandbox.halo.credentials().client_id);
    Ok(())
}

async fn good_values(stage: &Stage, page: &Frame) -> Result<()> {
    let halo = stage.pair.sandbox.halo.credentials();
    fill(page, &[("Client secret", &halo.client_secret)]).await?;
    page.by_role("button", "Save HaloITSM").click().await?;
    page.wait_for("document.querySelector('#halo-client-secret').value === ''").await?;
    let bare = format!("{}/", stage.pair.hudu.trim_start_matches("http://"));
    fill(page, &[("Hudu URL", &bare), ("API key", "not the key")]).await?;
    page.by_role("button", "Save Hudu").click().await?;
    page.wait_for_text("Hudu saved.").await?;
    check(page).await?;
    page.by_role("region", "Check of Hudu").wait_for_text("Hudu refuses the API key.").await?;
    fill(page, &[("API key", &stage.pair.sandbox.hudu.api_key())]).await?;
    page.by_role("button", "Save Hudu").click().await?;
    page.wait_for("document.querySelector('#hudu-api-key').value === ''").await?;
    check(page).await?;
    page.wait_for_text("Both connections work.").await?;
    let points = page.evaluate("[...document.querySelectorAll('[data-point]')].map(p => p.dataset.grade)").await?;
    let points = points.as_array().cloned().unwrap_or_default();
    assert!(points.len() > 12 && points.iter().all(|grade| grade == "good"), "{points:?}");
    // Another address drops what is stored: that is asked first, and nothing typed is lost by saying no.
    fill(page, &[("Hudu URL", "https://docs.acme.test"), ("API key", "another")]).await?;
    page.by_role("button", "Save Hudu").click().await?;
    let question = page.by_role("group", "Another address of Hudu?");
    question.wait_for_text("can then no longer be undone").await?;
    page.by_role("button", "Cancel").click().await?;
    question.wait_gone().await?;
    assert_eq!(page.by_label("Hudu URL").value().await?, "https://docs.acme.test");
    fill(page, &[("Hudu URL", &bare), ("API key", "")]).await
}

async fn nothing_secret_comes_back(stage: &Stage, page: &Frame) -> Result<()> {
    for label in ["Client secret", "API key"] {
        let field = page.by_label(label);
        field.wait().await?;
        assert_eq!(field.value().await?, "", "{label}");
        assert_eq!(field.attribute("placeholder").await?, "Stored. Type to replace.");
    }
    assert_eq!(page.by_label("Resource server").value().await?, stage.pair.halo);
    assert_eq!(page.by_label("Hudu URL").value().await?, stage.pair.hudu);
    let held = page.evaluate("document.documentElement.outerHTML").await?.to_string();
    assert!(!held.contains(&stage.pair.sandbox.halo.credentials().client_secret));
    assert!(!held.contains(&stage.pair.sandbox.hudu.api_key()));
    Ok(())
}

/// Halo answers an agent without access to an asset group with empty lists.
async fn hidden_asset_group(stage: &Stage, page: &Frame) -> Result<()> {
    let groups = stage.pair.sandbox.halo.all("AssetGroup");
    let (network, others): (Vec<_>, Vec<_>) = groups.iter().partition(|group| group["name"] == "Network");
    assert_eq!(network.len(), 1, "{groups:#?}");
    stage.pair.sandbox.halo.set_asset_groups(Some(others.iter().filter_map(|group| group["id"].as_i64()).collect()));
    check(page).await?;
    let lines = page.by_role("region", "Check of HaloITSM");
    lines.wait_for_text("No assets are visible in the asset group “Network”").await?;
    lines.wait_for_text("Configuration › Asset Management › Asset Groups").await?;
    page.wait_for_text("1 point needs a look.").await
}
