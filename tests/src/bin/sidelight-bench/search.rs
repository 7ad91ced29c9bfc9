//! Searching per key in both browsers, beside other libraries: one page for each size.

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sidelight_tests::browser::{Browser, Error, Kind, Options, Result};

/// Name of each library in the page, and its file.
const PEERS: [(&str, &str); 4] = [
    ("ufuzzy", "@leeoniya/ufuzzy/dist/uFuzzy.iife.min.js"),
    ("minisearch", "minisearch/dist/umd/index.js"),
    ("flexsearch", "flexsearch/dist/flexsearch.bundle.min.js"),
    ("fuse", "fuse.js/dist/fuse.min.cjs"),
];

/// How long one page may take: the slowest library needs a second for a key.
const LONG: Duration = Duration::from_secs(1200);

/// Measures every size with the module and its script that are in this folder.
pub fn measure(folder: &Path, sizes: &[usize]) -> std::result::Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(in_browsers(folder, sizes)).map(Value::Array).map_err(|error| error.to_string())
}

async fn in_browsers(folder: &Path, sizes: &[usize]) -> Result<Vec<Value>> {
    let file = |path: &Path| std::fs::read(path).map_err(Error::from);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../node_modules");
    let mut peers = serde_json::Map::new();
    for (name, path) in PEERS {
        peers.insert(name.to_owned(), Value::from(text(file(&modules.join(path))?)));
    }
    let glue = text(file(&folder.join("sidelight_search_bench.js"))?);
    let module = BASE64_STANDARD.encode(file(&folder.join("sidelight_search_bench_bg.wasm"))?);
    let mut found = Vec::new();
    for (name, kind) in [("Chromium", Kind::Chromium), ("Firefox", Kind::Firefox)] {
        let browser = Browser::start(Options::bare(kind)).await?;
        for count in sizes {
            let page = browser.open("about:blank").await?;
            let given = json!({ "count": count, "glue": glue, "module": module, "peers": peers });
            let measure = include_str!("search.js").trim_end();
            let begin = format!(
                "(({measure})({given}).then(
                    (rows) => {{ globalThis.rows = rows; }},
                    (error) => {{ globalThis.rows = []; globalThis.failed = String(error); }},
                ), true)"
            );
            page.evaluate(&begin).await?;
            page.patient(LONG).wait_for("globalThis.rows !== undefined").await?;
            if let Some(failed) = page.evaluate("globalThis.failed ?? null").await?.as_str() {
                return Err(Error::Unexpected(failed.to_owned()));
            }
            let rows = page.evaluate("globalThis.rows").await?;
            for mut row in rows.as_array().cloned().unwrap_or_default() {
                row["browser"] = Value::from(name);
                found.push(row);
            }
            page.close().await?;
        }
        browser.close().await?;
    }
    Ok(found)
}
