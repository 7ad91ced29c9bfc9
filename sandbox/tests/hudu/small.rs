//! Flags, labels, tiles, exports and users.

use serde_json::json;

use crate::client::{Client, int, rows};

#[tokio::test]
async fn flags_and_labels_have_types() {
    let client = Client::new();
    let company = client.company("C");
    assert_eq!(
        client.post("flag_types", json!({ "flag_type": { "name": "Hot", "color": "Mauve" } })).await.status,
        422
    );
    let kind = json!({ "flag_type": { "name": "Hot", "color": "Red" } });
    let got = client.post("flag_types", kind.clone()).await;
    assert_eq!(got.status, 201);
    assert_eq!(client.post("flag_types", kind).await.status, 422);
    let flag = json!({ "flag": {
        "flag_type_id": int(&got.body, "/flag_type/id"), "flagable_type": "Company", "flagable_id": company,
    }});
    assert_eq!(client.post("flags", flag).await.status, 201);
    let got = client.post("label_types", json!({ "label_type": { "name": "Checked", "color": "#0a0" } })).await;
    assert_eq!(
        got.body,
        json!({ "error": "Validation failed", "details": ["Applicable record types can't be blank"] })
    );
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
    let client = Client::shared();
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
