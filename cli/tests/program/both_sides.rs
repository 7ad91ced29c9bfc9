//! Edits on both sides are all that the next run writes, and undoing brings the first state back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sidelight_sandbox::Server;

use crate::support::Bench;

/// Members that tell when and by whom a record was written, or that are made from its name.
const STAMPS: [&str; 7] = ["updated_at", "date_edited", "when_edited", "editor_id", "editor_name", "slug", "url"];

/// Every record of both products that a sync may write, with all it holds: by product, list and id.
fn state(bench: &Bench) -> BTreeMap<String, Value> {
    let sandbox = &bench.pair.sandbox;
    let hudu = ["companies", "assets", "articles"].map(|list| (list, sandbox.hudu.all(list)));
    let halo = ["Client", "Site", "Users", "Asset", "KBArticle"].map(|list| (list, sandbox.halo.all(list)));
    let records = hudu.into_iter().chain(halo);
    records
        .flat_map(|(list, records)| records.into_iter().map(move |record| (format!("{list}/{}", record["id"]), record)))
        .map(|(key, record)| (key, plain(record)))
        .collect()
}

/// Without stamps; a field that was emptied is as good as one that was never filled.
fn plain(mut record: Value) -> Value {
    if let Some(members) = record.as_object_mut() {
        members.retain(|name, value| !STAMPS.contains(&name.as_str()) && !value.is_null() && *value != "");
    }
    if let Some(fields) = record["fields"].as_array_mut() {
        fields.retain(|field| !field["value"].is_null() && field["value"] != "" && field["value"] != json!([]));
    }
    record
}

/// Records that differ between two states.
fn changed(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(*key) != after.get(*key)).cloned().collect()
}

/// The items of a plan that write, each with the fields that it changes.
fn writing(plan: &Value) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = plan["items"].as_array().unwrap().iter();
    let writes =
        items.filter(|item| ["create", "update", "link", "archive"].contains(&item["action"].as_str().unwrap()));
    let fields = |item: &Value| item["fields"].as_array().unwrap().iter().map(|field| text(&field["field"])).collect();
    writes.map(|item| (text(&item["id"]), fields(item))).collect()
}

/// Requests that changed something since the log was emptied, in both products.
fn writes(bench: &Bench) -> usize {
    let halo = bench.pair.sandbox.requests(Server::Halo);
    bench.writes() + halo.iter().filter(|seen| seen.method == "POST" && seen.path.starts_with("/api/")).count()
}

async fn applied(bench: &Bench) -> String {
    let applied = bench.run("apply --yes --confirm --format json").await.expect(0).json();
    assert_eq!(applied["run"]["state"], "done", "{applied}");
    applied["run"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn edits_on_both_sides_are_all_that_is_written() {
    let bench = Bench::open_wide().await;
    let (halo, hudu) = (&bench.pair.sandbox.halo, &bench.pair.sandbox.hudu);
    let first = state(&bench);
    let run = applied(&bench).await;
    let in_step = state(&bench);
    bench.pair.sandbox.clear_requests();
    bench.run("apply --yes").await.expect(0);
    assert_eq!((writes(&bench), changed(&in_step, &state(&bench))), (0, BTreeSet::new()));

    // Somebody edits both: a phone number and a name in HaloITSM, an address and an article in Hudu.
    let site = halo.get("Client", 12).unwrap()["main_site_id"].as_i64().unwrap();
    halo.upsert("Site", json!({ "id": site, "phonenumber": "0131 496 0999" }));
    let mut user = halo.all("Users").into_iter().find(|user| user["client_id"].as_f64() == Some(12.0)).unwrap();
    user["phonenumber"] = "0131 496 0777".into();
    let user = halo.upsert("Users", user);
    let mut company = hudu.get("companies", 1).unwrap();
    let city = company["city"].clone();
    company["city"] = "Leith".into();
    hudu.upsert("companies", company);
    let mut article = hudu.all("articles").into_iter().find(|article| article["draft"] == false).unwrap();
    let content = article["content"].clone();
    article["content"] = "<p>Turn it off. Wait. Turn it on.</p>".into();
    let article = hudu.upsert("articles", article);
    let edited = state(&bench);

    // Exactly these are planned, and written with one request each.
    let plan = bench.run("plan --format json").await.expect(0).json();
    let planned = writing(&plan);
    let wanted = [
        ("client/12".to_owned(), vec!["Phone", "City"]),
        (format!("site/{site}"), vec!["Phone"]),
        (format!("user/{user}"), vec!["Phone"]),
        (format!("hudu-article/{article}"), vec!["Text"]),
    ];
    let wanted = wanted.map(|(id, fields)| (id, fields.into_iter().map(str::to_owned).collect()));
    assert_eq!(planned, BTreeMap::from(wanted));
    bench.pair.sandbox.clear_requests();
    let second = applied(&bench).await;
    assert_eq!(writes(&bench), 4);
    let written = changed(&edited, &state(&bench));
    assert_eq!(written.len(), 4, "{written:?}");
    assert!(written.contains("companies/1") && written.iter().any(|key| key.starts_with("KBArticle/")), "{written:?}");
    bench.run("plan --check").await.expect(0);

    // Back again: each state is as it was, in every field that any of the records has.
    bench.run(&format!("undo {second} --yes")).await.expect(0);
    assert_eq!(changed(&edited, &state(&bench)), BTreeSet::new());
    hudu.upsert("companies", json!({ "id": 1, "city": city }));
    hudu.upsert("articles", json!({ "id": article, "content": content }));
    bench.run(&format!("undo {run} --yes")).await.expect(0);
    let last = state(&bench);
    // The edits in HaloITSM stay: nothing of these is written there.
    let edits = ["Client/", "Site/", "Users/"];
    for (key, record) in first.iter().filter(|(key, _)| !edits.iter().any(|list| key.starts_with(list))) {
        assert_eq!(last.get(key), Some(record), "{key}");
    }
    // What the run made is put away, not deleted.
    for (key, record) in last.iter().filter(|(key, _)| !first.contains_key(*key)) {
        assert!(record["archived"] == true || record["inactive"] == true, "{key}: {record:#}");
    }
}
