//! Companies that nothing but their names tell apart, because Halo's id is kept out of the ID number.

use serde_json::{Value, json};
use sidelight::sync::apply::Order;
use sidelight::sync::plan::{Item, Plan};
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::world::Size;
use sidelight_sandbox::{Effect, Sandbox};
use sidelight_tests::desk::Desk;

use crate::support::{begin, desk, fault, go, plan, provider, sync, writes};

/// Enough clients for a large run, nothing else.
fn clients() -> Sandbox {
    provider(Size { clients: 10, sites: 1, users: 0, assets: 0, known: 0, articles: 0 })
}

async fn without_numbers(pair: &Sandbox, seed: u64) -> Desk {
    let desk = desk(pair, seed).await;
    desk.set(|settings| settings.sync.id_number = false).await;
    desk
}

fn rename(pair: &Sandbox, id: i64, name: &str) {
    pair.halo.upsert("Client", json!({ "id": id, "name": name }));
}

fn of(plan: &Plan, client: i64) -> &Item {
    plan.items.iter().find(|item| item.id == format!("client/{client}")).unwrap()
}

fn named(pair: &Sandbox, name: &str) -> Vec<Value> {
    let is = |company: &Value| company["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name));
    pair.hudu.all("companies").into_iter().filter(is).collect()
}

#[tokio::test(start_paused = true)]
async fn two_clients_of_one_name_are_made_only_with_numbers() {
    let pair = clients();
    rename(&pair, 12, "Twin Peaks Ltd");
    rename(&pair, 13, "Twin Peaks GmbH");
    let desk = without_numbers(&pair, 1).await;
    let first = plan(&desk).await;
    for client in [12, 13] {
        let item = of(&first, client);
        assert_eq!(item.action, Action::Blocked, "{item:?}");
        assert!(item.reason.contains("Another client has the same name"), "{}", item.reason);
    }
    let mut run = begin(&desk, first, &Order::default()).await;
    go(&desk, &mut run).await;
    assert_eq!(run.state, RunState::Done);
    assert!(pair.hudu.find_company("Twin Peaks Ltd").is_none() && pair.hudu.find_company("Twin Peaks GmbH").is_none());
    // The others are known by their names from now on.
    assert!(pair.hudu.all("companies").iter().all(|company| company["id_number"].is_null()));
    assert_eq!(writes(&plan(&desk).await), 0);

    // With numbers both are made, each with its own.
    desk.set(|settings| settings.sync.id_number = true).await;
    sync(&desk).await;
    for (name, number) in [("Twin Peaks Ltd", "12"), ("Twin Peaks GmbH", "13")] {
        let there = named(&pair, name);
        assert_eq!(there.len(), 1, "{name}");
        assert_eq!(there[0]["id_number"], number);
    }
    assert_eq!(writes(&plan(&desk).await), 0);
}

#[tokio::test(start_paused = true)]
async fn a_company_that_stands_for_another_client_is_not_taken_for_the_name_alone() {
    let pair = clients();
    let desk = without_numbers(&pair, 1).await;
    sync(&desk).await;
    // The company of 12 is called like the new client 90 now; this device knows whose it is.
    let twelve = named(&pair, &of(&plan(&desk).await, 12).title)[0]["id"].clone();
    pair.halo.upsert("Client", json!({ "id": 90, "name": "Newly Won Ltd", "inactive": false }));
    let before = plan(&desk).await;
    assert_eq!(of(&before, 90).action, Action::Create);
    pair.hudu.upsert("companies", json!({ "id": twelve, "name": "Newly Won Ltd" }));
    let now = plan(&desk).await;
    assert_eq!(of(&now, 90).action, Action::Blocked, "{:?}", of(&now, 90));
    // A plan from before that edit makes a company of its own, and leaves the other one alone.
    let mut run = begin(&desk, before, &Order::default()).await;
    go(&desk, &mut run).await;
    let place = run.plan.items.iter().position(|item| item.id == "client/90").unwrap();
    let made = run.steps[place].target.unwrap();
    assert!(run.steps[place].made && json!(made) != twelve, "{:?}", run.steps[place]);
    assert_eq!(named(&pair, "Newly Won Ltd").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_creation_whose_answer_was_lost_is_found_by_its_name() {
    // In a run of a few writes and in a large one.
    for size in ["few", "many"] {
        let pair = clients();
        let desk = without_numbers(&pair, 1).await;
        let mut first = plan(&desk).await;
        // Somebody else's company, whose name begins alike.
        let alike = pair.hudu.upsert("companies", json!({ "name": "Client 00000 Ltd Holdings" }));
        if size == "few" {
            first.items.retain(|item| item.id == "client/12");
        }
        let title = of(&first, 12).title.clone();
        pair.faults.add(fault("hudu", "POST", "/companies", 0, 1, Effect::DropAfter));
        let mut run = begin(&desk, first, &Order::default()).await;
        go(&desk, &mut run).await;
        assert_eq!((run.state, pair.faults.left()), (RunState::Done, 0), "{size}");
        let there = named(&pair, &title);
        assert_eq!(there.len(), 1, "{size}: {there:?}");
        let place = run.plan.items.iter().position(|item| item.id == "client/12").unwrap();
        assert_eq!(run.steps[place].target, there[0]["id"].as_i64(), "{size}");
        assert_ne!(run.steps[place].target, Some(alike));
    }
}

#[tokio::test(start_paused = true)]
async fn a_company_that_somebody_makes_meanwhile_is_taken_by_its_name() {
    let pair = clients();
    let desk = without_numbers(&pair, 1).await;
    let first = plan(&desk).await;
    assert!(writes(&first) > 5);
    let title = of(&first, 15).title.clone();
    let there = pair.hudu.upsert("companies", json!({ "name": title.to_uppercase() }));
    let mut run = begin(&desk, first, &Order::default()).await;
    go(&desk, &mut run).await;
    let place = run.plan.items.iter().position(|item| item.id == "client/15").unwrap();
    assert_eq!((run.steps[place].target, run.steps[place].made), (Some(there), false));
    assert_eq!(named(&pair, &title).len(), 1);
}
