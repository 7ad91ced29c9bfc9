//! Onboarding.

use serde_json::{Value, json};
use sidelight::settings::{self, TicketTemplate};
use sidelight::tools::{Bench, Reach};

use crate::{bench, call, notes, rows, small, tickets};

fn joy() -> Value {
    json!({"people": [{"name": "Joy New", "email": "joy@example.test", "client": "Harbour and Finch", "title": "Buyer",
        "start date": "2026-12-01"}]})
}

async fn set(bench: &Bench, templates: Vec<TicketTemplate>) {
    let host = &bench.sides.host;
    let mut saved = settings::load(host).await.unwrap();
    saved.recipes.onboarding = templates;
    settings::save(host, &saved).await.unwrap();
}

fn template(name: &str, summary: &str) -> TicketTemplate {
    TicketTemplate { name: name.to_owned(), summary: summary.to_owned(), ..TicketTemplate::default() }
}

#[tokio::test(start_paused = true)]
async fn a_new_person_gets_each_ticket_and_the_process_once_whatever_they_come_from() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let kind = sandbox.halo.all("TicketType").into_iter().rfind(|kind| kind["use"] == "ticket").unwrap();
    let team = sandbox.halo.all("Team")[0]["name"].as_str().unwrap().to_owned();
    let laptop = TicketTemplate {
        details: "For {name}, {title}.\nStarts on {start date}.\nBadge: {badge}".to_owned(),
        tickettype: kind["name"].as_str().unwrap().to_owned(),
        team: team.clone(),
        ..template("laptop", "Laptop for {name}")
    };
    set(&bench, vec![laptop, template("account", "Account for {name}")]).await;
    let plan = call(&bench, "plan_onboarding_tickets", joy()).await.unwrap();
    assert_eq!(rows(&plan, "new").len(), 3, "{plan}");
    assert_eq!(plan["result"]["notes"][0], "The template “laptop” asks for {badge}, which Joy New has not.");
    assert!(tickets(&sandbox, "Joy").is_empty());

    let shown = json!({"people": joy()["people"], "plan_id": plan["result"]["id"]});
    let run = call(&bench, "run_onboarding_tickets", shown).await.unwrap();
    assert_eq!(rows(&run, "created").len(), 3, "{run}");
    let made = tickets(&sandbox, "Laptop for Joy New");
    assert_eq!((made.len(), &made[0]["client_id"], &made[0]["team"]), (1, &json!(12), &json!(team)));
    assert_eq!(made[0]["tickettype_id"], kind["id"]);
    assert_eq!(made[0]["details"], "For Joy New, Buyer.\nStarts on 2026-12-01.");
    let started = |sandbox: &sidelight_sandbox::Sandbox| {
        let mut all = sandbox.hudu.all("procedures");
        all.retain(|one| one["run"] == true && one["name"].as_str().unwrap().contains("Joy New"));
        all
    };
    assert_eq!(started(&sandbox).len(), 1);
    assert!(started(&sandbox)[0]["name"].as_str().unwrap().starts_with("Onboard a new starter: Joy New"));

    let again = call(&bench, "run_onboarding_tickets", joy()).await.unwrap();
    assert_eq!(rows(&again, "known").len(), 3, "{again}");
    // The same person as HaloITSM's user.
    let site = sandbox.halo.all("Site").into_iter().find(|site| site["client_id"].as_f64() == Some(12.0)).unwrap();
    let user = sandbox
        .halo
        .upsert("Users", json!({"name": "Joy New", "emailaddress": "JOY@example.test", "site_id": site["id"]}));
    // Closed tickets are found as well, though this instance lists them on request only.
    sandbox.halo.switch(|switches| switches.closed_hidden = true);
    let close = |status: i64| {
        for ticket in tickets(&sandbox, "Joy New") {
            sandbox.halo.upsert("Tickets", json!({"id": ticket["id"], "status_id": status}));
        }
    };
    close(9);
    let as_user = call(&bench, "run_onboarding_tickets", json!({"user_id": user})).await.unwrap();
    assert_eq!(rows(&as_user, "known").len(), 3, "{as_user}");
    assert_eq!((tickets(&sandbox, "Joy New").len(), started(&sandbox).len()), (2, 1));

    close(1);
    let undone = json!({"run_id": run["result"]["id"]});
    let undone = call(&bench, "undo_recipe_run", undone).await.unwrap();
    assert_eq!(rows(&undone, "undone").len(), 3, "{undone}");
    assert_eq!(started(&sandbox)[0]["archived"], true);
    for ticket in tickets(&sandbox, "Joy New") {
        assert_eq!(ticket["hasbeenclosed"], true, "{ticket}");
        assert!(notes(&sandbox, &ticket["id"]).iter().any(|note| note.contains("Taken back")), "{ticket}");
    }
    // What was taken back can be made again.
    let third = call(&bench, "run_onboarding_tickets", joy()).await.unwrap();
    assert_eq!(rows(&third, "created").len(), 3, "{third}");
}

