//! Envelopes, rows and filters.

use serde_json::{Value, json};

use crate::support::{Desk, ids};
use sidelight_sandbox::halo::AssetFields;

#[tokio::test]
async fn lists_are_wrapped_or_bare_by_resource() {
    let desk = Desk::open().await;
    for (path, key) in [
        ("Client", "clients"),
        ("Site", "sites"),
        ("Users", "users"),
        ("Asset", "assets"),
        ("ClientContract", "contracts"),
        ("KBArticle", "articles"),
        ("Tickets", "tickets"),
        ("Opportunities", "tickets"),
        ("Projects", "tickets"),
        ("Quotation", "quotes"),
        ("Invoice", "invoices"),
        ("Item", "items"),
        ("Supplier", "suppliers"),
        ("Report", "reports"),
        ("TopLevel", "tree"),
        ("Actions", "actions"),
        ("Attachment", "attachments"),
    ] {
        let list = desk.json(&format!("/api/{path}")).await;
        let rows = list[key].as_array().unwrap_or_else(|| panic!("{path} has no {key}"));
        assert_eq!(list["record_count"], rows.len(), "{path}");
    }
    for path in [
        "Agent",
        "Team",
        "Status",
        "TicketType",
        "Priority",
        "SLA",
        "Outcome",
        "FieldInfo",
        "Field",
        "AssetType",
        "AssetGroup",
        "FAQLists",
        "Organisation",
        "Appointment",
        "Category",
    ] {
        assert!(desk.json(&format!("/api/{path}")).await.is_array(), "{path}");
    }
    assert_eq!(desk.json("/api/Attachment").await["folders"], json!([]));
    assert_eq!(desk.json("/api/Tickets").await["include_children"], json!(false));
    let calendar = async |asked: &str| desk.json(&format!("/api/Appointment?{asked}")).await.as_array().unwrap().len();
    assert_eq!((calendar("").await, calendar("start_date=2020-01-01").await), (0, 1), "the calendar needs a time");
    desk.sandbox.halo.switch(|s| s.flipped_lists = vec!["Agent".to_owned(), "TopLevel".to_owned()]);
    assert!(desk.json("/api/Agent").await["agents"].is_array());
    assert!(desk.json("/api/TopLevel").await.is_array());
}

