//! Records of both products: lists in every form, single records, writes from standard input, deleting.

use std::process::Stdio;

use serde_json::{Value, json};
use sidelight_sandbox::{Effect, Fault, Server};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::support::{Bench, Ended, signal, signals};

/// Runs the program with this on its standard input.
async fn feed(bench: &Bench, line: &str, input: &str) -> Ended {
    let mut child = bench.command(line).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
    Ended::of(child.wait_with_output().await.unwrap())
}

#[tokio::test]
async fn a_list_comes_as_table_json_lines_and_csv() {
    let bench = Bench::open().await;
    let table = bench.run("halo clients list").await.expect(0).out;
    assert!(table.starts_with("id  name") && table.contains("Harbour & Finch Ltd"), "{table}");
    let json = bench.run("halo assets list --format json --client 12 --limit 5").await.expect(0).json();
    assert_eq!(json["result"].as_array().unwrap().len(), 5);
    let cursor = json["next_cursor"].as_str().unwrap();
    let next = bench.run(&format!("halo assets list --format json --client 12 --limit 5 --cursor {cursor}")).await;
    assert_ne!(next.expect(0).json()["result"][0]["id"], json["result"][0]["id"]);
    let lines = bench.run("halo assets list --format ndjson --all --includeinactive").await.expect(0).out;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), bench.pair.sandbox.halo.all("Asset").len());
    let whole = bench.run("halo assets list --format json --all").await.expect(0).json();
    assert!(whole["next_cursor"].is_null() && whole["result"].as_array().unwrap().len() > 5);
    let csv = bench.run("hudu companies list --format csv --columns id,name").await.expect(0).out;
    assert!(csv.starts_with("id,name\r\n") && csv.lines().count() > 1, "{csv}");
    let none = bench.run("halo assets list --search nothingiscalledso").await.expect(0);
    assert_eq!(none.out, "There are none.\n");
    let one = bench.run("halo clients get 12").await.expect(0).json();
    assert_eq!(one["name"], "Harbour & Finch Ltd");
    let wrong = bench.run("halo clients get 99999").await.expect(2);
    assert!(wrong.err.contains("no client 99999"), "{}", wrong.err);
    let some = bench.run("halo clients get 12 99999 20").await.expect(4);
    let ids: Vec<Value> = some.json()["result"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [12, 20]);
    assert!(some.err.contains("no client 99999"), "{}", some.err);
    let one = bench.run("halo clients get 99999 12").await.expect(4);
    assert_eq!(one.json()["result"].as_array().unwrap().len(), 1, "the shape is that of several");
    bench.run("halo clients get 99999 99998").await.expect(2);
    let id = bench.run("halo clients get abc").await.expect(2);
    assert!(id.err.contains("an id is a whole number"), "{}", id.err);
    let needs = bench.run("halo attachments list").await.expect(2);
    assert!(needs.err.starts_with("--ticket-id or --unique-id is missing"), "{}", needs.err);
    let needs = bench.run("hudu matchers list").await.expect(2);
    assert!(needs.err.contains("--integration-id"), "{}", needs.err);
    let more = bench.run("halo clients list --limit 1").await.expect(0);
    assert!(more.err.starts_with("There may be more") && more.err.contains("\n--cursor "), "{}", more.err);
    let wrong = bench.run("halo assets list --filter client_id=x").await.expect(2);
    assert!(wrong.err.contains("client_id has to be a whole number"), "{}", wrong.err);
    let twice = bench.run("halo assets list --client 12 --filter client_id=20").await.expect(2);
    assert!(twice.err.contains("client_id is given twice"), "{}", twice.err);
}

