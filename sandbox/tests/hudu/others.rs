//! Relations, processes, websites, files, networks, marks, tiles and exports.

use serde_json::{Value, json};

use crate::client::{Client, int, rows};

#[tokio::test]
async fn a_relation_is_two_rows() {
    let client = Client::new();
    client.switch(|switches| switches.relations_by_end = true);
    let company = client.company("C");
    let asset = client.asset(company, client.layout("T", json!([])), "One");
    let article = client.post("articles", json!({ "article": { "name": "A", "company_id": company } })).await;
    let article = int(&article.body, "/article/id");
    let body = |kind: &str| json!({ "relation": {
        "fromable_type": "Asset", "fromable_id": asset, "toable_type": kind, "toable_id": article,
    }});
    let got = client.post("relations", body("Article")).await;
    assert_eq!((got.status, &got.body["relation"]["name"]), (201, &json!("A")));
    assert_eq!(got.body["relation"].as_object().unwrap().len(), 12);
    let list = format!("relations?fromable_type=Article&fromable_id={article}");
    let inverse = client.get(&list).await.body["relations"][0].clone();
    assert_eq!((&inverse["is_inverse"], &inverse["name"]), (&json!(true), &json!("One")));
    assert_eq!(client.post("relations", body("Article")).await.status, 422);
    assert_eq!(client.post("relations", body("article")).await.status, 422);
    assert_eq!(client.delete(&format!("relations/{}", int(&inverse, "/id"))).await.status, 204);
    assert_eq!(rows(&client.get(&list).await.body), 0);
    assert_eq!(rows(&client.get(&format!("relations?fromable_type=Asset&fromable_id={asset}")).await.body), 0);
}

#[tokio::test]
async fn processes_become_runs() {
    let client = Client::new();
    let company = client.company("C");
    let global = client.post("procedures", json!({ "name": "Start", "description": "d" })).await;
    assert_eq!((global.status, &global.body["procedure"]["process_type"]), (201, &json!("global")));
    let global = int(&global.body, "/procedure/id");
    let task = |id: i64| json!({ "procedure_task": { "name": "First", "procedure_id": id } });
    assert_eq!(client.post("procedure_tasks", task(global)).await.status, 201);
    let got = client.post("procedure_tasks", json!({ "procedure_task": {
        "name": "x", "procedure_id": global, "priority": "high",
    }})).await;
    assert_eq!(got.status, 422);
    assert!(got.text.contains("cannot set run-only fields (priority) on process tasks."), "{}", got.text);
    assert_eq!(client.post(&format!("procedures/{global}/kickoff"), Value::Null).await.status, 422);
    let path = format!("procedures/{global}/create_from_template?company_id={company}");
    let own = client.post(&path, Value::Null).await;
    assert_eq!((own.status, &own.body["procedure"]["total"]), (201, &json!(1)));
    let own = int(&own.body, "/procedure/id");
    let got = client.post(&format!("procedures/{own}/create_from_template?company_id={company}"), Value::Null).await;
    assert!(got.status == 422 && got.text.contains("Source must be a global template"), "{}", got.text);
    let run = client.post(&format!("procedures/{own}/kickoff?name=Now"), Value::Null).await;
    assert_eq!((run.status, &run.body["procedure"]["run"], &run.body["procedure"]["name"]), (200, &json!(true), &json!("Now")));
    assert_eq!(run.body["procedure"]["completion_percentage"], "0%");
    let run_id = int(&run.body, "/procedure/id");
    let run_task = int(&client.get(&format!("procedure_tasks?procedure_id={run_id}")).await.body, "/procedure_tasks/0/id");
    let got = client.delete(&format!("procedure_tasks/{run_task}")).await;
    assert!(got.status == 422 && got.text.contains("Cannot delete tasks from runs."));
    let got = client.put(&format!("procedure_tasks/{run_task}"), json!({ "procedure_task": { "priority": "high" } })).await;
    assert_eq!((got.status, &got.body["procedure_task"]["priority"]), (200, &json!("high")));
    assert_eq!(client.post("procedure_tasks", task(run_id)).await.status, 422);
    for (query, expected) in [("type=run", 1), ("type=process", 1), ("name=START", 1), ("", 2)] {
        let got = client.get(&format!("procedures?company_id={company}&{query}")).await;
        assert_eq!(rows(&got.body), expected, "{query}");
    }
    let got = client.delete(&format!("procedures/{own}")).await;
    assert!(got.status == 200 && got.body["message"].is_string());
    assert_eq!(client.get(&format!("procedures/{run_id}")).await.status, 404);
}

