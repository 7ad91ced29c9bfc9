//! Keys, permissions, the rate limit, and what is not routed.

use serde_json::json;
use sidelight_sandbox::hudu::KeyOptions;

use crate::client::{Client, START};

#[tokio::test]
async fn a_key_is_needed() {
    let mut client = Client::new();
    assert_eq!(client.get("api_info").await.body, json!({ "version": "2.45.1", "date": "2021-11-03" }));
    client.key = "wrong".into();
    let got = client.get("companies").await;
    assert_eq!((got.status, got.body), (401, json!({ "error": "Unauthorized" })));
}

#[tokio::test]
async fn options_of_a_key_deny_by_401_or_403() {
    let mut client = Client::new();
    let hudu = client.sandbox.hudu.clone();
    let options = KeyOptions { passwords: false, destructive: false, exports: false, ..KeyOptions::default() };
    client.key = hudu.add_key(options);
    for status in [401, 403] {
        client.switch(|switches| switches.denied_status = status);
        assert_eq!(client.get("asset_passwords").await.status, status);
        assert_eq!(client.get("companies").await.status, 200);
        assert_eq!(client.delete("articles/1").await.status, status);
        assert_eq!(client.post("exports", json!({ "export": { "company_id": 1 } })).await.status, status);
    }
}

#[tokio::test]
async fn a_scoped_key_sees_its_companies_only() {
    let mut client = Client::new();
    let [mine, other] = [client.company("Mine"), client.company("Other")];
    let layout = client.layout("Things", json!([]));
    client.asset(mine, layout, "In");
    client.asset(other, layout, "Out");
    client.key = client.sandbox.hudu.add_key(KeyOptions { companies: Some(vec![mine]), ..KeyOptions::default() });
    let companies = client.get("companies").await.body;
    assert_eq!(companies["companies"].as_array().unwrap().len(), 1);
    assert_eq!(client.get("assets").await.status, 500);
    client.switch(|switches| switches.scoped_assets_crash = false);
    assert_eq!(client.get("assets").await.body["assets"].as_array().unwrap().len(), 1);
    assert_eq!(client.get(&format!("companies/{mine}/assets")).await.status, 200);
    assert_eq!(client.get(&format!("companies/{other}/assets")).await.status, 404);
    let article = json!({ "article": { "name": "x", "company_id": other } });
    assert_eq!(client.post("articles", article).await.status, 401);
}

#[tokio::test]
async fn the_limit_counts_per_key_in_windows_of_five_minutes() {
    let mut client = Client::new();
    client.switch(|switches| switches.rate_limit = 3);
    client.wait(299_000 - START % 300_000);
    for _ in 0..3 {
        assert_eq!(client.get("api_info").await.status, 200);
    }
    let got = client.get("api_info").await;
    assert_eq!((got.status, got.text.as_str()), (429, "Retry later\n"));
    assert_eq!(got.headers["content-type"], "text/plain");
    assert!(!got.headers.contains_key("retry-after"));
    client.switch(|switches| switches.retry_after = true);
    assert_eq!(client.get("api_info").await.headers["retry-after"], "1");
    let first = client.key.clone();
    client.key = client.sandbox.hudu.add_key(KeyOptions::default());
    assert_eq!(client.get("api_info").await.status, 200);
    client.key = first;
    client.wait(1_000);
    assert_eq!(client.get("api_info").await.status, 200);
}

#[tokio::test]
async fn what_is_not_routed_is_an_html_404() {
    let client = Client::new();
    for (method, path) in [
        ("POST", "expirations"),
        ("GET", "expirations/1"),
        ("DELETE", "public_photos/1"),
        ("DELETE", "asset_layouts/1"),
        ("GET", "relations/1"),
        ("PUT", "relations/1"),
        ("PUT", "magic_dash/1"),
        ("PUT", "websites/1/archive"),
        ("GET", "nothing"),
    ] {
        let got = client.send(method, path, json!({})).await;
        assert_eq!(got.status, 404, "{method} {path}");
        assert!(got.text.starts_with("<!DOCTYPE html><title>404"), "{method} {path}: {}", got.text);
    }
    let got = client.get("assets/1").await;
    assert_eq!((got.status, got.body), (404, json!({ "status": 404, "error": "Not Found" })));
}

#[tokio::test]
async fn a_missing_id_is_null_for_five_and_404_for_the_rest() {
    let client = Client::new();
    for path in ["articles", "asset_layouts", "asset_passwords", "folders", "websites"] {
        let got = client.get(&format!("{path}/99999")).await;
        assert_eq!((got.status, got.text.as_str()), (200, "null"), "{path}");
    }
    let own = format!("companies/{}/assets", client.company("C"));
    for (path, text) in [
        ("networks", "Network not found"),
        ("vlans", "VLAN not found"),
        ("vlan_zones", "VLAN Zone not found"),
        ("ip_addresses", "IpAddress not found"),
        ("users", "User not found"),
        ("flags", "Flag not found"),
        (&own, "Asset not found"),
        ("companies", "Company not found"),
    ] {
        let got = client.get(&format!("{path}/99999")).await;
        assert_eq!((got.status, got.body), (404, json!({ "error": text })), "{path}");
    }
    let got = client.get("exports/99999").await;
    assert_eq!((got.status, got.body), (404, json!({ "errors": ["Export file not available"] })));
}

#[tokio::test]
async fn a_body_without_its_root_key_is_refused() {
    let client = Client::new();
    let got = client.post("companies", json!({ "name": "x" })).await;
    assert_eq!(got.status, 400);
    assert_eq!(
        got.body,
        json!({ "error": "Parameter missing", "details": "param is missing or the value is empty: company" })
    );
    assert_eq!(client.post("asset_layouts", json!({ "name": "x" })).await.status, 500);
}

#[tokio::test]
async fn a_limited_key_may_see_central_articles() {
    let mut client = Client::new();
    let mine = client.company("Mine");
    let article = json!({ "article": { "name": "For all", "content": "x" } });
    let id = client.post("articles", article).await.body["article"]["id"].clone();
    client.key = client.sandbox.hudu.add_key(KeyOptions { companies: Some(vec![mine]), ..KeyOptions::default() });
    let path = format!("articles/{id}");
    assert!(client.get(&path).await.body["article"].is_null());
    client.switch(|switches| switches.scoped_central = true);
    assert_eq!(client.get(&path).await.body["article"]["id"], id);
}
