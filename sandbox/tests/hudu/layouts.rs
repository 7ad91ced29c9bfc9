//! Asset layouts: whole bodies, fields merged by id.

use serde_json::{Value, json};

use crate::client::{Client, int};

fn body(fields: Value) -> Value {
    json!({ "asset_layout": {
        "name": "Backup", "icon": "fas fa-hdd", "color": "#111", "icon_color": "#fff", "fields": fields,
    }})
}

#[tokio::test]
async fn a_layout_is_written_whole() {
    let client = Client::new();
    let got = client.post("asset_layouts", json!({ "asset_layout": { "name": "x" } })).await;
    assert_eq!((got.status, got.body), (500, json!({ "status": 500, "error": "Internal Server Error" })));
    let fields = json!([{ "label": "Title", "field_type": "Heading" }, { "label": "Host", "field_type": "Text" }]);
    let got = client.post("asset_layouts", body(fields)).await;
    assert_eq!(got.status, 200);
    let layout = got.body["asset_layout"].clone();
    let path = format!("asset_layouts/{}", int(&layout, "/id"));
    let partial = json!({ "asset_layout": { "name": "Backup", "active": false } });
    assert_eq!(client.put(&path, partial).await.status, 500);

    // An id changes a field, no id adds one, what is left out stays.
    let host = int(&layout, "/fields/1/id");
    let fields = json!([
        { "id": host, "label": "Host name", "show_in_list": true }, { "label": "Halo ID", "field_type": "Text" },
    ]);
    let got = client.put(&path, body(fields)).await;
    let labels = |layout: &Value| -> Vec<Value> {
        layout["asset_layout"]["fields"].as_array().unwrap().iter().map(|field| field["label"].clone()).collect()
    };
    assert_eq!((got.status, labels(&got.body)), (200, vec![json!("Title"), json!("Host name"), json!("Halo ID")]));
    let got = client.put(&path, body(json!([{ "label": "Halo ID", "field_type": "Text" }]))).await;
    assert_eq!(got.status, 422);
    assert_eq!(got.body["details"], json!(["Asset layout fields label has already been taken"]));
    let got = client.put(&path, body(json!([{ "id": host, "_destroy": true }]))).await;
    assert_eq!(labels(&got.body), vec![json!("Title"), json!("Halo ID")]);
    let got = client.get("asset_layouts?name=Backup").await;
    assert_eq!(got.body["asset_layouts"][0]["fields"][1]["label"], "Halo ID");
}

#[tokio::test]
async fn field_types_are_checked() {
    let client = Client::new();
    for field in [
        json!({ "label": "a", "field_type": "richtext" }),
        json!({ "label": "a", "field_type": "AssetTag" }),
        json!({ "label": "a", "field_type": "ListSelect", "list_id": 99999 }),
        json!({ "field_type": "Text" }),
    ] {
        assert_eq!(client.post("asset_layouts", body(json!([field]))).await.status, 422);
    }
}
