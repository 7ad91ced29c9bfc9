//! Files, websites, networks and addresses.

use serde_json::{Value, json};

use crate::client::{Client, int, rows};

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
    assert_eq!(
        (got.status, got.body),
        (
            422,
            json!({ "errors": [
                "Photoable must exist", "Company cannot be set directly. Change the photoable to update the company.",
            ]})
        )
    );
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
    let got = client
        .post(
            "networks",
            json!({ "network": {
                "name": "LAN", "address": "10.0.0.0/24", "company_id": company, "notes": "lost",
            }}),
        )
        .await;
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
