//! The sync centre: what its stories have in common.

mod edits;
mod everyone;
mod german;
mod keys;
mod restart;
mod rows;
mod schedule;
mod story;
mod troubles;

use std::time::Duration;

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Locator, Options, Result};
use sidelight_tests::stage::{Stage, ask};

use crate::scene::unexpected;

/// The client that is synced whole.
const CLIENT: &str = "Harbour & Finch Ltd";

/// One of its assets, which differs.
const LAPTOP: &str = "HF-LT-042";

/// The field that narrows a table.
const FILTER: &str = "Filter by name, client or reason";

/// How long a run of everything may take here: it keeps below the allowance.
const LONG: Duration = Duration::from_secs(60);

/// A browser with Sidelight that is connected to a pair of a few clients.
async fn connected(kind: Kind) -> Result<Stage> {
    let stage = Stage::small(Options::built(kind)?).await?;
    stage.connect().await?;
    Ok(stage)
}

/// The sync centre, as it opens.
async fn opened(stage: &Stage) -> Result<Frame> {
    Ok(stage.browser.open_extension("centre.html").await?.patient(LONG))
}

/// The sync centre with a plan for everything of these clients, the first plan that was made.
async fn planned(stage: &Stage, clients: &[&str]) -> Result<Frame> {
    let centre = opened(stage).await?;
    centre.by_role("heading", "Nothing is planned").wait().await?;
    if !clients.is_empty() {
        narrow(&centre, clients).await?;
    }
    plan(&centre).await?;
    Ok(centre)
}

/// Ticks clients in the menu, which asks HaloITSM for them.
async fn narrow(centre: &Frame, clients: &[&str]) -> Result<()> {
    let menu = centre.by_css(".scope summary");
    menu.click().await?;
    for client in clients {
        centre.by_role("checkbox", client).click().await?;
    }
    centre.press("Escape").await
}

/// Plans what is chosen, and waits until the plan is in view.
async fn plan(centre: &Frame) -> Result<()> {
    centre.by_role("link", "Plan").click().await?;
    centre.all_by_role("button").holding("Plan").nth(0).wait().await?;
    let before = made(centre).await?;
    centre.by_css("[data-act=plan]").click().await?;
    planned_since(centre, &before).await
}

/// When the newest plan was made, by the background.
async fn made(centre: &Frame) -> Result<Value> {
    Ok(ask(centre, json!({ "say": "centre", "ask": { "ask": "last_plan" } })).await?["summary"]["made"].clone())
}

/// Waits for a newer plan, in view.
async fn planned_since(centre: &Frame, before: &Value) -> Result<()> {
    let newer = format!(
        "(globalThis.browser ?? chrome).runtime.sendMessage({{ say: 'centre', ask: {{ ask: 'last_plan' }} }}).then(({{ ok }}) => (ok?.summary?.made ?? 0) > {})",
        before.as_i64().unwrap_or_default()
    );
    centre.wait_for(&newer).await?;
    centre.by_role("region", "Planning").wait_gone().await?;
    centre.by_role("grid", "Sync everything").wait().await?;
    centre.by_css("[role=row][id], .settled").nth(0).wait().await
}

/// The button that applies the plan in view.
fn apply_button(centre: &Frame) -> Locator {
    centre.by_css("[data-act=apply]")
}

/// What the primary button says that it will do.
async fn changes(centre: &Frame) -> Result<usize> {
    let said = apply_button(centre).text().await?;
    if said == "Nothing to apply" {
        return Ok(0);
    }
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    digits.parse().or_else(|_| unexpected(format!("the button says {said:?}")))
}

/// Applies, also where the plan asks first, and waits for the end.
async fn applied(centre: &Frame) -> Result<()> {
    apply_as_asked(centre).await?;
    ended(centre).await
}

/// Applies, also where the plan asks first.
async fn apply_as_asked(centre: &Frame) -> Result<()> {
    let before = centre.evaluate("location.hash").await?;
    let run = format!("location.hash.startsWith('#history/') && location.hash !== {before}");
    apply_button(centre).click().await?;
    centre.wait_for(&format!("document.querySelector('dialog[open]') || ({run})")).await?;
    if centre.by_css("dialog[open] [data-act=confirm]").count().await? > 0 {
        centre.by_css("dialog[open] [data-act=confirm]").click().await?;
    }
    centre.wait_for(&run).await
}

/// Waits for the end of the run in view.
async fn ended(centre: &Frame) -> Result<()> {
    centre.wait_for("location.hash.startsWith('#history/') && !document.querySelector('.work')").await?;
    centre.wait_for("/Done/.test(document.querySelector('.page-head .chip')?.textContent)").await
}

/// The row of a record in the table in view, found by its name.
async fn found(centre: &Frame, name: &str) -> Result<Locator> {
    centre.by_role("searchbox", FILTER).fill(name).await?;
    centre.wait_for("document.querySelector('.found').textContent.includes(' of ')").await?;
    Ok(centre.all_by_role("row").holding(name))
}

/// The newest run in the history.
async fn newest_run(centre: &Frame) -> Result<()> {
    centre.by_role("link", "History").click().await?;
    centre.by_role("heading", "History").wait().await?;
    centre.by_css(".run-row").nth(0).click().await?;
    centre.by_role("grid", "Records of this run").wait().await
}

/// Exports what is in view in this form ("CSV", "JSON"), and reads what the file holds.
async fn exported(centre: &Frame, form: &str, name: &str) -> Result<String> {
    let keep = "(() => {
        globalThis.kept = undefined;
        const make = (globalThis.made ??= URL.createObjectURL.bind(URL));
        URL.createObjectURL = (blob) => { blob.text().then((text) => (globalThis.kept = text)); return make(blob); };
        return true;
    })()";
    centre.evaluate(keep).await?;
    centre.by_css(".page-head summary").click().await?;
    centre.all_by_role("button").holding(form).click().await?;
    centre.wait_for_text(&format!("Exported {name}")).await?;
    centre.wait_for("typeof globalThis.kept === 'string'").await?;
    let text = centre.evaluate("globalThis.kept").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// A record of Halo with members changed, as somebody edits it there.
fn edit_halo(stage: &Stage, resource: &str, id: i64, change: impl FnOnce(&mut Value)) {
    let halo = &stage.pair.sandbox.halo;
    let mut record = halo.get(resource, id).unwrap_or_else(|| json!({ "id": id }));
    change(&mut record);
    halo.upsert(resource, record);
}

/// The main site of [`CLIENT`], whose phone number is the company's.
fn main_site(stage: &Stage) -> i64 {
    stage.pair.sandbox.halo.get("Client", 12).and_then(|client| client["main_site_id"].as_i64()).unwrap_or_default()
}
