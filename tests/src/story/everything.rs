//! The second half of the story: everything planned in the sync centre, one row left out, the rest
//! applied, looked back at and undone.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{CLIENT, Teller, company, expect, phone};
use crate::browser::{Error, Frame, Result};
use crate::stage::{Stage, ask};

/// Where the sync centre is, for a person whose browser was just opened.
pub const WHERE: &str = "The sync centre is open in the next tab; the popup and the options have a link to it. \
                         Press “Plan” there to see what a sync of everything would write.";

/// An asset that differs, and which is left out.
const LEFT_OUT: &str = "HF-LT-042";

/// Pages with choices, what stands there once both products were asked, and the pictures.
const SETTINGS: [(&str, &str, &str); 2] =
    [("Matching", ".match-keys", "10-matching-dark"), ("Sort rules", ".sort-rule .takes:not(:empty)", "10-rules-dark")];

/// How long a run of everything may take: it keeps below what the servers allow.
const LONG: Duration = Duration::from_secs(180);

/// How long to wait before the newest plan is asked for again.
const LOOK: Duration = Duration::from_millis(300);

/// Whether the run in view is done.
const ENDED: &str = "location.hash.startsWith('#history/') && !document.querySelector('.work') \
                     && /Done/.test(document.querySelector('.page-head .chip')?.textContent)";

/// Walks it on a stage that is connected already.
pub async fn walk(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let before = phone(&company(stage));
    let centre = stage.browser.open_extension("centre.html").await?.patient(LONG);
    centre.resize(1280, 800).await?;
    teller.line("9  The sync centre is open: the popup and the options lead to it.");

    choices(stage, &centre, teller).await?;

    // All of it planned, then one client's part of it.
    planned(&centre).await?;
    teller.picture(&centre, "11-plan-everything").await?;
    teller.line(&format!("11 Everything is planned: {}.", counts(&centre).await?));
    centre.by_css(".scope .menu > summary").click().await?;
    centre.by_role("checkbox", CLIENT).click().await?;
    centre.press("Escape").await?;
    let all = planned(&centre).await?;
    teller.line(&format!("12 {CLIENT} alone is planned: {all} changes."));

    // One row opened, and left out.
    filter(&centre, LEFT_OUT.get(..6).unwrap_or(LEFT_OUT)).await?;
    centre.all_by_role("row").holding(LEFT_OUT).click().await?;
    let details = centre.by_role("complementary", &format!("Details of {LEFT_OUT}"));
    details.wait_for_text("Open in Hudu").await?;
    centre.by_role("checkbox", &format!("Apply {LEFT_OUT}")).click().await?;
    teller.picture(&centre, "12-row").await?;
    let left = changes(&centre).await?;
    teller.line(&format!("13 {LEFT_OUT} is opened, its differences read, and left out: {left} changes."));
    expect(left + 1 == all, "one change less should be applied")?;
    dark(stage, true, &centre).await?;
    teller.picture(&centre, "13-row-dark").await?;
    dark(stage, false, &centre).await?;

    // Applied.
    let run = applied(&centre, teller, Some("14-applying")).await?;
    teller.picture(&centre, "15-applied").await?;
    let after = phone(&company(stage));
    teller.line(&format!("14 Applied: {run}. Phone in Hudu: {before} before, {after} now."));
    expect(after != before, "Hudu should have what Halo has")?;
    // What is left of the plan comes back with what it covers.
    centre.by_role("link", "Plan").click().await?;
    centre
        .wait_for("document.querySelector('.scope .menu > summary')?.textContent.includes('All clients') === false")
        .await?;
    let again = planned(&centre).await?;
    expect(again == 1, "what was left out should be all that is left")?;
    teller.line("15 Planned again: one change is left, the one that was left out.");
    teller.picture(&centre, "16-planned-again").await?;

    // Looked back at, and undone.
    centre.by_role("link", "History").click().await?;
    let synced = centre.all_by_role("link").holding("everything").nth(0);
    synced.wait().await?;
    teller.picture(&centre, "17-history").await?;
    synced.click().await?;
    centre.by_role("button", "Undo this run").click().await?;
    centre.all_by_role("heading").holding("Undo the sync").wait().await?;
    teller.picture(&centre, "18-undo").await?;
    let run = applied(&centre, teller, None).await?;
    let back = phone(&company(stage));
    teller.line(&format!("16 The run is undone: {run}. Phone in Hudu: {back}."));
    expect(back == before, "undoing should bring everything back")?;

    centre.close().await
}

