//! Articles the other way, odd names, secrets: against the sandbox pair, in virtual time.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use serde_json::{Value, json};
use sidelight::assist::view::Standing;
use sidelight::halo::record::RecordKind;
use sidelight::protocol::{Back, Message, Reply};
use sidelight::sync::back::Typed;
use sidelight::sync::view::{Action, RunState};
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::desk::{Desk, plan_of, run_of};
use sidelight_tests::host::{MemoryStore, sandbox};

/// Harbour & Finch Ltd: typed into Hudu by hand.
const CLIENT: i64 = 12;

fn company(desk: &Desk) -> Value {
    let named = |row: &&Value| row["name"].as_str().is_some_and(|name| name.to_lowercase().contains("harbour"));
    desk.sandbox.hudu.all("companies").iter().find(named).unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn an_article_is_published_refreshed_and_undone() {
    let desk = Desk::new(&sandbox()).await;
    let articles = desk.sandbox.hudu.all("articles");
    let central = articles
        .iter()
        .find(|a| {
            a["company_id"].is_null()
                && !a["folder_id"].is_null()
                && a["archived"] != true
                && a["name"] != "Imported: legacy intranet page"
        })
        .unwrap();
    let id = central["id"].as_i64().unwrap();
    let plan = plan_of(desk.ask(Message::PlanPublish { article: id }).await).unwrap();
    assert!(plan.ready, "{plan:#?}");
    let run = run_of(desk.ask(Message::Apply { plan: plan.id, overwrite: Vec::new() }).await).unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let tagged = |desk: &Desk| -> Vec<Value> {
        let rows = desk.sandbox.halo.all("KBArticle");
        rows.into_iter()
            .filter(|row| {
                row["tag_string"].as_str().is_some_and(|t| t.split(',').any(|t| t.trim() == format!("hudu-{id}")))
            })
            .collect()
    };
    let made = tagged(&desk);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["name"], central["name"]);
    assert!(made[0]["faqlists"].as_array().is_some_and(|lists| lists.len() == 1));
    // Nothing to do the second time, from this browser and from another one.
    let again = plan_of(desk.ask(Message::PlanPublish { article: id }).await).unwrap();
    assert_eq!(again.writes, 0, "{again:#?}");
    let other = Desk::on(&desk.sandbox, Rc::new(MemoryStore::default()), 5).await;
    let again = plan_of(other.ask(Message::PlanPublish { article: id }).await).unwrap();
    assert_eq!(again.writes, 0, "{again:#?}");
    // Edited in Hudu: refreshed from the Halo page.
    desk.sandbox.hudu.upsert("articles", json!({ "id": id, "content": "<p>New text</p>" }));
    let halo_id = made[0]["id"].as_i64().unwrap();
    let view = desk.sidebar(RecordKind::Article, halo_id).await.unwrap();
    assert!(matches!(view.standing, Standing::Differs { .. }), "{:?}", view.standing);
    desk.sync(RecordKind::Article, halo_id).await.unwrap();
    assert!(tagged(&desk)[0]["resolution_html"].as_str().unwrap().contains("New text"));
    // Edited in Halo since: a conflict, not overwritten in silence.
    desk.sandbox.halo.upsert("KBArticle", json!({ "id": halo_id, "resolution_html": "<p>By hand</p>" }));
    let plan = desk.plan(RecordKind::Article, halo_id).await.unwrap();
    assert_eq!(plan.items.last().unwrap().action, Action::Conflict);
    assert!(!plan.ready);
    let item = plan.items.last().unwrap().id.clone();
    assert_eq!(desk.apply(&plan).await.unwrap_err().code, "sync.not_ready");
    let run = run_of(desk.ask(Message::Apply { plan: plan.id, overwrite: vec![item] }).await).unwrap();
    assert_eq!(run.state, RunState::Done);
    assert!(tagged(&desk)[0]["resolution_html"].as_str().unwrap().contains("New text"));
}

#[tokio::test(start_paused = true)]
async fn a_published_article_carries_no_script() {
    let desk = Desk::new(&sandbox()).await;
    let article = desk.sandbox.hudu.find("articles", "Imported: legacy intranet page").unwrap();
    let id = article["id"].as_i64().unwrap();
    let plan = plan_of(desk.ask(Message::PlanPublish { article: id }).await).unwrap();
    run_of(desk.ask(Message::Apply { plan: plan.id, overwrite: Vec::new() }).await).unwrap();
    let rows = desk.sandbox.halo.all("KBArticle");
    let made = rows.iter().find(|row| row["name"] == "Imported: legacy intranet page").unwrap();
    let html = made["resolution_html"].as_str().unwrap().to_lowercase();
    for bad in ["<script", "javascript:", "onerror", "<iframe", "<form", "<style"] {
        assert!(!html.contains(bad), "{bad}");
    }
}