#[tokio::test]
async fn order_takes_any_member() {
    let desk = Desk::open().await;
    let down = desk.json("/api/Client?order=name&orderdesc=true").await;
    let names: Vec<&str> =
        down["clients"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Unknown", "Borders Trust", "Acme Ltd"]);
}

#[tokio::test]
async fn inactive_records_are_hidden_until_asked_for() {
    let desk = Desk::open().await;
    let assets = async |query: &str| ids(&desk.json(&format!("/api/Asset?{query}")).await["assets"]);
    assert_eq!(assets("").await, [2001, 2002]);
    assert_eq!(assets("includeinactive=true").await, [2001, 2002, 2003]);
    assert_eq!(assets("activeinactive=false,true").await, [2003]);
    assert_eq!(assets("includeactive=false&includeinactive=true").await, [2003]);
    desk.sandbox.halo.upsert("Agent", json!({ "id": 9, "name": "Gone", "isdisabled": true }));
    assert!(!ids(&desk.json("/api/Agent").await).contains(&9));
    assert!(ids(&desk.json("/api/Agent?includedisabled=true").await).contains(&9));
}

#[tokio::test]
async fn rows_hold_less_than_details() {
    let desk = Desk::open().await;
    let row = desk.json("/api/Client?search=acme").await["clients"][0].clone();
    assert_eq!((&row["name"], &row["toplevel_name"]), (&json!("Acme Ltd"), &json!("North")));
    for name in ["alastupdate", "website", "notes", "customfields", "main_site_id"] {
        assert_eq!(row.get(name), None, "{name} is not on rows");
    }
    assert_eq!(desk.json("/api/Client?includenotes=true").await["clients"][1]["notes"], "Call first.");
    let detail = desk.json("/api/Client/12?includedetails=true").await;
    assert_eq!(detail["main_site_name"], "Head office");
    assert_eq!(detail["main_contact_name"], "Ann Reid");
    assert_eq!(detail["website"], "acme.example");
    assert!(detail["alastupdate"].is_string() && detail["customfields"].is_array());
}

#[tokio::test]
async fn assets_carry_their_types_fields() {
    let desk = Desk::open().await;
    let row = desk.json("/api/Asset?order=id").await["assets"][0].clone();
    assert_eq!((&row["key_field"], &row["username"]), (&json!("SN-1"), &json!("Ann Reid")));
    assert_eq!(row.get("fields"), None);
    let row = desk.json("/api/Asset?includeassetfields=true").await["assets"][0].clone();
    assert_eq!(row.get("fields"), None, "only together with the type");
    let row = desk.json("/api/Asset?includeassetfields=true&assettype_id=121").await["assets"][0].clone();
    assert_eq!(row["fields"][0]["value"], "SN-1");
    assert_eq!(row.get("customfields"), None);
    desk.sandbox.halo.switch(|switches| switches.asset_fields = AssetFields::WhenAsked);
    let row = desk.json("/api/Asset?includeassetfields=true").await["assets"][0].clone();
    assert_eq!(row["fields"][0]["value"], "SN-1");
    let detail = desk.json("/api/Asset/2001?includedetails=true").await;
    assert_eq!(detail["fields"][0]["id"], 12101);
    assert_eq!(detail["fields"][2].get("value"), None, "null members are left out");
    assert_eq!(detail["customfields"][0]["name"], "CFCostCentre");
    assert_eq!(detail["customfields"][0]["display"], "Front desk");
    assert_eq!(detail["warranty_start"], "1900-01-01T00:00:00");
    assert_eq!(detail["warranty_end"], "2027-03-01T00:00:00");
    let kind = desk.json("/api/AssetType/121?includedetails=true").await;
    assert_eq!(kind["field_list"][2]["validate"], "date");
    assert_eq!((&kind["keyfield_id"], &kind["keyfield_name"]), (&json!(12101), &json!("Serial Number")));
    assert_eq!(desk.json("/api/Field?kind=T&type_id=121").await.as_array().unwrap().len(), 3);
    let groups = desk.json("/api/AssetGroup?includetypesforgroups=true").await;
    assert_eq!(groups[0]["assettypes"][0]["name"], "Laptop");
    assert_eq!(desk.json("/api/FieldInfo?typeid=5").await[0]["label"], "Cost Centre");
}

#[tokio::test]
async fn ids_may_be_doubles_and_addresses_are_flattened() {
    let desk = Desk::open().await;
    let text = desk.get("/api/Site?includeaddress=true&client_id=12").await.text();
    assert!(text.contains("\"client_id\":12.0"));
    let site = serde_json::from_str::<Value>(&text).unwrap()["sites"][0].clone();
    assert_eq!(
        (&site["delivery_address_line1"], &site["delivery_address_line5"]),
        (&json!("1 Shore"), &json!("EH6 6QW"))
    );
    assert_eq!(site["clientsite_name"], "Acme Ltd/Head office");
    let user = desk.json("/api/Users/101").await;
    assert_eq!((&user["site_id"], &user["site_id_int"]), (&json!(21.0), &json!(21)));
    desk.sandbox.halo.switch(|s| s.double_ids = false);
    assert_eq!(desk.json("/api/Users/101").await["site_id"], json!(21));
}

#[tokio::test]
async fn filters_narrow_and_unknown_ones_are_ignored() {
    let desk = Desk::open().await;
    let users = async |query: &str| ids(&desk.json(&format!("/api/users?{query}")).await["users"]);
    assert_eq!(users("client_id=12&exclude_generaluser=true").await, [101, 102]);
    assert_eq!(users("search=bo.hall").await, [102]);
    assert_eq!(users("site_id=22&exclude_generaluser=true&nonsense=1").await, [102]);
    let assets = async |query: &str| ids(&desk.json(&format!("/api/asset?{query}")).await["assets"]);
    assert_eq!(assets("assetgroup_id=2").await, [2002]);
    assert_eq!(assets("assettypes=121,122").await, [2001, 2002]);
    assert_eq!(assets("user_id=101&search=SN-2").await, [2002]);
    assert_eq!(assets("search_inventory_number_only=true&search=SN").await, [] as [i64; 0]);
    let all = ids(&desk.json("/api/Asset?idonly=true&includeinactive=true&pageinate=true&page_size=1").await["assets"]);
    assert_eq!(all, [2001, 2002, 2003]);
}

#[tokio::test]
async fn advanced_search_is_exact_and_checked() {
    let desk = Desk::open().await;
    let ask = async |name: &str, kind: i64| {
        let filter = json!([{ "filter_name": name, "filter_type": kind, "filter_value": "AC-2002" }]).to_string();
        let query: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        desk.get(&format!("/api/Asset?advanced_search={query}")).await
    };
    assert_eq!(ids(&ask("inventory_number", 2).await.json()["assets"]), [2002]);
    let refused = ask("secret", 2).await;
    assert_eq!((refused.status, refused.json()), (400, json!("Invalid advanced search parameter")));
}

#[tokio::test]
async fn the_change_filter_is_ignored_unless_switched_on() {
    let desk = Desk::open().await;
    desk.pass(60);
    desk.post("/api/Asset", json!([{ "id": 2002, "notes": "moved" }])).await;
    let path = "/api/Asset?lastupdatefromdate=2026-05-13T18:02:00";
    assert_eq!(desk.json(path).await["record_count"], 2);
    desk.sandbox.halo.switch(|s| s.last_update_filter = true);
    assert_eq!(ids(&desk.json(path).await["assets"]), [2002]);
}

#[tokio::test]
async fn what_is_not_there_is_an_empty_404() {
    let desk = Desk::open().await;
    for path in ["/api/Site/99999", "/api/kbentry", "/api/Actions/1", "/api/Asset/abc"] {
        let answer = desk.get(path).await;
        assert_eq!((answer.status, answer.body.len()), (404, 0), "{path}");
    }
}
