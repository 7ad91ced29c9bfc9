//! The API page: a form from each tool's schema, its answer as a table, and a question before anything is written.

use serde_json::json;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};
use sidelight_tests::story::company;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected, until};

in_both_browsers!(called_by_hand);

const CHOOSE: &str = "(select, value) => { select.value = value; select.dispatchEvent(new Event('change', { bubbles: true })); return true; }";

/// Chooses in a list by the value of the choice.
async fn choose(page: &Frame, list: &str, tool: &str) -> Result<()> {
    let call = format!("(select) => ({CHOOSE})(select, {})", json!(tool));
    page.by_css(&format!("#{list}")).call(&call).await?;
    page.wait_for(&format!("location.hash === '#api/{tool}'")).await?;
    page.wait_for(&format!("document.querySelector('.picks ~ .chips code').innerText === '{tool}'")).await
}

/// The id of the record that is shown: the first of its members.
async fn shown_id(page: &Frame) -> Result<String> {
    let first = page.by_css(".grid.one tbody td");
    first.wait().await?;
    first.text().await
}

/// A plan for everything is made, applied in the background, and taken back.
async fn brought_into_step(stage: &Stage, page: &Frame) -> Result<()> {
    let before = company(stage)["phone_number"].clone();
    let changed = async || Ok(company(stage)["phone_number"] != before);
    choose(page, "subject", "get_documentation_for_haloitsm_record").await?;
    choose(page, "operation", "plan_sync").await?;
    page.by_css("#arg-kinds").fill(r#"["client"]"#).await?;
    page.by_css("#arg-client_ids").fill("[12]").await?;
    run(page).await?;
    let plan = shown_id(page).await?;
    assert!(!changed().await?, "a plan writes nothing");
    choose(page, "operation", "apply_sync_plan").await?;
    page.by_css("#arg-plan_id").fill(&plan).await?;
    run(page).await?;
    page.wait_for_role("heading", "Apply sync plan?").await?;
    page.press("Escape").await?;
    page.by_role("heading", "Apply sync plan?").wait_gone().await?;
    assert!(!changed().await?, "nobody agreed");
    run(page).await?;
    page.by_css("dialog [data-act=confirm]").click().await?;
    let applied = shown_id(page).await?;
    until(changed).await?;
    choose(page, "operation", "undo_sync_run").await?;
    page.by_css("#arg-run_id").fill(&applied).await?;
    run(page).await?;
    page.by_css("dialog [data-act=confirm]").click().await?;
    until(async || Ok(!changed().await?)).await
}

async fn run(page: &Frame) -> Result<()> {
    page.by_role("button", "Run").click().await
}

async fn called_by_hand(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let halo = &stage.pair.sandbox.halo;
    let page = stage.browser.open_extension("centre.html#plan").await?;
    page.by_role("link", "API").click().await?;
    page.wait_for_role("heading", "API").await?;
    choose(&page, "subject", "list_all_haloitsm_clients").await?;

    // A list comes page by page, as a table and as JSON, and can be taken to the shell.
    page.by_css("[data-act=more]").click().await?;
    page.by_label("limit").fill("3").await?;
    let line = page.by_css("form pre");
    assert_eq!(line.text().await?, "sidelight call list_all_haloitsm_clients --args '{\"limit\":3}'");
    page.by_label("search").fill("O'Brien").await?;
    assert!(line.text().await?.ends_with(r#","search":"O'\''Brien"}'"#), "{}", line.text().await?);
    page.by_label("search").fill("").await?;
    run(&page).await?;
    page.wait_for_role("heading", "3 rows").await?;
    let first = page.by_css(".grid tbody tr td").text().await?;
    assert_eq!(page.by_css(".grid thead th").nth(1).text().await?, "name");
    judge(&stage, &page, "a list").await?;
    page.by_role("button", "Next page").click().await?;
    page.wait_for(&format!("document.querySelector('.grid tbody td').innerText !== '{first}'")).await?;
    page.by_role("button", "JSON").click().await?;
    page.by_css("pre.json").wait_for_text("next_cursor").await?;

    // What does not fit is told at its field, and nothing is sent.
    choose(&page, "operation", "get_single_haloitsm_client_by_id").await?;
    run(&page).await?;
    page.by_css("#arg-id-error").wait_for_text("is missing").await?;
    page.wait_for("document.activeElement.id === 'arg-id' && document.activeElement.ariaInvalid === 'true'").await?;
    page.by_css("#arg-id").fill("twelve").await?;
    run(&page).await?;
    page.by_css("#arg-id-error").wait_for_text("has to be a whole number").await?;
    judge(&stage, &page, "an argument that does not fit").await?;
    page.by_css("#arg-id").fill("12").await?;
    page.by_css("#arg-id-error").wait_for_text("").await?;
    run(&page).await?;
    page.by_css(".grid.one").wait_for_text("Harbour & Finch Ltd").await?;
    page.by_css("#arg-id").fill("99999").await?;
    run(&page).await?;
    page.by_role("alert", "").wait_for_text("no client 99999").await?;

    // Writing asks first; Esc writes nothing.
    let suppliers = || halo.all("Supplier").iter().filter(|one| one["name"] == "Ropes & Sails").count();
    choose(&page, "subject", "list_all_haloitsm_suppliers").await?;
    choose(&page, "operation", "create_a_haloitsm_supplier").await?;
    page.by_css("#arg-records-name").fill("Ropes & Sails").await?;
    run(&page).await?;
    page.wait_for_role("heading", "Create or change?").await?;
    judge(&stage, &page, "the question").await?;
    page.press("Escape").await?;
    page.by_role("heading", "Create or change?").wait_gone().await?;
    assert_eq!(suppliers(), 0);
    run(&page).await?;
    page.by_css("dialog [data-act=confirm]").click().await?;
    page.by_css(".grid").wait_for_text("created").await?;
    assert_eq!(suppliers(), 1);
    page.by_role("button", "Several, as JSON").click().await?;
    assert!(page.by_css("#arg-records").value().await?.contains("Ropes & Sails"));
    page.by_css("#arg-records").fill("[{").await?;
    run(&page).await?;
    page.by_css("#arg-records-error").wait_for_text("is no JSON").await?;

    // Deleting says what will go.
    let all = halo.all("Supplier");
    let id = all.iter().find(|one| one["name"] == "Ropes & Sails").map(|one| one["id"].to_string()).unwrap();
    choose(&page, "operation", "delete_a_haloitsm_supplier_by_id").await?;
    page.by_css("#arg-id").fill(&id).await?;
    run(&page).await?;
    page.by_css("dialog[open]").wait_for_text(&format!("Ropes & Sails ({id})")).await?;
    page.by_role("button", "Cancel").click().await?;
    page.by_role("heading", "Delete one?").wait_gone().await?;
    assert_eq!(suppliers(), 1);
    run(&page).await?;
    page.by_css("dialog [data-act=confirm]").click().await?;
    page.by_css(".grid.one").wait_for_text("deleted").await?;
    assert_eq!(suppliers(), 0);

    brought_into_step(&stage, &page).await?;

    // No secret can be asked for, and nothing is written without the user's word.
    let names = page.evaluate("[...document.querySelectorAll('option')].map((one) => one.value).join(' ')").await?;
    assert!(!names.to_string().contains("reveal"), "{names}");
    for (name, confirmed) in [("reveal_hudu_password", true), ("create_a_haloitsm_team", false)] {
        let message = json!({"say": "call_tool", "name": name, "arguments": "{\"id\": 1}", "confirmed": confirmed});
        assert!(ask(&page, message).await.is_err(), "{name}");
    }
    for width in [900, 320] {
        page.resize(width, 900).await?;
        fits(&page).await?;
        judge(&stage, &page, &format!("{width} pixels")).await?;
    }
    scene::end(stage).await
}
