//! What a technician does with documents: reads, finds, follows, keeps at hand, ticks.

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;
use sidelight_tests::story;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected, in_reader, open_document, open_section, shows};

in_both_browsers!(article_read, assets_followed, process_worked);

const TITLE: &str = "Replacing the core switch";

/// A page of the sidebar in which every click counts, beside the ticket.
async fn beside_ticket(stage: &Stage) -> Result<Frame> {
    let page = stage.browser.open_extension("panel.html?record=ticket/4127").await?;
    shows(&page, "VPN").await?;
    settled(&page).await?;
    Ok(page)
}

async fn settled(page: &Frame) -> Result<()> {
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await
}

/// An article with everything that Hudu's editor makes.
fn write_article(stage: &Stage) {
    let filler = "<p>Read the whole page before you touch anything. The needle stands here once more.</p>".repeat(40);
    let content = format!(
        "<h2>Before you start</h2><p>Tell <b>Priya</b> first. Find the NEEDLE.</p>\
         <div class=\"callout callout-warning\"><p>The phones hang on this switch.</p></div>\
         <h2>Steps</h2><pre><code class=\"language-bash\">show running-config\nwrite memory</code></pre>\
         <table><tr><th>Port</th><th>VLAN</th></tr><tr><td>1</td><td>10</td></tr></table>\
         <details class=\"mce-accordion\"><summary>If it fails</summary><div class=\"mce-accordion-body\">\
         <p>Ring the needle line.</p></div></details>\
         <h3>Afterwards</h3><ul><li><input type=\"checkbox\" checked>Label the ports</li></ul>{filler}"
    );
    let company = story::company(stage)["id"].clone();
    stage.pair.sandbox.hudu.upsert("articles", json!({ "name": TITLE, "company_id": company, "content": content }));
}

async fn article_read(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    write_article(&stage);
    let page = beside_ticket(&stage).await?;
    open_section(&page, "Articles").await?;
    open_document(&page, TITLE).await?;
    page.wait_for_text("The phones hang on this switch.").await?;

    // Contents lead to their headings.
    page.by_text("Contents").click().await?;
    page.all_by_role("button").holding("Afterwards").click().await?;
    page.wait_for("document.activeElement.localName === 'h3'").await?;

    // Finding counts, walks and opens what is folded.
    page.by_role("button", "Find").click().await?;
    let find = page.by_role("searchbox", "Find in this article");
    let count = page.evaluate("document.querySelector('article .prose').textContent.match(/needle/gi).length").await?;
    assert!(count.as_u64().is_some_and(|count| count > 40), "{count}");
    find.type_text("needle").await?;
    page.wait_for_text(&format!("1 of {count}")).await?;
    page.press("Enter").await?;
    page.wait_for_text(&format!("2 of {count}")).await?;
    page.wait_for("document.querySelector('article .prose details').open").await?;
    page.press("Shift+Enter").await?;
    page.press("Shift+Enter").await?;
    page.wait_for_text(&format!("{count} of {count}")).await?;
    page.by_role("button", "Next").click().await?;
    page.wait_for_text(&format!("1 of {count}")).await?;
    assert_eq!(page.evaluate("CSS.highlights.get('found').size").await?, count);
    judge(&stage, &page, "an article, finding").await?;
    find.fill("nowhere to be seen").await?;
    page.wait_for_text("Not in this article").await?;
    assert_eq!(page.evaluate("CSS.highlights.get('found').size").await?, json!(0));
    find.focus().await?;
    page.press("Escape").await?;
    find.wait_gone().await?;
    page.by_role("heading", TITLE).wait().await?;

    // Code and the link are copied as they stand.
    page.by_role("button", "Copy code").click().await?;
    page.wait_for_text("Copied code.").await?;
    page.by_role("button", "Copy link").click().await?;
    page.wait_for_text("Copied link.").await?;
    for width in [320, 900] {
        page.resize(width, 800).await?;
        fits(&page).await?;
    }
    page.by_role("button", "Full width").click().await?;
    assert_eq!(page.by_role("button", "Full width").attribute("aria-pressed").await?, "true");

    page.by_text("Files and activity").click().await?;
    page.wait_for("document.querySelector('details.fold[open] .plain, details.fold[open] .muted') !== null").await?;
    judge(&stage, &page, "an article with its files").await?;
    scene::end(stage).await
}

