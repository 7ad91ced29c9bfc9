//! Tokens, scopes, the sign-in page and what needs none of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request;
use serde_json::json;
use sha2::{Digest, Sha256};
use sidelight_sandbox::halo::RefreshTokens;

use crate::support::{Answer, Desk};

const REDIRECT: &str = "https://abcdef.chromiumapp.org/halo";

#[tokio::test]
async fn authinfo_answers_without_a_token() {
    let desk = Desk::open().await;
    let request = Request::get("/API/AuthInfo").body(vec![]).unwrap();
    let answer = desk.send(request).await.unwrap();
    assert_eq!(answer.json(), json!({ "auth_url": "http://halo.test/auth", "tenant_id": "sandbox" }));
    assert_eq!(desk.json("/api/InstanceInfo").await["agent_url"], "http://halo.test");
    assert_eq!(desk.json("/api/agent/me").await["name"], "API");
}

#[tokio::test]
async fn a_token_lasts_an_hour_and_needs_the_header() {
    let desk = Desk::open().await;
    assert_eq!(desk.get("/api/Status").await.status, 200);
    let cookie = Request::get("/api/Status").header("cookie", format!("access_token={}", desk.token));
    let answer = desk.send(cookie.body(vec![]).unwrap()).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (401, 0));
    desk.pass(3601);
    assert_eq!(desk.get("/api/Status").await.status, 401);
}

