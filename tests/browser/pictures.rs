//! Pictures in articles: through Hudu's interface or on a click, and never from anywhere else.

use serde_json::{Value, json};
use sidelight_sandbox::Server;
use sidelight_sandbox::faults::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};
use sidelight_tests::story;

use crate::accessibility::{fits, judge};
use crate::scene::{connected, open_document, open_section, shows};

in_both_browsers!(pictures_of_an_article);

const TITLE: &str = "Rack plan with pictures";

/// The client's article with a picture of its own, a file, and what should not be loaded.
fn write_article(stage: &Stage) {
    let hudu = &stage.pair.sandbox.hudu;
    let of_article = |photo: &Value| photo["record_type"] == "Article";
    let photo = hudu.all("public_photos").into_iter().find(of_article).expect("a picture of an article");
    let slug = photo["id"].as_str().unwrap_or_default();
    let elsewhere = format!("{}/spy.png", stage.pair.halo);
    let filler = "<p>More of the rack.</p>".repeat(120);
    let content = format!(
        "<p>The rack.</p><p><img src=\"/public_photo/{slug}\" alt=\"Front of the rack\"></p>\
         <p><img src=\"{elsewhere}\" alt=\"Spy\"><img src=\"/public_photo/nobody\" alt=\"Nobody\"></p>\
         <p><img src=\"/public_photo/999999\" alt=\"Thrown away\"></p>\
         {filler}<p><img src=\"/public_photo/{slug}\" alt=\"Back of the rack\"></p>"
    );
    let company = story::company(stage)["id"].clone();
    let id = photo["record_id"].clone();
    hudu.upsert(
        "articles",
        json!({ "id": id, "name": TITLE, "company_id": company, "folder_id": null, "content": content }),
    );
}

/// Where pictures were asked for: through the interface, and at Hudu's pages or anywhere else.
fn asked(stage: &Stage) -> (usize, usize) {
    let sandbox = &stage.pair.sandbox;
    let hudu = sandbox.requests(Server::Hudu);
    let api = hudu.iter().filter(|one| one.path.contains("/api/v1/public_photos/")).count();
    let pages = hudu.iter().filter(|one| one.path.starts_with("/public_photo")).count();
    let spy = sandbox.requests(Server::Halo).iter().filter(|one| one.path.contains("spy.png")).count();
    (api, pages + spy)
}

async fn shown(page: &Frame, alt: &str) -> Result<()> {
    let picture = format!("document.querySelector('article img[alt=\"{alt}\"]')");
    page.wait_for(&format!("{picture}?.naturalWidth > 100 && {picture}.src.startsWith('data:image/')")).await
}

async fn pictures_of_an_article(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    write_article(&stage);
    let page = stage.browser.open_extension("panel.html?record=ticket/4127").await?;
    shows(&page, "VPN").await?;
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    open_section(&page, "Articles").await?;
    open_document(&page, TITLE).await?;
    shown(&page, "Front of the rack").await?;
    page.by_text("Not shown here: Spy").wait().await?;
    page.by_text("Not shown here: Nobody").wait().await?;
    page.by_role("button", "Show picture: Thrown away").wait().await?;
    // What is far below is not asked for before it is scrolled to.
    let (api, _) = asked(&stage);
    page.evaluate("document.querySelector('article img[alt=\"Back of the rack\"]').scrollIntoView()").await?;
    shown(&page, "Back of the rack").await?;
    assert_eq!(asked(&stage), (api + 1, 0));
    judge(&stage, &page, "an article with pictures").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    page.press("Escape").await?;
    page.by_role("button", "Back to the list").wait_gone().await?;

    // Switched off: each on a click. One that Hudu sends elsewhere for is not followed.
    let mut settings = ask(&page, json!({ "say": "settings" })).await?["settings"].clone();
    settings["frame"]["pictures"] = json!(false);
    ask(&page, json!({ "say": "save_settings", "settings": settings })).await?;
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    let before = asked(&stage);
    open_document(&page, TITLE).await?;
    let button = page.by_role("button", "Show picture: Front of the rack");
    button.wait().await?;
    assert_eq!(asked(&stage), before);
    stage.pair.sandbox.faults.add(Fault {
        server: "hudu".to_owned(),
        method: "GET".to_owned(),
        path: "/public_photos/".to_owned(),
        after: 0,
        times: 1,
        effect: Effect::Status {
            status: 302,
            body: String::new(),
            headers: vec![("Location".to_owned(), format!("{}/spy.png", stage.pair.halo))],
        },
    });
    button.click().await?;
    page.wait_for_text("Hudu keeps this picture on another server").await?;
    page.by_role("button", "Show picture: Front of the rack").click().await?;
    shown(&page, "Front of the rack").await?;
    assert_eq!(asked(&stage).1, 0);
    // What the network told of the two that failed is Chromium's own line.
    stage.browser.close().await
}
