//! `sidelight plan`, `apply`, `report`: everything at once.

use serde_json::{Value, json};
use sidelight_sandbox::Effect;

use crate::support::{Bench, Ended, signal, signals};

fn refused() -> Effect {
    Effect::Status { status: 422, body: json!({"error": "Name is reserved"}).to_string(), headers: Vec::new() }
}

/// What the mapping owns of every company.
fn companies(bench: &Bench) -> Vec<Value> {
    let company =
        |c: &Value| json!([c["id"], c["name"], c["phone_number"], c["website"], c["address_line_1"], c["city"]]);
    bench.pair.sandbox.hudu.all("companies").iter().map(company).collect()
}

/// The items of a plan that write.
fn writing(plan: &Value) -> Vec<&Value> {
    let writes = |item: &&Value| ["create", "update", "link", "archive"].iter().any(|action| item["action"] == *action);
    plan["items"].as_array().unwrap().iter().filter(writes).collect()
}

async fn plan(bench: &Bench) -> Value {
    bench.run("plan --format json").await.expect(0).json()
}

#[tokio::test]
async fn everything_comes_into_step_and_back() {
    let bench = Bench::open_wide().await;
    let before = companies(&bench);
    let pending = bench.run("plan --check").await.expect(3);
    assert!(pending.out.starts_with("Sync everything\n") && pending.out.contains("clients"), "{}", pending.out);
    assert_eq!(bench.writes(), 0);
    let asked = bench.run("apply").await.expect(2);
    assert!(asked.err.contains("no terminal to ask on"), "{}", asked.err);
    assert_eq!(bench.writes(), 0);

    let applied = bench.run("apply --yes --format json").await.expect(0).json();
    assert_eq!(applied["run"]["state"], "done");
    let first = applied["run"]["id"].as_str().unwrap();
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);

    // In step: nothing to do, and nothing is written.
    bench.pair.sandbox.clear_requests();
    bench.run("plan --check").await.expect(0);
    assert!(bench.run("apply --yes").await.expect(0).out.contains("Nothing to write."));
    assert_eq!(bench.writes(), 0);

    // Edits on both sides: exactly these.
    let halo = &bench.pair.sandbox.halo;
    halo.upsert("Client", json!({"id": 12, "name": "Harbour & Finch Limited"}));
    let mut site = halo.all("Site").into_iter().find(|site| site["client_id"].as_f64() == Some(12.0)).unwrap();
    site["phonenumber"] = "0131 496 0999".into();
    let site_id = halo.upsert("Site", site);
    let changed = plan(&bench).await;
    let changed = writing(&changed);
    assert!(!changed.is_empty() && changed.len() <= 2, "{changed:?}");
    let narrow = bench.run("plan --only sites --client 12 --format json").await.expect(0).json();
    assert!(
        narrow["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["kind"] != "client" || item["action"] == "unchanged")
    );
    let second = bench.run("apply --yes --format json").await.expect(0).json();
    assert_eq!(second["run"]["steps"].as_array().unwrap().len(), changed.len());
    bench.run("plan --check").await.expect(0);

    // One record is taken back, then the rest.
    let id = second["run"]["id"].as_str().unwrap();
    bench.run(&format!("undo {id} --item site/{site_id} --yes")).await.expect(0);
    bench.run(&format!("undo {id} --yes")).await;
    bench.run(&format!("undo {first} --yes")).await.expect(0);
    let after: Vec<Value> = companies(&bench).into_iter().take(before.len()).collect();
    assert_eq!(after, before);
    assert_eq!(bench.named("assets", "HF-LT-057")[0]["archived"], true);

    let report = bench.run(&format!("report {first}")).await.expect(0);
    assert!(report.out.contains("HF-LT-057") && report.out.contains("Undone"), "{}", report.out);
    let csv = bench.run(&format!("report {first} --format csv")).await.expect(0);
    assert!(csv.out.lines().count() > 10, "{}", csv.out);
    let report = bench.run(&format!("report {first} --format json")).await.expect(0).json();
    assert!(report.is_object(), "{report}");
    let runs = bench.run("runs --format json").await.expect(0).json();
    assert!(runs["runs"].as_array().unwrap().len() >= 4, "{runs}");
}

