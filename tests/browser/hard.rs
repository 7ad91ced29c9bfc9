//! Days that are not usual: nothing documented, far too much of it, slow and broken servers.

use serde_json::{Value, json};
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected, open_document, open_section, shows};

in_both_browsers!(never_a_blank_panel, far_too_much);

/// A client in both products, whose company in Hudu holds nothing.
fn quiet_client(stage: &Stage, name: &str) -> (i64, i64) {
    let company = stage.pair.sandbox.hudu.upsert("companies", json!({ "name": name }));
    (stage.pair.sandbox.halo.upsert("Client", json!({ "name": name })), company)
}

async fn panel(stage: &Stage, record: &str) -> Result<Frame> {
    Ok(stage.browser.open_extension(&format!("panel.html?record={record}")).await?.patient(PATIENCE))
}

/// An article that somebody deletes, and an asset that somebody puts away, while their list is in view.
const GONE: &str = "VPN set-up for Harbour & Finch";
const ASIDE: &str = "HF-DT-003";
/// An article of 2 MB in 90,000 paragraphs.
const LARGE: &str = "A list of two megabytes";

/// How long a story waits for the worst.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(150);

fn fault(stage: &Stage, server: &str, effect: &Effect) {
    let (method, path) = ("GET".to_owned(), "/api/".to_owned());
    let effect = effect.clone();
    stage.pair.sandbox.faults.add(Fault { server: server.to_owned(), method, path, after: 0, times: 500, effect });
}

async fn never_a_blank_panel(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (client, _) = quiet_client(&stage, "Quiet Mill Ltd");
    let page = panel(&stage, &format!("client/{client}")).await?;
    shows(&page, "Quiet Mill Ltd").await?;
    page.wait_for_text("Nothing documented yet").await?;
    judge(&stage, &page, "nothing documented").await?;
    page.close().await?;

    // Hudu takes 20 seconds: what is stored stands there at once; what never was read has words meanwhile.
    let page = panel(&stage, "ticket/4127").await?;
    page.wait_for_text("Assets").await?;
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    fault(&stage, "hudu", &Effect::Delay { ms: 20_000 });
    page.reload().await?;
    page.wait_for_text("Refreshing…").await?;
    open_section(&page, "Assets").await?;
    judge(&stage, &page, "refreshing").await?;
    let other = panel(&stage, "asset/2001").await?;
    other.wait_for_text("Reading the record from HaloITSM and its client’s documentation from Hudu.").await?;
    judge(&stage, &other, "looking").await?;
    shows(&other, "HF-LT-042").await?;
    stage.pair.sandbox.faults.clear();
    other.close().await?;
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;

    // No network: what was read last, marked as such, and nothing in it moves.
    let top =
        "document.querySelector('.sections').getBoundingClientRect().top + document.querySelector('.list').scrollTop";
    let before = page.evaluate(top).await?;
    for server in ["halo", "hudu"] {
        fault(&stage, server, &Effect::DropBefore);
    }
    page.reload().await?;
    page.wait_for_text("Stored documentation,").await?;
    page.by_role("button", "Try again").wait().await?;
    assert_eq!(page.evaluate(top).await?, before, "something moved");
    judge(&stage, &page, "offline").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    // What never was read has the reason and a next step.
    let other = panel(&stage, "asset/2002").await?;
    other.wait_for_text("Check the network and the address, then try again.").await?;
    other.by_role("button", "Try again").wait().await?;
    other.close().await?;
    stage.pair.sandbox.faults.clear();
    page.by_role("button", "Try again").click().await?;
    page.by_role("button", "Try again").wait_gone().await?;

    // Deleted or put away by somebody meanwhile: said, with what was read last, and gone from the list.
    let hudu = &stage.pair.sandbox.hudu;
    open_section(&page, "Articles").await?;
    let article = hudu.find("articles", GONE).unwrap_or_default();
    assert!(hudu.delete("articles", article["id"].as_i64().unwrap_or_default()));
    // Not among the suggestions, which are put in order anew.
    page.by_css(".sections .item button").holding(GONE).click().await?;
    page.by_role("heading", GONE).wait().await?;
    page.by_css("article").wait_for_text("(any more)").await?;
    page.by_css("article").wait_for_text("Look there whether it still exists, then try again.").await?;
    page.by_css("article .prose").wait().await?;
    judge(&stage, &page, "deleted meanwhile").await?;
    page.by_role("button", "Back to the list").click().await?;
    page.all_by_role("button").holding(GONE).wait_gone().await?;
    open_section(&page, "Assets").await?;
    let asset = hudu.find("assets", ASIDE).unwrap_or_default();
    hudu.upsert("assets", json!({ "id": asset["id"], "archived": true }));
    open_document(&page, ASIDE).await?;
    page.by_css("article").wait_for_text("archived in Hudu").await?;
    page.by_role("button", "Back to the list").click().await?;
    // The cut connections stand in the console.
    stage.browser.close().await
}

