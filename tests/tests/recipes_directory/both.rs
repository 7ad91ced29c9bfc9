//! HaloITSM's users and Hudu's people, both ways.

use serde_json::{Value, json};
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::sandbox;

use crate::{bench, call, field, person, plan, row, rows, run, undo, user, users_of};

const CLIENT: i64 = 12;

fn order() -> Value {
    json!({"client_id": CLIENT, "leavers": true})
}

/// Somebody of the client who is on both sides, by place in the list.
fn known(sandbox: &Sandbox, place: usize) -> (i64, Value) {
    let there = users_of(sandbox, CLIENT).into_iter().filter(|user| user["inactive"] != true);
    let both = there.filter_map(|user| {
        let person = sandbox.hudu.find("assets", user["name"].as_str()?)?;
        (person["archived"] != true).then_some((user["id"].as_i64()?, person))
    });
    both.collect::<Vec<_>>().swap_remove(place)
}

fn set_user(sandbox: &Sandbox, id: i64, change: Value) {
    let mut record = change;
    record["id"] = json!(id);
    sandbox.halo.upsert("Users", record);
}

pub(crate) fn set_person(sandbox: &Sandbox, id: &Value, label: &str, value: Value) {
    let mut asset = sandbox.hudu.get("assets", id.as_i64().unwrap()).unwrap();
    let mut fields = serde_json::Map::new();
    fields.insert(label.to_lowercase().replace(' ', "_"), value);
    asset["custom_fields"] = json!([fields]);
    asset.as_object_mut().unwrap().remove("fields");
    sandbox.hudu.upsert("assets", asset);
}

#[tokio::test(start_paused = true)]
async fn a_second_run_makes_nothing_and_edits_of_both_sides_cross_over() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let first = run(&bench, &order()).await;
    assert!(rows(&first, "failed").is_empty(), "{first:#}");
    assert_eq!(plan(&bench, &order()).await["due"], 0, "{:#}", plan(&bench, &order()).await);
    sandbox.clear_requests();
    run(&bench, &order()).await;
    for server in [Server::Halo, Server::Hudu] {
        let wrote =
            sandbox.requests(server).into_iter().filter(|seen| seen.method != "GET" && !seen.path.contains("token"));
        assert_eq!(wrote.count(), 0);
    }

    let ((one, card), (two, other)) = (known(&sandbox, 0), known(&sandbox, 1));
    set_user(&sandbox, one, json!({"phonenumber": "0131 000 0001"}));
    set_person(&sandbox, &card["id"], "Department", json!("Harbour office"));
    set_user(&sandbox, two, json!({"title": "Captain"}));
    set_person(&sandbox, &other["id"], "Job title", json!("Mate"));
    let planned = plan(&bench, &order()).await;
    assert_eq!(planned["due"], 2, "{planned:#}");
    let asked = row(&planned, &format!("user/{two}"))["why"].as_str().unwrap().to_owned();
    assert!(asked.contains("HaloITSM “Captain”, Hudu “Mate”"), "{asked}");
    let done = run(&bench, &order()).await;
    assert_eq!(rows(&done, "changed").len(), 2, "{done:#}");
    let (halo, hudu) =
        (sandbox.halo.get("Users", one).unwrap(), sandbox.hudu.get("assets", card["id"].as_i64().unwrap()).unwrap());
    assert_eq!((&halo["department"], &halo["phonenumber"]), (&json!("Harbour office"), &json!("0131 000 0001")));
    assert_eq!((field(&hudu, "Department"), field(&hudu, "Phone")), (json!("Harbour office"), json!("0131 000 0001")));
    assert_eq!(sandbox.halo.get("Users", two).unwrap()["title"], "Captain");
    assert_eq!(plan(&bench, &order()).await["due"], 0);

    // What was just synced is no edit: the other side may change it back.
    set_person(&sandbox, &card["id"], "Phone", json!("0131 000 0002"));
    run(&bench, &order()).await;
    assert_eq!(sandbox.halo.get("Users", one).unwrap()["phonenumber"], "0131 000 0002");

    let undone = undo(&bench, &done).await;
    let halo = sandbox.halo.get("Users", one).unwrap();
    assert_ne!(halo["department"], "Harbour office", "{undone:#}");
    assert_eq!(halo["phonenumber"], "0131 000 0002", "what was changed since stays");
}

