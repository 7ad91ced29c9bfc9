//! What may be done and what may not: secrets, permissions; and a file of 50 MB both ways.

use std::process::Stdio;

use serde_json::json;
use sidelight_sandbox::{Effect, Fault, Server};
use tokio::io::AsyncWriteExt;

use crate::mcp::Raw;
use crate::support::{Bench, Ended};

/// Bytes of the large attachment.
const LARGE: usize = 50 * 1024 * 1024;

#[tokio::test]
async fn a_secret_is_answered_by_one_tool_where_it_was_allowed_and_is_written_down_nowhere() {
    let bench = Bench::open().await;
    let stored = bench.pair.sandbox.hudu.all("asset_passwords");
    let (id, secret) = (&stored[0]["id"], stored[0]["password"].as_str().unwrap());
    let reveal = format!("call reveal_hudu_password --args {{\"id\":{id}}}");
    let refused = bench.run(&reveal).await.expect(2);
    assert!(refused.err.contains("--allow-secrets") && !refused.err.contains(secret), "{refused:?}");
    let shown = bench.run(&format!("{reveal} --allow-secrets")).await.expect(0).json();
    assert_eq!(shown["result"]["password"], secret);
    for other in ["hudu passwords list --all --format ndjson".to_owned(), format!("hudu passwords get {id}")] {
        let listed = bench.run(&other).await.expect(0).out;
        assert!(!stored.iter().any(|one| listed.contains(one["password"].as_str().unwrap())), "{other}");
    }

    let mut raw = Raw::start(&bench, "mcp").await;
    let refused = raw.call(1, "reveal_hudu_password", json!({"id": id})).await;
    assert!(refused["error"]["code"] == -32602 && !refused.to_string().contains(secret), "{refused}");
    raw.end().await;
    let mut raw = Raw::start(&bench, "mcp --allow-secrets").await;
    let shown = raw.call(1, "reveal_hudu_password", json!({"id": id})).await;
    assert_eq!(shown["result"]["structuredContent"]["result"]["password"], secret);
    let read = raw.call(2, "get_single_hudu_password_by_id", json!({"id": id})).await;
    assert!(!read.to_string().contains(secret), "{read}");
    let found = raw.call(3, "search_hudu", json!({"words": stored[0]["name"]})).await;
    assert!(found.to_string().contains(stored[0]["name"].as_str().unwrap()) && !found.to_string().contains(secret));
    raw.end().await;
    for path in bench.files() {
        let kept = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        assert!(!kept.contains(secret), "{} holds a secret", path.display());
    }
}

#[tokio::test]
async fn an_agent_without_the_permission_is_told_which_one_is_missing() {
    let bench = Bench::open().await;
    bench.pair.sandbox.halo.deny(&["asset"]);
    let refused = bench.run("halo assets list --all --format ndjson").await.expect(2);
    assert!(refused.err.contains("HaloITSM gives no access to assets"), "{}", refused.err);
    assert_eq!(refused.out, "");
    let mut raw = Raw::start(&bench, "mcp").await;
    let told = raw.call(1, "list_all_haloitsm_assets", json!({})).await;
    let text = told["result"]["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("gives no access to assets") && text.ends_with("(http.forbidden)"), "{told}");
    assert_eq!(told["result"]["isError"], true);
    let other = raw.call(2, "get_single_haloitsm_client_by_id", json!({"id": 12})).await;
    assert_eq!(other["result"]["structuredContent"]["result"]["id"], 12);
    raw.end().await;
}

#[tokio::test]
async fn a_write_whose_answer_is_cut_is_not_sent_again_and_is_called_unknown() {
    let bench = Bench::open().await;
    for (name, effect) in [("Half", Effect::HalfBody), ("None", Effect::DropAfter)] {
        bench.pair.sandbox.faults.add(Fault {
            server: Server::Halo.name().to_owned(),
            method: "POST".to_owned(),
            path: "/Supplier".to_owned(),
            after: 0,
            times: 1,
            effect,
        });
        let mut raw = Raw::start(&bench, "mcp").await;
        let records = json!({"records": [{"notes": "nameless"}, {"name": name}]});
        let answer = raw.call(1, "create_a_haloitsm_supplier", records).await;
        let told = answer.to_string();
        assert!(answer["result"]["isError"] == true || told.contains("\"unknown\""), "{told}");
        assert!(!told.contains("\"created\""), "{told}");
        raw.end().await;
        let all = bench.pair.sandbox.halo.all("Supplier");
        assert_eq!(all.iter().filter(|one| one["name"] == name).count(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_file_of_50_mb_goes_both_ways_and_memory_stays_in_bounds() {
    let bench = Bench::open().await;
    bench.pair.sandbox.halo.switch(|switches| switches.largest_file = LARGE);
    let ticket = bench.pair.sandbox.halo.upsert("Tickets", json!({"summary": "A dump", "client_id": 12}));
    // Base64 of three bytes that repeat: no part of the test has to hold a decoder.
    let record = format!(
        "{{\"filename\": \"dump.bin\", \"ticket_id\": {ticket}, \"data_base64\": \"{}\"}}",
        "AQID".repeat(LARGE / 3)
    );
    let mut child = bench.command("halo attachments upsert").stdin(Stdio::piped()).spawn().unwrap();
    let peak = peak(child.id().unwrap());
    let mut input = child.stdin.take().unwrap();
    input.write_all(record.as_bytes()).await.unwrap();
    drop(input);
    let sent = record.len();
    drop(record);
    let made = Ended::of(child.wait_with_output().await.unwrap()).expect(0).json();
    bounded(peak.await.unwrap(), sent, 8);

    let child = bench.start(&format!("halo attachments get {} --out back.bin", made["id"]));
    let peak = self::peak(child.id().unwrap());
    Ended::of(child.wait_with_output().await.unwrap()).expect(0);
    bounded(peak.await.unwrap(), sent, 5);
    let back = std::fs::read(bench.place.path().join("back.bin")).unwrap();
    assert_eq!(back.len(), LARGE / 3 * 3);
    assert!(back.chunks(3).all(|three| three == [1, 2, 3]));
}

/// The most memory that a process had, in bytes, told when it has ended. 0 where the system does not say.
fn peak(process: u32) -> tokio::task::JoinHandle<usize> {
    tokio::spawn(async move {
        let mut most = 0;
        while let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) {
            let Some(line) = status.lines().find(|line| line.starts_with("VmHWM:")) else { break };
            most = line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(most);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        most * 1024
    })
}

/// So many times what was sent, and what the program needs by itself.
fn bounded(peak: usize, sent: usize, times: usize) {
    assert!(peak < times * sent + 100 * 1024 * 1024, "{} MB for {} MB", peak >> 20, sent >> 20);
}
