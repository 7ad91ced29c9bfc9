//! A file of people into HaloITSM, and into Hudu.

use serde_json::{Value, json};
use sidelight_sandbox::{Effect, Fault, Server};
use sidelight_tests::host::sandbox;

use crate::{bench, call, person, plan, row, rows, run, undo, user, users_of};

/// The people of a client as HaloITSM has them, as a file.
async fn people(bench: &sidelight::tools::Bench, client: i64) -> String {
    let file = call(bench, "get_directory_file", json!({"from": "halo", "client_id": client})).await.unwrap();
    file["text"].as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn what_was_exported_changes_nothing_and_edits_of_it_join_change_move_and_leave() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let file = people(&bench, 12).await;
    let order = |file: &str| json!({"from": "file", "to": "halo", "file": file, "leavers": true});
    let same = plan(&bench, &order(&file)).await;
    assert_eq!(same["due"], 0, "{same:#}");

    let before = users_of(&sandbox, 12);
    let mover = before.iter().find(|user| user["inactive"] != true && user["department"].is_string()).unwrap().clone();
    let leaver = before.iter().rfind(|user| user["inactive"] != true).unwrap().clone();
    assert_ne!(mover["id"], leaver["id"]);
    let site = sandbox.halo.all("Site").into_iter().find(|s| s["client_id"].as_f64() == Some(20.0)).unwrap();
    let rows_of = |text: &str| -> Vec<Value> {
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').collect();
        lines
            .map(|line| {
                names
                    .iter()
                    .zip(line.split(','))
                    .map(|(n, c)| ((*n).to_owned(), Value::from(c.trim_matches('\''))))
                    .collect()
            })
            .collect()
    };
    let mut edited = rows_of(&file);
    edited.retain(|row| row["id"] != format!("user/{}", leaver["id"]));
    let moved = edited.iter_mut().find(|row| row["id"] == format!("user/{}", mover["id"])).unwrap();
    moved["department"] = json!("Harbour office");
    moved["phone"] = json!("+44 131 000 0001");
    for (name, value) in [
        ("client_id", json!(20)),
        ("client_name", json!("")),
        ("site_id", json!("")),
        ("site_name", site["name"].clone()),
    ] {
        moved[name] = value;
    }
    edited.push(
        json!({"name": "Joy New", "email": "joy.new@example.test", "client_name": "harbour & finch", "shoe_size": 44}),
    );
    let order = order(&json!(edited).to_string());
    let planned = plan(&bench, &order).await;
    assert_eq!(planned["due"], 3, "{planned:#}");
    assert!(planned["notes"][0].as_str().unwrap().contains("shoe_size"), "{}", planned["notes"]);
    let why = |key: &str| row(&planned, key)["why"].as_str().unwrap().to_owned();
    let mover_key = format!("user/{}", mover["id"]);
    assert!(why(&mover_key).contains("moves to another department and moves to"), "{}", why(&mover_key));
    assert!(why(&format!("user/{}", leaver["id"])).contains("The file does not name it"));

    let done = run(&bench, &order).await;
    assert_eq!((rows(&done, "created").len(), rows(&done, "changed").len()), (1, 2), "{done:#}");
    let now = sandbox.halo.get("Users", mover["id"].as_i64().unwrap()).unwrap();
    assert_eq!(
        (&now["department"], &now["client_id"], &now["phonenumber"]),
        (&json!("Harbour office"), &json!(20), &json!("+44 131 000 0001"))
    );
    assert_eq!(sandbox.halo.get("Users", leaver["id"].as_i64().unwrap()).unwrap()["inactive"], true);
    let joy = user(&sandbox, "Joy New");
    assert_eq!((&joy["client_id"], &joy["emailaddress"]), (&json!(12), &json!("joy.new@example.test")));
    let again = run(&bench, &order).await;
    assert_eq!((rows(&again, "created").len(), rows(&again, "changed").len()), (0, 0), "{again:#}");

    let undone = undo(&bench, &done).await;
    assert_eq!(rows(&undone, "undone").len(), 3, "{undone:#}");
    let back = sandbox.halo.get("Users", mover["id"].as_i64().unwrap()).unwrap();
    assert_eq!(
        (&back["department"], &back["client_id"], &back["site_id"]),
        (&mover["department"], &mover["client_id"], &mover["site_id"])
    );
    assert_ne!(sandbox.halo.get("Users", leaver["id"].as_i64().unwrap()).unwrap()["inactive"], true);
    assert_eq!(user(&sandbox, "Joy New")["inactive"], true);
}

