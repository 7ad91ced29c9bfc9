//! The recipes page: a plan, carrying it out, a second plan that finds all of it, and taking it back.

use std::time::Duration;

use serde_json::{Value, json};
use sidelight_tests::browser::{Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::recipes::{CASES, counts};
use sidelight_tests::stage::{Stage, ask};

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected};

in_both_browsers!(cooked, all_six);

/// How long a run may take here: it keeps below the allowance.
const PATIENCE: Duration = Duration::from_secs(60);

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

async fn all_six(kind: Kind) -> Result<()> {
    let stage = Stage::small(Options::built(kind)?).await?;
    stage.connect().await?;
    let sandbox = stage.pair.sandbox.clone();
    let page = stage.browser.open_extension("centre.html#plan").await?.patient(PATIENCE);
    page.by_role("link", "Recipes").click().await?;
    page.wait_for_role("heading", "Recipes").await?;
    let newest = |part: &str| page.by_css(&format!("ul[aria-label='Runs of recipes'] > li:first-child {part}"));
    for case in &CASES {
        let Some(ready) = (case.prepare)(&sandbox) else {
            return scene::unexpected(format!("{}: no scene", case.title));
        };
        if let Some(asset) = ready.sync {
            let plan = ask(&page, json!({"say": "plan", "record": {"kind": "asset", "id": asset}})).await?;
            ask(&page, json!({"say": "apply", "plan": plan["plan"]["id"], "overwrite": []})).await?;
        }
        let before = counts(&sandbox);
        page.by_role("link", case.title).click().await?;
        page.by_role("form", case.title).wait().await?;
        // Many arguments that may be left out are folded away.
        let more = page.by_css("form [data-act=more]");
        if more.count().await? > 0 {
            more.click().await?;
        }
        for (path, text) in case.filled(ready) {
            page.by_css(&format!("#arg-{}", path.replace('.', "-"))).fill(&text).await?;
        }
        page.by_role("button", "Plan").click().await?;
        page.by_role("list", "Items of the plan").wait().await?;
        assert_eq!(counts(&sandbox), before, "{}: a plan writes nothing", case.title);
        if page.by_label("I looked through it, and it is meant").count().await? > 0 {
            page.by_label("I looked through it, and it is meant").click().await?;
        }
        page.by_css("[data-act=run-recipe]").click().await?;
        page.by_role("region", "Result").wait_for_text("Done").await?;
        newest(".name").wait_for_text(case.title).await?;
        let after = counts(&sandbox);
        page.by_role("button", "Plan").click().await?;
        page.by_text("Nothing is left to write.").wait().await?;
        newest("[data-act=undo]").click().await?;
        page.by_role("list", "What would be taken back").wait().await?;
        assert_eq!(counts(&sandbox), after, "{}: a preview writes nothing", case.title);
        page.by_role("button", "Take it back").click().await?;
        newest(".recipe-run").wait_for_text("Undone").await?;
    }
    scene::end(stage).await
}
