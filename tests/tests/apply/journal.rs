//! Runs in the store.

use serde_json::{Value, json};
use sidelight::platform::{StoreError, Table};
use sidelight::sync::apply::{self, Order};
use sidelight::sync::journal;
use sidelight::sync::plan::Item;
use sidelight::sync::view::RunState;

use crate::support::{begin, desk, go, plan, sides, small, sync};

#[tokio::test(start_paused = true)]
async fn old_runs_make_room_and_open_ones_stay() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let plan = plan(&desk).await;
    let open = begin(&desk, plan.clone(), &Order::default()).await;
    let mut ended = begin(&desk, plan.clone(), &Order::default()).await;
    go(&desk, &mut ended).await;
    tokio::time::sleep(std::time::Duration::from_secs(91 * 86_400)).await;
    let listed = async || -> Vec<String> {
        journal::list(&desk.host.host).await.unwrap().into_iter().map(|(id, _)| id).collect()
    };
    // The last twenty stay however old they are: the clock may have been wrong.
    let mut left = vec![open.id.clone()];
    for number in 0..20 {
        assert!(listed().await.contains(&ended.id), "after {number} runs");
        left.push(begin(&desk, plan.clone(), &Order::default()).await.id);
    }
    left.push(begin(&desk, plan, &Order::default()).await.id);
    left.sort();
    assert_eq!(listed().await, left);
    let left = desk.host.store.dump(Table::Journal);
    assert!(
        left.iter().all(|(key, _)| !key.contains(&ended.id)),
        "{:?}",
        left.iter().map(|(key, _)| key).collect::<Vec<_>>()
    );
}

#[tokio::test(start_paused = true)]
async fn runs_of_the_version_before_still_load_and_undo() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let run = sync(&desk).await;
    // As that version wrote it: one value with the plan in it, steps beside it.
    let plan: Value = serde_json::from_str(&sidelight::json::write(&run.plan)).unwrap();
    let mut plan = plan.as_object().cloned().unwrap();
    for name in ["clients", "guard", "notes", "made", "requests"] {
        plan.remove(name);
    }
    for item in plan["items"].as_array_mut().unwrap() {
        let item = item.as_object_mut().unwrap();
        item.remove("safe");
        item.remove("client");
    }
    let old = json!({ "id": run.id, "started": run.started, "plan": plan, "state": "done", "requests": 77 });
    let mut rows = vec![put("run", &run.id, old.to_string())];
    for (key, text) in desk.host.store.dump(Table::Journal) {
        if let Some(index) = key.strip_prefix(&format!("step/{}/", run.id)) {
            let item = &run.plan.items[index.parse::<usize>().unwrap()];
            let mut step: Value = serde_json::from_str(&text).unwrap();
            if step["all"] == true {
                step["written"] = serde_json::from_str(&sidelight::json::write(&item.changes)).unwrap();
            }
            for name in ["all", "at", "undone"] {
                step.as_object_mut().unwrap().remove(name);
            }
            rows.push(put(&format!("step/{}", run.id), index, step.to_string()));
        } else if key.starts_with("item/") || key.starts_with("names/") {
            rows.push(sidelight::platform::Write { table: Table::Journal, key, value: None });
        }
    }
    desk.host.host.store.write(rows).await.unwrap();
    let (heads, _) = journal::heads(&desk.host.host, 0, 5).await.unwrap();
    assert_eq!((heads[0].state, heads[0].undoable, heads[0].requests.1), (RunState::Done, true, 77));
    let loaded = journal::load(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert_eq!(loaded.counts().done, run.counts().done);
    let plan = sides(&desk).await.plan_undo(&loaded, None).await.unwrap();
    let mut back = begin(&desk, plan, &Order::default()).await;
    go(&desk, &mut back).await;
    assert_eq!(back.state, RunState::Done);
    let head = journal::head(&desk.host.host, &run.id).await.unwrap().unwrap();
    assert_eq!(head.state, RunState::Undone);
}

fn put(kind: &str, id: &str, text: String) -> sidelight::platform::Write {
    sidelight::platform::Write { table: Table::Journal, key: format!("{kind}/{id}"), value: Some(text) }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_cut_while_it_was_written_down_leaves_nothing() {
    let pair = small();
    let desk = desk(&pair, 1).await;
    let mut plan = plan(&desk).await;
    let item = plan.items.iter().find(|item| item.writes()).unwrap().clone();
    let copy = |n: i64| Item { id: format!("asset/{}", 100_000 + n), ..item.clone() };
    plan.items = (0..9_000).map(copy).collect();
    desk.host.store.writes_left.set(2);
    *desk.host.store.failing.borrow_mut() = Some(StoreError::Broken("worker stopped".to_owned()));
    assert!(apply::begin(&desk.host.host, plan.clone(), &Order::default()).await.is_err());
    *desk.host.store.failing.borrow_mut() = None;
    assert!(!desk.host.store.dump(Table::Journal).is_empty());
    assert!(journal::open(&desk.host.host).await.unwrap().is_empty());
    tokio::time::sleep(std::time::Duration::from_secs(7_200)).await;
    plan.items.truncate(3);
    let run = begin(&desk, plan, &Order::default()).await;
    let rows = desk.host.store.dump(Table::Journal);
    assert!(rows.iter().all(|(key, _)| key.contains(&run.id)), "{:?}", rows.len());
}