#[tokio::test(start_paused = true)]
async fn odd_names_survive() {
    let desk = Desk::new(&sandbox()).await;
    let long = "Ünïcode 🦊 ".repeat(400);
    for name in [long.as_str(), "שלום עולם בע״מ", "<b>Bold & Sons</b>"] {
        desk.sandbox.halo.upsert("Client", json!({ "id": CLIENT, "name": name }));
        let view = desk.sidebar(RecordKind::Client, CLIENT).await.unwrap();
        assert_eq!(view.record.title.trim(), name.trim());
    }
}

#[tokio::test(start_paused = true)]
async fn an_archived_company_is_shown_and_not_made_again() {
    let desk = Desk::new(&sandbox()).await;
    let id = company(&desk)["id"].as_i64().unwrap();
    desk.sandbox.hudu.upsert("companies", json!({ "id": id, "archived": true }));
    let plan = desk.plan(RecordKind::Client, CLIENT).await.unwrap();
    assert_eq!(plan.items[0].action, Action::Ambiguous);
    assert!(plan.items[0].candidates[0].why.contains("archived"), "{:?}", plan.items[0].candidates);
}

#[tokio::test(start_paused = true)]
async fn a_password_and_its_code_are_revealed_one_at_a_time() {
    let desk = Desk::new(&sandbox()).await;
    let rows = desk.sandbox.hudu.all("asset_passwords");
    let with_code = rows.iter().find(|row| row["otp_secret"].as_str().is_some_and(|s| !s.is_empty())).unwrap();
    let password = with_code["id"].as_i64().unwrap();
    let how = sidelight::protocol::SecretUse::Shown;
    let part = sidelight::protocol::SecretPart::Password;
    let Reply::Secret { value, until } = desk.ask(Message::Reveal { password, part, how, record: None }).await.unwrap()
    else {
        panic!()
    };
    assert_eq!((Some(value.as_str()), until), (with_code["password"].as_str(), None));
    let part = sidelight::protocol::SecretPart::OneTimeCode;
    let Reply::Secret { value, until } = desk.ask(Message::Reveal { password, part, how, record: None }).await.unwrap()
    else {
        panic!()
    };
    assert!(value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit()) && until.is_some());
}

#[tokio::test(start_paused = true)]
async fn an_article_of_two_megabytes_is_published_to_its_last_word() {
    let desk = Desk::new(&sandbox()).await;
    let text = "<p>Shelf by shelf.</p>".repeat(90_000);
    let content = format!("<h2>Hall A</h2>{text}<p>The end of the list.</p>");
    let id = desk.sandbox.hudu.upsert("articles", json!({ "name": "A long list", "content": content }));
    let plan = plan_of(desk.ask(Message::PlanPublish { article: id }).await).unwrap();
    // The plan tells of the text and does not carry it to the page.
    assert!(sidelight::json::write(&plan).len() < 10_000, "{plan:#?}");
    let run = run_of(desk.ask(Message::Apply { plan: plan.id, overwrite: Vec::new() }).await).unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    let made = desk.sandbox.halo.all("KBArticle").into_iter().find(|row| row["name"] == "A long list").unwrap();
    let made = made["resolution_html"].as_str().unwrap();
    assert_eq!(made.matches("Shelf by shelf.").count(), 90_000);
    assert!(made.trim_end().ends_with("<p>The end of the list.</p>"), "{}", &made[made.len() - 80..]);
    let again = plan_of(desk.ask(Message::PlanPublish { article: id }).await).unwrap();
    assert_eq!(again.writes, 0);
}

#[tokio::test(start_paused = true)]
async fn a_colleagues_password_of_the_same_name_is_not_taken_for_ours() {
    let desk = Desk::new(&sandbox()).await;
    let company = company(&desk)["id"].as_i64().unwrap();
    let back = Back::Password { company, asset: None, about: None };
    let typed = [("Name", "Alarm panel"), ("Password", "ours")].map(|(label, value)| Typed {
        label: label.to_owned(),
        before: String::new(),
        value: value.to_owned(),
    });
    let typed = typed.to_vec();
    let shown = plan_of(desk.ask(Message::PlanBack { back, typed }).await).unwrap();
    let theirs = json!({ "name": "Alarm panel", "company_id": company, "password": "theirs" });
    let theirs = desk.sandbox.hudu.upsert("asset_passwords", theirs);
    let (server, method, path) = ("hudu".into(), "POST".into(), "/asset_passwords".into());
    desk.sandbox.faults.add(Fault { server, method, path, after: 0, times: 1, effect: Effect::DropAfter });
    let run = desk.apply(&shown).await.unwrap();
    assert_eq!(run.state, RunState::Done, "{run:#?}");
    desk.undo(&run.id).await.unwrap();
    let rows = desk.sandbox.hudu.all("asset_passwords").into_iter().filter(|row| row["name"] == "Alarm panel");
    let rows: Vec<_> =
        rows.map(|row| (row["id"] == theirs, row["password"].clone(), row["archived"] == true)).collect();
    assert_eq!(rows, [(true, json!("theirs"), false), (false, json!("ours"), true)]);
}
