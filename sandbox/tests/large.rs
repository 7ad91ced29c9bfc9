//! Long lists: complete, in pages, and quick.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::Value;
use sidelight_sandbox::world::{Size, large};
use sidelight_sandbox::{Options, Sandbox, Server, halo, hudu};

const SIZE: Size = Size { clients: 40, sites: 2, users: 10, assets: 100, known: 50, articles: 30 };

fn pair() -> Sandbox {
    let halo = halo::Switches { rate_limit: 0, ..halo::Switches::default() };
    let hudu = hudu::Switches { rate_limit: 0, ..hudu::Switches::default() };
    Sandbox::new(Options { world: large(SIZE), halo, hudu, ..Options::default() })
}

async fn ask(pair: &Sandbox, server: Server, path: &str, header: (&str, &str)) -> Value {
    let request = http::Request::get(path).header(header.0, header.1).body(Vec::new()).unwrap();
    serde_json::from_slice(pair.call(server, request).await.unwrap().body()).unwrap()
}

async fn token(pair: &Sandbox) -> String {
    let credentials = pair.halo.credentials();
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope=all",
        credentials.client_id, credentials.client_secret
    );
    let request = http::Request::post("/auth/token").body(form.into_bytes()).unwrap();
    let answer: Value = serde_json::from_slice(pair.call(Server::Halo, request).await.unwrap().body()).unwrap();
    format!("Bearer {}", answer["access_token"].as_str().unwrap())
}

#[tokio::test]
async fn every_page_of_a_long_list_comes_once() {
    let pair = pair();
    let token = token(&pair).await;
    let mut seen = BTreeSet::new();
    for page in 1.. {
        let path = format!("/api/Asset?pageinate=true&page_size=100&page_no={page}&order=id&includeassetfields=true");
        let answer = ask(&pair, Server::Halo, &path, ("authorization", &token)).await;
        assert_eq!(answer["record_count"], 4000);
        let rows = answer["assets"].as_array().unwrap();
        if rows.is_empty() {
            break;
        }
        for row in rows {
            assert!(seen.insert(row["id"].as_i64().unwrap()));
            assert!(row.get("notes").is_none() && row.get("users").is_none() && row["username"].is_string());
        }
    }
    assert_eq!(seen.len(), 4000);
    // In Hudu as much as was typed there, and each company's own.
    let key = pair.hudu.api_key();
    let key = ("x-api-key", key.as_str());
    let (mut all, mut page) = (0, 1);
    loop {
        let rows = ask(&pair, Server::Hudu, &format!("/api/v1/assets?page={page}&page_size=1000"), key).await;
        let count = rows["assets"].as_array().unwrap().len();
        all += count;
        page += 1;
        if count < 1000 {
            break;
        }
    }
    let companies = pair.hudu.all("companies");
    assert_eq!(companies.len(), 20);
    let mut each = 0;
    for company in &companies {
        let path = format!("/api/v1/companies/{}/assets?page_size=1000", company["id"]);
        each += ask(&pair, Server::Hudu, &path, key).await["assets"].as_array().unwrap().len();
    }
    assert_eq!(all, each);
    assert_eq!(all, pair.hudu.all("assets").len());
}

#[tokio::test]
async fn what_is_written_between_two_pages_is_on_the_next() {
    let pair = pair();
    let token = token(&pair).await;
    let count = async || {
        let path = "/api/Client?pageinate=true&page_size=1&page_no=1";
        ask(&pair, Server::Halo, path, ("authorization", &token)).await["record_count"].clone()
    };
    assert_eq!(count().await, 41);
    pair.halo.upsert("Client", serde_json::json!({ "name": "One more" }));
    assert_eq!(count().await, 42);
    pair.halo.set_clients(Some(vec![12]));
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn the_log_of_writes_tells_before_and_after() {
    let pair = pair();
    pair.watch_writes();
    let id = pair.hudu.all("companies")[0]["id"].as_i64().unwrap();
    pair.hudu.upsert("companies", serde_json::json!({ "id": id, "city": "York" }));
    let request = http::Request::put(format!("/api/v1/companies/{id}"))
        .header("x-api-key", pair.hudu.api_key())
        .header("content-type", "application/json")
        .body(br#"{"company":{"city":"Leith"}}"#.to_vec())
        .unwrap();
    pair.call(Server::Hudu, request).await.unwrap();
    let log = pair.written(Server::Hudu);
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].resource, log[0].id), ("companies", id));
    assert_eq!(log[0].before.as_ref().unwrap()["city"], "York");
    assert_eq!(log[0].after["city"], "Leith");
}
