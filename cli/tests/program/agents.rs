//! An agent brings everything into step over the Model Context Protocol: it is told how far the work is, may give up,
//! and goes on later.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sidelight_sandbox::Effect;

use crate::mcp::Raw;
use crate::support::Bench;

/// Sends a call that is told how far it is, without waiting for its answer.
async fn begin(raw: &mut Raw, id: i64, tool: &str, arguments: Value) {
    let params = json!({"name": tool, "arguments": arguments, "_meta": {"progressToken": id}});
    raw.say(&json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}).to_string()).await;
}

/// What is said until the answer to this call, and the answer.
async fn follow(raw: &mut Raw, id: i64) -> (Vec<Value>, Value) {
    let mut told = Vec::new();
    loop {
        let heard = raw.hear().await;
        if heard["id"] == id {
            return (told, heard);
        }
        told.push(heard["params"].clone());
    }
}

/// Names of all companies and assets, and how often each is there.
fn names(bench: &Bench) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for table in ["companies", "assets"] {
        for row in bench.pair.sandbox.hudu.all(table) {
            *names.entry(format!("{table} {} {}", row["company_id"], row["name"])).or_default() += 1;
        }
    }
    names
}

#[tokio::test]
async fn everything_is_planned_and_applied_with_progress_given_up_and_gone_on_with() {
    let bench = Bench::open().await;
    let before = names(&bench);
    let mut raw = Raw::start(&bench, "mcp").await;
    // Reading takes so long that there is something to tell.
    bench.fault("GET", "/assets", Effect::Delay { ms: 1500 });
    begin(&mut raw, 1, "plan_sync", json!({"kinds": ["client", "asset"]})).await;
    let (told, plan) = follow(&mut raw, 1).await;
    let words = |note: &Value| note["message"].as_str().unwrap_or_default().starts_with("Reading");
    assert!(told.iter().any(words), "{told:?}");
    let grows = told.windows(2).all(|two| two[0]["progress"].as_f64() < two[1]["progress"].as_f64());
    assert!(grows, "{told:?}");
    let plan = &plan["result"]["structuredContent"]["result"];
    assert!(plan["writes"].as_u64().unwrap() > 3, "{plan}");
    assert_eq!(names(&bench), before);

    // The second asset takes long: the agent gives up meanwhile.
    let apply = json!({"plan_id": plan["id"], "confirm": true});
    bench.fault_after(1, "POST", "/assets", Effect::Delay { ms: 1500 });
    begin(&mut raw, 2, "apply_sync_plan", apply.clone()).await;
    bench.struck().await;
    let given_up = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}});
    raw.say(&given_up.to_string()).await;
    let run = loop {
        let runs = raw.call(3, "list_sync_runs", json!({})).await;
        let run = runs["result"]["structuredContent"]["result"][0].clone();
        if run["state"] == "paused" {
            break run;
        }
        assert_eq!(run["state"], "running", "{run}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert!(run["done"].as_u64() < run["steps"].as_u64(), "{run}");
    begin(&mut raw, 4, "apply_sync_plan", apply).await;
    let (_, whole) = follow(&mut raw, 4).await;
    let whole = &whole["result"]["structuredContent"]["result"];
    assert_eq!((&whole["id"], &whole["done"]), (&run["id"], &run["steps"]), "{whole}");
    let after = names(&bench);
    assert!(after.len() > before.len());
    for (name, count) in &after {
        assert_eq!(*count, before.get(name).copied().unwrap_or(1), "{name}");
    }
    raw.end().await;
    let log = bench.files().into_iter().find(|path| path.ends_with("mcp-audit.ndjson")).unwrap();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("\"tool\":\"apply_sync_plan\"") && log.contains("\"tool\":\"plan_sync\""), "{log}");
}

#[tokio::test]
async fn runs_that_are_asked_for_at_once_take_turns() {
    let bench = Bench::open().await;
    let mut raw = Raw::start(&bench, "mcp").await;
    begin(&mut raw, 1, "run_alert_tickets", json!({"days": 30, "confirm": true})).await;
    begin(&mut raw, 2, "run_alert_tickets", json!({"days": 30, "confirm": true})).await;
    begin(&mut raw, 3, "get_single_haloitsm_client_by_id", json!({"id": 12})).await;
    let mut answers = BTreeMap::new();
    while answers.len() < 3 {
        let heard = raw.hear().await;
        if let Some(id) = heard["id"].as_i64() {
            answers.insert(id, heard["result"]["structuredContent"]["result"].clone());
        }
    }
    let made = |id: i64| {
        let rows = answers[&id]["rows"].as_array().unwrap();
        rows.iter().filter(|row| row["state"] == "created").count()
    };
    assert!(made(1) > 0, "{answers:?}");
    assert_eq!(made(2), 0, "{answers:?}");
    raw.end().await;
}