#[tokio::test(start_paused = true)]
async fn whoever_joins_one_side_joins_the_other_and_undoing_puts_them_away() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, &order()).await;
    let (_, card) = known(&sandbox, 0);
    let new = json!({"name": "Joy Hudu", "company_id": card["company_id"], "asset_layout_id": card["asset_layout_id"],
        "custom_fields": [{"email": "joy.hudu@example.test", "job_title": "Pilot", "vip": true}]});
    let asset = sandbox.hudu.upsert("assets", new);
    let site = users_of(&sandbox, CLIENT)[0]["site_id"].clone();
    let halo = json!({"name": "Hal Halo", "emailaddress": "hal@example.test", "site_id": site, "department": "Deck"});
    let hal = sandbox.halo.upsert("Users", halo);
    let done = run(&bench, &order()).await;
    assert_eq!(rows(&done, "created").len(), 2, "{done:#}");
    let joy = user(&sandbox, "Joy Hudu");
    assert_eq!(
        (&joy["client_id"], &joy["emailaddress"], &joy["title"], &joy["isimportantcontact"]),
        (&json!(CLIENT), &json!("joy.hudu@example.test"), &json!("Pilot"), &json!(true))
    );
    let linked = field(&sandbox.hudu.get("assets", asset).unwrap(), "Halo ID");
    assert_eq!(linked.to_string().trim_matches('"'), joy["id"].to_string());
    let made = person(&sandbox, "Hal Halo");
    assert_eq!(
        (field(&made, "Halo ID").to_string().trim_matches('"'), field(&made, "Department")),
        (hal.to_string().as_str(), json!("Deck"))
    );
    assert_eq!(plan(&bench, &order()).await["due"], 0);

    // Whom somebody edited since stays, and says so, until the edit is gone; the rest is taken back.
    let original = made["name"].clone();
    sandbox.hudu.upsert("assets", json!({"id": made["id"], "name": "Hal by hand"}));
    let preview = call(&bench, "undo_recipe_run", json!({"run_id": done["id"], "preview": true})).await.unwrap();
    let undone = undo(&bench, &done).await;
    for answer in [&preview, &undone] {
        let kept = rows(answer, "kept");
        assert!(kept.iter().any(|row| row["why"] == "Somebody edited it since, so it stays."), "{answer:#}");
    }
    assert_eq!(person(&sandbox, "Hal by hand")["archived"], false);
    assert_eq!(user(&sandbox, "Joy Hudu")["inactive"], true);
    sandbox.hudu.upsert("assets", json!({"id": made["id"], "name": original}));
    undo(&bench, &done).await;
    assert_eq!(sandbox.hudu.get("assets", asset).unwrap()["archived"], false);
    assert_eq!(person(&sandbox, "Hal Halo")["archived"], true);

    // Taken back is not left: nobody is put away for it on the other side.
    let next = plan(&bench, &order()).await;
    assert_eq!(next["due"], 0, "{next:#}");
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_one_side_is_put_away_on_the_other() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, &order()).await;
    let ((one, card), (two, other)) = (known(&sandbox, 0), known(&sandbox, 1));
    set_user(&sandbox, one, json!({"inactive": true}));
    sandbox.hudu.upsert("assets", json!({"id": other["id"], "archived": true}));
    let listed = plan(&bench, &json!({"client_id": CLIENT})).await;
    assert!(listed.to_string().contains("unless leavers is switched on"), "{listed:#}");
    let done = run(&bench, &order()).await;
    assert_eq!(rows(&done, "changed").len(), 2, "{done:#}");
    assert_eq!(sandbox.hudu.get("assets", card["id"].as_i64().unwrap()).unwrap()["archived"], true);
    assert_eq!(sandbox.halo.get("Users", two).unwrap()["inactive"], true);
    assert_eq!(plan(&bench, &order()).await["due"], 0);
    undo(&bench, &done).await;
    assert_eq!(sandbox.hudu.get("assets", card["id"].as_i64().unwrap()).unwrap()["archived"], false);
    assert_ne!(sandbox.halo.get("Users", two).unwrap()["inactive"], true);
}

#[tokio::test(start_paused = true)]
async fn one_way_writes_to_one_side_and_rules_choose_by_field() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    run(&bench, &order()).await;
    let (id, card) = known(&sandbox, 0);
    set_user(&sandbox, id, json!({"phonenumber": "1", "title": "Captain"}));
    set_person(&sandbox, &card["id"], "Phone", json!("2"));
    set_person(&sandbox, &card["id"], "Job title", json!("Mate"));
    let rules =
        json!({"client_id": CLIENT, "fields": {"phone": "halo", "title": {"to_halo": "source", "to_hudu": "never"}}});
    sandbox.watch_writes();
    run(&bench, &rules).await;
    let halo = sandbox.halo.get("Users", id).unwrap();
    assert_eq!((&halo["phonenumber"], &halo["title"]), (&json!("1"), &json!("Mate")));
    assert_eq!(field(&sandbox.hudu.get("assets", card["id"].as_i64().unwrap()).unwrap(), "Phone"), "1");
    set_person(&sandbox, &card["id"], "Phone", json!("3"));
    let before = sandbox.written(Server::Hudu).len();
    let done = run(&bench, &json!({"from": "hudu", "to": "halo", "client_id": CLIENT})).await;
    assert_eq!(rows(&done, "changed").len(), 1, "{done:#}");
    assert_eq!(sandbox.halo.get("Users", id).unwrap()["phonenumber"], "3");
    assert_eq!(sandbox.written(Server::Hudu).len(), before);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_cut_is_finished_by_the_next_one() {
    for effect in [Effect::DropBefore, Effect::DropAfter] {
        let sandbox = sandbox();
        let bench = bench(&sandbox).await;
        run(&bench, &order()).await;
        let (_, card) = known(&sandbox, 0);
        let new = json!({"name": "Joy Hudu", "company_id": card["company_id"], "asset_layout_id": card["asset_layout_id"],
            "custom_fields": [{"email": "joy.hudu@example.test"}]});
        sandbox.hudu.upsert("assets", new);
        let fault = |server: &str, method: &str, path: &str| Fault {
            server: server.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            after: 0,
            times: 8,
            effect: effect.clone(),
        };
        sandbox.faults.add(fault("halo", "POST", "Users"));
        sandbox.faults.add(fault("hudu", "PUT", "assets"));
        let cut = call(&bench, "run_directory_sync", order()).await;
        assert!(cut.is_err() || rows(cut.as_ref().unwrap(), "created").len() < 2);
        sandbox.faults.clear();
        for _ in 0..2 {
            run(&bench, &order()).await;
        }
        assert_eq!(sandbox.halo.all("Users").iter().filter(|user| user["name"] == "Joy Hudu").count(), 1);
        assert_eq!(plan(&bench, &order()).await["due"], 0, "{:#}", plan(&bench, &order()).await);
    }
}
