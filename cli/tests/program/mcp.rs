//! `sidelight mcp`: by raw JSON-RPC, and with the official TypeScript client.

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use sidelight_sandbox::{Effect, Fault, Server};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::support::{Bench, Ended, signal, signals};

const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/mcp/client.mjs");

/// A server that is spoken to line by line.
pub struct Raw {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Raw {
    pub async fn start(bench: &Bench, line: &str) -> Self {
        let mut child = bench.command(line).stdin(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut raw = Self { child, input, output };
        let hello =
            json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
        let answer = raw.ask(0, "initialize", hello).await;
        assert_eq!(answer["result"]["serverInfo"]["name"], "sidelight", "{answer}");
        raw.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string()).await;
        raw
    }

    pub async fn say(&mut self, line: &str) {
        self.input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    pub async fn hear(&mut self) -> Value {
        let line = tokio::time::timeout(Duration::from_secs(30), self.output.next_line()).await.unwrap().unwrap();
        serde_json::from_str(&line.unwrap()).unwrap()
    }

    async fn ask(&mut self, id: i64, method: &str, params: Value) -> Value {
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()).await;
        loop {
            let answer = self.hear().await;
            if answer["id"] == id {
                return answer;
            }
        }
    }

    pub async fn call(&mut self, id: i64, tool: &str, arguments: Value) -> Value {
        self.ask(id, "tools/call", json!({"name": tool, "arguments": arguments})).await
    }

    /// Goes away, as a client does that is done; the server ends well.
    pub async fn end(mut self) {
        drop(self.input);
        assert_eq!(self.child.wait().await.unwrap().code(), Some(0));
    }
}

#[tokio::test]
async fn malformed_lines_and_wrong_calls_are_answered_and_the_server_goes_on() {
    let bench = Bench::open().await;
    let mut raw = Raw::start(&bench, "mcp").await;
    for line in ["{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\"", "this is no JSON at all"] {
        raw.say(line).await;
        let answer = raw.hear().await;
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32700), &Value::Null), "{answer}");
    }
    raw.say("{\"id\": 1}").await;
    assert_eq!(raw.hear().await["error"]["code"], -32600);
    let unknown = raw.ask(2, "tools/shout", json!({})).await;
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    let nameless = raw.ask(3, "tools/call", json!({"arguments": {}})).await;
    assert!(nameless["error"]["code"].is_i64(), "{nameless}");
    let missing = raw.call(4, "get_single_haloitsm_client_by_id", json!({})).await;
    assert_eq!(missing["result"]["isError"], true);
    assert_eq!(missing["result"]["content"][0]["text"], "id is missing. (tools.arguments)");
    let absent = raw.call(5, "get_single_haloitsm_client_by_id", json!({"id": 99_999})).await;
    assert!(absent["result"]["content"][0]["text"].as_str().unwrap().contains("no client 99999"), "{absent}");
    let good = raw.call(6, "get_single_haloitsm_client_by_id", json!({"id": 12})).await;
    assert_eq!(good["result"]["structuredContent"]["result"]["name"], "Harbour & Finch Ltd");
    drop(raw.input);
    assert_eq!(raw.child.wait().await.unwrap().code(), Some(0));
}