#[tokio::test]
async fn a_website_is_a_whole_url_and_expires() {
    let client = Client::new();
    let company = client.company("C");
    let site = |name: &str| json!({ "website": { "name": name, "company_id": company } });
    let got = client.post("websites", site("example.org")).await;
    assert!(got.status == 422 && got.text.contains("name must be URL"), "{}", got.text);
    let got = client.post("websites", site("https://example.org")).await;
    assert_eq!((got.status, &got.body["object_type"]), (200, &json!("Website")));
    let id = int(&got.body, "/id");
    assert_eq!(rows(&client.get(&format!("expirations?company_id={company}")).await.body), 2);
    let got = client.put(&format!("websites/{id}"), json!({ "website": { "archived": true } })).await;
    assert_eq!(got.body["archived"], true);
    client.delete(&format!("websites/{id}")).await;
    assert_eq!(rows(&client.get(&format!("expirations?company_id={company}")).await.body), 0);
}

#[tokio::test]
async fn files_hang_on_records() {
    let client = Client::new();
    let company = client.company("C");
    let asset = client.asset(company, client.layout("T", json!([])), "One").to_string();
    let on = |kind: &'static str| [("upload[uploadable_type]", kind), ("upload[uploadable_id]", asset.as_str())];
    let got = client.upload("uploads", "file", "a.txt", "text/plain", &on("Asset")).await;
    assert_eq!((got.status, &got.body["size"], &got.body["ext"]), (201, &json!("5 Bytes"), &json!("txt")));
    let got = client.get(&format!("uploads/{}?download=true", int(&got.body, "/id"))).await;
    assert_eq!(got.text, "bytes");
    let got = client.upload("uploads", "file", "a.txt", "text/plain", &on("Company")).await;
    assert_eq!((got.status, got.body), (422, json!({ "errors": ["Uploadable type is not included in the list"] })));
    let lost = [("caption", "c"), ("company_id", "1")];
    let got = client.upload("photos", "file", "a.png", "image/png", &lost).await;
    assert_eq!((got.status, got.body), (422, json!({ "errors": [
        "Photoable must exist", "Company cannot be set directly. Change the photoable to update the company.",
    ]})));
    let photo = [("caption", "c"), ("photoable_type", "Asset"), ("photoable_id", asset.as_str())];
    let got = client.upload("photos", "file", "a.png", "image/png", &photo).await;
    assert_eq!((got.status, &got.body["photo"]["company_id"]), (201, &json!(company)));
    let public = [("record_type", "Asset"), ("record_id", asset.as_str())];
    let got = client.upload("public_photos", "photo", "a.png", "image/png", &public).await;
    assert_eq!((got.status, got.body["id"].is_string()), (201, true));
    assert_eq!(client.ask("GET", got.body["url"].as_str().unwrap(), &[], vec![]).await.text, "bytes");
}

#[tokio::test]
async fn networks_and_addresses() {
    let client = Client::new();
    let [company, other] = [client.company("C"), client.company("D")];
    let got = client.post("networks", json!({ "network": {
        "name": "LAN", "address": "10.0.0.0/24", "company_id": company, "notes": "lost",
    }})).await;
    assert_eq!((got.status, &got.body["notes"]), (201, &Value::Null));
    let network = int(&got.body, "/id");
    let address = |company: i64| json!({ "address": "10.0.0.5", "company_id": company, "network_id": network });
    let got = client.post("ip_addresses", address(other)).await;
    assert_eq!((got.status, got.body), (422, json!({ "errors": "Network does not belong to the specified company" })));
    let got = client.post("ip_addresses", address(company)).await;
    assert_eq!((got.status, &got.body["status"], got.body.get("network_id")), (201, &json!("Unassigned"), None));
    let id = int(&got.body, "/id");
    let named = json!({ "ip_address": { "fqdn": "a.example" } });
    assert_eq!(client.put(&format!("ip_addresses/{id}"), named).await.status, 422);
    let named = json!({ "ip_address": { "fqdn": "a.example", "skip_dns_validation": true } });
    assert_eq!(client.put(&format!("ip_addresses/{id}"), named).await.status, 200);
    let archive = json!({ "network": { "archived": true } });
    assert!(client.put(&format!("networks/{network}"), archive).await.body["archived_at"].is_string());
    assert_eq!(rows(&client.get(&format!("networks?company_id={company}")).await.body), 0);
    client.delete(&format!("networks/{network}")).await;
    assert_eq!(client.get(&format!("ip_addresses/{id}")).await.status, 404);
}