async fn assets_followed(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = beside_ticket(&stage).await?;
    open_section(&page, "Assets").await?;
    let (from, to) = linked(&stage);
    open_document(&page, &from).await?;
    page.by_css("article").wait_for_text(&to).await?;
    page.by_css("article ul.links button").nth(0).click().await?;
    page.by_role("heading", &to).wait().await?;
    let back = format!("Back to {from}");
    page.by_role("button", &back).wait().await?;
    page.by_role("navigation", "How you came here").wait().await?;
    page.by_role("navigation", "Open documents").wait().await?;
    fits(&page).await?;
    judge(&stage, &page, "a linked asset").await?;
    page.by_role("button", &back).click().await?;
    page.by_role("heading", &from).wait().await?;
    page.by_role("button", "Back to the list").wait().await?;

    // Both stay open until they are closed.
    page.by_role("button", &format!("Close {from}")).click().await?;
    page.by_role("heading", &to).wait().await?;
    page.by_role("navigation", "Open documents").wait_gone().await?;

    // Pinned: it stands above the sections, also when the page is opened again.
    in_reader(&page, "Pin for this client").click().await?;
    page.wait_for_text("Pinned for this client.").await?;
    page.close().await?;
    let page = beside_ticket(&stage).await?;
    page.by_text("Pinned").wait().await?;
    page.by_css(".at-hand[open]").wait_for_text(&to).await?;
    page.by_text("Opened last").click().await?;
    judge(&stage, &page, "the list with what is at hand").await?;
    page.by_css(".at-hand[open] .row").nth(0).click().await?;
    page.by_role("heading", &to).wait().await?;
    in_reader(&page, "Pin for this client").click().await?;
    page.wait_for_text("No longer pinned.").await?;
    page.by_text("Pinned").wait_gone().await?;
    scene::end(stage).await
}

/// An asset of the client that links to another one: both names.
fn linked(stage: &Stage) -> (String, String) {
    let company = story::company(stage)["id"].clone();
    let all = stage.pair.sandbox.hudu.all("assets");
    let own: Vec<&Value> = all.iter().filter(|row| row["company_id"] == company && row["archived"] != true).collect();
    let name = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
    let layouts = stage.pair.sandbox.hudu.all("asset_layouts");
    let is_link = |row: &Value, label: &Value| {
        let layout = layouts.iter().find(|layout| layout["id"] == row["asset_layout_id"]);
        let fields = layout.and_then(|layout| layout["fields"].as_array()).cloned().unwrap_or_default();
        fields.iter().any(|field| field["label"] == *label && field["field_type"] == "AssetTag")
    };
    let people = |row: &Value| layouts.iter().any(|l| l["id"] == row["asset_layout_id"] && l["name"] == "People");
    // The ticket's own machine has its name on another button too.
    for row in own.iter().filter(|row| !people(row) && name(row) != "HF-LT-042") {
        let links = row["fields"].as_array().into_iter().flatten().filter(|field| is_link(row, &field["label"]));
        for link in links {
            let text = link["value"].to_string();
            let target = own.iter().find(|other| other["id"] != row["id"] && text.contains(&name(other)));
            if let Some(target) = target {
                return (name(row), name(target));
            }
        }
    }
    panic!("no asset of the client links to another one")
}

async fn process_worked(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let company = story::company(&stage)["id"].clone();
    let hudu = &stage.pair.sandbox.hudu;
    let own = |run: bool| {
        let all = hudu.all("procedures");
        all.into_iter()
            .filter(|row| row["company_id"] == company && row["run"] == run && row["archived"] != true)
            .collect::<Vec<_>>()
    };
    let process = own(false)[0]["name"].as_str().unwrap_or_default().to_owned();
    let before = own(true).len();
    let page = beside_ticket(&stage).await?;
    open_section(&page, "Processes").await?;
    open_document(&page, &process).await?;
    judge(&stage, &page, "a process").await?;
    page.by_role("button", "Start for this client").click().await?;
    page.wait_for_text("0 of").await?;
    assert_eq!(own(true).len(), before + 1);

    // Hudu's interface takes no ticks, so the tick is kept here, and the page says so.
    let step = page.all_by_role("checkbox").nth(0);
    assert_eq!(step.attribute("aria-checked").await?, "false");
    step.click().await?;
    page.wait_for_text("1 of").await?;
    page.wait_for_text("kept in this browser only").await?;
    assert_eq!(page.all_by_role("checkbox").nth(0).attribute("aria-checked").await?, "true");
    fits(&page).await?;
    judge(&stage, &page, "a process under way").await?;
    page.all_by_role("checkbox").nth(0).click().await?;
    page.wait_for_text("0 of").await?;

    // What was done is noted here; with nothing ticked, the start can be taken back.
    page.by_text("Done from this browser").click().await?;
    page.wait_for_text("Tick taken back:").await?;
    page.by_role("button", "Take the start back").click().await?;
    page.wait_for_text("Taken back: archived in Hudu.").await?;
    assert_eq!(own(true).len(), before);
    scene::end(stage).await
}
