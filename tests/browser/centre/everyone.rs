//! Every page of the sync centre in its usual states: judged by axe-core in both schemes, and narrow.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use super::{CLIENT, LAPTOP, applied, connected, found, narrow, newest_run, opened, plan};
use crate::accessibility::{fits, judge};
use crate::eyes::looked_at;
use crate::scene;

in_both_browsers!(the_sync_centre_for_everyone);

/// The pages with choices, their headings, and what stands there once both products were asked.
const SETTINGS: [(&str, &str); 6] = [
    ("Mapping", "table.places"),
    ("Matching", ".match-keys"),
    ("Sort rules", ".sort-rule .takes:not(:empty)"),
    ("Connected fields", ".sample"),
    ("Schedule", "dl.pairs"),
    ("Settings file", "textarea"),
];

async fn the_sync_centre_for_everyone(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = opened(&stage).await?;
    centre.by_role("heading", "Nothing is planned").wait().await?;
    judge(&stage, &centre, "nothing planned").await?;
    narrow(&centre, &[CLIENT]).await?;
    centre.by_css(".scope summary").click().await?;
    centre.by_role("checkbox", CLIENT).wait().await?;
    judge(&stage, &centre, "choosing clients").await?;
    centre.press("Escape").await?;

    plan(&centre).await?;
    found(&centre, "nobody is called that").await?;
    centre.by_css(".no-rows").wait().await?;
    judge(&stage, &centre, "a plan without hits").await?;
    found(&centre, LAPTOP).await?.click().await?;
    centre.by_role("complementary", &format!("Details of {LAPTOP}")).wait_for_text("Open in Hudu").await?;
    looked_at(&stage, &centre, "a plan with a row open").await?;
    small(&centre).await?;
    judge(&stage, &centre, "a plan with a row open, narrow").await?;
    wide(&centre).await?;
    centre.by_role("button", "Close the details").click().await?;
    centre.by_role("checkbox", "Group by client").click().await?;
    centre.by_css(".line.group").nth(0).wait().await?;
    judge(&stage, &centre, "a plan by client").await?;

    applied(&centre).await?;
    judge(&stage, &centre, "a run").await?;
    found(&centre, "HF-LT-057").await?.click().await?;
    centre.by_role("button", "Undo this").wait().await?;
    judge(&stage, &centre, "a run with a row open").await?;
    small(&centre).await?;
    judge(&stage, &centre, "a run with a row open, narrow").await?;
    centre.by_role("button", "Close the details").click().await?;
    centre.by_role("link", "History").click().await?;
    centre.by_css(".run-row").nth(0).wait().await?;
    judge(&stage, &centre, "the history, narrow").await?;
    fits(&centre).await?;
    wide(&centre).await?;
    looked_at(&stage, &centre, "the history").await?;
    wide(&centre).await?;
    newest_run(&centre).await?;
    centre.by_role("button", "Undo this run").click().await?;
    centre.all_by_role("heading").holding("Undo").wait().await?;
    judge(&stage, &centre, "undoing").await?;

    for (name, settled) in SETTINGS {
        centre.by_role("link", name).click().await?;
        centre.by_css(settled).nth(0).wait().await?;
        judge(&stage, &centre, name).await?;
        small(&centre).await?;
        judge(&stage, &centre, &format!("{name}, narrow")).await?;
        wide(&centre).await?;
    }
    scene::end(stage).await
}

/// As narrow as a telephone: nothing has to be scrolled sideways, and only what stands below the list of pages
/// is scrolled at all.
async fn small(centre: &Frame) -> Result<()> {
    centre.resize(320, 800).await?;
    fits(centre).await?;
    centre.wait_for("document.documentElement.scrollHeight <= innerHeight").await
}

async fn wide(centre: &Frame) -> Result<()> {
    centre.resize(1400, 900).await
}
