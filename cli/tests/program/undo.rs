//! `sidelight undo` and `sidelight runs`.

use crate::support::Bench;

#[tokio::test]
async fn a_run_is_taken_back_and_listed() {
    let bench = Bench::open().await;
    let none = bench.run("undo --yes").await.expect(2);
    assert!(none.err.contains("nothing left of this run to undo"), "{}", none.err);
    assert!(bench.run("report").await.expect(2).err.contains("Nothing was done from this computer yet."));
    assert!(bench.run("runs").await.expect(0).out.contains("Nothing was done"));

    let before = bench.pair.sandbox.hudu.get("companies", 1).unwrap();
    let run = bench.run("sync client 12 --yes --format json").await.expect(0).json();
    let id = run["run"]["id"].as_str().unwrap();
    let list = bench.run("runs").await.expect(0).out;
    assert!(list.starts_with(id) && list.contains("can be undone"), "{list}");

    let stranger = bench.run("undo --yes --item client/99").await.expect(2);
    assert!(stranger.err.contains("no item “client/99”"), "{}", stranger.err);
    let undone = bench.run("undo --yes").await.expect(0);
    assert!(undone.out.contains("0131 496 0321 → 0131 496 0300"), "{}", undone.out);
    let after = bench.pair.sandbox.hudu.get("companies", 1).unwrap();
    assert_eq!((&after["name"], &after["phone_number"]), (&before["name"], &before["phone_number"]));
    bench.run(&format!("undo {id} --yes")).await.expect(2);
    let runs = bench.run("runs --format json").await.expect(0).json();
    let states: Vec<&str> = runs["runs"].as_array().unwrap().iter().map(|run| run["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["done", "undone"]);
    let unknown = bench.run("undo 12345 --yes").await.expect(2);
    assert!(unknown.err.contains("not known"), "{}", unknown.err);
}

#[tokio::test]
async fn what_a_run_made_is_put_away_not_deleted() {
    let bench = Bench::open().await;
    let run = bench.run("sync asset 2002 --yes --format json").await.expect(0).json();
    let id = run["run"]["id"].as_str().unwrap();
    bench.run(&format!("undo {id} --yes")).await.expect(0);
    let made = bench.named("assets", "HF-LT-057");
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["archived"], true);
}
