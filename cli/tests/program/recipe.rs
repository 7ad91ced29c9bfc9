//! `sidelight recipe`.

use serde_json::json;
use sidelight_tests::recipes::{CASES, counts};

use crate::support::Bench;

#[tokio::test]
async fn a_recipe_is_planned_run_listed_and_taken_back() {
    let bench = Bench::open().await;
    let list = bench.run("recipe list").await.expect(0).out;
    assert!(list.contains("onboarding-tickets") && list.contains("alert-tickets"), "{list}");
    std::fs::write(bench.place.path().join("new.json"), r#"[{"name": "Joy", "client": "Harbour and Finch"}]"#).unwrap();
    let line = "recipe onboarding-tickets --people @new.json --process=";
    let count = || {
        let all = bench.pair.sandbox.halo.all("Tickets");
        all.iter().filter(|ticket| ticket["summary"].to_string().contains("New starter: Joy")).count()
    };
    let plan = bench.run(&format!("{line} --plan")).await.expect(0).out;
    assert!(plan.contains("+ New starter: Joy") && plan.contains("A plan writes nothing"), "{plan}");
    let asked = bench.run(line).await.expect(2);
    assert!(asked.err.contains("--yes"), "{asked:?}");
    assert_eq!(count(), 0);
    let run = bench.run(&format!("{line} --yes --format json")).await.expect(0).json();
    assert_eq!((run["run"]["rows"][0]["state"].as_str(), count()), (Some("created"), 1), "{run}");
    let again = bench.run(&format!("{line} --yes")).await.expect(0).out;
    assert!(again.contains("Nothing to write."), "{again}");
    let runs = bench.run("recipe runs").await.expect(0).out;
    assert!(runs.contains("onboarding-tickets") && runs.contains("1 of 1 done"), "{runs}");
    let back = bench.run("recipe undo --yes").await.expect(0).out;
    assert!(back.contains("Taken back."), "{back}");
    bench.run("recipe undo --yes").await.expect(2);
    let wrong = bench.run("recipe onboarding-tickets --user-id x --plan").await.expect(2);
    assert!(wrong.err.contains("user_id has to be a whole number"), "{wrong:?}");
}

#[tokio::test]
async fn all_six_are_planned_carried_out_found_again_and_taken_back() {
    let bench = Bench::open().await;
    let sandbox = &bench.pair.sandbox;
    // A ticket for each of them would take the allowance of minutes.
    for overdue in sandbox.hudu.all("expirations") {
        sandbox.hudu.upsert("expirations", json!({"id": overdue["id"], "archived": true}));
    }
    for case in &CASES {
        let ready = (case.prepare)(sandbox).unwrap();
        if let Some(asset) = ready.sync {
            bench.run(&format!("sync asset {asset} --yes")).await.expect(0);
        }
        std::fs::write(bench.place.path().join("args.json"), case.arguments(ready).to_string()).unwrap();
        let line = format!("recipe {} --args args.json", case.recipe.replace('_', "-"));
        let before = counts(sandbox);
        let plan = bench.run(&format!("{line} --plan")).await.expect(0).out;
        assert!(plan.contains("A plan writes nothing"), "{}: {plan}", case.recipe);
        assert_eq!(counts(sandbox), before, "{}: a plan writes nothing", case.recipe);
        let run = bench.run(&format!("{line} --yes --confirm --format json")).await.expect(0).json();
        assert_eq!(run["run"]["state"], "done", "{}: {run}", case.recipe);
        let after = counts(sandbox);
        let again = bench.run(&format!("{line} --yes")).await.expect(0).out;
        assert!(again.contains("Nothing to write."), "{}: {again}", case.recipe);
        assert_eq!(counts(sandbox), after, "{}: made twice", case.recipe);
        let back = bench.run("recipe undo --yes").await.expect(0).out;
        assert!(back.contains("Taken back."), "{}: {back}", case.recipe);
    }
}
