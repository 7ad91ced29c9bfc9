//! Searching: everything of Hudu is read in the background and found at each keystroke, in virtual time.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use futures::future::{Either, select};
use serde_json::json;
use sidelight::assist::search::view::{FoundView, HitView};
use sidelight::assist::view::DocumentKind;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::Product;
use sidelight::platform::{Store, Table};
use sidelight::protocol::{Message, Reply};
use sidelight_sandbox::Server;
use sidelight_tests::desk::Desk;
use sidelight_tests::host::{MemoryStore, sandbox};

/// Harbour & Finch Ltd: typed into Hudu by hand.
const CLIENT: RecordRef = RecordRef { kind: RecordKind::Client, id: 12 };

async fn search(desk: &Desk, query: &str, record: Option<RecordRef>, everywhere: bool) -> FoundView {
    let message = Message::Search { query: query.to_owned(), record, everywhere, limit: 50 };
    match desk.ask(message).await {
        Ok(Reply::Found { found }) => *found,
        other => panic!("nothing: {other:?}"),
    }
}

fn hits(found: &FoundView) -> Vec<&HitView> {
    found.groups.iter().flat_map(|group| &group.hits).collect()
}

fn titles(found: &FoundView) -> Vec<&str> {
    hits(found).iter().map(|hit| hit.title.as_str()).collect()
}

/// Everything that the store keeps for searching, as text that secrets would show in.
async fn kept(store: &MemoryStore) -> String {
    let mut text = String::new();
    for (_, value) in store.scan(Table::Search, "").await.unwrap() {
        use base64::Engine;
        let bytes = base64::prelude::BASE64_STANDARD_NO_PAD.decode(value.trim_matches('"')).unwrap_or_default();
        text.push_str(&String::from_utf8_lossy(&bytes));
        text.push_str(&value);
    }
    text.to_lowercase()
}

