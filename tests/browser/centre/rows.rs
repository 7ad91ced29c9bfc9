//! What a person decides about single rows: a conflict, a choice among candidates, one record taken back.

use serde_json::json;
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::ask;
use sidelight_tests::story::company;

use super::{CLIENT, applied, changes, connected, edit_halo, found, main_site, newest_run, plan, planned};
use crate::scene;

in_both_browsers!(a_conflict_is_overwritten_by_consent, a_candidate_is_chosen, one_record_is_taken_back);

/// A client whose company in Hudu has nearly the same name as another's.
const CALDER: &str = "Calder Group Ltd";

async fn a_conflict_is_overwritten_by_consent(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage, &[CLIENT]).await?;
    let mut settings = ask(&centre, json!({ "say": "settings" })).await?["settings"].clone();
    settings["sync"]["policies"] = json!([["client", "phone_number", "ask_if_both_changed"]]);
    ask(&centre, json!({ "say": "save_settings", "settings": settings })).await?;
    applied(&centre).await?;

    // Both sides change the same number.
    let mut hudu = company(&stage);
    hudu["phone_number"] = "0131 496 0111".into();
    stage.pair.sandbox.hudu.upsert("companies", hudu);
    edit_halo(&stage, "Site", main_site(&stage), |site| site["phonenumber"] = "0131 496 0222".into());
    plan(&centre).await?;
    let without = changes(&centre).await?;
    centre.all_by_role("button").holding("Conflict").click().await?;
    let row = centre.all_by_role("row").holding(CLIENT);
    row.click().await?;
    let details = centre.by_role("complementary", &format!("Details of {CLIENT}"));
    for value in ["0131 496 0111", "0131 496 0222", "edited in Hudu since the last sync"] {
        details.wait_for_text(value).await?;
    }
    // Nothing of it is written before somebody agrees.
    assert_eq!(centre.by_role("checkbox", &format!("Apply {CLIENT}")).count().await?, 0);
    let consent = centre.by_role("checkbox", "Overwrite what was changed in Hudu");
    consent.click().await?;
    assert_eq!(changes(&centre).await?, without + 1);
    centre.wait_for_text("1 to be overwritten").await?;
    consent.click().await?;
    assert_eq!(changes(&centre).await?, without);
    consent.click().await?;
    applied(&centre).await?;
    assert_eq!(company(&stage)["phone_number"], "0131 496 0222");
    plan(&centre).await?;
    assert_eq!(changes(&centre).await?, 0);
    scene::end(stage).await
}

async fn a_candidate_is_chosen(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage, &[CALDER]).await?;
    centre.all_by_role("button").holding("Choose").nth(0).click().await?;
    centre.all_by_role("row").holding(CALDER).nth(0).click().await?;
    centre.by_role("complementary", &format!("Details of {CALDER}")).wait().await?;
    centre.by_role("button", "Choose Calder Group").click().await?;
    centre.by_role("button", "Apply this record now").click().await?;
    centre.by_role("region", "Since you chose").wait_for_text("Done").await?;
    let linked = stage.pair.sandbox.hudu.find_company("Calder Group Ltd").unwrap();
    assert_eq!(linked["id_number"], "20", "{linked}");

    // The choice is remembered: what belongs to the client can be planned now.
    plan(&centre).await?;
    let to_choose = centre.all_by_role("row").holding("Choose").count().await?;
    assert_eq!(to_choose, 0);
    assert!(changes(&centre).await? > 0);
    scene::end(stage).await
}

async fn one_record_is_taken_back(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let before = company(&stage);
    let centre = planned(&stage, &[CLIENT]).await?;
    applied(&centre).await?;
    let made = |name: &str| {
        let all = stage.pair.sandbox.hudu.all("assets");
        all.into_iter().find(|asset| asset["name"] == name).map(|asset| asset["archived"] == true)
    };
    assert_eq!(made("HF-LT-057"), Some(false));

    // From its row, one alone.
    found(&centre, "HF-LT-057").await?.click().await?;
    centre.by_role("button", "Undo this").click().await?;
    centre.all_by_role("heading").holding("Undo").wait().await?;
    assert_eq!(changes(&centre).await?, 1);
    applied(&centre).await?;
    assert_eq!(made("HF-LT-057"), Some(true));
    assert_ne!(company(&stage)["phone_number"], before["phone_number"]);

    // Ticked in the table of its run.
    centre.by_role("link", "an earlier run").click().await?;
    found(&centre, CLIENT).await?.wait().await?;
    centre.by_role("checkbox", &format!("Undo {CLIENT}")).click().await?;
    centre.by_role("button", "Undo 1 record").click().await?;
    centre.all_by_role("heading").holding("Undo").wait().await?;
    applied(&centre).await?;
    assert_eq!(company(&stage)["phone_number"], before["phone_number"]);
    newest_run(&centre).await?;
    centre.wait_for_text("It takes back").await?;
    scene::end(stage).await
}
