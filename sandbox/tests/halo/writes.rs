//! POST and DELETE.

use http::Method;
use serde_json::{Value, json};
use sidelight_sandbox::halo::{AssetFields, MultiPost};

use crate::support::Desk;

#[tokio::test]
async fn one_element_in_is_one_object_out() {
    let desk = Desk::open().await;
    let made =
        desk.post("/api/Users", json!([{ "site_id": 21, "firstname": "Cy", "surname": "Low", "fax": null }])).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    assert_eq!((&made["name"], &made["client_id"]), (&json!("Cy Low"), &json!(12)));
    assert_eq!(made.get("fax"), None);
    assert_eq!(made["ulastupdate"], "2026-05-13T18:01:50.34");
    desk.pass(5);
    let id = made["id"].as_i64().unwrap();
    let changed = desk.post("/api/users", json!([{ "id": id.to_string(), "title": "Clerk" }])).await.json();
    assert_eq!((&changed["title"], &changed["firstname"]), (&json!("Clerk"), &json!("Cy")));
    assert_eq!(changed["ulastupdate"], "2026-05-13T18:01:55.34");
    assert_eq!(changed["datecreated"], "2026-05-13T18:01:50.34");
    desk.sandbox.halo.switch(|s| s.post_status = 200);
    assert_eq!(desk.post("/api/users", json!([{ "id": id, "title": null }])).await.status, 200);
    assert_eq!(desk.sandbox.halo.get("Users", id).unwrap().get("title"), None);
}

#[tokio::test]
async fn several_in_are_several_out_and_one_refusal_refuses_all() {
    let desk = Desk::open().await;
    let two = json!([{ "name": "Depot", "client_id": 13 }, { "name": "Shop", "client_id": 13 }]);
    assert_eq!(desk.post("/api/Site", two.clone()).await.json().as_array().unwrap().len(), 2);
    desk.sandbox.halo.switch(|s| s.multi_post = MultiPost::FirstOnly);
    assert_eq!(desk.post("/api/Site", two).await.json()["name"], "Depot");
    let before = desk.sandbox.halo.all("Site").len();
    let bad = json!([{ "name": "Fine", "client_id": 13 }, { "name": "Not", "client_id": 4711 }]);
    assert_eq!(desk.post("/api/Site", bad).await.status, 400);
    assert_eq!(desk.sandbox.halo.all("Site").len(), before);
}

#[tokio::test]
async fn bad_bodies_are_refused_in_their_own_shapes() {
    let desk = Desk::open().await;
    let no_array = desk.post("/api/Tickets", json!({ "summary": "x" })).await;
    assert_eq!(no_array.status, 400);
    assert!(no_array.json()[""].is_array());
    let id = desk.post("/api/Asset", json!([{ "id": 2001, "client_id": "95.0" }])).await;
    assert_eq!((id.status, id.json()), (400, json!({ "[0].client_id": ["The value '95.0' is not valid."] })));
    let nameless = desk.post("/api/Agent", json!([{ "email": "x@y.example" }])).await;
    assert!(nameless.json().is_string());
    assert_eq!(desk.post("/api/Asset", json!([{ "id": 4711, "notes": "x" }])).await.status, 404);
    assert_eq!(desk.ask(Method::PUT, "/api/Asset/2001", None).await.unwrap().status, 405);
}

#[tokio::test]
async fn fields_and_custom_fields_change_one_by_one() {
    let desk = Desk::open().await;
    let body = json!([{
        "id": 2001,
        "fields": [{ "id": "12102", "value": "T14 Gen 2" }, { "name": "No such", "value": "x" }],
        "customfields": [{ "name": "CFCostCentre", "value": "Back office" }],
    }]);
    let asset = desk.post("/api/Asset", body).await.json();
    assert_eq!((&asset["fields"][0]["value"], &asset["fields"][1]["value"]), (&json!("SN-1"), &json!("T14 Gen 2")));
    assert_eq!(asset["fields"].as_array().unwrap().len(), 3);
    assert_eq!(asset["customfields"][0]["display"], "Back office");
}

#[tokio::test]
async fn the_agent_apps_own_payload_makes_an_asset() {
    let desk = Desk::open().await;
    let body = json!([{
        "_dontaddnewfields": false, "isassetdetails": true, "assettype_id": "121", "client_id": 12, "site_id": 22,
        "inventory_number": "AC-9", "business_owner_id": "-99", "sla_id": "-1", "priority_id": "-1", "status_id": 2,
        "criticality": 0, "inactive": false, "notes": "", "fields": [{ "id": "12101", "value": "SN123" }],
    }]);
    let asset = desk.post("/api/Asset", body).await.json();
    assert_eq!((&asset["key_field"], &asset["status_name"]), (&json!("SN123"), &json!("In stock")));
    assert_eq!((&asset["site_name"], &asset["assettype_name"]), (&json!("Depot"), &json!("Laptop")));
    assert_eq!(asset.get("_dontaddnewfields"), None);
}

