//! Pages of Hudu's lists where the server fails over large ones: smaller ones are asked for, and no row is
//! passed over.

#![allow(clippy::unwrap_used)]

use sidelight::http::{ApiError, Patience, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight_sandbox::{Effect, Fault, Sandbox};
use sidelight_tests::host::{TestHost, sandbox};

/// More than any client tries again.
const FOR_EVER: u32 = 1_000;

fn hudu(sandbox: &Sandbox) -> Hudu {
    let connection = HuduConnection { origin: "http://hudu.test".to_owned() };
    let rate = Rate { requests: 1500, seconds: 300 };
    Hudu::new(TestHost::new(sandbox).host, connection, sandbox.hudu.api_key(), rate, Patience::INTERACTIVE)
}

fn fails_over(sandbox: &Sandbox, path: &str) {
    let effect = Effect::Status { status: 500, body: String::new(), headers: Vec::new() };
    let (server, method, path) = ("hudu".to_owned(), "GET".to_owned(), path.to_owned());
    sandbox.faults.add(Fault { server, method, path, after: 0, times: FOR_EVER, effect });
}

fn cut_pages_to(sandbox: &Sandbox, size: usize) {
    let mut switches = sandbox.hudu.switches();
    (switches.max_page_size, switches.rate_limit) = (size, 0);
    sandbox.hudu.set_switches(switches);
}

#[tokio::test(start_paused = true)]
async fn a_list_comes_in_smaller_pages_where_large_ones_are_too_much() {
    let sandbox = sandbox();
    fails_over(&sandbox, "page_size=1000");
    let rows = hudu(&sandbox).assets_by(&[]).await.unwrap();
    assert_eq!(rows.len(), sandbox.hudu.all("assets").len());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_cuts_pages_is_not_asked_for_half_of_them() {
    let sandbox = sandbox();
    cut_pages_to(&sandbox, 10);
    assert!(sandbox.hudu.all("assets").len() > 40, "several pages");
    fails_over(&sandbox, "page=2&page_size=1000");
    let result = hudu(&sandbox).assets_by(&[]).await;
    // Half a page would begin behind rows that nobody has read.
    assert!(matches!(result, Err(ApiError::ServerFault { .. })), "{:?}", result.map(|rows| rows.len()));
}
