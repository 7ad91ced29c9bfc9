//! Companies, matchers and the way from Halo's ids.

use serde_json::{Value, json};
use sidelight_sandbox::world::Presence;

use crate::client::{Client, int, rows};

#[tokio::test]
async fn a_company_is_created_changed_archived_and_deleted() {
    let client = Client::new();
    let got = client.post("companies", json!({ "company": { "name": "Nord & Sons", "city": "Leith" } })).await;
    assert_eq!(got.status, 200);
    let company = &got.body["company"];
    let (id, slug) = (int(company, "/id"), company["slug"].as_str().unwrap());
    assert_eq!((slug.len(), slug.chars().all(|c| c.is_ascii_hexdigit())), (12, true));
    assert_eq!(company["url"], json!(format!("/c/{slug}")));
    assert_eq!(company["full_url"], json!(format!("http://hudu.test/c/{slug}")));
    assert_eq!(company["updated_at"], "2026-11-21T09:00:00.000Z");
    client.wait(1_500);
    let got = client.put(&format!("companies/{id}"), json!({ "company": { "id_number": "77" } })).await.body;
    assert_eq!((&got["company"]["city"], &got["company"]["id_number"]), (&json!("Leith"), &json!("77")));
    assert_eq!(got["company"]["updated_at"], "2026-11-21T09:00:01.500Z");
    assert_eq!(rows(&client.get("companies?id_number=77").await.body), 1);
    assert_eq!(rows(&client.get("companies?search=nord").await.body), 1);
    let got = client.put(&format!("companies/{id}/archive"), Value::Null).await;
    assert_eq!(got.body["company"]["archived"], true);
    assert_eq!(rows(&client.get("companies?id_number=77").await.body), 1);
    client.switch(|switches| switches.archived_companies = false);
    assert_eq!(rows(&client.get("companies?id_number=77").await.body), 0);
    let article = client.post("articles", json!({ "article": { "name": "a", "company_id": id } })).await.body;
    let got = client.delete(&format!("companies/{id}")).await;
    assert_eq!((got.status, got.text.as_str()), (204, ""));
    assert_eq!(client.get(&format!("articles/{}", int(&article, "/article/id"))).await.text, "null");
}

#[tokio::test]
async fn names_are_required_and_may_be_unique() {
    let client = Client::new();
    let got = client.post("companies", json!({ "company": { "city": "x" } })).await;
    assert_eq!(
        (got.status, got.body),
        (422, json!({ "error": "Validation failed", "details": ["Name can't be blank"] }))
    );
    let twin = json!({ "company": { "name": "Twin" } });
    client.post("companies", twin.clone()).await;
    assert_eq!(client.post("companies", twin.clone()).await.status, 200);
    client.switch(|switches| switches.duplicate_companies = false);
    assert_eq!(client.post("companies", twin).await.status, 422);
}

#[tokio::test]
async fn the_native_link_is_found_by_halos_id() {
    let client = Client::shared();
    let world = sidelight_sandbox::world::world();
    let native = world.clients.iter().find(|client| client.presence == Presence::Native).unwrap();
    let got = client.get(&format!("companies?id_in_integration={}", native.id)).await.body;
    let company = &got["companies"][0];
    assert_eq!(company["name"], json!(native.hudu_name));
    assert_eq!(company["integrations"][0]["integrator_name"], "halo");
    assert_eq!(company["integrations"][0]["sync_id"], json!(native.id));
    let by_hand = world.clients.iter().find(|client| client.presence == Presence::ByHand).unwrap();
    assert_eq!(rows(&client.get(&format!("companies?id_in_integration={}", by_hand.id)).await.body), 0);
}

#[tokio::test]
async fn matchers_want_their_integration() {
    let client = Client::seeded();
    let got = client.get("matchers").await;
    assert_eq!((got.status, got.body), (500, json!({ "status": 500, "error": "Internal Server Error" })));
    let got = client.get("matchers?integration_id=999").await;
    assert_eq!((got.status, got.body), (404, json!({ "error": "No matching integration" })));
    let open = client.get("matchers?integration_id=3&matched=false").await.body;
    let row = &open["matchers"][0];
    assert_eq!(row["company_id"], Value::Null);
    assert_eq!(client.put("matchers/99999", json!({ "matcher": { "company_id": 1 } })).await.status, 500);
    let company = client.company("Accepted");
    let path = format!("matchers/{}", int(row, "/id"));
    let got = client.put(&path, json!({ "matcher": { "company_id": company } })).await;
    assert_eq!(got.body["matcher"]["company_name"], "Accepted");
    let got = client.get(&format!("companies?id_in_integration={}", int(row, "/sync_id"))).await.body;
    assert_eq!(int(&got, "/companies/0/id"), company);
}

#[tokio::test]
async fn jumps_need_a_session() {
    let client = Client::shared();
    let row = client.get("matchers?integration_id=3&matched=true").await.body["matchers"][0].clone();
    let slug = client.sandbox.hudu.get("companies", int(&row, "/company_id")).unwrap()["slug"].clone();
    let path = format!("/api/v1/companies/jump?integration_slug=halo&integration_id={}", int(&row, "/sync_id"));
    let cookie = ("cookie", "_hudu_session=abc");
    let to = |got: &crate::client::Got| got.headers["location"].to_str().unwrap().to_owned();
    let got = client.ask("GET", &path, &[], vec![]).await;
    assert_eq!((got.status, to(&got)), (302, "http://hudu.test/users/sign_in".to_owned()));
    let got = client.ask("GET", &path, &[cookie], vec![]).await;
    assert_eq!((got.status, to(&got)), (302, format!("http://hudu.test/c/{}", slug.as_str().unwrap())));
    let got = client.ask("GET", &path, &[cookie, ("accept", "application/json")], vec![]).await;
    assert_eq!(got.status, 406);
    let unknown = "/api/v1/companies/jump?integration_slug=halo&integration_id=999999";
    assert_eq!(client.ask("GET", unknown, &[cookie], vec![]).await.status, 404);
    let lost = "/api/v1/cards/jump?integration_slug=nope&integration_type=asset&integration_id=1";
    let got = client.ask("GET", lost, &[cookie], vec![]).await;
    assert_eq!((got.status, to(&got)), (302, "http://hudu.test/dashboard".to_owned()));
}

#[tokio::test]
async fn cards_are_found_by_halos_id_and_differ_by_kind() {
    let client = Client::shared();
    let assets = client.sandbox.hudu.all("assets");
    let asset = assets.iter().find(|asset| asset["cards"][0]["sync_type"] == "asset").unwrap();
    let id = int(asset, "/cards/0/sync_id");
    let got = client.get(&format!("cards/lookup?integration_slug=halo&integration_id={id}")).await.body;
    let cards = got["integrator_cards"].as_array().unwrap();
    assert!(cards.iter().any(|card| card["sync_type"] == "asset"));
    assert!(cards.iter().all(|card| card["sync_id"] == json!(id) && card.get("asset_id").is_none()));
    let got = client.get("cards/lookup?integration_slug=other&integration_id=1").await;
    assert_eq!((got.status, got.body), (404, json!({ "error": "No matching integration" })));
    let path = format!("/api/v1/cards/jump?integration_slug=halo&integration_type=asset&integration_id={id}");
    let got = client.ask("GET", &path, &[("cookie", "_hudu_session=1")], vec![]).await;
    assert_eq!(got.headers["location"], asset["url"].as_str().unwrap());
}
