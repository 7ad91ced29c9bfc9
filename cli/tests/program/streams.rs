//! Lists of many pages, and what may happen while they come: a refusal, a dead token, Ctrl-C, a closed pipe.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use sidelight_sandbox::{Effect, Fault, Server};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

use crate::support::{Bench, Ended, signal};

const LIST: &str = "halo assets list --all --format ndjson --filter includeinactive=true";

/// A bench whose HaloITSM gives a few assets at a time.
async fn narrow() -> Bench {
    let bench = Bench::open().await;
    bench.pair.sandbox.halo.switch(|switches| switches.page_cap = 7);
    assert!(bench.pair.sandbox.halo.all("Asset").len() > 40);
    bench
}

/// The second matching request from now on is struck.
fn strike(bench: &Bench, server: Server, path: &str, effect: Effect) {
    bench.pair.sandbox.faults.add(Fault {
        server: server.name().to_owned(),
        method: "GET".to_owned(),
        path: path.to_owned(),
        after: 2,
        times: 1,
        effect,
    });
}

fn ids(lines: &str) -> Vec<i64> {
    let row = |line: &str| serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    lines.lines().map(|line| row(line)["id"].as_i64().unwrap()).collect()
}

/// No row is missing and none comes twice.
fn is_whole(bench: &Bench, ids: &[i64]) {
    let all: BTreeSet<i64> = bench.pair.sandbox.halo.all("Asset").iter().filter_map(|row| row["id"].as_i64()).collect();
    assert_eq!(ids.len(), all.len());
    assert_eq!(ids.iter().copied().collect::<BTreeSet<i64>>(), all);
}

#[tokio::test]
async fn a_refusal_or_a_dead_token_in_the_middle_neither_skips_nor_doubles_a_row() {
    let bench = narrow().await;
    let later = || Effect::Status {
        status: 429,
        body: "Too many requests".to_owned(),
        headers: vec![("Retry-After".to_owned(), "1".to_owned())],
    };
    for effect in [later(), Effect::ExpireToken, Effect::HalfBody] {
        bench.pair.sandbox.clear_requests();
        strike(&bench, Server::Halo, "/Asset?", effect);
        let all = bench.run(LIST).await.expect(0);
        assert_eq!(bench.pair.sandbox.faults.left(), 0, "nothing happened");
        is_whole(&bench, &ids(&all.out));
        assert_eq!(all.err, "");
    }
    strike(&bench, Server::Hudu, "/assets?", later());
    let hudu = bench.run("hudu assets list --all --format ndjson --limit 9").await.expect(0);
    assert_eq!(bench.pair.sandbox.faults.left(), 0, "nothing happened");
    let (rows, all) = (ids(&hudu.out), bench.pair.sandbox.hudu.all("assets"));
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());
    assert_eq!(rows.len(), all.len());
}

#[tokio::test]
async fn a_key_that_is_withdrawn_in_the_middle_says_so_and_where_to_go_on() {
    let bench = Bench::open().await;
    strike(&bench, Server::Hudu, "/assets?", Effect::ExpireToken);
    let ended = bench.run("hudu assets list --all --format ndjson --limit 9").await.expect(2);
    assert!(ended.err.contains("The Hudu API key gives no access to assets"), "{}", ended.err);
    let (_, cursor) = ended.err.split_once("--cursor ").unwrap();
    let cursor = cursor.split_whitespace().next().unwrap();
    let rest =
        bench.run(&format!("hudu assets list --all --format ndjson --limit 9 --cursor {cursor}")).await.expect(0);
    let rows = [ids(&ended.out), ids(&rest.out)].concat();
    assert_eq!(rows.len(), bench.pair.sandbox.hudu.all("assets").len());
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_after_the_page_and_the_cursor_goes_on() {
    let bench = narrow().await;
    strike(&bench, Server::Halo, "/Asset?", Effect::Delay { ms: 1000 });
    let child = bench.start(LIST);
    bench.struck().await;
    signal(&child, "INT").await;
    let ended = Ended::of(child.wait_with_output().await.unwrap()).expect(4);
    let first = ids(&ended.out);
    assert!(!first.is_empty() && first.len() < 40, "{}", first.len());
    let (_, cursor) = ended.err.rsplit_once("--cursor ").unwrap();
    let rest = bench.run(&format!("{LIST} --cursor {}", cursor.trim())).await.expect(0);
    is_whole(&bench, &[first, ids(&rest.out)].concat());
}

#[tokio::test]
async fn a_pipe_that_closes_ends_the_list_quietly() {
    let bench = narrow().await;
    bench.pair.sandbox.halo.switch(|switches| switches.page_cap = 1);
    for format in ["ndjson", "csv", "json", "table"] {
        bench.pair.sandbox.clear_requests();
        let line = LIST.replace("ndjson", format);
        let mut child = bench.command(&line).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).await.unwrap();
        assert!(!first.is_empty());
        drop(out);
        let ended = tokio::time::timeout(Duration::from_secs(30), child.wait()).await.unwrap().unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).await.unwrap();
        assert_eq!((ended.code(), err.as_str()), (Some(0), ""), "{format}");
        let asked = bench.pair.sandbox.requests(Server::Halo).len();
        assert!(asked < bench.pair.sandbox.halo.all("Asset").len(), "{format}: everything was read for nobody");
    }
}
