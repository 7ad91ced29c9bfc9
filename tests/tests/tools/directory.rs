//! Users and groups in one shape.

use serde_json::json;
use sidelight::tools::Reach;
use sidelight_tests::host::sandbox;

use crate::{bench, call};

#[tokio::test(start_paused = true)]
async fn end_users_and_agents_are_users_and_each_comes_once() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let mut asked = json!({"limit": 90, "include_inactive": true});
    let mut ids = Vec::new();
    loop {
        let page = call(&bench, "list_directory_users", asked.clone()).await.unwrap();
        ids.extend(page["result"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        match &page["next_cursor"] {
            serde_json::Value::Null => break,
            next => asked["cursor"] = next.clone(),
        }
    }
    assert_eq!(ids.len(), sandbox.halo.all("Users").len() + sandbox.halo.all("Agent").len());
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    assert!(ids[0].starts_with("user/") && ids.last().unwrap().starts_with("agent/"));
    let agent = &sandbox.halo.all("Agent")[1];
    let one = call(&bench, "get_directory_user", json!({"id": format!("agent/{}", agent["id"])})).await.unwrap();
    let one = &one["result"];
    assert_eq!((&one["name"], &one["email"], &one["raw"]["name"]), (&agent["name"], &agent["email"], &agent["name"]));
    assert!(agent["role_list"].is_string() && one["roles"] == agent["role_list"], "{one}");
    assert!(one["groups"][0]["id"].as_str().unwrap().starts_with("team/"), "{one}");
    let groups = call(&bench, "list_directory_groups", json!({})).await.unwrap();
    let members = |group: &serde_json::Value| group["members"].as_array().map_or(0, Vec::len);
    assert!(groups["result"].as_array().unwrap().iter().any(|group| members(group) > 0), "{groups}");
    let wrong = call(&bench, "get_directory_user", json!({"id": "77"})).await.unwrap_err();
    assert_eq!(wrong, "id is written user/5 or agent/5.");
    let wrong = call(&bench, "list_directory_users", json!({"cursor": "9.x"})).await.unwrap_err();
    assert!(wrong.starts_with("This cursor belongs to another list"), "{wrong}");
}

#[tokio::test(start_paused = true)]
async fn a_person_is_made_changed_and_put_away_with_everything_else_kept() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach::default()).await;
    let site =
        sandbox.halo.all("Site").into_iter().find(|site| site["client_id"].as_f64() == Some(12.0)).unwrap()["id"]
            .clone();
    let record = json!({"name": "Joy New", "email": "joy@example.test", "site_id": site, "raw": {"other1": "kept"}});
    let made = call(&bench, "create_directory_user", json!({"record": record})).await.unwrap();
    let id = made["result"]["id"].clone();
    let found = call(&bench, "list_directory_users", json!({"email": "JOY@example.test"})).await.unwrap();
    assert_eq!(found["result"][0]["id"], id);
    let moved = json!({"id": id, "record": {"title": "Head of joy"}});
    let moved = call(&bench, "update_directory_user", moved).await.unwrap();
    assert_eq!((&moved["result"]["title"], &moved["result"]["raw"]["other1"]), (&json!("Head of joy"), &json!("kept")));
    let left = call(&bench, "deactivate_directory_user", json!({"id": id})).await.unwrap();
    assert_eq!(left["result"]["active"], false);
    let number: i64 = id.as_str().unwrap().trim_start_matches("user/").parse().unwrap();
    assert_eq!(sandbox.halo.get("Users", number).unwrap()["inactive"], true);
    let odd =
        call(&bench, "update_directory_user", json!({"id": id, "record": {"shoe_size": "44"}})).await.unwrap_err();
    assert!(odd.starts_with("shoe_size is not known for end users"), "{odd}");
    let nobody = call(&bench, "create_directory_user", json!({"record": {"name": "No Site"}})).await.unwrap_err();
    assert!(nobody.contains("site_id is missing"), "{nobody}");
}

#[tokio::test(start_paused = true)]
async fn an_agent_of_one_client_sees_and_writes_its_people_only() {
    let sandbox = sandbox();
    let bench = bench(&sandbox, Reach { client: Some(12), ..Reach::default() }).await;
    let people = call(&bench, "list_directory_users", json!({"limit": 500})).await.unwrap();
    assert!(people["result"].as_array().unwrap().iter().all(|one| one["client_id"] == 12));
    let other = sandbox.halo.all("Users").into_iter().find(|user| user["client_id"] == 20).unwrap();
    let id = format!("user/{}", other["id"]);
    let refused = [
        ("get_directory_user", json!({"id": id})),
        ("deactivate_directory_user", json!({"id": id})),
        ("deactivate_directory_user", json!({"id": "agent/2"})),
        ("create_directory_user", json!({"record": {"name": "X", "site_id": other["site_id"]}})),
        ("create_directory_user", json!({"record": {"kind": "agent", "name": "X"}})),
        ("create_directory_group", json!({"record": {"name": "X"}})),
    ];
    for (tool, arguments) in refused {
        let why = call(&bench, tool, arguments).await.unwrap_err();
        assert!(why.starts_with("Only records of client 12"), "{tool}: {why}");
    }
}