async fn far_too_much(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (client, company) = quiet_client(&stage, "Endless Warehouses Ltd");
    let hudu = &stage.pair.sandbox.hudu;
    let layout = hudu.all("asset_layouts").into_iter().find(|layout| layout["name"] == "Computer Assets");
    let layout = layout.map_or(Value::Null, |layout| layout["id"].clone());
    for number in 0..20_000 {
        let name = format!("EW-{number:05}");
        hudu.upsert("assets", json!({ "name": name, "company_id": company, "asset_layout_id": layout }));
    }
    for number in 0..3_000 {
        let content = format!("<p>How shelf {number} is counted.</p>");
        hudu.upsert(
            "articles",
            json!({ "name": format!("Shelf {number:04}"), "company_id": company, "content": content }),
        );
    }
    let shelf = "<p>Shelf by shelf.</p>".repeat(30_000);
    let large =
        format!("<h2>Hall A</h2>{shelf}<h2>Hall B</h2>{shelf}<h2>Hall C</h2>{shelf}<p>The end of the list.</p>");
    hudu.upsert("articles", json!({ "name": LARGE, "company_id": company, "content": large }));
    let page = panel(&stage, &format!("client/{client}")).await?;
    shows(&page, "Endless Warehouses Ltd").await?;
    page.by_css(".sections").wait_for_text("20,000").await?;
    page.by_css(".sections").wait_for_text("3,001").await?;
    open_section(&page, "Assets").await?;
    page.all_by_role("button").holding("EW-00000").wait().await?;
    let rows = page.evaluate("document.querySelectorAll('.sections .item').length").await?;
    assert!(rows.as_u64().is_some_and(|rows| rows < 300), "{rows} rows at once");
    page.by_css("[data-act=more]").click().await?;
    page.wait_for(&format!("document.querySelectorAll('.sections .item').length > {rows}")).await?;
    page.resize(320, 800).await?;
    fits(&page).await?;

    // An article of 2 MB: its contents lead to its last part, and finding to its last words.
    open_section(&page, "Articles").await?;
    page.all_by_role("button").holding(LARGE).click().await?;
    page.by_css(".contents summary").click().await?;
    page.by_css(".contents li:last-child button").click().await?;
    page.wait_for(&in_view("Hall C")).await?;
    page.by_css("[data-act=find]").click().await?;
    page.by_css(".find input").type_text("the end of").await?;
    page.by_css(".find [role=status]").wait_for_text("1 of 1").await?;
    page.wait_for(&in_view("The end of the list.")).await?;
    fits(&page).await?;
    scene::end(stage).await
}

/// Whether the last block of the article that holds these words is in view, and its words are what is to be seen there.
fn in_view(words: &str) -> String {
    let words = json!(words);
    format!(
        "(() => {{ const it = [...document.querySelectorAll('.prose :is(h2, p)')].findLast((it) => it.textContent === {words}); \
         const {{ left, top, bottom }} = it?.getBoundingClientRect() ?? {{ top: -1 }}; \
         return top >= 0 && bottom <= innerHeight && it.contains(document.elementFromPoint(left + 4, (top + bottom) / 2)); }})()"
    )
}
