//! Everything synced from the sync centre: planned, looked at, applied, undone.

use serde_json::Value;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::story::company;

use super::{CLIENT, LAPTOP, LONG, applied, apply_as_asked, changes, connected, ended, exported, found, plan, planned};
use crate::scene;

in_both_browsers!(everything_synced_and_undone, a_run_outlives_its_page);

async fn everything_synced_and_undone(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let before = company(&stage)["phone_number"].clone();
    let centre = planned(&stage, &[CLIENT]).await?;
    centre.wait_for_text("1 client").await?;
    let all = changes(&centre).await?;
    assert!(all > 5, "{all} changes");

    // One row opened and left out.
    found(&centre, LAPTOP).await?.click().await?;
    let details = centre.by_role("complementary", &format!("Details of {LAPTOP}"));
    details.wait().await?;
    details.wait_for_text("Open in Hudu").await?;
    centre.by_role("checkbox", &format!("Apply {LAPTOP}")).click().await?;
    assert_eq!(changes(&centre).await?, all - 1);
    centre.by_role("button", "Close the details").click().await?;
    details.wait_gone().await?;

    // Applied, and told.
    applied(&centre).await?;
    assert_ne!(company(&stage)["phone_number"], before);
    let report = exported(&centre, "CSV", "sidelight-run-").await?;
    assert!(report.lines().count() > all && report.contains("HF-LT-057"), "{report}");
    let report: Value = serde_json::from_str(&exported(&centre, "JSON", "sidelight-run-").await?).unwrap();
    let done = report["items"].as_array().unwrap().iter().filter(|item| item["outcome"] == "done").count();
    assert_eq!(done, all - 1, "{report}");

    // What was left out is all that is left: shown at once, and when it is planned again.
    centre.by_role("link", "Plan").click().await?;
    centre.by_role("grid", "Sync everything").wait().await?;
    assert_eq!(changes(&centre).await?, 1);
    plan(&centre).await?;
    assert_eq!(changes(&centre).await?, 1);
    centre.wait_for_text(LAPTOP).await?;
    assert!(exported(&centre, "CSV", "sidelight-plan-").await?.contains(LAPTOP));

    // Looked back and undone.
    centre.by_role("link", "History").click().await?;
    centre.by_role("heading", "History").wait().await?;
    centre.all_by_role("link").holding("Synced everything").nth(0).click().await?;
    centre.by_role("button", "Undo this run").click().await?;
    centre.all_by_role("heading").holding("Undo the sync").wait().await?;
    applied(&centre).await?;
    assert_eq!(company(&stage)["phone_number"], before);
    scene::end(stage).await
}

async fn a_run_outlives_its_page(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage, &[CLIENT]).await?;
    stage.pair.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "PUT".to_owned(),
        path: "/".to_owned(),
        after: 0,
        times: 4,
        effect: Effect::Delay { ms: 3000 },
    });
    apply_as_asked(&centre).await?;
    centre.by_role("region", "Applying").wait().await?;
    centre.by_role("button", "Pause").click().await?;
    centre.by_role("button", "Go on").wait().await?;
    centre.close().await?;

    let again = stage.browser.open_extension("centre.html").await?.patient(LONG);
    again.by_role("button", "Go on").click().await?;
    again.by_role("link", "History").click().await?;
    again.all_by_role("link").holding("everything").nth(0).click().await?;
    ended(&again).await?;
    scene::end(stage).await
}
