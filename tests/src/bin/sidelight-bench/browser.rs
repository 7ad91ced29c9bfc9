//! The same planning in Chromium: each size in a page of its own, because WASM memory never shrinks.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use sidelight_tests::browser::{Browser, Error, Kind, Options, Result};

/// Measures every size with the module and its script that are in this folder.
pub fn measure(folder: &Path, sizes: &[usize]) -> std::result::Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let found = runtime.block_on(in_pages(folder, sizes));
    found.map(Value::Array).map_err(|error| error.to_string())
}

async fn in_pages(folder: &Path, sizes: &[usize]) -> Result<Vec<Value>> {
    let file = |name: &str| std::fs::read(folder.join(name)).map_err(Error::from);
    let script = String::from_utf8_lossy(&file("sidelight_bench.js")?).into_owned();
    let module = BASE64_STANDARD.encode(file("sidelight_bench_bg.wasm")?);
    let browser = Browser::start(Options::bare(Kind::Chromium)).await?;
    let mut found = Vec::new();
    for size in sizes {
        let page = browser.open("about:blank").await?;
        // The script declares a constant; a page keeps what is put on its window.
        page.evaluate(&format!("(() => {{ {script}; window.bench = wasm_bindgen; }})()")).await?;
        let run = format!(
            "(() => {{
                const bytes = Uint8Array.from(atob('{module}'), (c) => c.charCodeAt(0));
                const wasm = bench.initSync({{ module: bytes }});
                let start = performance.now();
                bench.prepare({size});
                const prepared = performance.now() - start;
                const before = wasm.memory.buffer.byteLength;
                let writes = 0;
                // The best of five: other work on the machine is not the planner's.
                const times = (act) => Array.from({{ length: 5 }}, () => {{
                    start = performance.now();
                    act();
                    return performance.now() - start;
                }});
                const plans = times(() => {{ writes = bench.plan(); }});
                const peak_bytes = wasm.memory.buffer.byteLength;
                const making_ms = Math.min(...times(() => bench.make()));
                return {{ writes, ms: Math.min(...plans), first_ms: plans[0], making_ms, prepared_ms: prepared, read_bytes: before, peak_bytes }};
            }})()"
        );
        let mut told = page.evaluate(&run).await?;
        told["assets"] = json!(size);
        found.push(told);
        page.close().await?;
    }
    browser.close().await?;
    Ok(found)
}
