//! `sidelight directory users sync`.

use crate::support::Bench;

#[tokio::test]
async fn people_go_into_a_file_and_what_is_edited_there_comes_back() {
    let bench = Bench::open().await;
    bench.run("directory users sync --from halo --to people.csv --client 12").await.expect(0);
    let path = bench.place.path().join("people.csv");
    let file = std::fs::read_to_string(&path).unwrap();
    let there = bench.run("directory users sync --from halo --to people.csv --client 20").await.expect(2);
    assert!(there.err.contains("people.csv is there. Nothing was written"), "{}", there.err);
    let nobody = bench.run("directory users sync --from halo --to people.csv --client 99999 --yes").await.expect(2);
    assert!(nobody.err.contains("There is nobody to write"), "{}", nobody.err);
    bench.run("directory users sync --from halo --to people.csv --plan").await.expect(2);
    bench.run("directory users sync --plan --format csv").await.expect(2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), file);
    assert!(file.starts_with("id,kind,name,") && file.lines().count() > 10, "{file}");
    let line = "directory users sync --from people.csv --to halo";
    let same = bench.run(&format!("{line} --yes")).await.expect(0).out;
    assert!(same.contains("Nothing to write."), "{same}");
    std::fs::write(&path, format!("{file},end_user,Joy New,,,joy@example.test,,,,,,,12,,,,yes\r\n")).unwrap();
    let plan = bench.run(&format!("{line} --plan")).await.expect(0).out;
    assert!(plan.contains("Joy New") && plan.contains("A plan writes nothing"), "{plan}");
    let run = bench.run(&format!("{line} --yes --format json")).await.expect(0).json();
    assert_eq!(run["run"]["head"]["done"].as_u64().or(run["run"]["done"].as_u64()), Some(1), "{run}");
    assert!(bench.pair.sandbox.halo.all("Users").iter().any(|user| user["emailaddress"] == "joy@example.test"));
    let none = bench.run("directory groups sync --plan").await.expect(2);
    assert!(none.err.contains("Hudu keeps end users only"), "{none:?}");
}
