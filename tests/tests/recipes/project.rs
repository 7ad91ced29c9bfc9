//! Quote to project.

use serde_json::json;
use sidelight::tools::Reach;
use sidelight_sandbox::Sandbox;

use crate::{bench, call, notes, rows, small, tickets};

fn quote(sandbox: &Sandbox, title: &str) -> i64 {
    let all = sandbox.halo.all("Quotation");
    all.iter().find(|quote| quote["title"] == title).unwrap()["id"].as_i64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn accepted_quotations_become_a_contract_and_a_project_with_its_tasks() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let id = quote(&sandbox, "Wireless for the annexe");
    let plan = call(&bench, "plan_quote_to_project", json!({"months": 24, "start_date": "2026-12-01"})).await.unwrap();
    assert_eq!((rows(&plan, "new").len(), rows(&plan, "change").len()), (4, 1), "{plan}");
    let run = call(&bench, "run_quote_to_project", json!({"months": 24, "start_date": "2026-12-01"})).await.unwrap();
    assert_eq!((rows(&run, "created").len(), rows(&run, "changed").len()), (4, 1), "{run}");

    let contract = sandbox.halo.all("ClientContract").into_iter().find(|c| c["ref"] == format!("Quote {id}")).unwrap();
    assert_eq!(contract["client_id"], 12);
    assert!(contract["end_date"].as_str().unwrap().starts_with("2028-11-30"), "{contract}");
    let project = tickets(&sandbox, &format!("Wireless for the annexe [Quote {id}]"))[0].clone();
    let kinds = sandbox.halo.all("TicketType");
    let kind = kinds.iter().find(|kind| kind["use"] == "project").unwrap();
    assert_eq!(project["tickettype_id"], kind["id"], "the type of the latest projects");
    assert_eq!(project["contract_id"], contract["id"]);
    let mut tasks = sandbox.halo.all("Tickets");
    tasks.retain(|ticket| ticket["parent_id"] == project["id"]);
    assert_eq!(tasks.len(), 2);
    assert_eq!(sandbox.halo.get("Quotation", id).unwrap()["ticket_id"], project["id"]);

    let before = sandbox.halo.all("Tickets").len();
    let again = call(&bench, "run_quote_to_project", json!({})).await.unwrap();
    assert!(rows(&again, "created").is_empty() && rows(&again, "changed").is_empty(), "{again}");
    assert_eq!(sandbox.halo.all("Tickets").len(), before);

    // What the run did not write stays as somebody wrote it meanwhile.
    sandbox.halo.upsert("Quotation", json!({"id": id, "po_ref": "PO-7"}));
    let undone = call(&bench, "undo_recipe_run", json!({"run_id": run["result"]["id"]})).await.unwrap();
    assert_eq!(rows(&undone, "undone").len(), 5, "{undone}");
    let quoted = sandbox.halo.get("Quotation", id).unwrap();
    assert_eq!((&quoted["ticket_id"], &quoted["po_ref"]), (&json!(null), &json!("PO-7")));
    let contract = sandbox.halo.get("ClientContract", contract["id"].as_i64().unwrap()).unwrap();
    assert_eq!(contract["active"], false);
}

#[tokio::test(start_paused = true)]
async fn a_prospect_becomes_a_client_and_its_opportunity_is_told() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let kind = sandbox.halo.all("TicketType").into_iter().find(|kind| kind["use"] == "opportunity").unwrap();
    let sale =
        json!({"summary": "New line", "client_id": 1, "tickettype_id": kind["id"], "oppcompanyname": "Brightwell Ltd"});
    let sale = sandbox.halo.upsert("Opportunities", sale);
    let id = json!({"title": "Starter", "client_id": 1, "ticket_id": sale, "status_name": "Draft"});
    let id = sandbox.halo.upsert("Quotation", id);
    let not_yet = call(&bench, "run_quote_to_project", json!({"quote_id": id})).await.unwrap();
    assert!(rows(&not_yet, "skipped")[0]["why"].as_str().unwrap().contains("“Draft”"), "{not_yet}");
    let arguments = json!({"quote_id": id, "accepted": true, "contract": false, "tasks": ["Order", "Install"]});
    let run = call(&bench, "run_quote_to_project", arguments.clone()).await.unwrap();
    assert_eq!(rows(&run, "created").len(), 5, "{run}");
    let client = sandbox.halo.all("Client").into_iter().find(|client| client["name"] == "Brightwell Ltd").unwrap();
    assert_eq!(sandbox.halo.get("Quotation", id).unwrap()["client_id"], client["id"]);
    let project = &tickets(&sandbox, &format!("Starter [Quote {id}]"))[0];
    assert_eq!(project["client_id"], client["id"]);
    assert_eq!(tickets(&sandbox, "Install")[0]["parent_id"], project["id"]);
    assert!(notes(&sandbox, &json!(sale)).iter().any(|note| note.contains("became a project")));
    let again = call(&bench, "run_quote_to_project", arguments).await.unwrap();
    assert!(rows(&again, "created").is_empty(), "{again}");
    let clients = sandbox.halo.all("Client");
    assert_eq!(clients.iter().filter(|client| client["name"] == "Brightwell Ltd").count(), 1);

    // A quotation with a user and no site, and projects of several types.
    let kind = sandbox.halo.upsert("TicketType", json!({"name": "Rollout", "use": "project"}));
    let of_kind = json!({"summary": "Roll out", "client_id": 12, "tickettype_id": kind});
    sandbox.halo.upsert("Projects", of_kind);
    let user = sandbox.halo.all("Users").into_iter().find(|user| user["client_id"].as_f64() == Some(12.0)).unwrap();
    let id = json!({"title": "No site", "client_id": 12, "user_id": user["id"], "status_name": "Accepted"});
    let id = sandbox.halo.upsert("Quotation", id);
    let why = call(&bench, "plan_quote_to_project", json!({"quote_id": id})).await.unwrap_err();
    assert!(why.starts_with("tickettype_id is missing: a project needs its ticket type"), "{why}");
    let run = json!({"quote_id": id, "tickettype_id": kind, "tasks": []});
    let run = call(&bench, "run_quote_to_project", run).await.unwrap();
    assert!(rows(&run, "failed").is_empty(), "{run}");
    assert_eq!(tickets(&sandbox, &format!("No site [Quote {id}]"))[0]["tickettype_id"], kind);

    for (arguments, sentence) in [
        (json!({"accepted": true}), "quote_id is missing: accepted is said of one quotation."),
        (json!({"quote_id": id, "start_date": "soon"}), "start_date is no date: write it as 2026-12-01."),
        (json!({"months": 0}), "months has to be at least 1."),
    ] {
        assert_eq!(call(&bench, "plan_quote_to_project", arguments).await.unwrap_err(), sentence);
    }
}
