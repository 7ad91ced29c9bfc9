//! What both clients do about faults, cuts and limits, against the sandbox in virtual time.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::halo::model::Client;
use sidelight::halo::resource;
use sidelight::http::{ApiError, Patience, Product, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::{StoreError, Table};
use sidelight::trouble::Explain;
use sidelight::vault::Vault;
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::{MemoryStore, TestHost, sandbox};

const HALO_RATE: Rate = Rate { requests: 500, seconds: 180 };
const HUDU_RATE: Rate = Rate { requests: 1500, seconds: 300 };

async fn halo(sandbox: &Sandbox, test: &TestHost, rate: Rate) -> Halo {
    let known = sandbox.halo.credentials();
    let vault = Vault::new(test.host.clone());
    vault.put(CLIENT_SECRET, &known.client_secret).await.unwrap();
    let connection = HaloConnection {
        origin: "http://halo.test".to_owned(),
        auth_server: None,
        tenant: None,
        client_id: known.client_id,
        sign_in: HaloSignIn::ClientSecret,
    };
    Halo::new(test.host.clone(), connection, Rc::new(vault), rate, Patience::INTERACTIVE)
}

fn hudu(sandbox: &Sandbox, test: &TestHost, rate: Rate) -> Hudu {
    let connection = HuduConnection { origin: "http://hudu.test".to_owned() };
    Hudu::new(test.host.clone(), connection, sandbox.hudu.api_key(), rate, Patience::INTERACTIVE)
}

fn fault(server: &str, path: &str, times: u32, effect: Effect) -> Fault {
    Fault { server: server.to_owned(), method: String::new(), path: path.to_owned(), after: 0, times, effect }
}

fn status(status: u16, body: &str) -> Effect {
    Effect::Status { status, body: body.to_owned(), headers: vec![] }
}

#[tokio::test(start_paused = true)]
async fn reads_survive_cuts_half_bodies_and_short_faults() {
    let sandbox = sandbox();
    let test = TestHost::new(&sandbox);
    let halo = halo(&sandbox, &test, HALO_RATE).await;
    let hudu = hudu(&sandbox, &test, HUDU_RATE);
    let whole = hudu.companies().await.unwrap();
    for effect in [
        Effect::DropBefore,
        Effect::DropAfter,
        Effect::HalfBody,
        status(503, ""),
        status(500, "{}"),
        status(200, "{\"companies\":[{\"id\":1"),
    ] {
        for times in [1, 2] {
            if matches!(effect, Effect::Status { status: 200, .. }) && times > 1 {
                continue;
            }
            sandbox.faults.add(fault("hudu", "companies", times, effect.clone()));
            assert_eq!(hudu.companies().await.unwrap(), whole, "{effect:?}");
            sandbox.faults.clear();
            sandbox.faults.add(fault("halo", "Agent", times, effect.clone()));
            halo.me().await.unwrap();
            sandbox.faults.clear();
        }
    }
    sandbox.faults.add(fault("hudu", "companies", 99, Effect::DropBefore));
    let error = hudu.companies().await.unwrap_err();
    assert!(matches!(error, ApiError::Unreachable { product: Product::Hudu, .. }));
    sandbox.faults.clear();
    sandbox.faults.add(fault("hudu", "companies", 99, status(502, "<html>bad gateway</html>")));
    assert!(matches!(hudu.companies().await.unwrap_err(), ApiError::ServerFault { status: 502, .. }));
}

#[tokio::test(start_paused = true)]
async fn a_page_instead_of_the_api_is_said_so() {
    let sandbox = sandbox();
    let test = TestHost::new(&sandbox);
    let halo = halo(&sandbox, &test, HALO_RATE).await;
    let hudu = hudu(&sandbox, &test, HUDU_RATE);
    halo.me().await.unwrap();
    for code in [200, 404] {
        sandbox.faults.add(fault("hudu", "companies", 1, status(code, "<!DOCTYPE html><title>Sign in</title>")));
        assert!(matches!(hudu.companies().await.unwrap_err(), ApiError::NotAnApi { product: Product::Hudu, .. }));
        sandbox.faults.add(fault("halo", "api/Client", 1, status(code, "<!DOCTYPE html><title>Sign in</title>")));
        let error = halo.list_first::<Client>(resource::CLIENT, &[]).await.unwrap_err();
        assert!(matches!(error, ApiError::NotAnApi { product: Product::Halo, .. }));
    }
    // What is no list is never taken for an empty one.
    for body in ["null", "{}", "{\"error\":\"?\"}", ""] {
        sandbox.faults.add(fault("hudu", "companies", 1, status(200, body)));
        assert!(matches!(hudu.companies().await.unwrap_err(), ApiError::Unreadable { .. }), "{body}");
        sandbox.faults.add(fault("halo", "api/Client", 1, status(200, body)));
        let error = halo.list::<Client>(resource::CLIENT, &[]).await.unwrap_err();
        assert!(matches!(error, ApiError::Unreadable { .. }), "{body}: {error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_waited_for_by_syncs_and_told_to_people() {
    let sandbox = sandbox();
    let test = TestHost::new(&sandbox);
    let hudu = hudu(&sandbox, &test, HUDU_RATE);
    sandbox.faults.add(fault("hudu", "companies", 1, Effect::RateLimit));
    let now = sandbox.clock.now();
    let error = hudu.companies().await.unwrap_err();
    let until = error.until().unwrap();
    // The next five minutes on the clock and a little.
    assert!(until > now && (until - now) <= 305_000 && (1_000..=5_000).contains(&(until % 300_000)), "{until}");
    assert!(hudu.companies().await.is_err(), "nothing is sent before");
    let sent = sandbox.request_count(Server::Hudu);
    hudu.with_patience(Patience::UNLIMITED).companies().await.unwrap();
    assert!(sandbox.clock.now() >= until);
    assert!(sandbox.request_count(Server::Hudu) > sent);

    let headers = vec![("Retry-After".to_owned(), "7".to_owned())];
    let limited = Effect::Status { status: 429, body: "Retry later\n".to_owned(), headers };
    sandbox.faults.add(fault("hudu", "companies", 1, limited));
    let now = sandbox.clock.now();
    hudu.companies().await.unwrap();
    assert!((7_000..8_000).contains(&(sandbox.clock.now() - now)));

    let halo = halo(&sandbox, &test, HALO_RATE).await;
    halo.me().await.unwrap();
    let told = status(429, "\"Rate Limit Reached - 60 Requests per rolling 2 minute window\"");
    sandbox.faults.add(fault("halo", "Agent", 2, told));
    let now = sandbox.clock.now();
    halo.with_patience(Patience::UNLIMITED).me().await.unwrap();
    assert!((15_000..18_000).contains(&(sandbox.clock.now() - now)), "5 s, then 10 s");
    assert_eq!(halo.rate(), Rate { requests: 60, seconds: 120 });
}

#[tokio::test(start_paused = true)]
async fn the_real_limits_are_never_met() {
    let sandbox = sandbox();
    sandbox.halo.switch(|s| (s.rate_limit, s.rate_window_seconds) = (100, 60));
    let mut switches = sandbox.hudu.switches();
    switches.rate_limit = 300;
    sandbox.hudu.set_switches(switches);
    let test = TestHost::new(&sandbox);
    let halo = halo(&sandbox, &test, Rate { requests: 100, seconds: 60 }).await.with_patience(Patience::UNLIMITED);
    let hudu = hudu(&sandbox, &test, Rate { requests: 300, seconds: 300 }).with_patience(Patience::UNLIMITED);
    let started = sandbox.clock.now();
    let many = 1_000;
    let mut left = many;
    while left > 0 {
        let calls = futures::future::join_all((0..8).map(|_| halo.me())).await;
        left -= calls.into_iter().map(Result::unwrap).count();
    }
    let took = sandbox.clock.now() - started;
    assert!(took as f64 <= many as f64 * 600.0 / 0.95, "{took} ms: less than 95 % of the allowance");
    for _ in 0..320 {
        hudu.api_info().await.unwrap();
    }
    for server in [Server::Halo, Server::Hudu] {
        assert!(sandbox.requests(server).iter().all(|seen| seen.status != 429));
    }
}

#[tokio::test(start_paused = true)]
async fn a_woken_worker_goes_on_counting() {
    let sandbox = sandbox();
    let store = Rc::new(MemoryStore::default());
    let rate = Rate { requests: 20, seconds: 60 };
    for life in 0..2 {
        let test = TestHost::on(&sandbox, store.clone(), life);
        let hudu = hudu(&sandbox, &test, rate);
        for _ in 0..10 {
            hudu.api_info().await.unwrap();
        }
    }
    let test = TestHost::on(&sandbox, store.clone(), 9);
    let late = hudu(&sandbox, &test, rate).api_info().await.unwrap_err();
    assert!(matches!(late, ApiError::RateLimited { .. }), "{late:?}");
    assert_eq!(store.dump(Table::Pacing).len(), 1);
    // A full store stops nothing that is only read.
    *store.failing.borrow_mut() = Some(StoreError::Full);
    tokio::time::advance(std::time::Duration::from_secs(120)).await;
    hudu(&sandbox, &TestHost::on(&sandbox, store, 10), rate).api_info().await.unwrap();
}
