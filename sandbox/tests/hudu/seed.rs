//! What the world looks like from Hudu.

use serde_json::{Value, json};
use sidelight_sandbox::world::{Presence, world};

use crate::client::Client;

#[tokio::test]
async fn everything_the_world_puts_into_hudu_is_there() {
    let client = Client::shared();
    let hudu = &client.sandbox.hudu;
    let world = world();
    let known: Vec<_> = world.clients.iter().filter(|client| client.presence != Presence::None).collect();
    let count = |path: &str| hudu.all(path).len();
    assert_eq!(count("companies"), known.len());
    assert_eq!(count("matchers"), world.clients.len());
    let passwords: usize = known.iter().map(|client| client.passwords.len()).sum();
    assert_eq!(count("asset_passwords"), passwords);
    let devices: usize = known.iter().map(|client| client.assets.iter().filter(|asset| asset.in_hudu).count()).sum();
    let layouts: Vec<&str> = world.asset_types.iter().map(|kind| kind.layout.as_str()).collect();
    let in_layouts = |names: &[&str]| {
        let wanted = |asset: &&Value| names.contains(&asset["asset_type"].as_str().unwrap());
        hudu.all("assets").iter().filter(wanted).count()
    };
    assert_eq!(in_layouts(&layouts), devices);
    let people: usize = known.iter().map(|client| client.users.iter().filter(|user| user.in_hudu).count()).sum();
    assert_eq!(in_layouts(&["People"]), people);
    let contracts: usize =
        known.iter().map(|client| client.contracts.iter().filter(|contract| contract.in_hudu).count()).sum();
    assert_eq!(in_layouts(&["Contracts"]), contracts);
    let articles = world.articles.iter().filter(|article| match article.client_id {
        None => true,
        Some(id) => known.iter().any(|client| client.id == id),
    });
    assert_eq!(count("articles"), articles.count());
    for path in [
        "folders",
        "websites",
        "procedures",
        "procedure_tasks",
        "expirations",
        "relations",
        "public_photos",
        "lists",
        "users",
        "groups",
        "networks",
        "ip_addresses",
        "password_folders",
    ] {
        assert!(count(path) > 0, "{path}");
    }
    assert_eq!(count("activity_logs"), 0);
}

#[tokio::test]
async fn only_native_clients_are_linked() {
    let client = Client::shared();
    let hudu = &client.sandbox.hudu;
    let world = world();
    for known in &world.clients {
        let Some(company) = hudu.find_company(&known.hudu_name) else {
            assert_eq!(known.presence, Presence::None, "{}", known.name);
            continue;
        };
        let native = known.presence == Presence::Native;
        assert_eq!(company["integrations"].as_array().unwrap().len(), usize::from(native), "{}", known.name);
        for asset in hudu.all("assets").iter().filter(|asset| asset["company_id"] == company["id"]) {
            let linked = !asset["cards"].as_array().unwrap().is_empty();
            assert_eq!(linked, native && asset["asset_type"] != "Contracts", "{asset}");
        }
    }
    for layout in hudu.all("asset_layouts") {
        let has = layout["fields"].as_array().unwrap().iter().any(|field| field["label"] == "Halo ID");
        assert_eq!(has, layout["name"] == "Contracts");
    }
}

#[tokio::test]
async fn pictures_of_articles_resolve() {
    let client = Client::shared();
    let mut seen = 0;
    for article in client.sandbox.hudu.all("articles") {
        let html = article["content"].as_str().unwrap();
        assert!(!html.contains("photo:"), "{html}");
        for part in html.split("src=\"/public_photo/").skip(1) {
            let slug = part.split('"').next().unwrap();
            let got = client.ask("GET", &format!("/public_photo/{slug}"), &[], vec![]).await;
            assert_eq!(got.status, 200);
            assert!(got.headers["content-type"].to_str().unwrap().starts_with("image/"));
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[tokio::test]
async fn a_reset_brings_the_start_back() {
    let client = Client::seeded();
    let before = client.sandbox.hudu.all("companies");
    client.company("More");
    client.sandbox.reset();
    assert_eq!(client.sandbox.hudu.all("companies"), before);
}

#[tokio::test]
async fn a_test_may_write_any_column() {
    let client = Client::new();
    let hudu = &client.sandbox.hudu;
    let id = hudu.upsert("companies", json!({ "id": 5000, "name": "Fixed", "archived": true }));
    assert_eq!((id, hudu.get("companies", 5000).unwrap()["archived"].clone()), (5000, json!(true)));
    assert_eq!(hudu.upsert("companies", json!({ "id": 5000, "nickname": "F" })), 5000);
    assert_eq!(hudu.get("companies", 5000).unwrap()["name"], "Fixed");
    assert_eq!(client.company("Next"), 5001);
}