#[tokio::test]
async fn the_token_endpoint_refuses_as_live_servers_do() {
    let desk = Desk::open().await;
    let halo = desk.sandbox.halo.credentials();
    let ask = async |path: &str, secret: &str, scope: &str, grant: &str| {
        let members =
            [("grant_type", grant), ("client_id", &halo.client_id), ("client_secret", secret), ("scope", scope)];
        desk.form(path, &members).await
    };
    let secret = halo.client_secret.as_str();
    let wrong = ask("/auth/token?tenant=sandbox", "nonsense", "all", "client_credentials").await;
    assert_eq!((wrong.status, wrong.json()["error"].as_str().unwrap()), (401, "invalid_client"));
    let tenant = ask("/auth/token?tenant=elsewhere", secret, "all", "client_credentials").await;
    assert_eq!(tenant.status, 500);
    let scope = ask("/token", secret, "read:users", "client_credentials").await;
    assert_eq!((scope.status, scope.json()["error"].as_str().unwrap()), (400, "invalid_scope"));
    let grant = ask("/token", secret, "all", "urn:unheard").await;
    assert_eq!(grant.json()["error"], "unsupported_grant_type");
    let fine = ask("/token", secret, "read:assets edit:kb", "client_credentials").await.json();
    assert_eq!((&fine["token_type"], &fine["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(fine.get("refresh_token"), None);
    desk.sandbox.halo.switch(|s| s.tenant_required = true);
    assert_eq!(ask("/token", secret, "all", "client_credentials").await.status, 500);
}

#[tokio::test]
async fn a_token_without_scope_gets_401_everywhere() {
    let mut desk = Desk::open().await;
    desk.token = desk.sign_in("").await;
    assert_eq!(desk.get("/api/Client").await.status, 401);
    assert_eq!(desk.get("/api/Status").await.status, 401);
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn authorize_query(desk: &Desk, redirect: &str) -> String {
    let halo = desk.sandbox.halo.credentials();
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", &halo.native_client_id)
        .append_pair("redirect_uri", redirect)
        .append_pair("scope", "all offline_access")
        .append_pair("state", "s-1")
        .append_pair("code_challenge", &challenge("verifier-of-the-test"))
        .append_pair("code_challenge_method", "S256")
        .finish()
}

async fn sign_in_page(desk: &Desk, password: &str) -> Answer {
    let halo = desk.sandbox.halo.credentials();
    let query = authorize_query(desk, REDIRECT);
    let mut members: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    members.push(("username".to_owned(), halo.agent));
    members.push(("password".to_owned(), password.to_owned()));
    let members: Vec<(&str, &str)> = members.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    desk.form("/auth/authorize", &members).await
}

fn code_of(answer: &Answer) -> String {
    let url = url::Url::parse(answer.header("location")).unwrap();
    assert!(url.as_str().starts_with(REDIRECT));
    let member = |name: &str| url.query_pairs().find(|(have, _)| have == name).unwrap().1.into_owned();
    assert_eq!(member("state"), "s-1");
    member("code")
}

async fn redeem(desk: &Desk, code: &str, verifier: &str) -> Answer {
    let halo = desk.sandbox.halo.credentials();
    let members = [
        ("grant_type", "authorization_code"),
        ("client_id", &halo.native_client_id),
        ("redirect_uri", REDIRECT),
        ("code", code),
        ("code_verifier", verifier),
    ];
    desk.form("/auth/token", &members).await
}

#[tokio::test]
async fn an_agent_signs_in_with_a_code_and_a_proof() {
    let mut desk = Desk::open().await;
    let page = desk.get(&format!("/auth/authorize?{}", authorize_query(&desk, REDIRECT))).await;
    assert!(page.text().contains("Sign in") && page.text().contains("name=\"password\""));
    assert_eq!(sign_in_page(&desk, "wrong").await.status, 200);
    let code = code_of(&sign_in_page(&desk, "sandbox").await);
    let token = redeem(&desk, &code, "verifier-of-the-test").await.json();
    desk.token = token["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.json("/api/Agent/me").await["name"], "Morag Sinclair");
    assert_eq!(redeem(&desk, &code, "verifier-of-the-test").await.status, 400, "a code is good once");
    let other = code_of(&sign_in_page(&desk, "sandbox").await);
    assert_eq!(redeem(&desk, &other, "another").await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn only_registered_addresses_are_sent_a_code() {
    let desk = Desk::with(|options| options.halo.approve_at_once = true).await;
    let ask = async |redirect: &str| desk.get(&format!("/auth/authorize?{}", authorize_query(&desk, redirect))).await;
    assert_eq!(ask("https://evil.example/").await.status, 400);
    assert_eq!(ask("https://chromiumapp.org.evil.example/").await.status, 400);
    assert_eq!(ask("http://localhost:8976/back").await.status, 302);
    code_of(&ask(REDIRECT).await);
}

#[tokio::test]
async fn refresh_tokens_follow_the_switch() {
    let desk = Desk::open().await;
    let native = desk.sandbox.halo.credentials().native_client_id;
    let refresh = async |token: &str| {
        let members = [("grant_type", "refresh_token"), ("client_id", &native), ("refresh_token", token)];
        desk.form("/auth/token", &members).await
    };
    let first = redeem(&desk, &code_of(&sign_in_page(&desk, "sandbox").await), "verifier-of-the-test").await.json();
    let first = first["refresh_token"].as_str().unwrap().to_owned();
    let second = refresh(&first).await.json()["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert_eq!(refresh(&first).await.status, 400, "a rotated token is spent");
    desk.sandbox.halo.switch(|s| s.refresh_tokens = RefreshTokens::Kept);
    assert_eq!(refresh(&second).await.json().get("refresh_token"), None);
    assert_eq!(refresh(&second).await.status, 200);
}

#[tokio::test]
async fn the_password_grant_and_the_agent_app_sign_people_in() {
    let mut desk = Desk::open().await;
    let halo = desk.sandbox.halo.credentials();
    let members = [
        ("grant_type", "password"),
        ("client_id", &halo.native_client_id),
        ("username", "morag@msp.example"),
        ("password", &halo.password),
        ("scope", "all"),
    ];
    assert_eq!(desk.form("/auth/token", &members).await.status, 200);
    let session = desk.form("/_sandbox/agent-session", &[]).await;
    assert!(session.header("set-cookie").starts_with("access_token="));
    desk.token = session.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(desk.get("/api/Client").await.status, 200);
}
