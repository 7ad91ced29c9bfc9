//! Alert to incident.

use serde_json::{Value, json};
use sidelight::tools::Reach;
use sidelight_sandbox::Server;
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
    let made = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
    assert_eq!((states(&made, "created"), states(&made, "new")), (new, 0), "{made}");
    assert_eq!(sandbox.halo.all("Tickets").len(), before + new);
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

    // Fewer days ahead are no reason to call an alert cleared.
    let near = call(&bench, "plan_alert_tickets", json!({"days": 0})).await.unwrap();
    assert_eq!(states(&near, "cleared"), 0, "{near}");

    sandbox.hudu.monitor(site, "up");
    for _ in 0..2 {
        let cleared = call(&bench, "run_alert_tickets", json!({"days": 365})).await.unwrap();
        assert_eq!(states(&cleared, "cleared"), 1, "{cleared}");
    }
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
    let said = actions(&down["id"]).into_iter().filter(|a| a.to_string().contains("cleared in Hudu")).count();
    assert_eq!(said, 1, "a cleared alert is told once");
}