#[tokio::test]
async fn an_agent_gets_what_it_was_allowed_and_the_log_holds_no_values() {
    let bench = Bench::open().await;
    let tools = |answer: &Value| answer["result"]["tools"].as_array().unwrap().len();
    let mut raw = Raw::start(&bench, "mcp --read-only").await;
    let writing = raw.call(1, "create_a_haloitsm_team", json!({"records": [{"name": "T"}]})).await;
    assert_eq!(writing["error"]["code"], -32602, "{writing}");
    let secret = raw.call(2, "reveal_hudu_password", json!({"id": 1})).await;
    assert_eq!(secret["error"]["code"], -32602, "{secret}");
    drop(raw);
    let nobody = bench.run("mcp --client 99999").await.expect(2);
    assert!(nobody.err.contains("HaloITSM has no client 99999"), "{}", nobody.err);
    let mut raw =
        Raw::start(&bench, "mcp --allow create_a_haloitsm_user --allow list_all_haloitsm_users --client 12").await;
    assert_eq!(tools(&raw.ask(1, "tools/list", json!({})).await), 2);
    let users = raw.call(2, "list_all_haloitsm_users", json!({})).await;
    let rows = users["result"]["structuredContent"]["result"].as_array().unwrap().clone();
    assert!(!rows.is_empty() && rows.iter().all(|user| user["client_id"] == 12));
    let person =
        json!({"records": [{"name": "Hush Hush", "site_id": rows[0]["site_id"], "new_password": "t0p-s3cret"}]});
    let made = raw.call(3, "create_a_haloitsm_user", person).await;
    assert_eq!(made["result"]["structuredContent"]["result"][0]["state"], "created", "{made}");
    drop(raw.input);
    raw.child.wait().await.unwrap();
    let log = bench.files().into_iter().find(|path| path.ends_with("mcp-audit.ndjson")).unwrap();
    let log = std::fs::read_to_string(log).unwrap();
    let outcomes: Vec<Value> =
        log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["outcome"].clone()).collect();
    assert_eq!(outcomes, ["ok", "begun", "ok"], "what writes has a line before it begins: {log}");
    assert!(log.contains("create_a_haloitsm_user") && log.contains("\"outcome\":\"ok\""), "{log}");
    assert!(!log.contains("s3cret") && !log.contains("Hush"), "{log}");
}

#[tokio::test]
async fn a_client_that_goes_in_the_middle_of_a_write_does_not_stop_it() {
    let bench = Bench::open().await;
    delayed(&bench, "POST", "/Supplier", 1500);
    let mut raw = Raw::start(&bench, "mcp").await;
    let call = json!({"name": "create_a_haloitsm_supplier", "arguments": {"records": [{"name": "Late"}]}});
    raw.say(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).to_string()).await;
    bench.struck().await;
    drop(raw.input);
    assert_eq!(raw.child.wait().await.unwrap().code(), Some(0));
    let all = bench.pair.sandbox.halo.all("Supplier");
    assert_eq!(all.iter().filter(|supplier| supplier["name"] == "Late").count(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_server_that_is_asked_to_end_answers_the_write_under_way_before_it_goes() {
    let bench = Bench::open().await;
    for name in signals() {
        delayed(&bench, "POST", "/Supplier", 1500);
        let mut raw = Raw::start(&bench, "mcp").await;
        let call = json!({"name": "create_a_haloitsm_supplier", "arguments": {"records": [{"name": name}]}});
        raw.say(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).to_string()).await;
        bench.struck().await;
        signal(&raw.child, name).await;
        let answer = raw.hear().await;
        assert_eq!(answer["result"]["structuredContent"]["result"][0]["state"], "created", "{answer}");
        // Its client is still there, and keeps it from nothing.
        assert_eq!(Ended::soon(raw.child).await.code, 0, "{name}");
        let all = bench.pair.sandbox.halo.all("Supplier");
        assert_eq!(all.iter().filter(|supplier| supplier["name"] == name).count(), 1);
    }
    let idle = Raw::start(&bench, "mcp").await;
    signal(&idle.child, "TERM").await;
    let Raw { child, input, .. } = idle;
    assert_eq!(Ended::soon(child).await.code, 143);
    drop(input);
}

#[tokio::test]
async fn the_official_client_works_over_standard_input_and_over_http() {
    let bench = Bench::open().await;
    delayed(&bench, "GET", "/Site", 6000);
    let program = env!("CARGO_BIN_EXE_sidelight");
    judge(&client(&bench, &[program]).await);

    let mut server = bench.command("mcp --http 0").spawn().unwrap();
    let mut errors = BufReader::new(server.stderr.take().unwrap()).lines();
    let line = errors.next_line().await.unwrap().unwrap();
    let (address, token) = line.split_once(", with the header Authorization: Bearer ").unwrap();
    delayed(&bench, "GET", "/Site", 6000);
    judge(&client(&bench, &[address, token]).await);
    let port = address.trim_end_matches("/mcp").rsplit(':').next().unwrap();
    let taken = bench.run(&format!("mcp --http {port}")).await.expect(2);
    assert!(
        taken.out.is_empty() && taken.err.contains("cannot be used"),
        "standard output is the protocol's: {taken:?}"
    );
    let refused = client_ended(&bench, &[address, "another"]).await;
    assert_ne!(refused.code, 0);
    for (body, code) in [("{\"jsonrpc\":", -32700), ("{\"id\": 1}", -32600)] {
        let answer = posted(address, token, body).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains(&format!("\"code\":{code}")), "{answer}");
    }
    server.kill().await.unwrap();
    let mut rest = String::new();
    errors.into_inner().read_to_string(&mut rest).await.unwrap();
    assert!(!rest.contains("panic"), "{rest}");
}

