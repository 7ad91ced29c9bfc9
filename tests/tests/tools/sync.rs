//! Documentation, search and sync as tools.

use serde_json::json;
use sidelight::tools::Reach;
use sidelight_tests::host::sandbox;

use crate::{bench, call};

#[tokio::test(start_paused = true)]
async fn a_ticket_leads_to_its_documentation() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let tickets = sandbox.halo.all("Tickets");
    let ticket = tickets.iter().find(|t| t["client_id"] == 12).unwrap();
    let found =
        call(&bench, "get_documentation_for_haloitsm_record", json!({"kind": "ticket", "id": ticket["id"]})).await;
    let found = found.unwrap();
    assert_eq!(found["result"]["company"]["company"]["name"], "Harbour and Finch");
    assert!(found["result"]["sections"].as_array().unwrap().len() > 3);
    let words = call(&bench, "search_hudu", json!({"words": "VPN"})).await.unwrap();
    assert!(words["result"].as_array().unwrap().iter().any(|one| one["kind"] == "article"));
}

#[tokio::test(start_paused = true)]
async fn exactly_the_plan_that_was_shown_is_applied_and_taken_back() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let asset = sandbox.halo.all("Asset").into_iter().find(|a| a["client_id"] == 12).unwrap();
    let named = json!({"kind": "asset", "id": asset["id"]});
    let plan = call(&bench, "plan_hudu_sync", named.clone()).await.unwrap();
    let mut apply = named;
    apply["plan_id"] = json!("another");
    let stale = call(&bench, "apply_hudu_sync", apply.clone()).await.unwrap_err();
    assert!(stale.contains("changed"), "{stale}");
    apply["plan_id"] = plan["result"]["id"].clone();
    let done = call(&bench, "apply_hudu_sync", apply).await;
    if plan["result"]["ready"] == true {
        let run = done.unwrap();
        assert_eq!(run["result"]["state"], "done", "{run}");
        let runs = call(&bench, "list_sync_runs", json!({})).await.unwrap();
        let id = runs["result"][0]["id"].clone();
        let undone = call(&bench, "undo_sync_run", json!({"run_id": id})).await.unwrap();
        assert_eq!(undone["result"]["state"], "done", "{undone}");
    } else {
        panic!("nothing to apply: {plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_agent_of_one_client_takes_its_own_run_back_and_makes_no_layouts() {
    let sandbox = sandbox();
    let all = bench(&sandbox, Reach::default()).await;
    let bench = sidelight::tools::Bench::new(all.sides.clone(), Reach { client: Some(12), ..Reach::default() });
    let asset = sandbox.halo.all("Asset").into_iter().find(|one| one["client_id"] == 12).unwrap();
    let named = json!({"kind": "asset", "id": asset["id"]});
    let layouts = sandbox.hudu.all("asset_layouts");
    // The layout lacks a field, then somebody who may has added it.
    for (bench, may) in [(&bench, false), (&all, true), (&bench, true)] {
        let plan = call(bench, "plan_hudu_sync", named.clone()).await.unwrap();
        let mut apply = named.clone();
        apply["plan_id"] = plan["result"]["id"].clone();
        let run = call(bench, "apply_hudu_sync", apply).await;
        if !may {
            let why = run.unwrap_err();
            assert_eq!(why, "It needs what is for everybody in Hudu, and this run is limited to one client.");
            assert_eq!(sandbox.hudu.all("asset_layouts"), layouts);
            continue;
        }
        let undo = json!({"run_id": run.unwrap()["result"]["id"]});
        let undone = call(bench, "undo_sync_run", undo).await.unwrap();
        assert_eq!(undone["result"]["state"], "done", "{undone}");
    }
}
