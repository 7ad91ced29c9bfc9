//! `sidelight forget`.

use sidelight_sandbox::Server;

use crate::support::Bench;

/// Single users that HaloITSM was asked for since the log was emptied.
fn details(bench: &Bench) -> usize {
    let one = |path: &str| path.strip_prefix("/api/Users/").is_some_and(|rest| rest.starts_with(char::is_numeric));
    bench.pair.sandbox.requests(Server::Halo).iter().filter(|seen| seen.method == "GET" && one(&seen.path)).count()
}

#[tokio::test]
async fn everything_is_read_again_and_nothing_else_is_lost() {
    let bench = Bench::open().await;
    // Reading each of many users twice would take minutes of HaloITSM's allowance.
    for user in bench.pair.sandbox.halo.all("Users").iter().skip(8) {
        bench.pair.sandbox.halo.delete("Users", user["id"].as_i64().unwrap());
    }
    bench.run("apply --only clients,users --yes").await.expect(0);
    assert!(details(&bench) > 3, "no user was read by itself");
    let runs = bench.run("runs --format json").await.expect(0).json();

    // What was kept of unchanged users is not asked for again, until it is forgotten.
    bench.pair.sandbox.clear_requests();
    bench.run("plan --only clients,users --check").await.expect(0);
    assert_eq!(details(&bench), 0);
    bench.pair.sandbox.clear_requests();
    let answer = bench.run("forget --format json").await.expect(0).json();
    assert_eq!(answer["forgotten"], true);
    let asked = [Server::Halo, Server::Hudu].map(|server| bench.pair.sandbox.request_count(server));
    assert_eq!(asked, [0, 0], "nothing is asked of either");
    bench.run("plan --only clients,users --check").await.expect(0);
    assert!(details(&bench) > 3, "it was not forgotten");

    // Records are known as before, and what was done can be taken back.
    assert_eq!(bench.run("runs --format json").await.expect(0).json(), runs);
    let run = runs["runs"][0]["id"].as_str().unwrap();
    let company = bench.pair.sandbox.hudu.get("companies", 1).unwrap();
    bench.run(&format!("undo {run} --yes")).await.expect(0);
    assert_ne!(bench.pair.sandbox.hudu.get("companies", 1).unwrap(), company);
}

#[tokio::test]
async fn a_side_that_is_empty_on_purpose_is_believed_after_it() {
    let bench = Bench::open().await;
    bench.run("apply --only assets --yes").await.expect(0);
    for asset in bench.pair.sandbox.halo.all("Asset") {
        bench.pair.sandbox.halo.delete("Asset", asset["id"].as_i64().unwrap());
    }
    let refused = bench.run("plan --only assets").await.expect(2);
    assert!(refused.err.contains("sidelight forget"), "{}", refused.err);
    bench.run("forget").await.expect(0);
    bench.run("plan --only assets").await.expect(0);
}
