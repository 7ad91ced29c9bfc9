//! Envelopes, pages and filters of lists.

use serde_json::json;

use crate::client::{Client, rows};

#[tokio::test]
async fn lists_come_wrapped_or_bare() {
    let client = Client::new();
    for path in [
        "companies",
        "assets",
        "asset_layouts",
        "asset_passwords",
        "password_folders",
        "articles",
        "folders",
        "procedures",
        "procedure_tasks",
        "relations",
        "users",
        "groups",
        "photos",
        "public_photos",
        "flags",
        "flag_types",
        "labels",
        "label_types",
    ] {
        assert!(client.get(path).await.body[path].is_array(), "{path}");
    }
    for path in [
        "websites",
        "expirations",
        "activity_logs",
        "networks",
        "vlans",
        "vlan_zones",
        "ip_addresses",
        "uploads",
        "magic_dash",
        "lists",
        "exports",
    ] {
        assert!(client.get(path).await.body.is_array(), "{path}");
    }
}

#[tokio::test]
async fn pages_of_25_and_at_most_a_thousand() {
    let client = Client::new();
    let company = client.company("Many");
    let layout = client.layout("Things", json!([]));
    for n in 0..1100 {
        client.asset(company, layout, &format!("Thing {n}"));
    }
    let base = format!("companies/{company}/assets");
    for (query, expected) in [
        ("", 25),
        ("?page_size=0", 25),
        ("?page_size=-1", 25),
        ("?page_size=5", 5),
        ("?page_size=1000", 1000),
        ("?page_size=5000", 1000),
        ("?page_size=1000&page=2", 100),
        ("?page_size=1000&page=3", 0),
    ] {
        let got = client.get(&format!("{base}{query}")).await;
        assert_eq!((got.status, rows(&got.body)), (200, expected), "{query}");
    }
    for n in 0..40 {
        client.layout(&format!("Layout {n}"), json!([]));
    }
    assert_eq!(rows(&client.get("asset_layouts?page_size=100").await.body), 25);
}

#[tokio::test]
async fn strict_lists_refuse_what_they_do_not_know() {
    let client = Client::new();
    for path in ["networks", "ip_addresses", "vlans", "vlan_zones"] {
        let got = client.get(&format!("{path}?page=1")).await;
        assert_eq!((got.status, got.body), (400, json!({ "error": "page is not a valid filter parameter" })), "{path}");
        assert_eq!(client.get(&format!("{path}?company_id=1")).await.status, 200);
    }
    assert_eq!(client.get("users?slug=x").await.status, 200);
}

#[tokio::test]
async fn names_are_exact_and_search_is_a_phrase() {
    let client = Client::new();
    for name in ["VPN Setup Guide", "Setup of a VPN"] {
        client.post("articles", json!({ "article": { "name": name, "content": "<p>needle</p>" } })).await;
    }
    for (query, expected) in [
        ("name=VPN%20Setup%20Guide", 1),
        ("name=vpn%20setup%20guide", 0),
        ("search=vpn%20setup", 1),
        ("search=setup%20vpn", 0),
        ("search=needle", 0),
    ] {
        assert_eq!(rows(&client.get(&format!("articles?{query}")).await.body), expected, "{query}");
    }
    let all = client.get("articles?page_size=1000").await;
    assert_eq!(client.get("articles?page_size=1000&archived=true&folder_id=1").await.text, all.text);
}

#[tokio::test]
async fn updated_at_takes_ranges() {
    let client = Client::new();
    client.wait(86_400_000);
    client.post("articles", json!({ "article": { "name": "Newest", "content": "" } })).await;
    for (range, expected) in [
        ("2026-11-22T09:00:00Z,", 1),
        ("2026-11-22T09:00:01Z,", 0),
        ("2026-11-22", 1),
        ("2026-11-22T08:00:00Z,2026-11-22T10:00:00Z", 1),
    ] {
        assert_eq!(rows(&client.get(&format!("articles?updated_at={range}")).await.body), expected, "{range}");
    }
}

#[tokio::test]
async fn websites_change_shape_when_a_filter_finds_nothing() {
    let client = Client::seeded();
    assert_eq!(client.get("websites?name=https://none.example").await.body, json!({ "websites": [] }));
    assert_eq!(client.get("websites?page=99").await.body, json!([]));
    let all = rows(&client.get("websites?page_size=1000").await.body);
    assert_eq!(rows(&client.get("websites?page_size=1000&company_id=1").await.body), all);
    client.switch(|switches| switches.websites_by_company = true);
    assert!(rows(&client.get("websites?page_size=1000&company_id=1").await.body) < all);
}
