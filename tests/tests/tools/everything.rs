//! Everything into step as tools: plan, rows, apply, go on, take back; as far as the agent may reach.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::sync::table::Progress;
use sidelight::sync::watch::Watch;
use sidelight::tools::Reach;
use sidelight_sandbox::{Sandbox, Server};
use sidelight_tests::host::sandbox;

use crate::{bench, call};

/// Notes what is told, and stops a run after so many steps.
#[derive(Default)]
struct Follower {
    told: RefCell<Vec<Progress>>,
    most: Cell<Option<usize>>,
}

impl Watch for Follower {
    fn progress(&self, progress: &Progress) {
        self.told.borrow_mut().push(progress.clone());
    }
    fn stop(&self) -> bool {
        let done = self.told.borrow().last().map_or(0, |last| last.done);
        self.most.get().is_some_and(|most| done >= most)
    }
}

/// All records of Hudu that a sync writes.
fn written(sandbox: &Sandbox) -> (usize, usize) {
    (sandbox.hudu.all("companies").len(), sandbox.hudu.all("assets").len())
}

/// How many rows have each word in this member.
fn counted(rows: &[Value], member: &str, word: &str) -> usize {
    rows.iter().filter(|row| row[member] == word).count()
}

#[tokio::test(start_paused = true)]
async fn everything_is_planned_looked_through_applied_and_taken_back() {
    let sandbox = sandbox();
    let follower = Rc::new(Follower::default());
    let bench = bench(&sandbox, Reach::default()).await.watched(follower.clone());
    let before = written(&sandbox);
    let plan = call(&bench, "plan_sync", json!({"kinds": ["client", "site", "asset"]})).await.unwrap();
    assert_eq!(written(&sandbox), before, "planning wrote");
    assert!(
        follower.told.borrow().iter().any(|told| told.doing.contains("HaloITSM")),
        "nobody was told of the reading"
    );
    let (summary, id) = (&plan["result"], plan["result"]["id"].clone());
    // The rows of the answer and those behind its cursor are what the counts say, each once.
    let mut rows = summary["rows"].as_array().unwrap().clone();
    let mut next = plan["next_cursor"].clone();
    while !next.is_null() {
        let more = call(&bench, "list_sync_rows", json!({"plan_id": id, "cursor": next})).await.unwrap();
        rows.extend(more["result"].as_array().unwrap().clone());
        next = more["next_cursor"].clone();
    }
    let counts = summary["counts"].as_array().unwrap();
    let due: u64 = counts.iter().filter(|c| c["action"] != "unchanged").map(|c| c["count"].as_u64().unwrap()).sum();
    assert_eq!(rows.len() as u64, due);
    let mut ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rows.len());
    assert!(counted(&rows, "action", "create") > 0 && rows.iter().all(|row| row["action"] != "unchanged"));
    let update = rows.iter().find(|row| row["action"] == "update").unwrap();
    assert!(update["fields"][0]["label"].is_string(), "{update}");
    // Narrowed, and by a cursor of another list.
    let creates = json!({"plan_id": id, "actions": ["create"], "kinds": ["asset"], "limit": 2});
    let some = call(&bench, "list_sync_rows", creates).await.unwrap();
    assert!(some["result"].as_array().unwrap().iter().all(|row| row["kind"] == "asset" && row["action"] == "create"));
    let other = json!({"plan_id": id, "actions": ["create"], "cursor": plan["next_cursor"]});
    assert!(call(&bench, "list_sync_rows", other).await.unwrap_err().starts_with("cursor belongs to another list"));

    let unknown = json!({"plan_id": id, "confirm": true, "except": ["asset/999999"]});
    assert_eq!(call(&bench, "apply_sync_plan", unknown).await.unwrap_err(), "except[0] is no row of this plan.");
    let left = rows.iter().find(|row| row["action"] == "create" && row["kind"] == "asset").unwrap();
    let apply = json!({"plan_id": id, "confirm": true, "except": [left["id"]]});
    follower.told.borrow_mut().clear();
    let run = call(&bench, "apply_sync_plan", apply.clone()).await.unwrap();
    assert!(run["result"]["done"].as_u64().unwrap() > 5, "{run}");
    assert!(follower.told.borrow().len() > 3);
    let after = written(&sandbox);
    assert_ne!(after, before);
    // Once more: it is only told, and nothing is sent.
    let sent = sandbox.request_count(Server::Hudu);
    let again = call(&bench, "apply_sync_plan", apply).await.unwrap();
    assert_eq!(again["result"]["id"], run["result"]["id"]);
    assert!(run["result"]["state"] != "done" || sandbox.request_count(Server::Hudu) == sent);
    assert_eq!(written(&sandbox), after);
    let steps = json!({"run_id": run["result"]["id"], "outcomes": ["done"], "limit": 500});
    let steps = call(&bench, "list_sync_rows", steps).await.unwrap();
    let steps = steps["result"].as_array().unwrap();
    assert_eq!(steps.len() as u64, run["result"]["done"].as_u64().unwrap());
    assert!(steps.iter().all(|step| step["id"] != left["id"]));
    // What was left out is all that the next plan would make.
    let second = call(&bench, "plan_sync", json!({"kinds": ["client", "site", "asset"]})).await.unwrap();
    let second = second["result"]["rows"].as_array().unwrap().clone();
    assert_eq!(counted(&second, "action", "create"), 1);
    assert_eq!(second.iter().find(|row| row["action"] == "create").unwrap()["id"], left["id"]);

    let undone = call(&bench, "undo_sync_run", json!({"run_id": run["result"]["id"]})).await.unwrap();
    assert_eq!(undone["result"]["undoes"], run["result"]["id"], "{undone}");
    let resume = json!({"run_id": run["result"]["id"]});
    let taken_back = call(&bench, "resume_sync_run", resume).await.unwrap_err();
    assert!(taken_back.starts_with("There is nothing to write"), "{taken_back}");
    let runs = call(&bench, "list_sync_runs", json!({})).await.unwrap();
    let runs = runs["result"].as_array().unwrap();
    assert_eq!((runs.len(), counted(runs, "state", "undone")), (2, 1), "{runs:?}");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_stopped_goes_on_by_the_same_call_and_doubles_nothing() {
    let sandbox = sandbox();
    let follower = Rc::new(Follower::default());
    let bench = bench(&sandbox, Reach::default()).await.watched(follower.clone());
    let plan = call(&bench, "plan_sync", json!({"kinds": ["client", "asset"]})).await.unwrap();
    let apply = json!({"plan_id": plan["result"]["id"], "confirm": true});
    follower.told.borrow_mut().clear();
    follower.most.set(Some(3));
    let held = call(&bench, "apply_sync_plan", apply.clone()).await.unwrap();
    assert_eq!(held["result"]["state"], "paused", "{held}");
    let waiting = held["result"]["rows"].as_array().unwrap();
    assert!(counted(waiting, "outcome", "waiting") > 0);
    follower.most.set(None);
    let whole = call(&bench, "apply_sync_plan", apply).await.unwrap();
    assert_eq!(whole["result"]["id"], held["result"]["id"]);
    assert_eq!(whole["result"]["done"], whole["result"]["steps"], "{whole}");
    for table in ["companies", "assets"] {
        let mut names: Vec<String> =
            sandbox.hudu.all(table).iter().map(|row| format!("{} {}", row["company_id"], row["name"])).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        let known = self::sandbox().hudu.all(table);
        let mut before: Vec<String> =
            known.iter().map(|row| format!("{} {}", row["company_id"], row["name"])).collect();
        let doubles = before.len();
        before.sort();
        before.dedup();
        assert_eq!(all - names.len(), doubles - before.len(), "{table} were doubled");
    }
    let resumed = call(&bench, "resume_sync_run", json!({"run_id": whole["result"]["id"]})).await.unwrap();
    assert_eq!(resumed["result"]["done"], whole["result"]["done"]);
    let gone = call(&bench, "apply_sync_plan", json!({"plan_id": "nobody"})).await.unwrap_err();
    assert!(gone.contains("no longer kept"), "{gone}");
}

