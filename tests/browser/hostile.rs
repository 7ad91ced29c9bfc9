//! Hostile HTML in both browsers: nothing of it runs and nothing of it is loaded.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use sidelight::html::sanitise;
use sidelight_sandbox::Server;
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::hostile::classes;
use sidelight_tests::in_both_browsers;
use sidelight_tests::story;
use tokio::net::TcpListener;

use crate::scene::{connected, open_document, open_section, shows};

in_both_browsers!(nothing_runs_and_nothing_loads);

/// What a vector does where it runs.
const RAN: &str = "globalThis.hostileRan=1";
/// Part of every address that a vector wants loaded.
const MARK: &str = "hostile-load";

async fn nothing_runs_and_nothing_loads(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let address = format!("{}/{MARK}", stage.pair.halo);
    let classes = classes(RAN, &address);

    // In a page without any policy: what counts is what the sanitiser left.
    let bare = stage.browser.open(&plain_page().await).await?;
    let raw: Vec<Value> =
        vec![format!("<img src=x onerror=\"{RAN}\">").into(), format!("<img src=\"{address}\">").into()];
    put(&bare, &raw).await?;
    bare.wait_for("globalThis.hostileRan === 1").await?;
    let seen = || stage.pair.sandbox.requests(Server::Halo).iter().filter(|one| one.path.contains(MARK)).count();
    for _ in 0..100 {
        if seen() > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(seen(), 1, "the test would not see what is loaded");
    bare.evaluate("delete globalThis.hostileRan").await?;

    let mut count = 0;
    for (class, vectors) in &classes {
        count += vectors.len();
        let clean: Vec<Value> = vectors.iter().map(|html| sanitise(html, &stage.pair.hudu).into()).collect();
        let odd = put(&bare, &clean).await?;
        assert_eq!(odd, json!([]), "{class}");
        assert_eq!(bare.evaluate("typeof globalThis.hostileRan").await?, "undefined", "{class}");
        assert_eq!(seen(), 1, "{class}: something was loaded");
    }
    assert!(count >= 200);

    // The way that a document takes: from Hudu through the background into the sidebar.
    let company = story::company(&stage)["id"].clone();
    for (class, vectors) in &classes {
        let content = format!("{}<p>The end of {class}.</p>", vectors.join("\n<p>and</p>\n"));
        let content = format!("<p>The beginning of {class}.</p>{content}");
        let name = format!("Hostile: {class}");
        stage.pair.sandbox.hudu.upsert("articles", json!({ "name": name, "company_id": company, "content": content }));
    }
    let panel = stage.browser.open_extension("panel.html?record=ticket/4127").await?;
    shows(&panel, "VPN").await?;
    panel.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    open_section(&panel, "Articles").await?;
    for (class, _) in &classes {
        open_document(&panel, &format!("Hostile: {class}")).await?;
        panel.wait_for_text(&format!("The beginning of {class}.")).await?;
        assert_eq!(
            panel.evaluate(&format!("({ODD})(document.querySelector('article .prose'))")).await?,
            json!([]),
            "{class}"
        );
        assert_eq!(panel.evaluate("typeof globalThis.hostileRan").await?, "undefined", "{class}");
        panel.press("Escape").await?;
        panel.by_role("button", "Back to the list").wait_gone().await?;
    }
    assert_eq!(seen(), 1, "something was loaded");
    assert_eq!(stage.browser.pages("evil.example").await?.len(), 0);
    stage.browser.close().await
}

/// Serves an empty page; returns its address.
async fn plain_page() -> String {
    let router = Router::new().route("/", get(async || Html("<!doctype html><title>Plain</title>")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/")
}

/// What should not be in a text: elements that act, handlers, addresses that run, names that pose.
const ODD: &str = "(root) => [...root.querySelectorAll('*')].filter((it) =>
    ['script', 'style', 'link', 'meta', 'base', 'iframe', 'frame', 'object', 'embed', 'form', 'template', 'svg', 'math', 'video', 'audio', 'select', 'textarea', 'dialog'].includes(it.localName)
    || (it.localName === 'button' && !it.matches('.copy-code, .picture'))
    || [...it.attributes].some((own) => own.name.startsWith('on') || ['style', 'id', 'name', 'srcset', 'srcdoc', 'ping', 'background', 'slot', 'is'].includes(own.name))
    || (it.localName === 'a' && it.hasAttribute('href') && !['http:', 'https:', 'mailto:', 'tel:', 'ssh:', 'rdp:'].includes(it.protocol))
).map((it) => it.outerHTML.slice(0, 200))";

/// Puts texts into a page, touches everything in them, and gives what should not be there.
async fn put(page: &Frame, texts: &[Value]) -> Result<Value> {
    let texts = Value::from(texts.to_vec());
    page.evaluate(&format!(
        "(async (texts) => {{
            const odd = [];
            for (const text of texts) {{
                const root = document.createElement('div');
                root.innerHTML = text;
                document.body.append(root);
                odd.push(...({ODD})(root));
                for (const it of root.querySelectorAll('*')) {{
                    for (const kind of ['mouseover', 'focus', 'pointerenter', 'animationstart', 'toggle', 'error', 'load', 'input']) {{
                        it.dispatchEvent(new Event(kind));
                    }}
                }}
                // Written and read once more, as an editor or a copy would.
                const again = document.createElement('div');
                document.body.append(again);
                again.innerHTML = root.innerHTML;
                odd.push(...({ODD})(again));
                await new Promise((done) => setTimeout(done, 20));
                root.remove();
                again.remove();
            }}
            await new Promise((done) => setTimeout(done, 300));
            return odd;
        }})({texts})"
    ))
    .await
}