#[tokio::test]
async fn flags_and_labels_have_types() {
    let client = Client::new();
    let company = client.company("C");
    assert_eq!(client.post("flag_types", json!({ "flag_type": { "name": "Hot", "color": "Mauve" } })).await.status, 422);
    let kind = json!({ "flag_type": { "name": "Hot", "color": "Red" } });
    let got = client.post("flag_types", kind.clone()).await;
    assert_eq!(got.status, 201);
    assert_eq!(client.post("flag_types", kind).await.status, 422);
    let flag = json!({ "flag": {
        "flag_type_id": int(&got.body, "/flag_type/id"), "flagable_type": "Company", "flagable_id": company,
    }});
    assert_eq!(client.post("flags", flag).await.status, 201);
    let got = client.post("label_types", json!({ "label_type": { "name": "Checked", "color": "#0a0" } })).await;
    assert_eq!(got.body, json!({ "error": "Validation failed", "details": ["Applicable record types can't be blank"] }));
    let kind = json!({ "label_type": { "name": "Checked", "color": "#0a0", "applicable_record_types": ["Asset"] } });
    let kind = int(&client.post("label_types", kind).await.body, "/label_type/id");
    let asset = client.asset(company, client.layout("T", json!([])), "One");
    let label = json!({ "label": { "label_type_id": kind, "labelable_type": "Asset", "labelable_id": asset } });
    assert_eq!(client.post("labels", label.clone()).await.status, 201);
    assert_eq!(client.post("labels", label).await.status, 422);
}

#[tokio::test]
async fn tiles_are_written_by_title_and_company_name() {
    let client = Client::new();
    client.company("C");
    let tile = |message: &str| json!({ "title": "Halo", "company_name": "C", "message": message });
    let first = client.post("magic_dash", tile("one")).await;
    assert_eq!(first.status, 200);
    let second = client.post("magic_dash", tile("two")).await;
    assert_eq!((&second.body["id"], &second.body["message"]), (&first.body["id"], &json!("two")));
    assert_eq!(client.post("magic_dash", json!({ "title": "x", "message": "m", "company_id": 1 })).await.status, 500);
    assert_eq!(client.post("magic_dash", json!({ "magic_dash": tile("x") })).await.status, 500);
    let got = client.send("DELETE", "magic_dash", json!({ "title": "Halo", "company_name": "C" })).await;
    assert_eq!(got.status, 204);
}

#[tokio::test]
async fn exports_answer_nothing_and_are_listed() {
    let client = Client::new();
    let company = client.company("C");
    assert_eq!(client.post("exports", json!({ "format": "csv" })).await.status, 422);
    let got = client.post("exports", json!({ "export": { "format": "csv", "company_id": company } })).await;
    assert_eq!((got.status, got.text.as_str()), (200, ""));
    let id = int(&client.get("exports").await.body, "/0/id");
    assert!(client.get(&format!("exports/{id}?download=true")).await.text.starts_with("name,city"));
}

#[tokio::test]
async fn users_are_searched_by_one_word_of_the_name() {
    let client = Client::new();
    let user = client.get("users").await.body["users"][0].clone();
    let text = |name: &str| user[name].as_str().unwrap_or_default().replace('@', "%40");
    for (query, found) in [
        (format!("search={}", text("first_name")), true),
        (format!("search={}%20{}", text("first_name"), text("last_name")), false),
        (format!("search={}", text("email")), false),
        (format!("email={}", text("email")), true),
    ] {
        assert_eq!(rows(&client.get(&format!("users?{query}")).await.body) > 0, found, "{query}");
    }
}