#[tokio::test(start_paused = true)]
async fn leavers_are_only_listed_unless_switched_on_and_too_many_have_to_be_confirmed() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let known = users_of(&sandbox, 12).into_iter().filter(|user| user["inactive"] != true).count();
    assert!(known >= 10, "{known}");
    let one = users_of(&sandbox, 12).into_iter().find(|user| user["inactive"] != true).unwrap();
    let file = json!([{"id": format!("user/{}", one["id"]), "name": one["name"], "client_id": 12}]).to_string();
    let mut order = json!({"from": "file", "to": "halo", "file": file, "client_id": 12});
    let quiet = plan(&bench, &order).await;
    assert_eq!((quiet["due"].as_i64(), rows(&quiet, "skipped").len()), (Some(0), known - 1), "{quiet:#}");
    order["leavers"] = json!(true);
    let why = call(&bench, "run_directory_sync", order.clone()).await.unwrap_err();
    assert!(why.contains(&format!("{} of {known} people", known - 1)), "{why}");
    assert!(users_of(&sandbox, 12).iter().any(|user| user["inactive"] != true));
    order["confirm"] = json!(true);
    assert_eq!(rows(&run(&bench, &order).await, "changed").len(), known - 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_makes_nobody_twice() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    for after in [false, true] {
        let name = format!("Cut {after}");
        let effect = if after { Effect::DropAfter } else { Effect::DropBefore };
        sandbox.faults.add(Fault {
            server: "halo".to_owned(),
            method: "POST".to_owned(),
            path: "Users".to_owned(),
            after: 0,
            times: 1,
            effect,
        });
        let file = format!("name,email,client_id\n{name},cut.{after}@example.test,12\n");
        let done = run(&bench, &json!({"from": "file", "to": "halo", "file": file})).await;
        assert_eq!(rows(&done, "created").len(), 1, "{done:#}");
        assert_eq!(sandbox.halo.all("Users").iter().filter(|user| user["name"] == name.as_str()).count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn agents_and_teams_come_from_files_as_well() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let team = sandbox.halo.all("Team").first().map(|team| team["name"].clone()).unwrap();
    let file = json!([{"name": team}, {"name": "Night shift"}]).to_string();
    let teams = run(&bench, &json!({"from": "file", "to": "halo", "kind": "team", "file": file})).await;
    assert_eq!((rows(&teams, "known").len(), rows(&teams, "created").len()), (1, 1), "{teams:#}");
    let agent = sandbox
        .halo
        .all("Agent")
        .into_iter()
        .find(|agent| agent["email"].is_string() && agent["isapiagent"] != true)
        .unwrap();
    let file = json!([{"email": agent["email"], "title": "Head of desk", "group": "Night shift"}]).to_string();
    let agents = run(&bench, &json!({"from": "file", "to": "halo", "kind": "agent", "file": file})).await;
    assert_eq!(rows(&agents, "changed").len(), 1, "{agents:#}");
    let now = sandbox.halo.get("Agent", agent["id"].as_i64().unwrap()).unwrap();
    assert_eq!((&now["jobtitle"], &now["team"]), (&json!("Head of desk"), &json!("Night shift")));
}

#[tokio::test(start_paused = true)]
async fn rules_say_who_wins_and_bad_arguments_say_why() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let one = users_of(&sandbox, 12).into_iter().find(|user| user["phonenumber"].is_string()).unwrap();
    let file = json!([{"id": format!("user/{}", one["id"]), "phone": "1", "title": "2", "mobile": "3"}]).to_string();
    let rules = json!({"phone": "only_if_empty", "title": "ask", "mobile": "never"});
    let planned = plan(&bench, &json!({"from": "file", "to": "halo", "file": file, "fields": rules})).await;
    assert_eq!(planned["due"], 0, "{planned:#}");
    assert!(planned.to_string().contains("To be decided: Job title"), "{planned:#}");
    for (arguments, expected) in [
        (json!({"from": "file", "file": "x"}), "to is missing"),
        (json!({"from": "file", "to": "halo"}), "file is missing"),
        (json!({"from": "halo", "to": "halo"}), "to is the same as from"),
        (
            json!({"from": "file", "to": "halo", "file": "name\nX\n", "fields": {"shoe": "ask"}}),
            "fields.shoe is no field",
        ),
        (
            json!({"from": "file", "to": "halo", "file": "name,email\nX,1,2\n"}),
            "file has rows that cannot be read (line 2:",
        ),
        (json!({"usual": "source"}), "usual names no side"),
        (json!({"from": "nowhere"}), "from has to be one of"),
    ] {
        let why = call(&bench, "plan_directory_sync", arguments).await.unwrap_err();
        assert!(why.starts_with(expected), "{why}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_goes_to_hudu_and_comes_back_the_same() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let file =
        call(&bench, "get_directory_file", json!({"from": "hudu", "client_id": 12, "format": "json"})).await.unwrap();
    let mut people: Vec<Value> = serde_json::from_str(file["text"].as_str().unwrap()).unwrap();
    assert!(people.len() > 1, "{people:?}");
    let same = plan(&bench, &json!({"from": "file", "to": "hudu", "file": json!(people).to_string()})).await;
    assert_eq!(same["due"], 0, "{same:#}");
    let name = people[0]["name"].as_str().unwrap().to_owned();
    people[0]["mobile"] = json!("+44 7700 900001");
    people.push(json!({"name": "Joy New", "email": "joy.new@example.test", "client_id": 12}));
    let order = json!({"from": "file", "to": "hudu", "file": json!(people).to_string()});
    let done = run(&bench, &order).await;
    assert_eq!((rows(&done, "created").len(), rows(&done, "changed").len()), (1, 1), "{done:#}");
    assert_eq!(crate::field(&person(&sandbox, &name), "Mobile"), "+44 7700 900001");
    assert_eq!(plan(&bench, &order).await["due"], 0);
    undo(&bench, &done).await;
    assert_ne!(crate::field(&person(&sandbox, &name), "Mobile"), "+44 7700 900001");
    assert_eq!(person(&sandbox, "Joy New")["archived"], true);
}

#[tokio::test(start_paused = true)]
async fn who_joins_by_a_file_is_looked_for_in_one_list_and_not_one_by_one() {
    let sandbox = sandbox();
    let bench = bench(&sandbox).await;
    let mut requests = Vec::new();
    for count in [2, 60] {
        let rows = (0..count).map(|n| format!("Joiner {n},joiner{n}@harbourfinch.example,12"));
        let file = ["name,email,client_id".to_owned()].into_iter().chain(rows).collect::<Vec<_>>().join("\n");
        sandbox.clear_requests();
        let planned = plan(&bench, &json!({"from": "file", "to": "halo", "file": file})).await;
        assert_eq!(planned["due"], count, "{planned:#}");
        requests.push(sandbox.request_count(Server::Halo));
    }
    assert!(requests[1] <= requests[0], "{requests:?}");
}
