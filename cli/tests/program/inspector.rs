//! `sidelight mcp` with the public inspector, over standard input and output and over HTTP.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::support::{Bench, Ended};

const INSPECTOR: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../node_modules/@modelcontextprotocol/inspector-cli/build/index.js");

/// What the inspector prints for these words.
async fn inspect(bench: &Bench, target: &[&str], words: &[&str]) -> Ended {
    let program = bench.command("mcp");
    let variables = program.as_std().get_envs().filter_map(|(name, value)| Some((name, value?)));
    let mut node = Command::new("node");
    node.arg(INSPECTOR).args(target).args(words).envs(variables).stdin(Stdio::null());
    Ended::of(node.output().await.unwrap())
}

#[tokio::test]
async fn the_public_inspector_lists_calls_and_reads() {
    assert!(Path::new(INSPECTOR).exists(), "the inspector is missing: run `npm ci` in the project's folder");
    let bench = Bench::open().await;
    let mut server = bench.command("mcp --http 0").spawn().unwrap();
    let mut errors = BufReader::new(server.stderr.take().unwrap()).lines();
    let line = errors.next_line().await.unwrap().unwrap();
    let (address, token) = line.split_once(", with the header Authorization: Bearer ").unwrap();
    let address = address.split_whitespace().last().unwrap();
    let header = format!("Authorization: Bearer {token}");
    let over_http = [address, "--transport", "http", "--header", &header];
    for target in [&[env!("CARGO_BIN_EXE_sidelight"), "mcp"][..], &over_http[..]] {
        let tools = inspect(&bench, target, &["--method", "tools/list"]).await.expect(0).json();
        assert!(
            tools["tools"].as_array().unwrap().len() > 50 && !tools["nextCursor"].is_null(),
            "{}",
            tools["nextCursor"]
        );
        let call = ["--method", "tools/call", "--tool-name", "get_single_haloitsm_client_by_id", "--tool-arg", "id=12"];
        let called = inspect(&bench, target, &call).await.expect(0).json();
        assert_eq!(called["structuredContent"]["result"]["name"], "Harbour & Finch Ltd", "{called}");
        let wrong = [&call[..5], &["id=twelve"]].concat();
        assert_eq!(inspect(&bench, target, &wrong).await.expect(0).json()["isError"], true);
        let resources = inspect(&bench, target, &["--method", "resources/list"]).await.expect(0).json();
        let uri = resources["resources"][0]["uri"].as_str().unwrap();
        let read = inspect(&bench, target, &["--method", "resources/read", "--uri", uri]).await.expect(0).json();
        let record: Value = serde_json::from_str(read["contents"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(record["name"], resources["resources"][0]["name"]);
        let prompt = ["--method", "prompts/get", "--prompt-name", "triage_ticket", "--prompt-args", "ticket_id=\"7\""];
        let prompt = inspect(&bench, target, &prompt).await.expect(0).json();
        assert!(prompt.to_string().contains("ticket 7"), "{prompt}");
        assert_eq!(prompt["messages"][0]["role"], json!("user"));
    }
    server.kill().await.unwrap();
}
