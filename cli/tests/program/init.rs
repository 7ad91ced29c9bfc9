//! `sidelight init` and `sidelight settings`.

use sidelight::settings::{Settings, file};

use crate::support::Bench;

#[tokio::test]
async fn the_file_is_written_once_and_read() {
    let mut bench = Bench::open().await;
    bench.run("init").await.expect(0);
    let path = bench.place.path().join("sidelight.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(file::read(&text).unwrap(), Settings::default());
    let again = bench.run("init").await.expect(2);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

    // The file in the current folder counts, the environment goes before it, and the whole comes back.
    std::fs::write(&path, text.replace("sites_layout = \"Sites\"", "sites_layout = \"Places\"")).unwrap();
    let printed = bench.run("settings").await.expect(0).out;
    let settings = file::read(&printed).unwrap();
    assert_eq!(settings.sync.sites_layout, "Places");
    assert_eq!(settings.connections.hudu.unwrap().origin, bench.pair.hudu);
    bench.set("SIDELIGHT_HUDU_URL", "https://other.example");
    let printed = bench.run("settings").await.expect(0).out;
    assert_eq!(file::read(&printed).unwrap().connections.hudu.unwrap().origin, "https://other.example");
}

#[tokio::test]
async fn missing_layouts_are_named_and_made() {
    let bench = Bench::open().await;
    let text = "[sync]\nsites_layout = \"Places\"\n";
    std::fs::write(bench.place.path().join("sidelight.toml"), text).unwrap();
    let check = bench.run("check").await.expect(0);
    assert!(check.out.contains("Make the layout “Places”") && check.out.contains("--create-layouts"), "{}", check.out);
    assert!(bench.named("asset_layouts", "Places").is_empty());
    let asked = bench.run("init --create-layouts").await.expect(2);
    assert!(asked.err.contains("--yes"), "{}", asked.err);
    bench.run("init --create-layouts --yes").await.expect(0);
    assert_eq!(bench.named("asset_layouts", "Places").len(), 1);
    let again = bench.run("init --create-layouts --yes").await.expect(0);
    assert!(again.out.contains("Every layout is there"), "{}", again.out);
    assert_eq!(std::fs::read_to_string(bench.place.path().join("sidelight.toml")).unwrap(), text);
}

#[tokio::test]
async fn what_recipes_are_cooked_with_comes_back_as_it_was_and_is_used() {
    let bench = Bench::open().await;
    let mut settings = Settings::default();
    let template = &mut settings.recipes.onboarding[0];
    (template.name, template.summary) = ("account".to_owned(), "Account for {name}, \"{site}\"".to_owned());
    settings.recipes.process = String::new();
    settings.recipes.accepted = vec!["signed".to_owned()];
    std::fs::write(bench.place.path().join("sidelight.toml"), file::write(&settings)).unwrap();
    let printed = bench.run("settings").await.expect(0).out;
    assert_eq!(file::read(&printed).unwrap().recipes, settings.recipes, "{printed}");
    std::fs::write(bench.place.path().join("new.json"), r#"[{"name": "Joy", "client": "Harbour and Finch"}]"#).unwrap();
    let plan = bench.run("recipe onboarding-tickets --people @new.json --plan").await.expect(0).out;
    assert!(plan.contains("Account for Joy") && !plan.contains("New starter"), "{plan}");
}
