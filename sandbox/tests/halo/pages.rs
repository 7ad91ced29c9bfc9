//! Pages and their counts.

use serde_json::json;
use sidelight_sandbox::halo::{RecordCount, RepeatedRows};

use crate::support::{Desk, ids};

async fn crowded() -> Desk {
    let desk = Desk::open().await;
    for number in 1..=130 {
        desk.sandbox.halo.upsert(
            "Asset",
            json!({ "inventory_number": format!("CR-{number:03}"), "assettype_id": 121, "client_id": 12 }),
        );
    }
    desk
}

#[tokio::test]
async fn pages_need_pageinate_and_stop_at_a_hundred() {
    let desk = crowded().await;
    let ignored = desk.json("/api/asset?page_size=10&page_no=3").await;
    assert_eq!(ignored["record_count"], 50);
    assert_eq!(ignored.get("page_no"), None);
    assert_eq!(desk.json("/api/Asset?count=120").await["record_count"], 120);
    let first = desk.json("/api/Asset?pageinate=true&page_size=1000&page_no=1&order=id").await;
    assert_eq!((&first["page_no"], &first["page_size"]), (&json!(1), &json!(100)));
    assert_eq!((&first["record_count"], first["assets"].as_array().unwrap().len()), (&json!(132), 100));
    let second = desk.json("/api/Asset?pageinate=TRUE&page_size=100&page_no=2&order=id").await;
    assert_eq!(second["assets"].as_array().unwrap().len(), 32);
    let past = desk.json("/api/Asset?pageinate=true&page_size=100&page_no=9&order=id").await;
    assert_eq!(past["assets"], json!([]));
    let unnumbered = desk.json("/api/Asset?pageinate=true&page_size=5").await;
    assert_eq!(unnumbered.get("page_no"), None);
    desk.sandbox.halo.switch(|s| s.asset_page = 50);
    let fifty = desk.json("/api/Asset?pageinate=true&page_size=100&page_no=1&order=id").await;
    assert_eq!(fifty["assets"].as_array().unwrap().len(), 50);
}

async fn walked(desk: &Desk, order: &str) -> Vec<i64> {
    let mut found = Vec::new();
    for page in 1..=3 {
        let path = format!("/api/Asset?pageinate=true&page_size=50&page_no={page}{order}");
        found.extend(ids(&desk.json(&path).await["assets"]));
    }
    found
}

#[tokio::test]
async fn pages_without_order_repeat_rows() {
    let desk = crowded().await;
    let mut unsteady = walked(&desk, "").await;
    assert_eq!(unsteady.len(), 132);
    unsteady.sort_unstable();
    unsteady.dedup();
    assert!(unsteady.len() < 132);
    let mut steady = walked(&desk, "&order=id&orderdesc=false").await;
    steady.dedup();
    assert_eq!(steady.len(), 132);
    desk.sandbox.halo.switch(|s| s.repeated_rows = RepeatedRows::Never);
    assert_eq!(walked(&desk, "").await, steady);
}

#[tokio::test]
async fn record_count_lies_when_told_to() {
    let desk = crowded().await;
    let path = "/api/Asset?pageinate=true&page_size=10&page_no=1&order=id";
    for (lie, count) in
        [(RecordCount::TooHigh, 135), (RecordCount::TooLow, 131), (RecordCount::PageOnly, 10), (RecordCount::True, 132)]
    {
        desk.sandbox.halo.switch(|s| s.record_count = lie);
        assert_eq!(desk.json(path).await["record_count"], count);
    }
}
