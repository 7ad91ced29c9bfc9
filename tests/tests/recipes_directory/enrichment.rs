//! What Hudu knows of assets, into HaloITSM.

use serde_json::{Value, json};
use sidelight::tools::Bench;
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::sandbox;

use crate::{bench, call, row, rows, undo};

const CLIENT: i64 = 12;
const UNSET: &str = "1900-01-01T00:00:00";

async fn plan(bench: &Bench, arguments: Value) -> Value {
    call(bench, "plan_asset_enrichment", arguments).await.unwrap()
}

async fn run(bench: &Bench, arguments: Value) -> Value {
    call(bench, "run_asset_enrichment", arguments).await.unwrap()
}

/// An asset of the client that has a serial, a warranty and an owner, and stands in Hudu too.
fn known(sandbox: &Sandbox) -> (i64, Value) {
    let full = |asset: &Value| {
        asset["client_id"].as_f64() == Some(12.0)
            && asset["inactive"] != true
            && asset["users"].as_array().is_some_and(|users| users.len() == 1)
            && asset["warranty_end"].as_str().is_some_and(|day| !day.starts_with("1900"))
            && held(asset, "Serial Number").is_string()
            && held(asset, "Operating System").is_string()
            && sandbox.hudu.find("assets", asset["inventory_number"].as_str().unwrap_or_default()).is_some()
    };
    let asset = sandbox.halo.all("Asset").into_iter().find(full).unwrap();
    (asset["id"].as_i64().unwrap(), asset)
}

/// A field of an asset's type.
fn held(asset: &Value, name: &str) -> Value {
    let fields = asset["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().find(|field| field["name"] == name).map_or(Value::Null, |field| field["value"].clone())
}

fn empty(sandbox: &Sandbox, id: i64) {
    let fields = json!([{"name": "Serial Number", "value": null}, {"name": "Operating System", "value": null}]);
    sandbox.halo.upsert("Asset", json!({"id": id, "fields": fields, "warranty_end": UNSET, "users": []}));
}

#[tokio::test(start_paused = true)]
async fn what_is_empty_in_halo_is_filled_from_hudu_once_and_taken_back() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let only = || json!({"client_id": CLIENT});
    run(&bench, only()).await;
    assert_eq!(plan(&bench, only()).await["due"], 0);
    let (id, before) = known(&sandbox);
    empty(&sandbox, id);
    let planned = plan(&bench, only()).await;
    assert_eq!(planned["due"], 1, "{planned:#}");
    assert_eq!(held(&sandbox.halo.get("Asset", id).unwrap(), "Serial Number"), Value::Null, "a plan writes nothing");
    // Whatever fields of the type a write leaves out is lost on this instance.
    sandbox.halo.switch(|switches| switches.asset_fields_replace = true);
    let done = run(&bench, only()).await;
    assert_eq!(rows(&done, "changed").len(), 1, "{done:#}");
    let now = sandbox.halo.get("Asset", id).unwrap();
    assert_eq!(now["fields"], before["fields"]);
    for name in ["Serial Number", "Operating System"] {
        assert_eq!(held(&now, name), held(&before, name), "{name}");
    }
    assert_eq!((&now["warranty_end"], &now["users"][0]["id"]), (&before["warranty_end"], &before["users"][0]["id"]));
    sandbox.clear_requests();
    assert_eq!(rows(&run(&bench, only()).await, "changed").len(), 0);
    let posts =
        sandbox.requests(Server::Halo).into_iter().filter(|seen| seen.method == "POST" && !seen.path.contains("token"));
    assert_eq!(posts.count(), 0);

    undo(&bench, &done).await;
    let back = sandbox.halo.get("Asset", id).unwrap();
    assert!(held(&back, "Serial Number").as_str().unwrap_or_default().is_empty(), "{back:#}");
    assert!(held(&before, "Model").is_string() && held(&back, "Model") == held(&before, "Model"), "{back:#}");
    assert_eq!((&back["warranty_end"], back["users"].as_array().map(Vec::len)), (&json!(UNSET), Some(0)));
}

#[tokio::test(start_paused = true)]
async fn what_halo_holds_stays_unless_a_rule_says_otherwise() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, json!({"client_id": CLIENT})).await;
    let (id, before) = known(&sandbox);
    let mine = json!([{"name": "Operating System", "value": "TYPED-BY-HAND"}]);
    sandbox.halo.upsert("Asset", json!({"id": id, "fields": mine}));
    let order = |rule: &str| json!({"client_id": CLIENT, "fields": {"Operating System": rule}});
    for rule in ["only_if_empty", "never"] {
        assert_eq!(plan(&bench, order(rule)).await["due"], 0, "{rule}");
    }
    let asked = plan(&bench, order("ask")).await;
    assert!(row(&asked, &format!("asset/{id}"))["why"].as_str().unwrap().contains("TYPED-BY-HAND"), "{asked:#}");
    let cut = Fault {
        server: "halo".to_owned(),
        method: "POST".to_owned(),
        path: "Asset".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::DropAfter,
    };
    sandbox.faults.add(cut);
    let done = run(&bench, order("hudu")).await;
    assert_eq!(rows(&done, "changed").len(), 1, "{done:#}");
    assert_eq!(held(&sandbox.halo.get("Asset", id).unwrap(), "Operating System"), held(&before, "Operating System"));
    let why = call(&bench, "plan_asset_enrichment", json!({"usual": "halo"})).await.unwrap_err();
    assert!(why.starts_with("usual has to be one of"), "{why}");
}

#[tokio::test(start_paused = true)]
async fn the_address_in_hudu_goes_into_a_field_that_is_made_for_it() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, json!({"client_id": CLIENT})).await;
    let (id, _) = known(&sandbox);
    sandbox
        .halo
        .upsert("FieldInfo", json!({"name": "CFHuduLink", "label": "Hudu link", "usage": 5, "custom": 1, "type": 0}));
    let done = run(&bench, json!({"client_id": CLIENT})).await;
    assert!(rows(&done, "changed").len() > 1, "{done:#}");
    let asset = sandbox.halo.get("Asset", id).unwrap();
    let link = asset["customfields"].as_array().unwrap().iter().find(|field| field["name"] == "CFHuduLink").unwrap();
    let hudu = sandbox.hudu.find("assets", asset["inventory_number"].as_str().unwrap()).unwrap();
    assert!(link["value"].as_str().unwrap().ends_with(hudu["url"].as_str().unwrap()), "{link} {}", hudu["url"]);
    assert_eq!(plan(&bench, json!({"client_id": CLIENT})).await["due"], 0);
}
