//! What the sync centre says when something is in the way, and which step is next.

use std::path::PathBuf;

use serde_json::json;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use super::{CLIENT, FILTER, LONG, apply_as_asked, changes, connected, narrow, opened, planned_since};
use crate::accessibility::judge;
use crate::scene;

in_both_browsers!(each_trouble_has_words_and_a_next_step);

async fn each_trouble_has_words_and_a_next_step(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let faults = &stage.pair.sandbox.faults;
    let hudu = &stage.pair.sandbox.hudu;
    let company = hudu.find("companies", "Harbour and Finch").unwrap_or_default()["id"].clone();
    for number in 1..=8 {
        let name = format!("How to restart server {number}");
        hudu.upsert("articles", json!({ "name": name, "company_id": company, "content": "<p>By its button.</p>" }));
    }
    let centre = opened(&stage).await?.patient(LONG);
    centre.by_role("heading", "Nothing is planned").wait().await?;
    narrow(&centre, &[CLIENT]).await?;

    // There is no plan, and a way to where it is mended.
    faults.refuse_hudu_key();
    centre.by_css("[data-act=plan]").click().await?;
    let alert = centre.all_by_role("alert");
    alert.wait_for_text("Hudu").await?;
    centre.by_role("link", "Open connections").wait().await?;
    looked_at(&stage, &centre, "refused").await?;
    // The page that meets the same says so in its place; it is told once.
    centre.by_role("link", "Mapping").click().await?;
    centre.by_css("main [role=alert]").wait().await?;
    centre.by_css(".dock [role=alert]").wait_gone().await?;
    centre.by_role("link", "History").click().await?;
    centre.by_css(".dock [role=alert]").wait().await?;
    centre.by_role("link", "Plan").click().await?;
    faults.clear();
    centre.by_css("[data-act=plan]").click().await?;
    planned_since(&centre, &0.into()).await?;
    alert.wait_gone().await?;

    // Nothing fits what is typed: one click shows all again, and the field is empty.
    let all = changes(&centre).await?;
    let field = centre.by_role("searchbox", FILTER);
    field.fill("no such record").await?;
    centre.wait_for_text("No record fits").await?;
    looked_at(&stage, &centre, "nothing fits").await?;
    centre.by_role("button", "Show all").click().await?;
    centre.by_css("[role=row][id]").nth(0).wait().await?;
    assert_eq!(field.value().await?, "");

    // Everything is left out.
    let each = centre.by_role("checkbox", "Apply all that is shown");
    each.click().await?;
    centre.wait_for_text("Nothing to apply").await?;
    assert_eq!(changes(&centre).await?, 0);
    looked_at(&stage, &centre, "all left out").await?;
    each.click().await?;
    centre.wait_for_text(&format!("Apply {all} change")).await?;
    a_run_is_held(&stage, &centre).await?;
    scene::end(stage).await
}

/// By a disk that is full, and by HaloITSM's allowance: each has its sentence.
async fn a_run_is_held(stage: &Stage, centre: &Frame) -> Result<()> {
    let faults = &stage.pair.sandbox.faults;
    let fault = |server: &str, method: &str, path: &str, effect| {
        let [server, method, path] = [server, method, path].map(str::to_owned);
        faults.add(Fault { server, method, path, after: 0, times: u32::MAX, effect });
    };
    fault("hudu", "", "/api/", Effect::Delay { ms: 1000 });
    apply_as_asked(centre).await?;
    if stage.browser.kind() == Kind::Chromium {
        stage.browser.fill_disk(true).await?;
        centre.by_css(".dock").wait_for_text("no room left").await?;
        looked_at(stage, centre, "full").await?;
        stage.browser.fill_disk(false).await?;
        centre.by_role("button", "Go on").click().await?;
        centre.by_css(".dock [role=alert]").wait_gone().await?;
    }
    faults.clear();
    fault("halo", "POST", "/KBArticle", Effect::RateLimit);
    centre.by_css(".work").wait_for_text("Goes on at").await?;
    looked_at(stage, centre, "waits").await
}

/// Judged, and kept as pictures where a folder is named for them.
async fn looked_at(stage: &Stage, centre: &Frame, state: &str) -> Result<()> {
    judge(stage, centre, state).await?;
    let Some(folder) = std::env::var_os("SIDELIGHT_PICTURES") else { return Ok(()) };
    for (width, dark) in [(1400, false), (1400, true), (320, false)] {
        centre.resize(width, 800).await?;
        stage.browser.set_dark(dark).await?;
        let name = format!("{state} {width}{}.png", if dark { " dark" } else { "" });
        centre.screenshot(&PathBuf::from(&folder).join(name)).await?;
    }
    centre.resize(1400, 900).await
}
