//! What a restricted agent and a narrow token see.

use serde_json::json;

use crate::support::{Desk, ids};

#[tokio::test]
async fn scopes_open_areas() {
    let mut desk = Desk::open().await;
    desk.token = desk.sign_in("read:assets").await;
    assert_eq!(desk.get("/api/Asset").await.status, 200);
    assert_eq!(desk.get("/api/Status").await.status, 200, "configuration is open to any scope");
    let denied = desk.get("/api/Client").await;
    assert_eq!((denied.status, denied.body.len()), (403, 0));
    assert_eq!(desk.post("/api/Asset", json!([{ "id": 2001, "notes": "x" }])).await.status, 403);
    desk.token = desk.sign_in("edit:assets").await;
    assert_eq!(desk.post("/api/Asset", json!([{ "id": 2001, "notes": "x" }])).await.status, 201);
    desk.sandbox.halo.set_application_scopes(Some(vec!["read:assets".to_owned()]));
    assert_eq!(desk.post("/api/Asset", json!([{ "id": 2001, "notes": "y" }])).await.status, 403);
}

#[tokio::test]
async fn a_denied_area_is_an_empty_403() {
    let desk = Desk::open().await;
    desk.sandbox.halo.deny(&["asset"]);
    let denied = desk.get("/api/Asset?pageinate=true&page_size=1&page_no=1").await;
    assert_eq!((denied.status, denied.body.len()), (403, 0));
    assert_eq!(desk.get("/api/AssetType").await.status, 200);
    assert_eq!(desk.get("/api/Agent/me").await.status, 200);
}

#[tokio::test]
async fn without_asset_groups_assets_are_simply_absent() {
    let desk = Desk::open().await;
    desk.sandbox.halo.set_asset_groups(Some(vec![2]));
    let list = desk.json("/api/Asset?pageinate=true&page_size=100&page_no=1&order=id").await;
    assert_eq!((&list["record_count"], ids(&list["assets"])), (&json!(1), vec![2002]));
    assert_eq!(desk.get("/api/Asset/2001").await.status, 403);
    desk.sandbox.halo.switch(|s| s.hidden_status = 404);
    assert_eq!(desk.get("/api/Asset/2001").await.status, 404);
    desk.sandbox.halo.set_asset_groups(Some(vec![]));
    assert_eq!(desk.json("/api/Asset").await["assets"], json!([]));
    assert_eq!(desk.json("/api/AssetGroup").await.as_array().unwrap().len(), 2, "groups still answer");
    assert_eq!(desk.json("/api/AssetType").await.as_array().unwrap().len(), 2, "and so do types");
}

#[tokio::test]
async fn restricted_clients_take_everything_of_theirs_along() {
    let desk = Desk::open().await;
    desk.sandbox.halo.set_clients(Some(vec![13]));
    assert_eq!(ids(&desk.json("/api/Client").await["clients"]), [13]);
    assert_eq!(ids(&desk.json("/api/Site").await["sites"]), [23]);
    assert_eq!(desk.json("/api/Asset").await["record_count"], 0);
    assert_eq!(desk.get("/api/Client/12").await.status, 403);
    assert_eq!(desk.json("/api/Agent/me").await["clients"][0]["client_id"], 13);
}

#[tokio::test]
async fn ad_hoc_sql_is_for_administrators() {
    let desk = Desk::open().await;
    let body = json!([{ "name": "x", "sql": "select 1", "_loadreportonly": true }]);
    let answer = desk.post("/api/Report", body).await;
    assert_eq!((answer.status, answer.body.len()), (403, 0));
}

#[tokio::test]
async fn variants_of_scopes_and_of_an_attachments_type() {
    let mut desk = Desk::open().await;
    desk.token = desk.sign_in("read:kb").await;
    assert_eq!(desk.get("/api/Asset").await.status, 403);
    desk.sandbox.halo.switch(|s| s.scopes_checked = false);
    assert_eq!(desk.get("/api/Asset").await.status, 200);

    desk.sandbox.halo.switch(|s| s.attachment_type = 3);
    let ticket = desk.json("/api/Tickets").await["tickets"][0]["id"].clone();
    let file = json!([{ "filename": "a.txt", "data_base64": "aGk=", "ticket_id": ticket }]);
    assert_eq!(desk.post("/api/Attachment", file).await.json()["type"], 3);
}