#[tokio::test(start_paused = true)]
async fn everything_that_the_key_may_see_is_found_and_no_secret_goes_in() {
    let store = Rc::new(MemoryStore::default());
    let desk = Desk::on(&sandbox(), store.clone(), 1).await;
    let first = search(&desk, "", None, true).await;
    assert!(first.index.reading);
    desk.settle().await;
    let state = search(&desk, "", None, true).await.index;
    assert!(!state.reading && state.as_of.is_some(), "{state:?}");
    let hudu = &desk.sandbox.hudu;
    let lists = ["companies", "assets", "articles", "asset_passwords", "procedures", "websites"];
    for list in lists {
        for row in hudu.all(list).iter().filter(|row| row["archived"] != true && row["archived_at"].is_null()) {
            let Some(name) = row["name"].as_str().filter(|name| name.chars().any(char::is_alphanumeric)) else {
                continue;
            };
            let found = search(&desk, name, None, true).await;
            assert!(titles(&found).contains(&name.trim()), "{list}: {name}: {:?}", titles(&found));
        }
    }
    let all = kept(&store).await;
    assert!(all.contains("firewall"));
    for row in hudu.all("asset_passwords") {
        for secret in [&row["password"], &row["otp_secret"]].into_iter().filter_map(|value| value.as_str()) {
            assert!(secret.len() < 5 || !all.contains(&secret.to_lowercase()), "{} holds its secret", row["name"]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_client_in_view_is_found_at_once_and_the_others_on_request() {
    let desk = Desk::new(&sandbox()).await;
    desk.sidebar(CLIENT.kind, CLIENT.id).await.unwrap();
    let found = search(&desk, "firewal", Some(CLIENT), false).await;
    let company = found.company.clone().unwrap();
    assert!(!hits(&found).is_empty(), "{found:?}");
    assert!(hits(&found).iter().all(|hit| hit.company == company));
    search(&desk, "", Some(CLIENT), false).await;
    desk.settle().await;
    let own = search(&desk, "firewal", Some(CLIENT), false).await;
    let all = search(&desk, "firewal", Some(CLIENT), true).await;
    assert_eq!(own.total + own.elsewhere, all.total);
    assert!(own.elsewhere > 0 && all.elsewhere == 0);
    let first = hits(&all)[0];
    assert_eq!(first.company, company);
    assert!(first.marks.iter().any(|(start, end)| first.title[*start..*end].eq_ignore_ascii_case("firewal")));
}

#[tokio::test(start_paused = true)]
async fn reading_goes_on_where_a_stopped_worker_was() {
    let pair = sandbox();
    let mut requests = Vec::new();
    for awaits in [8, 30, 50] {
        let store = Rc::new(MemoryStore::default());
        let desk = Desk::on(&pair, store.clone(), 1).await;
        search(&desk, "", None, true).await;
        // The worker is stopped in the middle.
        let moments = desk.host.moments.clone();
        moments.stop_after(awaits);
        let (work, death) = (Box::pin(desk.settle()), Box::pin(moments.stopped()));
        assert!(matches!(select(work, death).await, Either::Right(_)), "it was at its end after {awaits} awaits");
        drop(desk);
        let desk = Desk::on(&pair, store, 2).await;
        pair.clear_requests();
        desk.service.started().await;
        search(&desk, "", None, true).await;
        desk.settle().await;
        requests.push(search_count(&pair));
        let found = search(&desk, "harbour finch", None, true).await;
        assert_eq!(hits(&found)[0].kind, None, "{:?}", titles(&found));
        assert!(found.index.as_of.is_some(), "{:?}", found.index);
    }
    assert!(requests.is_sorted_by(|a, b| a >= b) && requests[2] < requests[0], "{requests:?}");
}

fn search_count(pair: &sidelight_sandbox::Sandbox) -> usize {
    pair.request_count(Server::Hudu)
}

#[tokio::test(start_paused = true)]
async fn what_changes_is_found_and_what_is_gone_is_not() {
    let desk = Desk::new(&sandbox()).await;
    search(&desk, "", None, true).await;
    desk.settle().await;
    let asset = desk.sandbox.hudu.all("assets").into_iter().find(|row| row["archived"] != true).unwrap();
    let website = desk.sandbox.hudu.all("websites").into_iter().next().unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    let later = "2099-01-01T00:00:00Z";
    desk.sandbox.hudu.upsert("assets", json!({ "id": asset["id"], "name": "Zanzibar gateway", "updated_at": later }));
    desk.service.alarm("search").await;
    desk.settle().await;
    let found = search(&desk, "zanzibar", None, true).await;
    assert_eq!(titles(&found), ["Zanzibar gateway"]);
    assert_eq!(hits(&found)[0].kind, Some(DocumentKind::Asset));
    tokio::time::sleep(std::time::Duration::from_secs(13 * 3600)).await;
    desk.sandbox.hudu.upsert("assets", json!({ "id": asset["id"], "archived": true }));
    desk.sandbox.hudu.upsert("websites", json!({ "id": website["id"], "archived": true }));
    desk.service.alarm("search").await;
    desk.settle().await;
    let found = search(&desk, "zanzibar", None, true).await;
    assert!(!titles(&found).contains(&"Zanzibar gateway"), "{found:?}");
    let name = website["name"].as_str().unwrap();
    assert!(!titles(&search(&desk, name, None, true).await).contains(&name));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_after_disconnecting() {
    let store = Rc::new(MemoryStore::default());
    let desk = Desk::on(&sandbox(), store.clone(), 1).await;
    search(&desk, "", None, true).await;
    desk.settle().await;
    assert!(!store.scan(Table::Search, "").await.unwrap().is_empty());
    desk.ask(Message::Disconnect { product: Product::Hudu }).await.unwrap();
    assert!(store.scan(Table::Search, "").await.unwrap().is_empty());
    assert!(titles(&search(&desk, "harbour", None, true).await).is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_tool_finds_with_the_index_once_everything_is_read() {
    let desk = Desk::new(&sandbox()).await;
    let call = async || {
        let name = "search_hudu".to_owned();
        let arguments = json!({"words": "fierwall"}).to_string();
        match desk.ask(Message::CallTool { name, arguments, confirmed: false }).await {
            Ok(Reply::Called { answer }) => serde_json::from_str::<serde_json::Value>(&answer).unwrap(),
            other => panic!("nothing: {other:?}"),
        }
    };
    assert_eq!(call().await["result"], json!([]), "Hudu's own search forgives no typing error");
    search(&desk, "", None, true).await;
    desk.settle().await;
    let before = search_count(&desk.sandbox);
    let found = call().await;
    let first = &found["result"][0];
    assert!(first["name"].as_str().unwrap().to_lowercase().contains("firewall"), "{found}");
    assert!(first["id"].is_i64() && first["kind"].is_string(), "{first}");
    assert!(first["url"].as_str().unwrap().starts_with("http"), "{first}");
    assert_eq!(search_count(&desk.sandbox), before);
}
