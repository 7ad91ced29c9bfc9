//! Assets: paths, archive, moves, expirations, and the filter that crashes.

use serde_json::{Value, json};
use sidelight_sandbox::hudu::{ArchivedDefault, AssetsUpdatedAt};

use crate::client::{Client, int, rows};

#[tokio::test]
async fn an_asset_lives_below_its_company() {
    let client = Client::new();
    let [home, away] = [client.company("Home"), client.company("Away")];
    let layout = client.layout("Things", json!([{ "label": "Note", "field_type": "Text" }]));
    let body = json!({ "asset": { "name": "One", "asset_layout_id": layout, "primary_serial": "S1" } });
    let got = client.post(&format!("companies/{home}/assets"), body.clone()).await;
    assert_eq!(got.status, 201);
    let asset = &got.body["asset"];
    let id = int(asset, "/id");
    assert_eq!(asset["asset_type"], "Things");
    assert_eq!(asset["company_name"], "Home");
    assert_eq!(asset["url"], json!(format!("http://hudu.test/a/{}", asset["slug"].as_str().unwrap())));
    assert_eq!(client.post(&format!("companies/{home}/assets"), body).await.status, 201);
    assert_eq!(rows(&client.get("assets?primary_serial=S1").await.body), 2);

    let path = format!("companies/{home}/assets/{id}");
    assert_eq!(client.get(&path).await.body["asset"]["name"], "One");
    assert_eq!(client.get(&format!("assets?id={id}")).await.body["assets"][0], client.get(&path).await.body["asset"]);
    let got = client.get(&format!("companies/{away}/assets/{id}")).await;
    assert_eq!((got.status, got.body), (404, json!({ "error": "Asset not found" })));
    client.switch(|switches| switches.asset_bare = true);
    assert_eq!(client.get(&path).await.body["name"], "One");

    let got = client.put(&path, json!({ "asset": { "company_id": away } })).await;
    assert_eq!(got.body["asset"]["company_name"], "Away");
    assert_eq!(client.delete(&path).await.status, 404);
    assert_eq!(client.delete(&format!("companies/{away}/assets/{id}")).await.status, 204);
    let got = client.post(&format!("companies/{home}/assets"), json!({ "asset": { "name": "x" } })).await;
    assert_eq!((got.status, &got.body["details"]), (422, &json!(["Asset layout must exist"])));
}

#[tokio::test]
async fn archived_assets_are_listed_unless_asked_otherwise() {
    let client = Client::new();
    let company = client.company("C");
    let layout = client.layout("Things", json!([]));
    let id = client.asset(company, layout, "Old");
    client.asset(company, layout, "New");
    let path = format!("companies/{company}/assets/{id}");
    let got = client.put(&format!("{path}/archive"), Value::Null).await;
    assert_eq!((got.status, &got.body["asset"]["archived"]), (200, &json!(true)));
    let base = format!("assets?company_id={company}");
    for (query, expected) in [("", 2), ("&archived=true", 1), ("&archived=false", 1)] {
        assert_eq!(rows(&client.get(&format!("{base}{query}")).await.body), expected, "{query}");
    }
    client.switch(|switches| {
        switches.archived_default = ArchivedDefault::Active;
        switches.asset_archive_body = false;
    });
    assert_eq!(rows(&client.get(&base).await.body), 1);
    let got = client.put(&format!("{path}/unarchive"), Value::Null).await;
    assert_eq!((got.status, got.text.as_str()), (200, ""));
    assert_eq!(rows(&client.get(&base).await.body), 2);
}

#[tokio::test]
async fn the_updated_at_filter_of_all_assets_crashes() {
    let client = Client::seeded();
    let start = "2020-01-01T00:00:00Z";
    assert_eq!(client.get(&format!("assets?updated_at={start},")).await.status, 500);
    assert_eq!(rows(&client.get(&format!("assets?updated_at={start}")).await.body), 0);
    let both = format!("assets?updated_at={start},2027-01-01T00:00:00Z");
    assert_eq!(rows(&client.get(&both).await.body), 25);
    client.switch(|switches| switches.assets_updated_at = AssetsUpdatedAt::Broken);
    assert_eq!(client.get(&both).await.status, 500);
    client.switch(|switches| switches.assets_updated_at = AssetsUpdatedAt::Works);
    assert_eq!(rows(&client.get(&format!("assets?updated_at={start},")).await.body), 25);
}

#[tokio::test]
async fn expirations_follow_the_date_fields() {
    let client = Client::new();
    let company = client.company("C");
    let layout = client.layout("Things", json!([
        { "label": "Warranty end", "field_type": "Date", "expiration": true }, { "label": "Bought", "field_type": "Date" },
    ]));
    let id = client.asset(company, layout, "One");
    let path = format!("companies/{company}/assets/{id}");
    let list = format!("expirations?company_id={company}");
    for (value, expected) in [(json!("2027-01-31"), json!("2027-01-31")), (json!("02/28/2027"), json!("2027-02-28"))] {
        let fields = json!([{ "warranty_end": value, "bought": "2024-01-01" }]);
        client.put(&path, json!({ "asset": { "custom_fields": fields } })).await;
        let got = client.get(&list).await.body;
        assert_eq!((rows(&got), &got[0]["date"]), (1, &expected));
        assert_eq!(got[0]["expirationable_id"], json!(id));
        assert_eq!(got[0]["expiration_type"], "asset_field");
    }
    let row = int(&client.get(&list).await.body, "/0/id");
    let got = client.put(&format!("expirations/{row}"), json!({ "expiration": { "archived": true } })).await;
    assert!(got.body["archived_at"].is_string());
    assert_eq!(rows(&client.get(&list).await.body), 0);
    assert_eq!(rows(&client.get(&format!("{list}&archived=true")).await.body), 1);
    client.put(&path, json!({ "asset": { "custom_fields": [{ "warranty_end": null }] } })).await;
    assert_eq!(rows(&client.get(&format!("{list}&archived=true")).await.body), 0);
}

#[tokio::test]
async fn another_layout_takes_the_fields_along() {
    let client = Client::new();
    let company = client.company("C");
    let one = client.layout(
        "One",
        json!([
            { "label": "Host", "field_type": "Text" }, { "label": "Size", "field_type": "Number" },
        ]),
    );
    let two = client.layout("Two", json!([{ "label": "Host", "field_type": "Text" }]));
    let id = client.sandbox.hudu.upsert(
        "assets",
        json!({
            "name": "A", "company_id": company, "asset_layout_id": one, "custom_fields": [{ "host": "h", "size": 3 }],
        }),
    );
    let path = format!("companies/{company}/assets/{id}/move_layout");
    assert_eq!(client.put(&path, json!({ "asset_layout_id": 99999 })).await.status, 404);
    let got = client.put(&path, json!({ "asset_layout_id": two })).await;
    let fields = &got.body["asset"]["fields"];
    assert_eq!(
        (&fields[0]["value"], &fields[1]["label"], &fields[1]["value"]),
        (&json!("h"), &json!("Size"), &json!(3))
    );
}
