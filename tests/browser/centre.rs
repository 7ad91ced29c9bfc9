//! Everything synced from the sync centre: planned, looked at, applied, undone.

use std::time::Duration;

use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;
use sidelight_tests::story::company;

use crate::scene::{self, connected, unexpected};

in_both_browsers!(everything_synced_and_undone, a_run_outlives_its_page);

/// The client that is synced whole.
const CLIENT: &str = "Harbour & Finch Ltd";

/// One of its assets, which differs.
const LAPTOP: &str = "HF-LT-042";

/// How long a run of everything may take here: it keeps below the allowance.
const LONG: Duration = Duration::from_secs(120);

async fn everything_synced_and_undone(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let before = company(&stage)["phone_number"].clone();
    let centre = planned(&stage).await?;
    let all = changes(&centre).await?;
    assert!(all > 5, "{all} changes");

    // One row opened and left out.
    centre.by_role("searchbox", "Filter by name, client or reason").fill(LAPTOP).await?;
    let row = centre.all_by_role("row").holding(LAPTOP);
    centre.wait_for("document.querySelector('.found').textContent.includes(' of ')").await?;
    row.click().await?;
    let details = centre.by_role("complementary", &format!("Details of {LAPTOP}"));
    details.wait().await?;
    details.wait_for_text("Open in Hudu").await?;
    centre.by_role("checkbox", &format!("Apply {LAPTOP}")).click().await?;
    assert_eq!(changes(&centre).await?, all - 1);
    centre.by_role("button", "Close the details").click().await?;
    details.wait_gone().await?;

    // Applied, and told.
    centre.all_by_role("button").holding("Apply").click().await?;
    ended(&centre).await?;
    assert_ne!(company(&stage)["phone_number"], before);
    exported(&centre, "sidelight-run-").await?;

    // What was left out is all that is left.
    plan(&centre).await?;
    assert_eq!(changes(&centre).await?, 1);
    centre.wait_for_text(LAPTOP).await?;
    exported(&centre, "sidelight-plan-").await?;

    // Looked back and undone.
    centre.by_role("link", "History").click().await?;
    centre.by_role("heading", "History").wait().await?;
    centre.all_by_role("link").holding("Synced everything").nth(0).click().await?;
    centre.by_role("button", "Undo this run").click().await?;
    centre.all_by_role("heading").holding("Undo the sync").wait().await?;
    apply_as_asked(&centre).await?;
    ended(&centre).await?;
    assert_eq!(company(&stage)["phone_number"], before);
    scene::end(stage).await
}

async fn a_run_outlives_its_page(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage).await?;
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

/// The sync centre with a plan for everything of one client, which the plan for all made known.
async fn planned(stage: &Stage) -> Result<Frame> {
    let centre = stage.browser.open_extension("centre.html").await?.patient(LONG);
    centre.by_role("heading", "Nothing is planned").wait().await?;
    centre.by_role("button", "Plan").click().await?;
    centre.by_role("grid", "Sync everything").wait().await?;
    centre.by_css(".scope summary").click().await?;
    centre.by_role("checkbox", CLIENT).click().await?;
    centre.by_css(".scope summary").click().await?;
    plan(&centre).await?;
    centre.wait_for_text("1 client").await?;
    Ok(centre)
}

/// Plans again.
async fn plan(centre: &Frame) -> Result<()> {
    centre.by_role("link", "Plan").click().await?;
    centre.all_by_role("button").holding("Plan").nth(0).wait().await?;
    centre.by_css("[data-act=plan]").click().await?;
    centre.wait_for_text("Reading both sides").await?;
    centre.by_role("region", "Planning").wait_gone().await?;
    centre.by_role("grid", "Sync everything").wait().await
}

/// What the primary button says that it will do.
async fn changes(centre: &Frame) -> Result<usize> {
    let said = centre.by_css("[data-act=apply]").text().await?;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    digits.parse().or_else(|_| unexpected(format!("the button says {said:?}")))
}

/// Applies, also where the plan asks first.
async fn apply_as_asked(centre: &Frame) -> Result<()> {
    centre.by_css("[data-act=apply]").click().await?;
    centre.wait_for("document.querySelector('dialog[open]') || location.hash.startsWith('#history/')").await?;
    if centre.by_css("dialog[open] [data-act=confirm]").count().await? > 0 {
        centre.by_css("dialog[open] [data-act=confirm]").click().await?;
    }
    centre.wait_for("location.hash.startsWith('#history/')").await
}

/// Waits for the end of the run in view.
async fn ended(centre: &Frame) -> Result<()> {
    centre.wait_for("location.hash.startsWith('#history/') && !document.querySelector('.work')").await?;
    centre.wait_for("/Done/.test(document.querySelector('.page-head .chip')?.textContent)").await
}

/// Exports as CSV; the file's name begins so.
async fn exported(centre: &Frame, name: &str) -> Result<()> {
    centre.by_css(".page-head summary").click().await?;
    centre.all_by_role("button").holding("CSV").click().await?;
    centre.wait_for_text(&format!("Exported {name}")).await
}
