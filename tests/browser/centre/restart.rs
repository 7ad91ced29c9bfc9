//! The background is stopped while it plans and while a run goes on; the sync centre shows it going on.

use std::time::Duration;

use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use super::{CLIENT, LONG, apply_as_asked, changes, connected, ended, made, opened, plan, planned, planned_since};
use crate::scene;

in_both_browsers!(a_stopped_background_goes_on);

/// Hudu takes its time over so many writes.
fn slow(stage: &Stage, times: u32) {
    stage.pair.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "POST".to_owned(),
        path: "/".to_owned(),
        after: 2,
        times,
        effect: Effect::Delay { ms: 4000 },
    });
}

async fn a_stopped_background_goes_on(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage, &[CLIENT]).await?;
    let all = changes(&centre).await?;
    slow(&stage, 2);
    apply_as_asked(&centre).await?;
    let work = centre.by_role("region", "Applying");
    work.wait().await?;
    while stage.pair.sandbox.faults.left() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stage.browser.stop_background().await?;

    // The page asks again, which wakes it; the run goes on before the user's eyes, to its end.
    work.wait_for_text("of ").await?;
    ended(&centre).await?;
    centre.wait_for_text(&format!("{all} done")).await?;
    let assets = stage.pair.sandbox.hudu.all("assets");
    assert_eq!(assets.iter().filter(|asset| asset["name"] == "HF-LT-057").count(), 1);
    plan(&centre).await?;
    assert_eq!(changes(&centre).await?, 0);

    // While it plans, with the tab closed: whoever opens the next one sees the plan being made.
    stage.pair.sandbox.faults.add(Fault {
        server: "halo".to_owned(),
        method: "GET".to_owned(),
        path: "/api/Asset".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::Delay { ms: 3000 },
    });
    let before = made(&centre).await?;
    centre.by_css("[data-act=plan]").click().await?;
    centre.by_role("region", "Planning").wait().await?;
    centre.close().await?;
    stage.browser.stop_background().await?;
    let again = opened(&stage).await?.patient(LONG);
    planned_since(&again, &before).await?;
    scene::end(stage).await
}
