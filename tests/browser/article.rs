//! A Hudu article, shown and published, whatever stands in it.

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};
use sidelight_tests::story::{self, Teller};

use crate::scene::{self, beside, connected, open_document, open_section};

in_both_browsers!(hostile_article);

/// Somebody's old page: scripts, handlers, a frame, a form, a style sheet.
const TITLE: &str = "Imported: legacy intranet page";

async fn hostile_article(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let id = give_to_client(&stage);
    recognise_client(&stage).await?;
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    open_section(&frame, "Articles").await?;
    open_document(&frame, TITLE).await?;
    frame.wait_for_text("Imported from the page of 2011 as it was.").await?;
    harmless(&frame).await?;
    ran_nothing(&page).await?;

    frame.by_role("button", "Publish to Halo").click().await?;
    frame.wait_for_text("Create").await?;
    apply(&stage, &page, &frame).await?;
    let published = published(&stage, id)?;
    let stored = published.to_string().to_lowercase();
    for bad in ["<script", "<iframe", "onerror", "onclick", "javascript:", "<style", "<form"] {
        assert!(!stored.contains(bad), "{bad} in {stored}");
    }
    assert!(published["customers"].to_string().contains("12") || stored.contains("harbour"), "{stored}");

    // Edited in Hudu, refreshed on the article's own page in Halo.
    stage.pair.sandbox.hudu.upsert("articles", json!({ "id": id, "content": "<p>The list hangs in the kitchen.</p>" }));
    let (page, frame) = beside(&stage, &format!("/kb?id={}", published["id"])).await?;
    scene::shows(&frame, TITLE).await?;
    frame.by_role("button", "Refresh from Hudu").click().await?;
    frame.wait_for_text("The list hangs in the kitchen.").await?;
    apply(&stage, &page, &frame).await?;
    let refreshed = self::published(&stage, id)?;
    assert_eq!(refreshed["id"], published["id"]);
    assert!(refreshed["resolution_html"].to_string().contains("kitchen"), "{refreshed:#}");
    scene::end(stage).await
}

/// Moves the article from the Central knowledge base to the client of the ticket.
fn give_to_client(stage: &Stage) -> i64 {
    let hudu = &stage.pair.sandbox.hudu;
    let id = hudu.find("articles", TITLE).and_then(|article| article["id"].as_i64()).expect("the article");
    let company = story::company(stage)["id"].clone();
    hudu.upsert("articles", json!({ "id": id, "company_id": company, "folder_id": null }))
}

/// Syncs the client, so that Hudu says whose company it is: a likeness of names is not enough to
/// decide who may read an article.
async fn recognise_client(stage: &Stage) -> Result<()> {
    let options = stage.browser.page("options.html").await?;
    let record = json!({ "kind": "client", "id": 12 });
    let plan = ask(&options, json!({ "say": "plan", "record": record })).await?;
    let run = ask(&options, json!({ "say": "apply", "plan": plan["plan"]["id"], "overwrite": [] })).await?;
    assert_eq!(run["run"]["state"], "done", "{run:#}");
    Ok(())
}

/// The Halo article with the tag of the Hudu article: one.
fn published(stage: &Stage, id: i64) -> Result<Value> {
    let tag = format!("hudu-{id}");
    let all = stage.pair.sandbox.halo.all("KBArticle");
    let mut found = all.into_iter().filter(|article| article.to_string().contains(&tag));
    match (found.next(), found.next()) {
        (Some(article), None) => Ok(article),
        (one, _) => scene::unexpected(format!("one article with the tag {tag}, not {one:?} and more")),
    }
}

async fn apply(stage: &Stage, page: &Frame, frame: &Frame) -> Result<()> {
    story::apply(stage, page, frame, &mut Teller { say: &mut |_| {}, pictures: None }, "").await
}

/// Nothing that acts is left in what is shown.
async fn harmless(frame: &Frame) -> Result<()> {
    let left = "[...document.querySelectorAll('.prose script, .prose style, .prose iframe, .prose form, .prose input, \
         .prose [onclick], .prose [onerror], .prose [style], .prose a[href^=\"javascript\"]')].map((it) => it.outerHTML)";
    assert_eq!(frame.evaluate(left).await?, json!([]));
    let links = "[...document.querySelectorAll('.prose a[href]')].every((a) => a.target === '_blank' && a.rel.includes('noopener'))";
    assert_eq!(frame.evaluate(links).await?, json!(true));
    ran_nothing(frame).await
}

async fn ran_nothing(page: &Frame) -> Result<()> {
    assert_eq!(page.evaluate("typeof window.importedArticleRan").await?, "undefined");
    assert_ne!(page.evaluate("document.title").await?, "Changed by an article");
    Ok(())
}
