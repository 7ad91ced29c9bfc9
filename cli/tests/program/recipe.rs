//! `sidelight recipe`.

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
