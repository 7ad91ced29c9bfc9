//! Whoever has no account tries Sidelight with made-up data, and leaves it without a trace.

use sidelight_tests::browser::{Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::accessibility::{fits, judge};
use crate::scene::{self, open_document, shows};

in_both_browsers!(tried_without_an_account);

async fn tried_without_an_account(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    // The first start of a background takes its time where many things go on.
    let options = stage.browser.page("options.html").await?.patient(std::time::Duration::from_secs(60));
    options.by_role("button", "Try it with made-up data").click().await?;
    options.by_role("region", "Demo data").wait().await?;
    judge(&stage, &options, "options in the demo").await?;
    assert_eq!(options.all_by_role("button").holding("Grant access").count().await?, 0);

    // A ticket: what fits it, and a document with a password.
    let page = stage.browser.open_extension("panel.html?record=ticket/101").await?;
    shows(&page, "Plotter prints drawings with white stripes").await?;
    page.by_css(".suggested").wait_for_text("Plotter: stripes and missing colours").await?;
    page.by_role("region", "Demo data").wait().await?;
    judge(&stage, &page, "a ticket in the demo").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    open_document(&page, "JL-PL-02").await?;
    page.by_css("article").wait_for_text("Plotter, administrator").await?;
    page.close().await?;

    // The search finds it, and a client is synced: Hudu's copy of the phone number is the one that changes.
    let page = stage.browser.open_extension("panel.html?record=client/1").await?;
    shows(&page, "Juniper Lane Architects").await?;
    page.by_css(".suggested").wait_for_text("under way, 1 of 3 steps").await?;
    page.by_role("button", "Sync to Hudu").click().await?;
    page.by_css(".plan-item").wait_for_text("0117 496 0210").await?;
    page.all_by_role("button").holding("Apply").click().await?;
    page.by_css("[data-run=Done]").wait().await?;
    page.by_role("button", "Close the plan").click().await?;
    page.by_role("combobox", "Search the documentation").fill("jl-pl").await?;
    page.by_role("listbox", "Found").wait_for_text("JL-PL-02").await?;

    // The way out forgets all of it.
    page.by_role("button", "End the demo").click().await?;
    page.by_role("heading", "Connect HaloITSM and Hudu").wait().await?;
    options.activate().await?;
    options.by_role("button", "Try it with made-up data").wait().await?;
    assert_eq!(options.by_role("region", "Demo data").count().await?, 0);
    assert!(stage.pair.sandbox.requests(sidelight_sandbox::Server::Halo).is_empty());
    scene::end(stage).await
}
