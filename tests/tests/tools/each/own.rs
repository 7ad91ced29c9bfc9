//! What is Sidelight's own: the directory, recipes, documentation, syncs.

use serde_json::json;
use sidelight_tests::recipes::CASES;

use super::Caller;

pub async fn story(caller: &Caller<'_>) {
    directory(caller).await;
    documentation(caller).await;
    recipes(caller).await;
    everything(caller).await;
}

async fn directory(caller: &Caller<'_>) {
    let site = caller.sandbox.halo.all("Site")[0]["id"].clone();
    let samples = [
        ("user", json!({"kind": "end_user", "name": "Sam Sample", "email": "sam@example.test", "site_id": site})),
        ("user", json!({"kind": "agent", "name": "Sam Agent"})),
        ("group", json!({"name": "Night shift"})),
    ];
    for (one, record) in samples {
        let made = caller.result(&format!("create_directory_{one}"), json!({"record": record})).await;
        let named = json!({"id": made["id"]});
        let rows =
            caller.result(&format!("list_directory_{one}s"), json!({"search": record["name"], "limit": 20})).await;
        assert!(rows.as_array().unwrap().iter().all(|row| row["kind"].is_string()), "{rows}");
        // The record as it was told may be sent back.
        let mut read = caller.result(&format!("get_directory_{one}"), named.clone()).await;
        let members = read.as_object_mut().unwrap();
        members.remove("raw");
        members.insert("name".to_owned(), json!("Another name"));
        let changed =
            caller.result(&format!("update_directory_{one}"), json!({"id": made["id"], "record": read})).await;
        assert_eq!((&changed["name"], &changed["kind"]), (&json!("Another name"), &made["kind"]));
        let ended = caller.result(&format!("deactivate_directory_{one}"), named).await;
        assert_eq!(ended["active"], false, "{ended}");
    }
    let file = caller.result("get_directory_file", json!({"from": "halo", "kind": "team", "format": "json"})).await;
    assert!(file["text"].as_str().unwrap().starts_with('['), "{file}");
}

async fn documentation(caller: &Caller<'_>) {
    let ticket = caller.sandbox.halo.all("Tickets")[0]["id"].clone();
    caller.result("get_documentation_for_haloitsm_record", json!({"kind": "ticket", "id": ticket})).await;
    let found = caller.result("search_hudu", json!({"words": "VPN"})).await;
    assert!(!found.as_array().unwrap().is_empty());
    let password = caller.sandbox.hudu.all("asset_passwords")[0]["id"].clone();
    caller.result("reveal_hudu_password", json!({"id": password})).await;
}

/// Brings an asset into step.
async fn one_record(caller: &Caller<'_>, asset: i64) {
    let plan = caller.result("plan_hudu_sync", json!({"kind": "asset", "id": asset})).await;
    let apply = json!({"kind": "asset", "id": asset, "plan_id": plan["id"], "overwrite": true});
    caller.result("apply_hudu_sync", apply).await;
}

async fn recipes(caller: &Caller<'_>) {
    for case in CASES {
        let ready = (case.prepare)(caller.sandbox).unwrap();
        if let Some(asset) = ready.sync {
            one_record(caller, asset).await;
        }
        let mut arguments = case.arguments(ready);
        let plan = caller.result(&format!("plan_{}", case.recipe), arguments.clone()).await;
        assert!(plan["due"].as_u64().unwrap() > 0, "{}: {plan}", case.recipe);
        arguments["plan_id"] = plan["id"].clone();
        arguments["confirm"] = true.into();
        let run = caller.result(&format!("run_{}", case.recipe), arguments).await;
        assert!(run["done"].as_u64().unwrap() > 0, "{}: {run}", case.recipe);
    }
    let runs = caller.result("list_recipe_runs", json!({})).await;
    assert_eq!(runs.as_array().unwrap().len(), CASES.len());
    caller.result("undo_recipe_run", json!({"run_id": runs[0]["id"], "preview": true})).await;
}

async fn everything(caller: &Caller<'_>) {
    let plan = caller.result("plan_sync", json!({"kinds": ["client", "site"], "client_ids": [12, 20]})).await;
    let rows = json!({"plan_id": plan["id"], "actions": ["create", "update", "unchanged"], "limit": 3});
    let rows = caller.result("list_sync_rows", rows).await;
    assert!(!rows.as_array().unwrap().is_empty(), "{plan}");
    let run = caller.result("apply_sync_plan", json!({"plan_id": plan["id"], "confirm": true})).await;
    caller.result("list_sync_runs", json!({})).await;
    caller.result("resume_sync_run", json!({"run_id": run["id"]})).await;
    caller.result("undo_sync_run", json!({"run_id": run["id"]})).await;
}
