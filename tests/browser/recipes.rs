//! The recipes page: a plan, carrying it out, a second plan that finds all of it, and taking it back.

use serde_json::Value;
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected};

in_both_browsers!(cooked);

async fn cooked(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let halo = stage.pair.sandbox.halo.clone();
    let projects = || {
        let all: Vec<Value> = halo.all("Projects");
        all.into_iter().filter(|one| one["summary"].to_string().contains("Wireless for the annexe")).collect::<Vec<_>>()
    };
    let page = stage.browser.open_extension("centre.html#plan").await?;
    page.by_role("link", "Recipes").click().await?;
    page.wait_for_role("heading", "Recipes").await?;
    page.by_role("link", "Quote to project").click().await?;
    page.by_label("quote_id").fill("x").await?;
    page.by_role("button", "Plan").click().await?;
    page.by_role("alert", "").wait_for_text("quote_id has to be a whole number").await?;
    page.by_label("quote_id").fill("").await?;

    page.by_role("button", "Plan").click().await?;
    page.by_role("list", "Items of the plan").wait_for_text("Project “Wireless for the annexe").await?;
    assert!(projects().is_empty(), "a plan writes nothing");
    judge(&stage, &page, "a plan").await?;
    page.by_role("button", "Carry out 5 items").click().await?;
    page.by_role("list", "Items of the run").wait_for_text("Made").await?;
    assert_eq!(projects().len(), 1);
    page.by_role("list", "Runs of recipes").wait_for_text("5 of 5 done").await?;
    judge(&stage, &page, "a run").await?;

    page.by_role("button", "Plan").click().await?;
    page.by_text("Nothing is left to write.").wait().await?;
    for width in [900, 320] {
        page.resize(width, 900).await?;
        fits(&page).await?;
        judge(&stage, &page, &format!("{width} pixels")).await?;
    }
    page.by_role("button", "Undo").click().await?;
    page.by_role("list", "What would be taken back").wait_for_text("Taken back").await?;
    assert_eq!(projects()[0]["hasbeenclosed"], false, "a preview writes nothing");
    page.by_role("button", "Take it back").click().await?;
    page.by_role("list", "Runs of recipes").wait_for_text("Undone").await?;
    assert_eq!(projects()[0]["hasbeenclosed"], true);
    scene::end(stage).await
}
