//! The process is killed in the middle of a run.

use std::time::Duration;

use sidelight_sandbox::{Effect, Server};

use crate::support::Bench;

const LONG: Effect = Effect::Delay { ms: 60_000 };

#[tokio::test]
async fn a_run_killed_before_its_write_is_resumed() {
    let bench = Bench::open().await;
    bench.fault("POST", "/assets", LONG);
    let mut child = bench.start("sync asset 2002 --yes");
    bench.struck().await;
    child.kill().await.unwrap();
    assert!(bench.named("assets", "HF-LT-057").is_empty());
    assert!(bench.run("runs").await.expect(0).out.contains("Left open"));

    let dry = bench.run("sync client 12 --dry-run").await.expect(0);
    assert!(dry.err.contains("A run was left open."), "{}", dry.err);
    assert!(bench.named("assets", "HF-LT-057").is_empty());

    let ended = bench.run("sync asset 2002 --yes").await.expect(0);
    assert!(ended.err.contains("Going on with it: Sync HF-LT-057 to Hudu."), "{}", ended.err);
    assert!(
        ended.out.contains("✓ Created the asset HF-LT-057") && ended.out.contains("Nothing to write."),
        "{}",
        ended.out
    );
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
    assert_eq!(bench.run("resume").await.expect(0).out, "No run was left open.\n");
}

#[tokio::test]
async fn a_run_killed_after_its_write_makes_no_second_record() {
    // How often Hudu is read before the write: the second pair sees the same requests.
    let rehearsal = Bench::open().await;
    rehearsal.run("sync asset 2002 --yes").await.expect(0);
    let seen = rehearsal.pair.sandbox.requests(Server::Hudu);
    let reads = seen.iter().take_while(|request| !request.path.ends_with("/assets") || request.method != "POST");
    let reads = reads.filter(|request| request.method == "GET").count();

    // The record is made, the answer is lost, and the program is killed while it looks for it.
    let bench = Bench::open().await;
    bench.fault("POST", "/assets", Effect::DropAfter);
    bench.fault_after(reads, "GET", "", LONG);
    let mut child = bench.start("sync asset 2002 --yes");
    bench.struck().await;
    assert!(child.try_wait().unwrap().is_none());
    child.kill().await.unwrap();
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);

    let json = bench.run("resume --format json").await.expect(0).json();
    assert_eq!(json["resumed"][0]["state"], "done");
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
    let again = bench.run("sync asset 2002 --yes").await.expect(0);
    assert!(again.out.contains("Nothing to write."), "{}", again.out);
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
}

#[tokio::test]
async fn a_second_process_does_not_take_over_a_run_in_progress() {
    let bench = Bench::open().await;
    bench.fault("POST", "/assets", Effect::Delay { ms: 700 });
    let first = bench.start("sync asset 2002 --yes");
    bench.struck().await;
    let second = bench.run("sync asset 2002 --yes").await.expect(0);
    assert!(second.err.contains("Another sidelight is writing"), "{}", second.err);
    let first = tokio::time::timeout(Duration::from_secs(10), first.wait_with_output()).await.unwrap().unwrap();
    assert!(first.status.success());
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
    assert_eq!(bench.run("runs --format json").await.expect(0).json()["runs"].as_array().unwrap().len(), 1);
}
