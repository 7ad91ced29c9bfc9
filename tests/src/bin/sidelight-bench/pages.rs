//! How long a person waits for what is in the store already: sidebar, popup, and a worker that has to wake.
//!
//! The time runs from the making of the page to its largest picture, which is the documentation, as the browser
//! itself tells it.

use serde_json::{Value, json};
use sidelight_tests::browser::{Browser, Error, Frame, Kind, Options, Result};
use sidelight_tests::stage::Stage;

/// How often each is measured.
const TIMES: usize = 20;

/// What is measured: name, page, and words that stand there only once the documentation does.
const PAGES: [(&str, &str, &str); 2] = [
    ("sidebar", "panel.html?record=client/12", "Expirations"),
    ("popup", "popup.html?record=client/12", "Harbour & Finch Ltd"),
];

/// Measures in both browsers, with the extension that `cargo xtask build` has made.
pub fn measure() -> std::result::Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let found = runtime.block_on(async {
        let mut found = Vec::new();
        for kind in [Kind::Chromium, Kind::Firefox] {
            found.extend(in_browser(kind).await?);
        }
        Ok::<_, Error>(found)
    });
    found.map(Value::Array).map_err(|error| error.to_string())
}

async fn in_browser(kind: Kind) -> Result<Vec<Value>> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    stage.connect().await?;
    let page = stage.browser.page("options.html").await?;
    let mut found = Vec::new();
    for (name, path, words) in PAGES {
        // The first one reads from the servers and fills the store.
        let mut times = painted(&stage.browser, path, words, TIMES + 1).await?;
        times.remove(0);
        found.push(row(kind, name, times));
    }
    found.push(row(kind, "cold worker", cold(&stage.browser, &page).await?));
    stage.browser.close().await?;
    Ok(found)
}

fn row(kind: Kind, name: &str, mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let part = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1));
    json!({ "browser": kind.name(), "what": name, "p50": part(50), "p95": part(95), "times": times.len() })
}

/// Milliseconds from the making of this page until its largest content is painted, that often.
async fn painted(browser: &Browser, path: &str, words: &str, times: usize) -> Result<Vec<f64>> {
    let script = "new Promise((done) => {
        const times = performance.getEntriesByType('paint').map((entry) => entry.startTime);
        const tell = (entries) => done(Math.max(...times, ...entries.map((entry) => entry.startTime)));
        const seen = new PerformanceObserver((list) => tell(list.getEntries()));
        seen.observe({ type: 'largest-contentful-paint', buffered: true });
        setTimeout(() => tell([]), 1000);
    })";
    let mut found = Vec::new();
    for _ in 0..times {
        let page = browser.open_extension(path).await?;
        page.wait_for_text(words).await?;
        found.extend(page.evaluate(script).await?.as_f64());
        page.close().await?;
    }
    Ok(found)
}

/// Milliseconds until a worker that was stopped answers.
async fn cold(browser: &Browser, page: &Frame) -> Result<Vec<f64>> {
    let script = "(async () => {
        const start = performance.now();
        await (globalThis.browser ?? chrome).runtime.sendMessage({ say: 'connections' });
        return performance.now() - start;
    })()";
    let mut times = Vec::new();
    for _ in 0..TIMES {
        browser.stop_background().await?;
        times.extend(page.evaluate(script).await?.as_f64());
    }
    Ok(times)
}
