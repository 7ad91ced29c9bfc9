//! What all recipes share: lost answers, stopped workers, failures, undo.

use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::tools::{Bench, Reach};
use sidelight_sandbox::halo::TicketTemplates;
use sidelight_sandbox::{Effect, Fault, Sandbox};
use sidelight_tests::clients::sides_on;
use sidelight_tests::host::{MemoryStore, TestHost};

use crate::{bench, call, rows, small, tickets};

fn people() -> Value {
    let person =
        |name: &str| json!({"name": name, "email": format!("{name}@example.test"), "client": "Harbour and Finch"});
    json!({"people": [person("Ana"), person("Ben")]})
}

fn fault(sandbox: &Sandbox, path: &str, times: u32, effect: Effect) {
    let fault =
        Fault { server: "halo".to_owned(), method: "POST".to_owned(), path: path.to_owned(), after: 0, times, effect };
    sandbox.faults.add(fault);
}

fn runs_in_hudu(sandbox: &Sandbox) -> usize {
    sandbox
        .hudu
        .all("procedures")
        .iter()
        .filter(|one| one["run"] == true && one["name"].to_string().contains("[Onb"))
        .count()
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_makes_no_double() {
    for effect in [Effect::DropAfter, Effect::DropBefore, Effect::HalfBody] {
        let sandbox = small();
        let bench = bench(&sandbox, Reach::default()).await;
        fault(&sandbox, "/tickets", 1, effect.clone());
        let run = call(&bench, "run_onboarding_tickets", people()).await.unwrap();
        assert_eq!(rows(&run, "created").len(), 4, "{effect:?} {run}");
        assert_eq!(tickets(&sandbox, "New starter").len(), 2, "{effect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_ticket_that_lost_its_reference_is_told_and_can_be_taken_back() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    sandbox.halo.switch(|switches| switches.ticket_templates = TicketTemplates::Always);
    let run = call(&bench, "run_onboarding_tickets", people()).await.unwrap();
    let failed = rows(&run, "failed");
    assert_eq!(failed.len(), 2, "{run}");
    assert!(failed[0]["why"].as_str().unwrap().starts_with("HaloITSM made it with another summary"), "{run}");
    call(&bench, "undo_recipe_run", json!({"run_id": run["result"]["id"]})).await.unwrap();
    let made = tickets(&sandbox, "To be sorted");
    assert_eq!((made.len(), made.iter().all(|ticket| ticket["status_id"] == 9)), (2, true), "{made:?}");
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_is_stopped_anywhere_makes_no_double_and_leaves_nothing_half_done() {
    let mut awaits = 0;
    let mut cuts = 0;
    loop {
        let sandbox = small();
        let store = Rc::new(MemoryStore::default());
        let first = TestHost::on(&sandbox, store.clone(), 1);
        let bench = Bench::new(sides_on(&first, &sandbox).await.unwrap(), Reach::default());
        first.moments.stop_after(awaits);
        let ended = tokio::select! {
            run = call(&bench, "run_onboarding_tickets", people()) => run.is_ok(),
            () = first.moments.stopped() => false,
        };
        let begun = !tickets(&sandbox, "New starter").is_empty();
        let woken = TestHost::on(&sandbox, store, 2);
        let bench = Bench::new(sides_on(&woken, &sandbox).await.unwrap(), Reach::default());
        let run = call(&bench, "run_onboarding_tickets", people()).await.unwrap();
        assert!(rows(&run, "failed").is_empty() && rows(&run, "left").is_empty(), "{awaits} {run}");
        assert_eq!((tickets(&sandbox, "New starter").len(), runs_in_hudu(&sandbox)), (2, 2), "{awaits}");
        if ended {
            break;
        }
        cuts += usize::from(begun);
        awaits += 3;
        assert!(awaits < 2_000, "it never ends");
    }
    assert!(cuts > 3, "no stop was in the middle of the writes");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stops_what_depends_on_it_and_nothing_else() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let refusal = Effect::Status { status: 400, body: "\"No more projects\"".to_owned(), headers: Vec::new() };
    fault(&sandbox, "/projects", 1, refusal);
    let run = call(&bench, "run_quote_to_project", json!({})).await.unwrap();
    assert_eq!((rows(&run, "failed").len(), rows(&run, "created").len()), (1, 1), "{run}");
    assert!(rows(&run, "failed")[0]["why"].as_str().unwrap().contains("No more projects"), "{run}");
    assert_eq!(rows(&run, "left").len(), 3, "{run}");
    let again = call(&bench, "run_quote_to_project", json!({})).await.unwrap();
    assert_eq!((rows(&again, "known").len(), rows(&again, "created").len()), (1, 3), "{again}");
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_was_shown_is_the_one_that_is_carried_out() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let plan = call(&bench, "plan_onboarding_tickets", people()).await.unwrap();
    let mut arguments = json!({"people": [people()["people"][0]], "plan_id": plan["result"]["id"]});
    let stale = call(&bench, "run_onboarding_tickets", arguments.clone()).await.unwrap_err();
    assert!(stale.contains("Look at the new plan"), "{stale}");
    assert!(tickets(&sandbox, "New starter").is_empty());
    arguments["people"] = people()["people"].clone();
    call(&bench, "run_onboarding_tickets", arguments).await.unwrap();
    assert_eq!(tickets(&sandbox, "New starter").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn undo_tells_first_takes_back_once_and_leaves_what_others_changed() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let run = call(&bench, "run_quote_to_project", json!({})).await.unwrap();
    let id = run["result"]["id"].clone();
    let quote = rows(&run, "changed")[0]["id"].as_i64().unwrap();
    sandbox.halo.upsert("Quotation", json!({"id": quote, "ticket_id": 1}));
    let before = sandbox.halo.all("Tickets");
    let preview = call(&bench, "undo_recipe_run", json!({"run_id": id, "preview": true})).await.unwrap();
    assert_eq!(sandbox.halo.all("Tickets"), before, "a preview writes nothing");
    let undone = call(&bench, "undo_recipe_run", json!({"run_id": id})).await.unwrap();
    for answer in [&preview, &undone] {
        assert_eq!((rows(answer, "undone").len(), rows(answer, "kept").len()), (4, 1), "{answer}");
        assert!(rows(answer, "kept")[0]["why"].as_str().unwrap().contains("Changed by someone"), "{answer}");
    }
    assert_eq!(sandbox.halo.get("Quotation", quote).unwrap()["ticket_id"], 1);
    sandbox.clear_requests();
    let runs = call(&bench, "list_recipe_runs", json!({})).await.unwrap();
    assert_eq!((&runs["result"][0]["id"], &runs["result"][0]["recipe"]), (&id, &json!("quote_to_project")));
    let strange = call(&bench, "undo_recipe_run", json!({"run_id": "no"})).await.unwrap_err();
    assert_eq!(strange, "This run is not known on this device.");
}

#[tokio::test(start_paused = true)]
async fn an_agent_of_one_client_runs_recipes_for_that_client_only() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach { client: Some(20), ..Reach::default() }).await;
    let refused =
        [("run_onboarding_tickets", people()), ("run_quote_to_project", json!({})), ("list_recipe_runs", json!({}))];
    for (tool, arguments) in refused {
        let why = call(&bench, tool, arguments).await.unwrap_err();
        assert!(why.starts_with("Only records of client 20"), "{tool}: {why}");
    }
    assert!(tickets(&sandbox, "New starter").is_empty());
    let bench = self::bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let own =
        sandbox.hudu.all("companies").into_iter().find(|c| c["name"] == "Harbour and Finch").unwrap()["id"].clone();
    let foreign = sandbox.hudu.all("assets").into_iter().find(|a| a["company_id"] != own).unwrap()["id"].clone();
    let refused = [
        ("plan_directory_sync", json!({"from": "halo", "to": "hudu", "client_id": 20})),
        ("run_directory_sync", json!({"client_id": 20})),
        ("plan_asset_enrichment", json!({"client_id": 20})),
        ("plan_onboarding_tickets", json!({"client_id": 12, "person_id": foreign})),
    ];
    for (tool, arguments) in refused {
        let why = call(&bench, tool, arguments).await.unwrap_err();
        assert!(why.starts_with("Only records of client 12"), "{tool}: {why}");
    }
    // What is for everybody is not written either, and nobody is put where it would have to be.
    let crew = json!({"from": "halo", "to": "hudu", "layout": "Crew"});
    let before = ["asset_layouts", "assets"].map(|table| sandbox.hudu.all(table).len());
    let run = call(&bench, "run_directory_sync", crew).await.unwrap();
    assert_eq!(["asset_layouts", "assets"].map(|table| sandbox.hudu.all(table).len()), before, "{run}");
    assert!(rows(&run, "left").iter().any(|row| row["why"].as_str().unwrap().contains("for everybody")), "{run}");
}
