//! The driver keeps its promises on a page that allows nothing: a frame in a closed shadow root is
//! found, clicks and keys are trusted, roles tell elements apart.

use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::routing::get;
use serde_json::json;
use sidelight_tests::browser::{Browser, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use tokio::net::TcpListener;

in_both_browsers!(frame_in_a_closed_shadow_root, schemes_and_screenshots, accessibility, failures);

const PAGE: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>
<main><h1>Host page</h1></main><script src="/page.js"></script></html>"#;

const PAGE_SCRIPT: &str = r#"
const host = document.createElement("div");
const frame = document.createElement("iframe");
frame.src = location.href.replace("127.0.0.1", "localhost") + "frame";
frame.title = "Inside";
host.attachShadow({ mode: "closed" }).append(frame);
document.body.append(host);"#;

const FRAME: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Frame</title>
<main><h1>Inside</h1>
<p><button>Press</button> <button disabled>Never</button></p>
<p><label>Search <input type="search"></label></p>
<p role="status">waiting</p></main><script src="/frame.js"></script></html>"#;

const FRAME_SCRIPT: &str = r#"
const status = document.querySelector("p[role=status]");
const input = document.querySelector("input");
document.querySelector("button").addEventListener("click", (event) =>
    setTimeout(() => { status.textContent = `pressed ${event.isTrusted}`; }, 200));
input.addEventListener("input", (event) => { status.textContent = `${input.value} ${event.isTrusted}`; });
input.addEventListener("keydown", (event) => {
    if (event.key === "k" && event.ctrlKey) { event.preventDefault(); status.textContent = "chord"; }
});"#;

const POLICY: &str = "default-src 'self'; frame-src http://localhost:*; require-trusted-types-for 'script'";

/// Serves the page, and its frame from another site as an extension's is, under a policy that
/// allows no inline script; returns the page's address.
async fn serve() -> String {
    let file = |kind: &'static str, body: &'static str| {
        get(async move || ([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, POLICY)], body))
    };
    let router = Router::new()
        .route("/", file("text/html", PAGE))
        .route("/page.js", file("text/javascript", PAGE_SCRIPT))
        .route("/frame", file("text/html", FRAME))
        .route("/frame.js", file("text/javascript", FRAME_SCRIPT));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/")
}

async fn frame_in_a_closed_shadow_root(kind: Kind) -> Result<()> {
    let browser = Browser::start(Options::bare(kind)).await?;
    let page = browser.open(&serve().await).await?;
    let frame = page.frame("/frame").await?;

    frame.by_role("button", "Press").click().await?;
    frame.wait_for_text("pressed true").await?;

    let search = frame.wait_for_role("searchbox", "Search").await?;
    search.type_text("vpn").await?;
    frame.by_text("vpn true").wait().await?;
    search.fill("printer").await?;
    assert_eq!(search.value().await?, "printer");
    frame.press("Control+k").await?;
    frame.by_css("p[role=status]").wait_for_text("chord").await?;

    assert_eq!(frame.all_by_role("button").count().await?, 2);
    assert!(frame.url().await?.ends_with("/frame"));
    assert_eq!(page.evaluate("Promise.resolve({ title: document.title })").await?, json!({ "title": "Page" }));
    assert_eq!(browser.problems(), Vec::<String>::new());
    browser.close().await
}

async fn schemes_and_screenshots(kind: Kind) -> Result<()> {
    let browser = Browser::start(Options::bare(kind)).await?;
    let page = browser.open(&serve().await).await?;
    let frame = page.frame("/frame").await?;
    for dark in [true, false] {
        browser.set_dark(dark).await?;
        let asked = format!("matchMedia('(prefers-color-scheme: dark)').matches === {dark}");
        page.wait_for(&asked).await?;
        frame.wait_for(&asked).await?;
    }
    page.resize(800, 600).await?;
    assert_eq!(page.evaluate("[innerWidth, innerHeight]").await?, json!([800, 600]));
    let folder = tempfile::tempdir()?;
    let file: PathBuf = folder.path().join("deep/page.png");
    page.screenshot(&file).await?;
    assert!(std::fs::read(&file)?.starts_with(b"\x89PNG"));
    browser.close().await
}

async fn accessibility(kind: Kind) -> Result<()> {
    let browser = Browser::start(Options::bare(kind)).await?;
    let page = browser.open(&serve().await).await?;
    let frame = page.frame("/frame").await?;
    let broken = frame.axe().await?;
    assert!(broken.is_empty(), "{broken:#?}");
    frame.evaluate("document.querySelector('label').replaceWith(document.querySelector('input'))").await?;
    let broken = frame.axe().await?;
    assert_eq!(broken.iter().map(|v| v.rule.as_str()).collect::<Vec<_>>(), ["label"]);
    browser.close().await
}

async fn failures(kind: Kind) -> Result<()> {
    let browser = Browser::start(Options::bare(kind)).await?;
    let page = browser.open(&serve().await).await?;
    let frame = page.frame("/frame").await?;
    let script = page.evaluate("missing.thing").await.unwrap_err().to_string();
    assert!(script.contains("missing"), "{script}");
    let hasty = frame.patient(Duration::from_secs(1));
    let disabled = hasty.by_role("button", "Never").click().await.unwrap_err().to_string();
    assert!(disabled.contains("it is disabled"), "{disabled}");
    page.evaluate("console.error(new Error('in words'))").await?;
    page.evaluate("void setTimeout(() => { throw new Error('on purpose') })").await?;
    page.wait_for("true").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let problems = browser.problems();
    for words in ["in words", "on purpose"] {
        assert!(problems.iter().any(|line| line.contains(words)), "{problems:?}");
    }
    browser.close().await
}