#[tokio::test(start_paused = true)]
async fn an_agent_of_one_client_plans_and_applies_that_client_only() {
    let sandbox = sandbox();
    let all = bench(&sandbox, Reach::default()).await;
    let own = sidelight::tools::Bench::new(all.sides.clone(), Reach { client: Some(12), ..Reach::default() });
    let outside = "Only records of client 12";
    let whole = call(&all, "plan_sync", json!({"kinds": ["client"]})).await.unwrap()["result"]["id"].clone();
    let refused = [
        ("plan_sync", json!({"client_ids": [20]})),
        ("list_sync_rows", json!({"plan_id": whole})),
        ("apply_sync_plan", json!({"plan_id": whole, "confirm": true})),
    ];
    for (tool, arguments) in refused {
        let why = call(&own, tool, arguments).await.unwrap_err();
        assert!(why.starts_with(outside), "{tool}: {why}");
    }
    let writes = sandbox.hudu.all("assets").len();
    let plan = call(&own, "plan_sync", json!({})).await.unwrap();
    assert_eq!(plan["result"]["scope"]["clients"], json!([12]));
    let run = call(&own, "apply_sync_plan", json!({"plan_id": plan["result"]["id"], "confirm": true})).await.unwrap();
    assert!(run["result"]["done"].as_u64().unwrap() > 0 && sandbox.hudu.all("assets").len() > writes, "{run}");
    let steps = json!({"run_id": run["result"]["id"], "outcomes": ["done"], "limit": 500});
    let steps = call(&own, "list_sync_rows", steps).await.unwrap();
    assert!(steps["result"].as_array().unwrap().iter().all(|step| step["client_id"] == 12));
    assert!(call(&own, "list_sync_runs", json!({})).await.unwrap_err().starts_with(outside));
}
