//! What the sync centre says when something is in the way, and which step is next.

use std::path::PathBuf;

use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use super::{CLIENT, FILTER, LONG, changes, connected, narrow, opened, planned_since};
use crate::accessibility::judge;
use crate::scene;

in_both_browsers!(each_trouble_has_words_and_a_next_step);

/// Hudu takes the key no more.
fn refuse(stage: &Stage) {
    stage.pair.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: String::new(),
        path: String::new(),
        after: 0,
        times: u32::MAX,
        effect: Effect::Status { status: 401, body: String::new(), headers: Vec::new() },
    });
}

async fn each_trouble_has_words_and_a_next_step(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let faults = &stage.pair.sandbox.faults;
    let centre = opened(&stage).await?.patient(LONG);
    centre.by_role("heading", "Nothing is planned").wait().await?;
    narrow(&centre, &[CLIENT]).await?;

    // There is no plan, and a way to where it is mended.
    refuse(&stage);
    centre.by_css("[data-act=plan]").click().await?;
    let alert = centre.all_by_role("alert");
    alert.wait_for_text("Hudu").await?;
    centre.by_role("link", "Open connections").wait().await?;
    looked_at(&stage, &centre, "refused").await?;
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
    scene::end(stage).await
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
