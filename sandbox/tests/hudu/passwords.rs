//! Passwords and their folders.

use serde_json::{Value, json};
use sidelight_sandbox::hudu::PasswordUrl;

use crate::client::{Client, int, rows};

#[tokio::test]
async fn secrets_come_in_clear_and_reads_are_logged() {
    let client = Client::new();
    let company = client.company("C");
    let asset = client.asset(company, client.layout("T", json!([])), "One");
    let got = client.post("asset_passwords", json!({ "asset_password": { "name": "x", "company_id": company } })).await;
    assert_eq!((got.status, &got.body["details"]), (422, &json!(["Password can't be blank"])));
    let body = json!({ "asset_password": {
        "name": "Router", "company_id": company, "password": "s3cret", "otp_secret": "JBSWY3DPEHPK3PXP",
        "username": "admin", "url": "https://10.0.0.1", "passwordable_type": "Asset", "passwordable_id": asset,
    }});
    let got = client.post("asset_passwords", body).await;
    assert_eq!(got.status, 200);
    let id = int(&got.body, "/asset_password/id");
    let slug = got.body["asset_password"]["slug"].as_str().unwrap().to_owned();
    let list = client.get(&format!("asset_passwords?company_id={company}")).await.body;
    let row = &list["asset_passwords"][0];
    assert_eq!((&row["password"], &row["otp_secret"]), (&json!("s3cret"), &json!("JBSWY3DPEHPK3PXP")));
    assert_eq!((&row["url"], &row["login_url"]), (&json!(format!("/passwords/{slug}")), &json!("https://10.0.0.1")));
    client.switch(|switches| switches.password_url = PasswordUrl::Site);
    let got = client.get(&format!("asset_passwords/{id}")).await.body;
    assert_eq!(got["asset_password"]["url"], "https://10.0.0.1");
    let logs = client.get(&format!("activity_logs?resource_type=AssetPassword&resource_id={id}")).await.body;
    assert_eq!((&logs[0]["action"], &logs[1]["action"]), (&json!("viewed password"), &json!("created")));
    let got = client.put(&format!("asset_passwords/{id}/archive"), Value::Null).await;
    assert_eq!(got.body["asset_password"]["archived"], true);
    let stranger = client.company("D");
    let wrong = json!({ "asset_password": { "company_id": stranger } });
    assert_eq!(client.put(&format!("asset_passwords/{id}"), wrong).await.status, 422);
    assert_eq!(client.delete("activity_logs").await.body, json!({ "error": "Datetime parameter is required" }));
    assert_eq!(client.delete("activity_logs?datetime=2020-01-01T00:00:00Z").await.status, 200);
    assert_eq!(rows(&client.get("activity_logs").await.body), 0);
}

#[tokio::test]
async fn a_folder_wants_its_security() {
    let client = Client::new();
    let bare = json!({ "password_folder": { "name": "F" } });
    assert_eq!(client.post("password_folders", bare.clone()).await.status, 500);
    let full = json!({ "password_folder": { "name": "F", "security": "all_users" } });
    assert_eq!(client.post("password_folders", full).await.status, 201);
    client.switch(|switches| switches.folder_needs_security = false);
    assert_eq!(client.post("password_folders", bare).await.status, 201);
}