#[tokio::test(start_paused = true)]
async fn a_person_of_hudu_brings_their_fields_and_an_unknown_client_is_told() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    let layouts = sandbox.hudu.all("asset_layouts");
    let people = layouts.iter().find(|layout| layout["name"] == "People").unwrap()["id"].clone();
    let person = sandbox.hudu.all("assets").into_iter().find(|asset| asset["asset_layout_id"] == people).unwrap();
    let run = call(&bench, "run_onboarding_tickets", json!({"person_id": person["id"]})).await.unwrap();
    let name = person["name"].as_str().unwrap();
    assert_eq!(rows(&run, "created").len(), 2, "{run}");
    let made = tickets(&sandbox, name);
    assert!(made[0]["details"].as_str().unwrap().contains('@'), "{made:?}");

    let strange = json!({"people": [
        {"name": "A", "client": "Nobody knows them"},
        {"name": "B", "client": "Harbour and Finch"},
        {"name": "C", "client": 12, "email": null, "site": null, "title": null, "start": "Monday"},
    ]});
    let run = call(&bench, "run_onboarding_tickets", strange).await.unwrap();
    let skipped = rows(&run, "skipped");
    assert_eq!(skipped[0]["why"], "HaloITSM has no client “Nobody knows them”.", "{run}");
    assert_eq!(rows(&run, "created").len(), 4, "{run}");
}

#[tokio::test(start_paused = true)]
async fn arguments_and_templates_that_miss_are_named_with_the_reason() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach::default()).await;
    for (arguments, sentence) in [
        (json!({}), "person_id, user_id, people or file is missing."),
        (json!({"people": []}), "people has to hold something."),
        (json!({"people": vec![json!({"name": "x"}); 501]}), "people may hold 500 at most."),
        (json!({"people": [{"email": "x"}]}), "people[0].name is missing."),
        (json!({"people": [{"name": "x", "email": 7}]}), "people[0].email has to be text or null."),
        (json!({"person_id": null}), "person_id has to be a whole number."),
        (json!({"user_id": "x"}), "user_id has to be a whole number."),
        (json!({"who": 1}), "who is not known here."),
    ] {
        assert_eq!(call(&bench, "plan_onboarding_tickets", arguments).await.unwrap_err(), sentence);
    }
    let broken = json!({"file": "name,client\nJoy New\n"});
    let why = call(&bench, "plan_onboarding_tickets", broken).await.unwrap_err();
    assert_eq!(why, "file cannot be read in line 2: it has 1 columns where the header has 2.");
    let file = json!({"file": "Name;E-mail;Company\nJoy New;joy@example.test;Harbour & Finch\n"});
    let plan = call(&bench, "plan_onboarding_tickets", file).await.unwrap();
    assert_eq!(rows(&plan, "new").len(), 2, "{plan}");
    let wrong = TicketTemplate { team: "No such team".to_owned(), ..template("x", "y") };
    set(&bench, vec![wrong]).await;
    let why = call(&bench, "run_onboarding_tickets", joy()).await.unwrap_err();
    assert_eq!(why, "team of the template “x” is “No such team”, which HaloITSM has not.");
    assert!(tickets(&sandbox, "Joy").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_site_that_is_a_number_is_the_clients_own() {
    let sandbox = small();
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let of = |client: i64| {
        let all = sandbox.halo.all("Site");
        all.into_iter().find(|site| site["client_id"].as_f64() == Some(client as f64)).unwrap()["id"].clone()
    };
    let (own, other) = (of(12), of(20));
    // The number is the id of another client's site, and the name of one of its own.
    let named = sandbox.halo.upsert("Site", json!({"name": other.to_string(), "client_id": 12}));
    let person = |name: &str, site: &Value| json!({"name": name, "client": "12", "site": site.to_string()});
    let people =
        json!({"people": [person("Ann Oar", &own), person("Ben Oar", &other), person("Cas Oar", &json!(99_999))]});
    let run = call(&bench, "run_onboarding_tickets", people).await.unwrap();
    assert!(rows(&run, "failed").is_empty(), "{run}");
    for (name, site) in [("Ann Oar", own), ("Ben Oar", json!(named)), ("Cas Oar", Value::Null)] {
        let made = tickets(&sandbox, name);
        assert!(!made.is_empty() && made.iter().all(|ticket| ticket["client_id"] == 12), "{made:?}");
        assert!(made.iter().all(|ticket| ticket["site_id"] == site), "{made:?}");
    }
}