/// What is answered to this body.
async fn posted(address: &str, token: &str, body: &str) -> String {
    let place = address.trim_start_matches("http://").trim_end_matches("/mcp");
    let mut stream = tokio::net::TcpStream::connect(place).await.unwrap();
    let length = body.len();
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: {place}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn delayed(bench: &Bench, method: &str, path: &str, ms: u64) {
    bench.pair.sandbox.faults.add(Fault {
        server: Server::Halo.name().to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        after: 0,
        times: 1,
        effect: Effect::Delay { ms },
    });
}

async fn client_ended(bench: &Bench, words: &[&str]) -> Ended {
    let program = bench.command("mcp");
    let variables: Vec<_> =
        program.as_std().get_envs().filter_map(|(k, v)| Some((k.to_owned(), v?.to_owned()))).collect();
    let mut node = Command::new("node");
    node.arg(CLIENT).args(words).envs(variables).current_dir(bench.place.path());
    Ended::of(node.output().await.unwrap())
}

async fn client(bench: &Bench, words: &[&str]) -> Value {
    let ended = client_ended(bench, words).await;
    assert!(!ended.err.contains("ERR_MODULE_NOT_FOUND"), "the client is missing: run `npm ci` in the project's folder");
    ended.expect(0).json()
}

fn judge(seen: &Value) {
    let tools: Vec<&str> = seen["tools"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(tools.len() > 100 && tools.contains(&"delete_a_haloitsm_attachment_by_id"), "{seen}");
    assert!(!tools.contains(&"reveal_hudu_password"), "{seen}");
    assert_eq!((&seen["server"], &seen["instructions"]), (&json!("sidelight"), &json!(true)));
    assert_eq!(seen["toolPages"], 2);
    assert_eq!(seen["client"], "Harbour & Finch Ltd");
    let mut assets: Vec<i64> = seen["assets"].as_array().unwrap().iter().map(|id| id.as_i64().unwrap()).collect();
    assets.sort_unstable();
    assets.dedup();
    assert_eq!((assets.len(), seen["assets"].as_array().unwrap().len()), (6, 6), "{seen}");
    assert_eq!(seen["wrong"]["error"], true);
    assert!(seen["wrong"]["text"].as_str().unwrap().starts_with("id has to be a whole number."), "{seen}");
    assert_eq!(seen["unknown"], -32602, "{seen}");
    assert!(seen["resource"].as_str().unwrap().starts_with("hudu://companies/"), "{seen}");
    assert_eq!((&seen["templates"], &seen["resourceName"]), (&json!(3), &json!(true)));
    assert_eq!(seen["noResource"], -32002, "{seen}");
    assert_eq!(seen["prompts"], json!(["triage_ticket", "onboard_user"]));
    assert_eq!(seen["prompt"], true);
    assert!(seen["progress"].as_i64().unwrap() > 0 && seen["cancelled"] == true, "{seen}");
    assert!(seen["after"].as_i64().unwrap() > 0, "{seen}");
}
