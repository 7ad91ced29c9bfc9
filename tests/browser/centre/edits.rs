//! Everything comes into step, edits on both sides are all that is written, and undoing brings back what was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sidelight_sandbox::Server;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use super::{applied, changes, connected, edit_halo, main_site, plan, planned};
use crate::scene;

in_both_browsers!(everything_in_step_edits_and_back);

/// Members that tell when and by whom a record was written, or that are made from its name.
const STAMPS: [&str; 7] = ["updated_at", "date_edited", "when_edited", "editor_id", "editor_name", "slug", "url"];

/// Every record that a sync may write, with all it holds: by list and id. A field that was emptied is as good
/// as one that was never filled.
fn state(stage: &Stage) -> BTreeMap<String, Value> {
    let sandbox = &stage.pair.sandbox;
    let hudu = ["companies", "assets", "articles"].map(|list| (list, sandbox.hudu.all(list)));
    let records = hudu.into_iter().chain([("KBArticle", sandbox.halo.all("KBArticle"))]);
    let records = records.flat_map(|(list, records)| {
        records.into_iter().map(move |mut record| {
            let key = format!("{list}/{}", record["id"]);
            if let Some(members) = record.as_object_mut() {
                members.retain(|name, value| !STAMPS.contains(&name.as_str()) && !value.is_null() && *value != "");
            }
            if let Some(fields) = record["fields"].as_array_mut() {
                fields.retain(|field| !field["value"].is_null() && field["value"] != "" && field["value"] != json!([]));
            }
            (key, record)
        })
    });
    records.collect()
}

/// Records that differ between two states.
fn changed(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(*key) != after.get(*key)).cloned().collect()
}

/// Requests that changed something since the log was emptied.
fn writes(stage: &Stage) -> usize {
    let of = |server| stage.pair.sandbox.requests(server).into_iter();
    let halo = of(Server::Halo).filter(|seen| seen.method == "POST" && seen.path.starts_with("/api/")).count();
    halo + of(Server::Hudu).filter(|seen| seen.method != "GET").count()
}

/// Undoes the run at this place of the history.
async fn undone(centre: &Frame, place: usize) -> Result<()> {
    centre.by_role("link", "History").click().await?;
    centre.by_role("heading", "History").wait().await?;
    centre.by_css(".run-row").nth(place).click().await?;
    centre.by_role("button", "Undo this run").click().await?;
    centre.all_by_role("heading").holding("Undo").wait().await?;
    applied(centre).await
}

async fn everything_in_step_edits_and_back(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let hudu = &stage.pair.sandbox.hudu;
    let first = state(&stage);
    let centre = planned(&stage, &[]).await?;
    assert!(changes(&centre).await? > 50);
    applied(&centre).await?;
    stage.pair.sandbox.clear_requests();
    plan(&centre).await?;
    assert_eq!((changes(&centre).await?, writes(&stage)), (0, 0));

    // Somebody edits both: a phone number in HaloITSM, an address and an article in Hudu.
    edit_halo(&stage, "Site", main_site(&stage), |site| site["phonenumber"] = "0131 496 0999".into());
    let mut company = hudu.get("companies", 1).unwrap();
    let city = company["city"].clone();
    company["city"] = "Leith".into();
    hudu.upsert("companies", company);
    let mut article = hudu.all("articles").into_iter().find(|article| article["draft"] == false).unwrap();
    let content = article["content"].clone();
    article["content"] = "<p>Turn it off. Wait. Turn it on.</p>".into();
    let article = hudu.upsert("articles", article);
    let edited = state(&stage);

    // The company, the site's asset and the article in HaloITSM: nothing else is planned or written.
    plan(&centre).await?;
    assert_eq!(changes(&centre).await?, 3);
    stage.pair.sandbox.clear_requests();
    applied(&centre).await?;
    assert_eq!(writes(&stage), 3);
    let written = changed(&edited, &state(&stage));
    let lists: Vec<&str> = written.iter().filter_map(|key| key.split('/').next()).collect();
    assert_eq!(lists, ["KBArticle", "assets", "companies"]);

    // Back again, the last run first.
    undone(&centre, 0).await?;
    assert_eq!(changed(&edited, &state(&stage)), BTreeSet::new());
    hudu.upsert("companies", json!({ "id": 1, "city": city }));
    hudu.upsert("articles", json!({ "id": article, "content": content }));
    undone(&centre, 2).await?;
    let last = state(&stage);
    for (key, record) in &first {
        assert_eq!(last.get(key), Some(record), "{key}");
    }
    for (key, record) in last.iter().filter(|(key, _)| !first.contains_key(*key)) {
        assert!(record["archived"] == true || record["inactive"] == true, "{key}: {record:#}");
    }
    scene::end(stage).await
}
