//! The whole story on the sandbox's own clients: everything goes over, nothing is left, edits are all that is written
//! next, and undoing brings each record back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sidelight::sync::apply::Order;
use sidelight::sync::journal::Run;
use sidelight::sync::plan::{Item, Plan};
use sidelight::sync::view::RunState;
use sidelight_sandbox::Sandbox;
use sidelight_tests::desk::Desk;
use sidelight_tests::host::sandbox;

use crate::support::{begin, desk, doubles, go, plan, sides};

/// Members that tell when and by whom a record was written, or that are made from its name.
const STAMPS: [&str; 7] = ["updated_at", "date_edited", "when_edited", "editor_id", "editor_name", "slug", "url"];

type State = BTreeMap<String, Value>;

/// Every record of both products that a sync may write, with all it holds.
fn state(pair: &Sandbox) -> State {
    let hudu = ["companies", "assets", "articles"].map(|list| (list, pair.hudu.all(list)));
    let halo =
        ["Client", "Site", "Users", "Asset", "ClientContract", "KBArticle"].map(|list| (list, pair.halo.all(list)));
    let keyed = |(list, records): (&str, Vec<Value>)| {
        records.into_iter().map(|r| (format!("{list}/{}", r["id"]), plain(r))).collect()
    };
    hudu.into_iter().chain(halo).flat_map(|list| -> Vec<(String, Value)> { keyed(list) }).collect()
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

fn changed(before: &State, after: &State) -> BTreeSet<String> {
    before.keys().chain(after.keys()).filter(|key| before.get(*key) != after.get(*key)).cloned().collect()
}

/// What a plan writes: the fields of each item.
fn writing(plan: &Plan) -> BTreeMap<String, Vec<String>> {
    let fields = |item: &Item| item.changes.iter().map(|change| change.label.to_string()).collect();
    plan.items.iter().filter(|item| item.writes()).map(|item| (item.id.clone(), fields(item))).collect()
}

async fn applied(desk: &Desk, plan: Plan) -> Run {
    let mut run = begin(desk, plan, &Order { confirmed: true, ..Order::default() }).await;
    go(desk, &mut run).await;
    let troubles: Vec<_> = run.steps.iter().filter_map(|step| step.trouble.as_ref()).collect();
    assert_eq!(run.state, RunState::Done, "{troubles:#?}");
    run
}

async fn undone(desk: &Desk, run: &Run) {
    let back = sides(desk).await.plan_undo(run, None).await.unwrap();
    applied(desk, back).await;
}

#[tokio::test(start_paused = true)]
async fn the_sandbox_goes_over_and_back() {
    let pair = sandbox();
    let desk = desk(&pair, 1).await;
    let first = state(&pair);
    let everything = plan(&desk).await;
    let all = writing(&everything).len();
    let run = applied(&desk, everything).await;
    assert!(all > 300 && run.counts().done == all, "{all} {:?}", run.counts());
    assert_eq!(doubles(&pair), Vec::<String>::new());
    assert_eq!(writing(&plan(&desk).await), BTreeMap::new());

    // Somebody edits both: two phone numbers and a contract in HaloITSM, an address and an article in Hudu.
    let (halo, hudu) = (&pair.halo, &pair.hudu);
    let site = halo.get("Client", 12).unwrap()["main_site_id"].as_i64().unwrap();
    halo.upsert("Site", json!({ "id": site, "phonenumber": "0131 496 0999" }));
    let of_client =
        |list: &str| halo.all(list).into_iter().find(|one| one["client_id"].as_f64() == Some(12.0)).unwrap();
    let user = of_client("Users")["id"].clone();
    halo.upsert("Users", json!({ "id": user, "phonenumber": "0131 496 0777" }));
    let contract = of_client("ClientContract")["id"].clone();
    halo.upsert("ClientContract", json!({ "id": contract, "ref": "HF-RENEWED" }));
    let company = run.steps[run.plan.items.iter().position(|item| item.id == "client/12").unwrap()].target.unwrap();
    let city = hudu.get("companies", company).unwrap()["city"].clone();
    hudu.upsert("companies", json!({ "id": company, "city": "Leith" }));
    let article = hudu.all("articles").into_iter().find(|article| article["draft"] == false).unwrap();
    let (article, content) = (article["id"].clone(), article["content"].clone());
    hudu.upsert("articles", json!({ "id": article, "content": "<p>Turn it off. Wait. Turn it on.</p>" }));
    let edited = state(&pair);

    // Exactly these are planned and written.
    let next = plan(&desk).await;
    let wanted = [
        ("client/12".to_owned(), vec!["Phone", "City"]),
        (format!("site/{site}"), vec!["Phone"]),
        (format!("user/{user}"), vec!["Phone"]),
        (format!("contract/{contract}"), vec!["Name"]),
        (format!("hudu-article/{article}"), vec!["Text"]),
    ];
    let wanted = wanted.map(|(id, fields)| (id, fields.into_iter().map(str::to_owned).collect()));
    assert_eq!(writing(&next), BTreeMap::from(wanted));
    let second = applied(&desk, next).await;
    assert_eq!(changed(&edited, &state(&pair)).len(), 5);
    assert_eq!(writing(&plan(&desk).await), BTreeMap::new());

    // Back again, run by run.
    undone(&desk, &second).await;
    assert_eq!(changed(&edited, &state(&pair)), BTreeSet::new());
    hudu.upsert("companies", json!({ "id": company, "city": city }));
    hudu.upsert("articles", json!({ "id": article, "content": content }));
    undone(&desk, &run).await;
    let last = state(&pair);
    // The edits in HaloITSM stay: nothing of these is written there.
    let edits =
        [format!("Site/{site}"), format!("Users/{user}"), format!("ClientContract/{contract}"), "Client/12".to_owned()];
    for (key, record) in first.iter().filter(|(key, _)| !edits.contains(key)) {
        assert_eq!(last.get(key), Some(record), "{key}");
    }
    // What the run made is put away, not deleted.
    for (key, record) in last.iter().filter(|(key, _)| !first.contains_key(*key)) {
        assert!(record["archived"] == true || record["inactive"] == true, "{key}: {record:#}");
    }
}
