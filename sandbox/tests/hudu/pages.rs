//! The pages behind the deep links.

use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn every_record_has_a_page_without_secrets_or_scripts() {
    let client = Client::new();
    let company = client.company("<b>Nord</b>");
    let layout = client.layout("Things", json!([{ "label": "Host", "field_type": "Text" }]));
    let hudu = &client.sandbox.hudu;
    hudu.upsert(
        "assets",
        json!({
            "name": "One", "company_id": company, "asset_layout_id": layout, "custom_fields": [{ "host": "h<i>1" }],
        }),
    );
    hudu.upsert("asset_passwords", json!({ "name": "P", "company_id": company, "password": "s3cret" }));
    hudu.upsert("articles", json!({ "name": "K", "company_id": company, "content": "<script>alert(1)</script>" }));
    hudu.upsert("procedures", json!({ "name": "W", "company_id": company }));
    hudu.upsert("websites", json!({ "name": "https://nord.example", "company_id": company }));
    for (room, path, name, wanted) in [
        ("c", "companies", "<b>Nord</b>", "&lt;b&gt;Nord&lt;/b&gt;"),
        ("a", "assets", "One", "h&lt;i&gt;1"),
        ("kba", "articles", "K", "<iframe class=article sandbox"),
        ("passwords", "asset_passwords", "P", "••••"),
        ("processes", "procedures", "W", "<h1>W</h1>"),
        ("websites", "websites", "https://nord.example", "nord.example"),
    ] {
        let slug = hudu.find(path, name).unwrap()["slug"].as_str().unwrap().to_owned();
        let got = client.ask("GET", &format!("/{room}/{slug}"), &[], vec![]).await;
        assert_eq!(got.status, 200, "{room}");
        assert!(got.text.contains(wanted), "{room}: {}", got.text);
        assert!(!got.text.contains("s3cret") && !got.text.contains("<script"), "{room}");
        let policy = got.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        if room == "kba" {
            let frame = client.ask("GET", &format!("/kba/{slug}?frame=1"), &[], vec![]).await;
            assert!(frame.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
            assert_eq!(client.ask("GET", &format!("/kba/{slug}/some-title"), &[], vec![]).await.status, 200);
        }
    }
    for path in ["/", "/admin/api_keys", "/users/sign_in", "/hudu.css"] {
        assert_eq!(client.ask("GET", path, &[], vec![]).await.status, 200, "{path}");
    }
    assert_eq!(client.ask("GET", "/dashboard", &[], vec![]).await.status, 302);
    assert_eq!(client.ask("GET", "/c/nothing", &[], vec![]).await.status, 404);
}