/// What goes where, in full and in the dark. It comes first, while the servers' allowance is fresh.
async fn choices(stage: &Stage, centre: &Frame, teller: &mut Teller<'_>) -> Result<()> {
    centre.by_role("link", "Mapping").click().await?;
    centre.by_css("table.places").wait().await?;
    centre.resize(1280, 1100).await?;
    teller.picture(centre, "10-mapping").await?;
    centre.resize(1280, 800).await?;
    teller.line("10 Mapping says which field goes where, and who wins; sort rules choose the layouts.");
    dark(stage, true, centre).await?;
    for (name, settled, picture) in SETTINGS {
        centre.by_role("link", name).click().await?;
        centre.by_css(settled).wait().await?;
        teller.picture(centre, picture).await?;
    }
    dark(stage, false, centre).await
}

/// Switches between dark and light, and waits until the page has followed.
async fn dark(stage: &Stage, dark: bool, centre: &Frame) -> Result<()> {
    stage.browser.set_dark(dark).await?;
    centre.wait_for(&format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}")).await
}

/// Plans what is chosen; returns what the primary button says that it would change.
async fn planned(centre: &Frame) -> Result<usize> {
    centre.by_role("link", "Plan").click().await?;
    let before = last_plan(centre).await?["made"].clone();
    centre.by_css("[data-act=plan]").click().await?;
    let start = Instant::now();
    let plan = loop {
        let plan = last_plan(centre).await?;
        if !plan.is_null() && plan["made"] != before {
            break plan;
        }
        expect(start.elapsed() < LONG, "there should be a new plan")?;
        tokio::time::sleep(LOOK).await;
    };
    // The page follows in a moment.
    let said = "document.querySelector('[data-act=apply]')?.textContent.replace(/\\D/g, '')";
    centre.wait_for(&format!("!document.querySelector('.work') && {said} === '{}'", plan["writes"])).await?;
    centre.by_css("[role=grid] .record .name").wait().await?;
    changes(centre).await
}

/// The newest plan, as the page asks for it.
async fn last_plan(centre: &Frame) -> Result<Value> {
    Ok(ask(centre, json!({ "say": "centre", "ask": { "ask": "last_plan" } })).await?["summary"].clone())
}

/// Narrows the table to the rows that hold these words.
async fn filter(centre: &Frame, words: &str) -> Result<()> {
    centre.by_role("searchbox", "Filter by name, client or reason").fill(words).await?;
    centre.wait_for("document.querySelector('.found').textContent.includes(' of ')").await
}

/// The number in "Apply 214 changes".
async fn changes(centre: &Frame) -> Result<usize> {
    let said = centre.by_css("[data-act=apply]").text().await?;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_err(|_| Error::Unexpected(format!("the button says {said:?}")))
}

/// "To do 40, Create 12, …" as the cards show it.
async fn counts(centre: &Frame) -> Result<String> {
    let cards = centre
        .evaluate("[...document.querySelectorAll('.counts .count')].map(c => c.innerText.replace(/\\s+/g, ' ').trim()).join(', ')")
        .await?;
    Ok(cards.as_str().unwrap_or_default().to_owned())
}

/// Applies, also where far more would change than usual; returns how the run says that it ended.
async fn applied(centre: &Frame, teller: &mut Teller<'_>, picture: Option<&str>) -> Result<String> {
    centre.by_css("[data-act=apply]").click().await?;
    centre.wait_for("document.querySelector('dialog[open]') || location.hash.startsWith('#history/')").await?;
    let sure = centre.by_css("dialog[open] [data-act=confirm]");
    if sure.count().await? > 0 {
        sure.click().await?;
    }
    centre.wait_for("location.hash.startsWith('#history/')").await?;
    if let Some(name) = picture {
        // Some of it done, or all of it where that was quicker.
        let begun = "document.querySelector('.work progress')?.value > 1 && document.querySelector('.page-head .chip')";
        centre.wait_for(&format!("({begun}) || ({ENDED})")).await?;
        teller.picture(centre, name).await?;
    }
    centre.wait_for(ENDED).await?;
    let report = centre.by_css(".page-head .report").text().await?;
    Ok(report.trim().trim_end_matches('.').to_owned())
}
