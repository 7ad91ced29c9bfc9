//! Alert to incident.

use serde_json::{Value, json};
use sidelight::tools::Reach;
use sidelight_sandbox::Server;
use sidelight_sandbox::halo::TicketTemplates;
use sidelight_tests::host::sandbox;

use crate::{bench, call};

fn states(answer: &Value, wanted: &str) -> usize {
    answer["result"]["rows"].as_array().unwrap().iter().filter(|row| row["state"] == wanted).count()
}

#[tokio::test(start_paused = true)]
async fn each_alert_makes_one_ticket_and_a_second_run_makes_none() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let company =
        sandbox.hudu.all("companies").into_iter().find(|c| c["name"] == "Harbour and Finch").unwrap()["id"].clone();
    let site = json!({"name": "https://down.example", "company_id": company});
    let site = sandbox.hudu.upsert("websites", site);
    sandbox.hudu.monitor(site, "down");
    let before = sandbox.halo.all("Tickets").len();
    let plan = call(&bench, "plan_alert_tickets", json!({"days": 365})).await.unwrap();
    let new = states(&plan, "new");
    assert!(new > 1, "{plan}");
    assert_eq!(sandbox.halo.all("Tickets").len(), before, "a plan writes nothing");
    let why = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap_err();
    assert!(why.starts_with(&format!("{new} tickets would be made at once.")), "{why}");
    // The templates of ticket types are not applied: the summary is what tells a ticket.
    sandbox.halo.switch(|switches| switches.ticket_templates = TicketTemplates::UnlessTold);
    let made = call(&bench, "run_alert_tickets", json!({"days": 365, "confirm": true})).await.unwrap();
    assert_eq!((states(&made, "created"), states(&made, "new")), (new, 0), "{made}");
    assert_eq!(sandbox.halo.all("Tickets").len(), before + new);
    let subjects: Vec<String> = made["result"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["subject"].as_str().unwrap().to_owned())
        .collect();
    let down = made["result"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["subject"].as_str().unwrap().contains("down.example is down"))
        .unwrap()
        .clone();
    let ticket = sandbox.halo.get("Tickets", down["id"].as_i64().unwrap_or_else(|| panic!("{down} {made}"))).unwrap();
    assert_eq!(ticket["client_id"], 12);
    let actions =
        |id: &Value| sandbox.halo.all("Actions").into_iter().filter(|a| a["ticket_id"] == *id).collect::<Vec<_>>();
    assert!(actions(&down["id"]).iter().any(|action| action["hiddenfromuser"] == true));

    sandbox.clear_requests();
    let again = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
    assert_eq!((states(&again, "created"), states(&again, "known")), (0, new), "{again}");
    assert!(sandbox.requests(Server::Halo).iter().all(|seen| seen.method != "POST" || seen.path.contains("token")));

    // A date that was dealt with stays known, also where closed tickets are listed on request only.
    sandbox.halo.switch(|switches| switches.closed_hidden = true);
    let mut dated = sandbox.halo.all("Tickets");
    dated.retain(|ticket| ticket["summary"].as_str().unwrap().contains("[Hudu expiration"));
    for ticket in &dated {
        sandbox.halo.upsert("Tickets", json!({"id": ticket["id"], "status_id": 9, "inactive": true}));
    }
    let closed = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
    assert_eq!((dated.len() > 1, states(&closed, "created"), states(&closed, "known")), (true, 0, new), "{closed}");
    for ticket in &dated {
        sandbox.halo.upsert("Tickets", json!({"id": ticket["id"], "status_id": 1, "inactive": false}));
    }

    // Fewer days ahead are no reason to call an alert cleared.
    let near = call(&bench, "plan_alert_tickets", json!({"days": 0})).await.unwrap();
    assert_eq!(states(&near, "cleared"), 0, "{near}");

    sandbox.hudu.monitor(site, "up");
    for _ in 0..2 {
        let cleared = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
        assert_eq!(states(&cleared, "cleared"), 1, "{cleared}");
    }
    assert!(subjects.iter().any(|subject| subject.contains("” of ")), "the field says which date it is: {subjects:?}");
    assert!(subjects.iter().any(|subject| subject.contains(" ended on ")), "{subjects:?}");
    // That nearly all are gone may be a key that sees less than before.
    for table in ["expirations", "websites"] {
        for one in sandbox.hudu.all(table) {
            assert!(sandbox.hudu.delete(table, one["id"].as_i64().unwrap()));
        }
    }
    let why = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap_err();
    assert!(why.contains("open alerts would be called cleared"), "{why}");
    let confirmed = call(&bench, "run_alert_tickets", json!({"days": 365, "confirm": true})).await.unwrap();
    assert!(states(&confirmed, "cleared") > 5, "{confirmed}");
    // What was told as cleared already is no reason to ask again.
    call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
    let said = actions(&down["id"]).into_iter().filter(|a| a.to_string().contains("cleared in Hudu")).count();
    assert_eq!(said, 1, "a cleared alert is told once");
}
