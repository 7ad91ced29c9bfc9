//! `sidelight sync` and `sidelight publish`.

use crate::support::Bench;

#[tokio::test]
async fn a_second_sync_has_nothing_to_write() {
    let bench = Bench::open().await;
    let first = bench.run("sync client 12 --yes").await.expect(0);
    assert!(first.out.contains("Phone      0131 496 0300 → 0131 496 0321"), "{}", first.out);
    assert!(first.out.contains("✓ Updated Harbour & Finch Ltd: name, phone and ID number."), "{}", first.out);
    assert!(
        first.out.contains("Open  http://127.0.0.1:") && first.out.contains("Undo  sidelight undo "),
        "{}",
        first.out
    );
    assert_eq!(bench.named("companies", "Harbour & Finch Ltd").len(), 1);
    bench.pair.sandbox.clear_requests();
    let second = bench.run("sync client 12 --yes").await.expect(0);
    assert!(second.out.contains("Nothing to write."), "{}", second.out);
    assert_eq!(bench.writes(), 0);
}

#[tokio::test]
async fn an_asset_that_hudu_never_saw_is_made_once() {
    let bench = Bench::open().await;
    assert!(bench.named("assets", "HF-LT-057").is_empty());
    let first = bench.run("sync asset 2002 --yes --format json").await.expect(0).json();
    assert_eq!(first["plan"]["items"].as_array().unwrap().last().unwrap()["action"], "create");
    assert_eq!(first["run"]["state"], "done");
    assert!(first["run"]["url"].as_str().unwrap().starts_with(&bench.pair.hudu), "{first}");
    let second = bench.run("sync asset 2002 --yes --format json").await.expect(0).json();
    assert_eq!(second["plan"]["writes"], 0);
    assert!(second.get("run").is_none(), "{second}");
    assert_eq!(bench.named("assets", "HF-LT-057").len(), 1);
}

#[tokio::test]
async fn nothing_is_written_without_a_yes() {
    let bench = Bench::open().await;
    let dry = bench.run("sync asset 2002 --dry-run").await.expect(0);
    assert!(dry.out.contains("+ Create the asset HF-LT-057 in Hudu."), "{}", dry.out);
    let asked = bench.run("sync asset 2002").await.expect(2);
    assert!(asked.err.contains("no terminal to ask on") && asked.err.contains("--yes"), "{}", asked.err);
    let json = bench.run("sync asset 2002 --format json").await.expect(2);
    assert!(json.json()["plan"]["ready"].as_bool().unwrap() && json.err.contains("--yes"), "{}", json.err);
    assert_eq!(bench.writes(), 0);
    bench.run("sync asset 2002 --yes --dry-run").await.expect(2);
}

#[tokio::test]
async fn several_candidates_wait_for_a_choice() {
    let bench = Bench::open().await;
    let id = |name: &str| bench.pair.sandbox.hudu.find_company(name).unwrap()["id"].as_i64().unwrap();
    let (group, limited, other) = (id("Calder Group"), id("Calder Group Limited"), id("Harbour and Finch"));
    let ended = bench.run("sync client 20 --yes").await.expect(2);
    for line in
        [format!("{group}  Calder Group (same name)  http://"), format!("{limited}  Calder Group Limited (same name)")]
    {
        assert!(ended.out.contains(&line), "{}", ended.out);
    }
    assert!(ended.err.contains("--choose"), "{}", ended.err);
    let wrong = bench.run(&format!("sync client 20 --yes --choose {other}")).await.expect(2);
    assert!(wrong.err.contains("is none of the Hudu records to choose from"), "{}", wrong.err);
    let json = bench.run("sync client 20 --yes --format json").await.expect(2).json();
    assert_eq!(json["plan"]["items"][0]["candidates"][1]["id"], limited);
    assert_eq!(bench.writes(), 0);

    // A choice lasts only when it is applied.
    let dry = bench.run(&format!("sync client 20 --dry-run --choose {group}")).await.expect(0);
    assert!(dry.out.contains("~ Update Calder Group Ltd in Hudu"), "{}", dry.out);
    bench.run("sync client 20 --yes").await.expect(2);

    bench.run(&format!("sync client 20 --yes --choose {group}")).await.expect(0);
    assert_eq!(bench.pair.sandbox.hudu.get("companies", group).unwrap()["id_number"], "20");
    let again = bench.run(&format!("sync client 20 --yes --choose {group}")).await.expect(0);
    assert!(again.out.contains("Nothing to write."), "{}", again.out);
}

#[tokio::test]
async fn a_record_that_is_not_there_is_said() {
    let bench = Bench::open().await;
    let ended = bench.run("sync asset 999999 --yes").await.expect(2);
    assert!(ended.err.contains("HaloITSM has no asset 999999"), "{}", ended.err);
    let json = bench.run("sync asset 999999 --yes --format json").await.expect(2).json();
    assert_eq!(json["trouble"]["code"], "http.not_found");
}

#[tokio::test]
async fn an_article_goes_to_halo_and_is_found_again() {
    let bench = Bench::open().await;
    let articles = bench.pair.sandbox.hudu.all("articles");
    let central = articles.iter().find(|article| article["company_id"].is_null() && article["draft"] != true).unwrap();
    let id = central["id"].as_i64().unwrap();
    let first = bench.run(&format!("publish {id} --yes --format json")).await.expect(0).json();
    assert_eq!((&first["plan"]["direction"], &first["run"]["state"]), (&"to_halo".into(), &"done".into()));
    let url = first["run"]["url"].as_str().unwrap();
    assert!(url.starts_with(&bench.pair.halo), "{url}");
    let second = bench.run(&format!("publish {id} --yes")).await.expect(0);
    assert!(second.out.contains("Nothing to write."), "{}", second.out);

    // Edited in Halo since: not written over in silence.
    let (halo, tag) = (&bench.pair.sandbox.halo, format!("hudu-{id}"));
    let mut article = halo.all("KBArticle").into_iter().find(|article| article.to_string().contains(&tag)).unwrap();
    article["name"] = "Renamed in Halo".into();
    let halo_id = halo.upsert("KBArticle", article);
    let ended = bench.run(&format!("sync article {halo_id} --yes")).await.expect(2);
    assert!(ended.out.contains("(edited in Halo since the last sync)"), "{}", ended.out);
    assert!(ended.err.contains("--overwrite"), "{}", ended.err);
    bench.run(&format!("sync article {halo_id} --yes --overwrite")).await.expect(0);
    assert_eq!(halo.get("KBArticle", halo_id).unwrap()["name"], central["name"]);
}