#[tokio::test]
async fn a_plan_in_a_file_is_applied_as_it_is() {
    let mut bench = Bench::open().await;
    let path = bench.place.path().join("plan.json");
    let kept = bench.run("plan --only clients --out plan.json").await.expect(0);
    assert!(kept.err.contains("sidelight apply plan.json"), "{}", kept.err);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(bench.secrets().iter().all(|secret| !text.contains(secret)));

    // Another pair, an old plan, no plan.
    let url = bench.pair.hudu.clone();
    bench.set("SIDELIGHT_HUDU_URL", &url.replace("127.0.0.1", "localhost"));
    let elsewhere = bench.run("apply plan.json --yes").await.expect(2);
    assert!(elsewhere.err.contains("was made for"), "{}", elsewhere.err);
    bench.set("SIDELIGHT_HUDU_URL", &url);
    let mut old: Value = serde_json::from_str(&text).unwrap();
    old["plan"]["made"] = (old["plan"]["made"].as_i64().unwrap() - 49 * 3_600_000).into();
    std::fs::write(&path, old.to_string()).unwrap();
    let ended = bench.run("apply plan.json").await.expect(2);
    assert!(ended.err.contains("49 hours old"), "{}", ended.err);
    std::fs::write(bench.place.path().join("other.json"), "{}").unwrap();
    bench.run("apply other.json --yes").await.expect(2);
    assert_eq!(bench.writes(), 0);

    std::fs::write(&path, text).unwrap();
    let except = bench.run("apply plan.json --yes --except client/12 --except nothing").await.expect(2);
    assert!(except.err.contains("no item “nothing”"), "{}", except.err);
    bench.run("apply plan.json --yes --except client/12").await.expect(0);
    assert!(bench.pair.sandbox.hudu.find_company("Harbour and Finch").is_some());
    bench.run("apply plan.json --yes").await.expect(0);
    bench.run("plan --only clients --check").await.expect(0);

    // Once more: what is in step is not said to be done.
    let (writes, again) = (bench.writes(), bench.run("apply plan.json --yes").await.expect(0).out);
    assert!(again.contains(" in step already (") && !again.contains(" done"), "{again}");
    assert_eq!(bench.writes(), writes);
}

#[tokio::test]
async fn what_fails_is_listed_and_the_rest_is_done() {
    let bench = Bench::open().await;
    bench.fault_after(3, "POST", "/assets", refused());
    let ended = bench.run("apply --yes").await.expect(4);
    assert!(
        ended.out.contains("In part") && ended.out.contains("1 failed") && ended.out.contains("✗"),
        "{}",
        ended.out
    );
    let report = bench.run("report").await.expect(0);
    assert!(report.out.contains("✗") && report.out.contains("✓"), "{}", report.out);
    bench.run("apply --yes").await.expect(0);
    bench.run("plan --check").await.expect(0);
}

#[tokio::test]
async fn a_wrong_secret_is_the_users_to_mend() {
    let mut bench = Bench::open().await;
    bench.set("SIDELIGHT_HUDU_API_KEY", "not-the-k3y");
    let ended = bench.run("plan").await.expect(2);
    assert!(ended.err.contains("refuses"), "{}", ended.err);
    let json = bench.run("apply --yes --format json").await.expect(2).json();
    assert!(json["trouble"]["sentence"].as_str().unwrap().contains("refuses"), "{json}");
}

#[tokio::test]
async fn a_yes_for_all_days_is_no_yes_to_far_more_than_usual() {
    let bench = Bench::open().await;
    bench.run("apply --only clients,users --client 12 --yes").await.expect(0);
    let halo = &bench.pair.sandbox.halo;
    for mut user in halo.all("Users").into_iter().filter(|user| user["client_id"].as_f64() == Some(12.0)) {
        user["jobtitle"] = "Moved".into();
        user["title"] = "Moved".into();
        user["phonenumber"] = "0131 496 0777".into();
        halo.upsert("Users", user);
    }
    bench.pair.sandbox.clear_requests();
    let refused = bench.run("apply --only clients,users --client 12 --yes").await.expect(2);
    assert!(refused.err.contains("--confirm") && refused.out.contains('!'), "{refused:?}");
    assert_eq!(bench.writes(), 0);
    bench.run("apply --only clients,users --client 12 --yes --confirm").await.expect(0);
    bench.run("plan --only clients,users --client 12 --check").await.expect(0);
}

#[tokio::test]
async fn a_killed_run_is_gone_on_with() {
    let bench = Bench::open().await;
    bench.fault_after(2, "POST", "/assets", Effect::Delay { ms: 60_000 });
    let mut child = bench.start("apply --yes");
    bench.struck().await;
    child.kill().await.unwrap();
    assert!(bench.run("runs").await.expect(0).out.contains("Left open"));
    let ended = bench.run("apply --yes").await.expect(0);
    assert!(ended.err.contains("Going on with it: Sync everything."), "{}", ended.err);
    bench.run("plan --check").await.expect(0);
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_and_what_means_the_same_pauses_and_resume_goes_on() {
    let bench = Bench::open().await;
    bench.fault_after(2, "POST", "/assets", Effect::Delay { ms: 1_500 });
    let child = bench.start("apply --yes");
    bench.struck().await;
    signal(&child, "INT").await;
    let ended = Ended::of(child.wait_with_output().await.unwrap()).expect(4);
    assert!(ended.err.contains("clean end") && ended.err.contains("sidelight resume"), "{}", ended.err);
    assert!(ended.out.contains("Paused") && ended.out.contains(" left"), "{}", ended.out);
    assert!(bench.run("runs").await.expect(0).out.contains("Paused"));
    // A service manager, or the end of a terminal, asks for the same.
    for name in signals().skip(1) {
        bench.fault_after(1, "POST", "/assets", Effect::Delay { ms: 1_500 });
        let child = bench.start("resume");
        bench.struck().await;
        signal(&child, name).await;
        let ended = Ended::of(child.wait_with_output().await.unwrap()).expect(4);
        assert!(ended.err.contains("clean end") && ended.out.contains("Paused"), "{name}: {ended:?}");
    }
    bench.run("resume").await.expect(0);
    bench.run("plan --check").await.expect(0);
}
