//! Tickets, actions and priorities.

use serde_json::json;

use crate::support::{Desk, ids};

#[tokio::test]
async fn tickets_close_and_keep_their_kinds_apart() {
    let desk = Desk::open().await;
    let body = json!([{ "summary": "VPN", "user_id": 101, "site_id": 21, "details_html": "<style>p{}</style><p>No <b>VPN</b></p>", "assets": [{ "id": 2001 }] }]);
    let ticket = desk.post("/api/Tickets", body).await.json();
    assert_eq!((&ticket["client_id"], &ticket["details"]), (&json!(12), &json!("No VPN")));
    assert_eq!(ticket["details_html"], "<p>No <b>VPN</b></p>");
    assert_eq!(ticket["assets"][0]["inventory_number"], "AC-2001");
    assert_eq!(ticket["dateclosed"], "1900-01-01T00:00:00");
    let id = ticket["id"].as_i64().unwrap();
    let row = desk.json("/api/Tickets?open_only=true").await["tickets"][0].clone();
    assert_eq!((row.get("status_name"), row.get("agent_name"), &row["client_name"]), (None, None, &json!("Acme Ltd")));
    assert_eq!(desk.json("/api/Tickets?includestatus=true").await["tickets"][0]["status_name"], "New");
    assert_eq!(ids(&desk.json(&format!("/api/Asset?ticket_id={id}")).await["assets"]), [2001]);
    desk.post("/api/Tickets", json!([{ "id": id, "status_id": 9 }])).await;
    assert_eq!(desk.json("/api/Tickets?open_only=true").await["record_count"], 0);
    assert_eq!(desk.get(&format!("/api/Projects/{id}")).await.status, 404);
    let mut project = json!([{ "summary": "Move", "user_id": 101 }]);
    let refused = desk.post("/api/Projects", project.clone()).await;
    assert_eq!((refused.status, refused.json()), (400, json!("Please select a Ticket Type")));
    let kinds = desk.json("/api/TicketType?showall=true").await;
    let kind = kinds.as_array().unwrap().iter().find(|kind| kind["use"] == "project").unwrap();
    project[0]["tickettype_id"] = kind["id"].clone();
    let refused = desk.post("/api/Projects", project.clone()).await;
    assert_eq!((refused.status, refused.json()), (400, json!("Please select a Site")));
    desk.sandbox.halo.switch(|switches| switches.user_brings_site = true);
    let project = desk.post("/api/Projects", project).await.json();
    assert_eq!((&project["site_id"], &project["client_id"]), (&json!(21), &json!(12)));
    assert_eq!(desk.get(&format!("/api/Tickets/{}", project["id"])).await.status, 404);
}

#[tokio::test]
async fn actions_are_numbered_within_their_ticket() {
    let desk = Desk::open().await;
    let ticket = async |summary: &str| {
        let made = desk.post("/api/Tickets", json!([{ "summary": summary, "client_id": 12 }])).await.json();
        made["id"].as_i64().unwrap()
    };
    let (one, two) = (ticket("one").await, ticket("two").await);
    let refused = desk.post("/api/Actions", json!([{ "ticket_id": one, "note_html": "x" }])).await;
    assert_eq!((refused.status, refused.json()), (400, json!("An Outcome must be entered for this Action")));
    let both = json!([
        { "ticket_id": one, "outcome": "Private Note", "note_html": "<p>first</p>" },
        { "ticket_id": one, "outcome_id": 10, "note": "second" },
    ]);
    assert_eq!(ids(&desk.post("/api/Actions", both).await.json()), [1, 2]);
    let other = desk.post("/api/Actions", json!([{ "ticket_id": two, "outcome_id": 7, "note": "x" }])).await.json();
    assert_eq!((&other["id"], &other["hiddenfromuser"]), (&json!(1), &json!(true)));
    let rows = desk.json(&format!("/api/Actions?ticket_id={one}")).await;
    assert_eq!((&rows["record_count"], rows["actions"][0].get("note_html")), (&json!(2), None));
    let rows = desk.json(&format!("/api/Actions?ticket_id={one}&includehtmlnote=true&excludeprivate=true")).await;
    assert_eq!(rows["actions"][0]["note_html"], "<p>second</p>");
    assert_eq!(desk.json(&format!("/api/Actions/2?ticket_id={one}")).await["note"], "second");
    assert_eq!(desk.get("/api/Actions/2").await.status, 404);
}

#[tokio::test]
async fn priorities_have_guids() {
    let desk = Desk::open().await;
    let first = desk.json("/api/Priority?slaid=1").await[0].clone();
    assert_eq!(first["priorityid"], 1);
    let id = first["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.json(&format!("/api/Priority/{id}")).await["name"], "Critical");
    assert_eq!(desk.json("/api/SLA?showpriorities=true").await[0]["priorities"].as_array().unwrap().len(), 4);
}