#[tokio::test]
async fn records_from_standard_input_are_written_each_with_its_result() {
    let bench = Bench::open().await;
    let single = feed(&bench, "halo suppliers upsert", "{\n  \"name\": \"One\"\n}").await.expect(0);
    assert_eq!(single.json()["state"], "created");
    let array =
        feed(&bench, "halo suppliers upsert - --format csv", r#"[{"name": "Two"}, {"notes": "nameless"}]"#).await;
    let array = array.expect(4);
    assert!(array.out.starts_with("index,state,id,trouble\r\n0,created,"), "{}", array.out);
    let one =
        feed(&bench, "halo suppliers upsert --format json", r#"[{"name": "Two"}, {"notes": "x"}]"#).await.expect(4);
    assert_eq!((&one.json()["result"][0]["state"], &one.json()["result"][1]["index"]), (&json!("created"), &json!(1)));
    assert!(array.out.contains("1,refused,,name is missing: a new supplier needs it."), "{}", array.out);
    let many: String = (0..7).map(|n| format!("{}\n", json!({"name": format!("Many {n}")}))).collect();
    feed(&bench, "halo suppliers upsert --batch 3", &many).await.expect(0);
    let all = bench.pair.sandbox.halo.all("Supplier");
    let named = |start: &str| all.iter().filter(|s| s["name"].as_str().unwrap().starts_with(start)).count();
    assert_eq!((named("One"), named("Two"), named("Many")), (1, 2, 7));
    feed(&bench, "halo suppliers upsert", "").await.expect(2);
    let nothing = bench.run("halo suppliers upsert away.ndjson").await.expect(2);
    assert!(nothing.err.starts_with("away.ndjson could not be read"), "{}", nothing.err);
}

/// Two suppliers, and lines that change their names.
fn two_suppliers(bench: &Bench) -> ([i64; 2], String) {
    let ids = ["One", "Two"].map(|name| bench.pair.sandbox.halo.upsert("Supplier", json!({"name": name})));
    (ids, ids.map(|id| format!("{}\n", json!({"id": id, "name": "Renamed"}))).concat())
}

#[tokio::test]
async fn what_came_before_a_broken_line_is_stored_and_told() {
    let bench = Bench::open().await;
    let (ids, lines) = two_suppliers(&bench);
    let line = "halo suppliers upsert";
    let half = feed(&bench, line, &format!("{lines}{{\"id\": 4, \"na\n")).await.expect(4);
    let states: Vec<Value> = half.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(states.iter().map(|told| &told["state"]).collect::<Vec<_>>(), ["updated", "updated"]);
    assert!(half.err.contains("Line 3 is not JSON") && half.err.contains("with the index 2"), "{}", half.err);
    assert!(half.err.contains("2 stored, 0 not stored"), "{}", half.err);
    for id in ids {
        assert_eq!(bench.pair.sandbox.halo.get("Supplier", id).unwrap()["name"], "Renamed");
    }
    let broken = feed(&bench, line, "{\"name\": \"Half\"").await.expect(2);
    assert!(broken.err.contains("Line 1 is not JSON") && broken.err.contains("0 stored"), "{}", broken.err);
}

#[tokio::test]
async fn where_nothing_can_be_sent_each_record_says_so_and_nothing_is_done_in_part() {
    let mut bench = Bench::open().await;
    let (ids, lines) = two_suppliers(&bench);
    let lines = lines + "{\"name\": \"Three\"}\n";
    bench.set("SIDELIGHT_HALO_CLIENT_SECRET", "wrong");
    let left = feed(&bench, "halo suppliers upsert --batch 1", &lines).await.expect(2);
    let told: Vec<Value> = left.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let states: Vec<_> = told.iter().map(|told| (told["state"].as_str().unwrap(), told["id"].as_i64())).collect();
    assert_eq!(states, [("left", Some(ids[0])), ("left", Some(ids[1])), ("left", None)]);
    assert!(told.iter().all(|told| told["trouble"]["sentence"].is_string()), "{}", left.out);
    assert!(left.err.contains("Stopped before the end. 0 stored, 3 not stored."), "{}", left.err);
}

/// Six new suppliers to import, the second of which meets this.
fn six_suppliers(bench: &Bench, effect: Effect) -> String {
    bench.pair.sandbox.faults.add(Fault {
        server: Server::Halo.name().to_owned(),
        method: "POST".to_owned(),
        path: "/Supplier".to_owned(),
        after: 1,
        times: 1,
        effect,
    });
    (0..6).map(|n| format!("{}\n", json!({"name": format!("Import {n}")}))).collect()
}

#[tokio::test]
async fn a_stopped_import_goes_on_where_it_was_and_doubles_nothing() {
    let bench = Bench::open().await;
    let many = six_suppliers(&bench, Effect::DropAfter);
    let line = "halo suppliers upsert --batch 2 --progress done.ndjson";
    let first = feed(&bench, line, &many).await.expect(4);
    assert!(first.err.contains("5 stored, 0 not stored, 1 perhaps stored"), "{}", first.err);
    let again = feed(&bench, line, &many).await.expect(4);
    assert!(again.err.contains("5 done before"), "{}", again.err);
    let other = many.replace("Import 0", "Another");
    let refused = feed(&bench, line, &other).await.expect(2);
    assert!(refused.err.contains("Record 0 is not the one"), "{}", refused.err);
    let all = bench.pair.sandbox.halo.all("Supplier");
    assert_eq!(all.iter().filter(|s| s["name"].as_str().unwrap().starts_with("Import")).count(), 6);
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_an_import_after_what_is_under_way_and_the_same_command_goes_on() {
    let bench = Bench::open().await;
    let many = six_suppliers(&bench, Effect::Delay { ms: 1500 });
    std::fs::write(bench.place.path().join("many.ndjson"), many).unwrap();
    let line = "halo suppliers upsert many.ndjson --batch 2 --progress done.ndjson";
    let child = bench.start(line);
    bench.struck().await;
    signal(&child, "INT").await;
    let first = Ended::of(child.wait_with_output().await.unwrap()).expect(4);
    assert!(first.err.contains("2 stored, 0 not stored") && first.err.contains("done.ndjson goes on"), "{}", first.err);
    let again = bench.run(line).await.expect(0);
    assert!(again.err.contains("4 stored, 0 not stored, 2 done before"), "{}", again.err);
    let all = bench.pair.sandbox.halo.all("Supplier");
    assert_eq!(all.iter().filter(|s| s["name"].as_str().unwrap().starts_with("Import")).count(), 6);
}

#[cfg(unix)]
#[tokio::test]
async fn an_import_from_a_slow_pipe_stops_at_once_and_says_how_to_go_on() {
    let bench = Bench::open().await;
    let named = |start: &str| {
        let all = bench.pair.sandbox.halo.all("Supplier");
        all.iter().filter(|s| s["name"].as_str().unwrap().starts_with(start)).count()
    };
    for name in signals() {
        let line = format!("halo suppliers upsert --progress {name}.ndjson");
        let many: Vec<String> = (0..3).map(|n| format!("{}\n", json!({"name": format!("{name} {n}")}))).collect();
        let mut child = bench.command(&line).stdin(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
        for (count, record) in many[..2].iter().enumerate() {
            input.write_all(record.as_bytes()).await.unwrap();
            let told: Value = serde_json::from_str(&told.next_line().await.unwrap().unwrap()).unwrap();
            assert_eq!((&told["index"], &told["state"]), (&json!(count), &json!("created")));
        }
        // The pipe stays open, and nothing more comes.
        signal(&child, name).await;
        let first = Ended::soon(child).await.expect(4);
        let words = format!("2 stored, 0 not stored. The same command with --progress {name}.ndjson goes on.");
        assert!(first.err.contains(&words), "{}", first.err);
        drop(input);
        let again = feed(&bench, &line, &many.concat()).await.expect(0);
        assert!(again.err.contains("1 stored, 0 not stored, 2 done before"), "{}", again.err);
        assert_eq!(named(name), 3);
    }
}

#[tokio::test]
async fn deleting_says_what_goes_and_needs_a_yes() {
    let bench = Bench::open().await;
    let id = bench.pair.sandbox.halo.upsert("Supplier", json!({"name": "Old & Gone"}));
    let asked = bench.run(&format!("halo suppliers delete {id}")).await.expect(2);
    assert!(asked.out.contains(&format!("supplier {id}, “Old & Gone”")), "{}", asked.out);
    assert!(asked.err.contains("Nothing was deleted: there is no terminal to ask on. --yes"), "{}", asked.err);
    let one = bench.run(&format!("halo suppliers delete {id} 99999 --yes")).await.expect(2);
    assert!(one.err.starts_with("Nothing was deleted.\n") && one.err.contains("99999"), "{}", one.err);
    assert!(bench.pair.sandbox.halo.get("Supplier", id).is_some());
    bench.run(&format!("halo suppliers delete {id} --yes")).await.expect(0);
    assert!(bench.pair.sandbox.halo.get("Supplier", id).is_none());
}

#[tokio::test]
async fn tools_are_listed_and_called() {
    let bench = Bench::open().await;
    let all = bench.run("tools --json").await.expect(0).json();
    let names: Vec<&str> = all.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(names.len() > 84 && names.contains(&"list_all_haloitsm_opportunites"));
    let one = bench.run("tools get_single_haloitsm_action_by_id").await.expect(0).out;
    assert!(one.contains("ticket_id") && one.contains("needed"), "{one}");
    let called = bench.run("call get_single_haloitsm_client_by_id --args {\"id\":12}").await.expect(0).json();
    assert_eq!(called["result"]["name"], "Harbour & Finch Ltd");
    let near = bench.run("call list_all_haloitsm_opportunities").await.expect(2);
    assert!(near.err.contains("No tool is called"), "{}", near.err);
    let asked = bench.run("call create_a_haloitsm_team --args {\"records\":[{\"name\":\"T\"}]}").await.expect(2);
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    let secret = bench.run("call reveal_hudu_password --args {\"id\":1}").await.expect(2);
    assert!(secret.err.contains("--allow-secrets"), "{}", secret.err);
}

#[tokio::test]
async fn shells_and_manuals_learn_of_every_command() {
    let bench = Bench::open().await;
    let words = bench.run("completions bash").await.expect(0).out;
    assert!(words.contains("knowledge_base") && words.contains("upsert") && words.contains("--open-only"));
    let page = bench.run("man").await.expect(0).out;
    assert!(page.contains(".TH sidelight") && page.contains("halo"));
}

#[tokio::test]
async fn the_directory_is_listed_and_changed() {
    let bench = Bench::open().await;
    let table = bench.run("directory users list --kind agent").await.expect(0).out;
    assert!(table.starts_with("id ") && table.contains("agent/"), "{table}");
    let made = bench.run("directory groups create {\"name\":\"Night\"}").await.expect(0).json();
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("team/"), "{made}");
    let gone = bench.run(&format!("directory groups deactivate {id}")).await.expect(0).json();
    assert_eq!(gone["active"], false);
    bench.run("directory users get 5").await.expect(2);
}
