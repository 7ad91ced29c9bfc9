//! The rate limit, faults and the request log.

use http::Method;
use serde_json::json;
use sidelight_sandbox::{Dropped, Effect, Fault, Server};

use crate::support::Desk;

#[tokio::test]
async fn over_the_limit_is_429_until_the_window_rolls_on() {
    let mut desk = Desk::with(|options| options.halo.rate_limit = 3).await;
    for _ in 0..3 {
        assert_eq!(desk.get("/api/Status").await.status, 200);
        desk.pass(10);
    }
    let limited = desk.get("/api/Status").await;
    assert_eq!(limited.status, 429);
    assert_eq!(limited.text(), "Rate Limit Reached - 3 Requests per rolling 3 minute window");
    assert_eq!(limited.header("retry-after"), "");
    desk.sandbox.halo.switch(|s| {
        s.retry_after = true;
        s.rate_limit_json = true;
    });
    let limited = desk.get("/api/Status").await;
    assert!(limited.json().is_string());
    assert_eq!(limited.header("retry-after"), "151");
    let session = desk.form("/_sandbox/agent-session", &[]).await.json();
    let api = std::mem::replace(&mut desk.token, session["access_token"].as_str().unwrap().to_owned());
    assert_eq!(desk.get("/api/Status").await.status, 200, "the agent app is not limited");
    desk.token = api;
    assert!(desk.sandbox.requests(Server::Halo).last().unwrap().from_app);
    desk.pass(151);
    assert_eq!(desk.get("/api/Status").await.status, 200);
}

fn fault(path: &str, effect: Effect) -> Fault {
    Fault { server: "halo".to_owned(), method: String::new(), path: path.to_owned(), after: 0, times: 1, effect }
}

#[tokio::test]
async fn faults_strike_and_are_logged() {
    let desk = Desk::open().await;
    let faults = &desk.sandbox.faults;
    let write = json!([{ "name": "Depot", "client_id": 13 }]);
    let before = desk.sandbox.halo.all("Site").len();
    faults.add(fault("/api/site", Effect::DropBefore));
    assert_eq!(desk.ask(Method::POST, "/api/Site", Some(write.clone())).await.err(), Some(Dropped::Before));
    assert_eq!(desk.sandbox.halo.all("Site").len(), before);
    faults.add(fault("/api/site", Effect::DropAfter));
    assert_eq!(desk.ask(Method::POST, "/api/Site", Some(write.clone())).await.err(), Some(Dropped::After));
    faults.add(fault("/api/site", Effect::HalfBody));
    assert_eq!(desk.ask(Method::POST, "/api/Site", Some(write)).await.err(), Some(Dropped::Half));
    assert_eq!(desk.sandbox.halo.all("Site").len(), before + 2);
    faults.add(fault("", Effect::RateLimit));
    assert_eq!(desk.get("/api/Site").await.status, 429);
    let headers = vec![("Retry-After".to_owned(), "7".to_owned())];
    faults.add(fault("", Effect::Status { status: 503, body: "busy".to_owned(), headers }));
    let busy = desk.get("/api/Site").await;
    assert_eq!((busy.status, busy.text().as_str(), busy.header("retry-after")), (503, "busy", "7"));
    faults.add(fault("", Effect::ExpireToken));
    assert_eq!(desk.get("/api/Site").await.status, 401);
    assert_eq!(desk.get("/api/Site").await.status, 401, "every token is gone");
    let seen: Vec<u16> = desk.sandbox.requests(Server::Halo).iter().map(|seen| seen.status).collect();
    assert_eq!(seen, [0, 0, 201, 429, 503, 401, 401]);
    assert_eq!(desk.sandbox.request_count(Server::Hudu), 0);
}

#[tokio::test(start_paused = true)]
async fn a_delay_takes_virtual_time_only() {
    let desk = Desk::open().await;
    desk.sandbox.faults.add(fault("", Effect::Delay { ms: 3_600_000 }));
    let start = tokio::time::Instant::now();
    assert_eq!(desk.get("/api/Status").await.status, 200);
    assert_eq!(start.elapsed().as_secs(), 3600);
}

#[tokio::test]
async fn a_reset_starts_again() {
    let desk = Desk::open().await;
    desk.sandbox.halo.upsert("Client", json!({ "id": 77, "name": "Extra" }));
    desk.sandbox.faults.add(fault("", Effect::DropBefore));
    desk.sandbox.reset();
    assert_eq!(desk.sandbox.halo.get("Client", 77), None);
    assert_eq!(desk.get("/api/Client/12").await.status, 200);
}
