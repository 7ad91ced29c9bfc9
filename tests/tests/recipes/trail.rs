//! Audit trail.

use serde_json::json;
use sidelight::assist::trail;
use sidelight::assist::view::DocumentKind;
use sidelight::tools::Reach;

use crate::{bench, call, notes, rows, small};

#[tokio::test(start_paused = true)]
async fn what_was_done_for_a_ticket_is_told_once_and_its_fields_stay() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let asset = sandbox.halo.all("Asset").into_iter().find(|asset| asset["client_id"] == 12).unwrap()["id"].clone();
    let ticket = json!({"summary": "Slow laptop", "client_id": 12, "assets": [{"id": asset}], "status_id": 2});
    let ticket = sandbox.halo.upsert("Tickets", ticket);
    tokio::time::advance(std::time::Duration::from_secs(60)).await;
    let article = sandbox.hudu.all("assets")[0].clone();
    trail::note(&bench.sides.host, ticket, DocumentKind::Asset, article["id"].as_i64().unwrap()).await.unwrap();
    let plan = call(&bench, "plan_hudu_sync", json!({"kind": "asset", "id": asset})).await.unwrap();
    let sync = json!({"kind": "asset", "id": asset, "plan_id": plan["result"]["id"]});
    call(&bench, "apply_hudu_sync", sync).await.unwrap();

    sandbox.halo.upsert("Actions", json!({"ticket_id": ticket, "outcome": "Public Note", "note": "On it."}));
    // Only so many actions come where nobody says how many.
    sandbox.halo.switch(|switches| switches.unpaged_rows = 1);
    let before = sandbox.halo.get("Tickets", ticket).unwrap();
    let run = call(&bench, "run_audit_trail", json!({})).await.unwrap();
    assert_eq!(rows(&run, "created").len(), 1, "{run}");
    let told = notes(&sandbox, &json!(ticket));
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("Synced ·") && told[0].contains("Looked up ·"), "{told:?}");
    assert!(told[0].contains(article["name"].as_str().unwrap()), "{told:?}");
    let after = sandbox.halo.get("Tickets", ticket).unwrap();
    for (name, value) in before.as_object().unwrap() {
        if !["lastactiondate", "last_update"].contains(&name.as_str()) {
            assert_eq!(after[name], *value, "{name}");
        }
    }
    let again = call(&bench, "run_audit_trail", json!({"ticket_ids": [ticket]})).await.unwrap();
    assert!(rows(&again, "created").is_empty(), "{again}");
    assert_eq!(notes(&sandbox, &json!(ticket)).len(), 1);

    // A new entry makes a note of its own, with that entry only.
    trail::note(&bench.sides.host, ticket, DocumentKind::Asset, sandbox.hudu.all("assets")[1]["id"].as_i64().unwrap())
        .await
        .unwrap();
    call(&bench, "run_audit_trail", json!({})).await.unwrap();
    let told = notes(&sandbox, &json!(ticket));
    assert_eq!(told.len(), 2);
    assert!(!told[1].contains("Synced"), "{told:?}");

    let undone = call(&bench, "undo_recipe_run", json!({"run_id": run["result"]["id"]})).await.unwrap();
    assert_eq!(rows(&undone, "undone").len(), 1, "{undone}");
    assert!(notes(&sandbox, &json!(ticket))[0].contains("taken back"));
    // A whole number may be written with a point.
    let missing = call(&bench, "plan_audit_trail", json!({"ticket_ids": [99_999.0], "days": 7.0})).await.unwrap_err();
    assert!(missing.starts_with("HaloITSM has no ticket 99999"), "{missing}");
    let wrong = call(&bench, "plan_audit_trail", json!({"ticket_ids": ["x"]})).await.unwrap_err();
    assert_eq!(wrong, "ticket_ids[0] has to be a whole number.");
}
