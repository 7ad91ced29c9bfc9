//! `sidelight check`.

use serde_json::json;

use crate::support::Bench;

#[tokio::test]
async fn a_good_pair_is_all_good() {
    let bench = Bench::open().await;
    bench.pair.sandbox.halo.upsert("Tickets", json!({"summary": "Seen", "client_id": 12}));
    let ended = bench.run("check").await.expect(0);
    assert!(ended.out.starts_with("HaloITSM\n  ✓ http://127.0.0.1:"), "{}", ended.out);
    assert!(ended.out.contains("\n\nHudu\n  ✓ ") && ended.out.contains("✓ Sees 4 clients."), "{}", ended.out);
    let lines = bench.run("check --format json").await.expect(0).json();
    assert!(lines["lines"].as_array().unwrap().iter().all(|line| line["grade"] == "good"), "{lines}");
}

#[tokio::test]
async fn a_wrong_secret_is_said_in_one_sentence() {
    let mut bench = Bench::open().await;
    bench.set("SIDELIGHT_HALO_CLIENT_SECRET", "not-the-s3cret");
    bench.set("SIDELIGHT_HUDU_API_KEY", "not-the-k3y");
    let ended = bench.run("check").await.expect(2);
    assert!(ended.out.contains("✗ HaloITSM refuses the client ID or the client secret."), "{}", ended.out);
    assert!(ended.out.contains("✗ Hudu refuses the API key."), "{}", ended.out);
    assert!(ended.out.contains("– Assets: not tried."), "{}", ended.out);
    let ended = bench.run("sync client 12 --yes").await.expect(2);
    assert!(ended.err.contains("refuses"), "{}", ended.err);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let mut bench = Bench::open().await;
    bench.set("SIDELIGHT_HUDU_URL", "http://127.0.0.1:9");
    let ended = bench.run("check").await.expect(2);
    assert!(ended.out.contains("Hudu did not answer at http://127.0.0.1:9"), "{}", ended.out);
    assert!(ended.out.contains("✓ Sees 4 clients."), "{}", ended.out);
}