#[tokio::test]
async fn a_new_client_gets_a_site_and_a_general_user() {
    let desk = Desk::open().await;
    let client = desk.post("/api/Client", json!([{ "name": "New Co", "newclient_sitename": "Works" }])).await.json();
    assert_eq!(client["main_site_name"], "Works");
    let id = &client["id"];
    assert_eq!(desk.json(&format!("/api/Users?client_id={id}")).await["users"][0]["name"], "General User");
}

#[tokio::test]
async fn deleting_answers_with_the_record() {
    let desk = Desk::open().await;
    let gone = desk.ask(Method::DELETE, "/api/Asset/2002", None).await.unwrap();
    assert_eq!((gone.status, &gone.json()["id"]), (200, &json!(2002)));
    assert_eq!(desk.get("/api/Asset/2002").await.status, 404);
    let ticket = desk.post("/api/Tickets", json!([{ "summary": "x", "client_id": 12 }])).await.json()["id"].clone();
    desk.ask(Method::DELETE, &format!("/api/Tickets/{ticket}?reason=test"), None).await.unwrap();
    assert_eq!(desk.json("/api/Tickets").await["record_count"], 0);
    assert_eq!(desk.json(&format!("/api/Tickets/{ticket}")).await["deleted"], true);
}

#[tokio::test]
async fn variants_take_one_object_and_an_unknown_id() {
    let desk = Desk::open().await;
    let one = json!({ "name": "Depot", "client_id": 13 });
    assert!(desk.post("/api/Site", one.clone()).await.json().is_object());
    desk.sandbox.halo.switch(|s| s.unbound_as_text = true);
    let refused = desk.post("/api/Site", one.clone()).await;
    assert_eq!((refused.status, refused.json().is_object()), (400, false));
    desk.sandbox.halo.switch(|s| s.object_posts = true);
    assert_eq!(desk.post("/api/Site", one).await.json()["name"], "Depot");
    let unknown = json!([{ "id": 999_999, "name": "Annexe", "client_id": 13 }]);
    assert_eq!(desk.post("/api/Site", unknown.clone()).await.status, 404);
    desk.sandbox.halo.switch(|s| s.unknown_ids_create = true);
    let made = desk.post("/api/Site", unknown).await.json();
    assert_eq!(made["name"], "Annexe");
    assert!(made["id"].as_i64().is_some_and(|id| desk.sandbox.halo.get("Site", id).is_some()));
}

#[tokio::test]
async fn an_order_may_be_ignored() {
    let desk = Desk::open().await;
    let asked = "/api/Site?pageinate=true&page_size=50&page_no=1&order=id&orderdesc=true";
    let ids = |rows: &Value| -> Vec<i64> {
        rows["sites"].as_array().unwrap().iter().filter_map(|row| row["id"].as_i64()).collect()
    };
    let turned = ids(&desk.json(asked).await);
    desk.sandbox.halo.switch(|s| s.order = false);
    let mut plain = ids(&desk.json(asked).await);
    assert_ne!(turned, plain);
    plain.reverse();
    assert_eq!(turned, plain);
}

#[tokio::test]
async fn variants_of_refusing_and_showing() {
    let desk = Desk::open().await;
    let missing = desk.get("/api/Site/999999").await;
    assert_eq!((missing.status, missing.text().as_str()), (404, ""));
    desk.sandbox.halo.switch(|s| s.refusal_json = true);
    assert!(desk.get("/api/Site/999999").await.json()["error"].is_string());

    let unknown = json!([{ "id": 13, "customfields": [{ "name": "CFnobody", "value": 1 }] }]);
    assert_eq!(desk.post("/api/Client", unknown.clone()).await.status, 201);
    desk.sandbox.halo.switch(|s| s.unknown_fields_refused = true);
    assert_eq!(desk.post("/api/Client", unknown).await.status, 400);

    let odd = "/api/Client?advanced_search=%5B%7B%22filter_name%22%3A%22name%22%2C%22filter_type%22%3A7%2C%22filter_value%22%3A%22x%22%7D%5D";
    assert_eq!(desk.get(odd).await.status, 400);
    desk.sandbox.halo.switch(|s| s.advanced_types_ignored = true);
    assert_eq!(desk.get(odd).await.status, 200);

    let listed = |rows: &Value| rows["assets"].as_array().unwrap().iter().any(|row| row.get("fields").is_some());
    assert!(!listed(&desk.json("/api/Asset").await));
    desk.sandbox.halo.switch(|s| s.asset_fields = AssetFields::Always);
    assert!(listed(&desk.json("/api/Asset").await));
}
