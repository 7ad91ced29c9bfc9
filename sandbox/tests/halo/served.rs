//! Over real sockets: addresses, cut connections, control and the agent app.

use serde_json::{Value, json};
use sidelight_sandbox::{Clock, Options, Running, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::options;

async fn start() -> Running {
    Sandbox::new(options(Clock::system())).serve(0, 0).await.unwrap()
}

/// Everything that the server sends until it closes the connection.
async fn talk(origin: &str, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(origin.trim_start_matches("http://")).await.unwrap();
    let length = body.len();
    let request =
        format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A connection that is cut may end in an error; what came before counts.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

#[tokio::test]
async fn served_addresses_are_the_real_ones() {
    let running = start().await;
    let info: Value = serde_json::from_str(body(&talk(&running.halo, "GET", "/api/authinfo", "").await)).unwrap();
    assert_eq!(info["auth_url"], format!("{}/auth", running.halo));
    assert_eq!(running.sandbox.halo.credentials().resource_server, format!("{}/api", running.halo));
}

#[tokio::test]
async fn a_cut_connection_answers_nothing_and_half_a_body_half() {
    let running = start().await;
    let cut = json!({ "server": "halo", "path": "authinfo", "effect": { "do": "drop_before" } });
    talk(&running.halo, "POST", "/_sandbox/faults", &cut.to_string()).await;
    assert_eq!(talk(&running.halo, "GET", "/api/authinfo", "").await, "");
    let whole = talk(&running.halo, "GET", "/api/authinfo", "").await;
    let half = json!([{ "server": "halo", "effect": { "do": "half_body" } }]);
    talk(&running.hudu, "POST", "/_sandbox/faults", &half.to_string()).await;
    let halved = talk(&running.halo, "GET", "/api/authinfo", "").await;
    assert_eq!(body(&halved).len(), body(&whole).len() / 2);
    assert!(halved.contains(&format!("content-length: {}", body(&whole).len())));
}

#[tokio::test]
async fn an_endless_answer_goes_on_behind_its_body() {
    let running = start().await;
    let endless = json!({ "server": "halo", "path": "/ticket", "effect": { "do": "never_ends" } });
    talk(&running.halo, "POST", "/_sandbox/faults", &endless.to_string()).await;
    let mut stream = TcpStream::connect(running.halo.trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"GET /ticket?id=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let (mut answer, mut part) = (Vec::new(), [0; 4096]);
    while !answer.windows(7).any(|end| end == b"</html>") {
        let came = stream.read(&mut part).await.unwrap();
        assert_ne!(came, 0, "the answer ended");
        answer.extend_from_slice(&part[..came]);
    }
    assert_ne!(stream.read(&mut part).await.unwrap(), 0, "the answer ended");
}

#[tokio::test]
async fn switches_requests_and_reset_are_reached_over_http() {
    let running = start().await;
    let changed = talk(&running.halo, "PUT", "/_sandbox/switches", "{\"page_cap\":7}").await;
    let changed: Value = serde_json::from_str(body(&changed)).unwrap();
    assert_eq!((&changed["page_cap"], &changed["default_rows"]), (&json!(7), &json!(50)));
    assert_eq!(running.sandbox.halo.switches().page_cap, 7);
    assert!(talk(&running.halo, "PUT", "/_sandbox/switches", "{\"nonsense\":7}").await.contains(" 400 "));
    talk(&running.halo, "GET", "/api/authinfo?x=1", "").await;
    let seen: Value = serde_json::from_str(body(&talk(&running.halo, "GET", "/_sandbox/requests", "").await)).unwrap();
    assert_eq!((&seen[0]["path"], &seen[0]["status"]), (&json!("/api/authinfo?x=1"), &json!(200)));
    assert!(talk(&running.halo, "POST", "/_sandbox/reset", "").await.contains(" 204 "));
    let seen = talk(&running.halo, "GET", "/_sandbox/requests", "").await;
    assert_eq!(body(&seen), "[]");
}

#[tokio::test]
async fn every_other_path_is_the_agent_app_under_a_strict_policy() {
    let running = start().await;
    for path in ["/", "/tickets?area=1&id=5", "/customers?clientid=5", "/kb?id=9", "/config/agents/agents?agentid=3"] {
        let page = talk(&running.halo, "GET", path, "").await;
        assert!(page.contains("text/html") && page.contains("require-trusted-types-for 'script'"), "{path}");
    }
    assert!(talk(&running.halo, "GET", "/app.js", "").await.contains("text/javascript"));
}

#[tokio::test]
async fn the_whole_world_is_seeded_without_gaps() {
    let world = sidelight_sandbox::world::world();
    let halo = Sandbox::new(Options::default()).halo;
    let counts = |path: &str| halo.all(path).len();
    let clients = &world.clients;
    let sites: usize = clients.iter().map(|client| client.sites.len()).sum();
    let users: usize = clients.iter().map(|client| client.users.len()).sum();
    let assets: usize = clients.iter().map(|client| client.assets.len()).sum();
    // Halo adds its own client and site, and a General User at every site.
    assert_eq!((counts("Client"), counts("Site")), (clients.len() + 1, sites + 1));
    assert_eq!((counts("Users"), counts("Asset")), (users + sites + 1, assets));
    assert_eq!(counts("Tickets"), world.tickets.len());
    for asset in halo.all("Asset") {
        assert!(asset["client_name"].is_string() && asset["assettype_name"].is_string(), "{asset:#}");
    }
    for contract in halo.all("ClientContract") {
        assert!(contract["sla_name"].is_string(), "{contract:#}");
    }
}
