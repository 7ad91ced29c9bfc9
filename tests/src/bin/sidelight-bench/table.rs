//! How soon a plan of any size is open, and how smooth its table is, in both browsers with the built extension.

use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

use serde_json::{Value, json};
use sidelight::platform::Table;
use sidelight::sync::shelf;
use sidelight_bench::Tenant;
use sidelight_sandbox::Sandbox;
use sidelight_tests::browser::{Error, Kind, Options, Result};
use sidelight_tests::host::{MemoryStore, TestHost};
use sidelight_tests::stage::Stage;

use crate::serve;

/// Chunks of a plan that the browser fetches at once.
const AT_ONCE: usize = 50;

/// Puts so many parts of the plan, from an address, into the browser's store.
const PUT: &str = "(async (address, parts) => {
    const store = await new Promise((done, failed) => {
        const asked = indexedDB.open('sidelight');
        asked.onerror = () => failed(asked.error);
        asked.onsuccess = () => done(asked.result);
    });
    for (let part = 0; part < parts; part++) {
        const rows = await (await fetch(`${address}/${part}`)).json();
        await new Promise((done, failed) => {
            const transaction = store.transaction('plans', 'readwrite');
            for (const [key, value] of rows) transaction.objectStore('plans').put(value, key);
            transaction.oncomplete = () => done(true);
            transaction.onerror = () => failed(transaction.error);
        });
    }
    store.close();
    return parts;
})";

/// Scrolls through the table, by less than what is in view each time, then by jumps of many pages. Tells how
/// long frames took, and the most elements that stood on the page.
const SCROLL: &str = "(async (step, frames) => {
    const area = document.querySelector('.table .scroll');
    const times = [];
    let rows = 0, before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < frames; frame++) {
        area.scrollTop += step;
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before);
        before = now;
        rows = Math.max(rows, document.querySelectorAll('.table [role=row]').length);
    }
    times.sort((a, b) => a - b);
    const at = (part) => Math.round(times[Math.floor((times.length - 1) * part)] * 10) / 10;
    return { frames, median_ms: at(0.5), p95_ms: at(0.95), longest_ms: at(1), most_rows: rows };
})";

/// Does something, and tells the milliseconds until the table shows it.
const UNTIL: &str = "(async (act, shown) => {
    const start = performance.now();
    act();
    while (!shown()) await new Promise(requestAnimationFrame);
    return Math.round(performance.now() - start);
})";

/// Measures a plan for so many assets.
pub fn measure(assets: usize) -> std::result::Result<Value, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let found = runtime.block_on(tokio::task::LocalSet::new().run_until(async {
        let begun = Instant::now();
        let plan = shelved(assets).await?;
        tell(begun, &format!("a plan of {} items is made", plan.items));
        Ok::<_, Error>(vec![in_page(Kind::Chromium, &plan).await?, in_page(Kind::Firefox, &plan).await?])
    }));
    found.map(Value::Array).map_err(|error| error.to_string())
}

/// Says what was done, and how long it took.
fn tell(begun: Instant, what: &str) {
    let _ = writeln!(std::io::stderr(), "  {what} ({:.0} s)", begun.elapsed().as_secs_f64());
}

async fn in_page(kind: Kind, plan: &Shelved) -> Result<Value> {
    let begun = Instant::now();
    let stage = Stage::small(Options::built(kind)?).await?;
    stage.connect().await?;
    let page = stage.browser.page("options.html").await?;
    page.evaluate(&format!("{PUT}({}, {})", json!(plan.address), plan.parts)).await?;
    tell(begun, &format!("it is in the store of {}", kind.name()));
    let centre = stage.browser.open_extension("centre.html").await?.patient(std::time::Duration::from_secs(120));
    let opened = "(async () => {
        while (!document.querySelector('.record .name')) await new Promise(requestAnimationFrame);
        return Math.round(performance.now());
    })()";
    let opened = centre.evaluate(opened).await?;
    let mut found = json!({ "browser": kind.name(), "items": plan.items, "opened_ms": opened });
    // What is scrolled to at leisure, as by a wheel; and as by dragging the bar.
    for (name, step) in [("wheel", 120), ("dragged", 9_000)] {
        found[name] = centre.evaluate(&format!("{SCROLL}({step}, 240)")).await?;
    }
    let filled = "() => !document.querySelector('.table .waiting') && document.querySelector('.record .name')";
    let first = "document.querySelector('#line-0 .name')?.textContent";
    let until = async |act: &str, shown: &str| centre.evaluate(&format!("{UNTIL}({act}, {shown})")).await;
    found["end_ms"] = until(
        "() => { const area = document.querySelector('.table .scroll'); area.scrollTop = area.scrollHeight; }",
        filled,
    )
    .await?;
    centre.evaluate("document.querySelector('.table .scroll').scrollTop = 0").await?;
    centre.wait_for(&format!("!!{first}")).await?;
    let typed = |words: &str| {
        format!(
            "() => {{ const field = document.querySelector('.search input'); field.value = {};
             field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}",
            json!(words)
        )
    };
    let number = "document.querySelector('.found').textContent";
    let all = centre.evaluate(number).await?;
    found["filter_ms"] = until(&typed("77"), &format!("() => {number} !== {all}")).await?;
    let some = centre.evaluate(number).await?;
    found["filter_client_ms"] = until(&typed("client 3"), &format!("() => {number} !== {some}")).await?;
    let some = centre.evaluate(number).await?;
    found["unfiltered_ms"] = until(&typed(""), &format!("() => {number} !== {some}")).await?;
    for (name, column) in [("sort_name_ms", "name"), ("sort_action_ms", "what")] {
        let before = centre.evaluate(first).await?;
        let head = format!("() => document.querySelector('[role=columnheader].{column} button').click()");
        // The second click turns the order round, so that another row comes first in any case.
        let shown = format!("() => {first} && {first} !== {before}");
        until(&head, "() => document.querySelector('[aria-sort=ascending]')").await?;
        found[name] = until(&head, &shown).await?;
    }
    let group = "() => document.querySelector('.filters .tick input').click()";
    found["group_ms"] = until(group, "() => document.querySelector('.line.group')").await?;
    stage.browser.close().await?;
    Ok(found)
}

/// A plan as it is kept, served to the browsers.
struct Shelved {
    items: usize,
    address: String,
    parts: usize,
}

/// Makes a plan for so many assets, and serves what the store holds of it.
async fn shelved(assets: usize) -> Result<Shelved> {
    let store = Rc::new(MemoryStore::default());
    let host = TestHost::on(&Sandbox::new(sidelight_sandbox::Options::default()), store.clone(), 1);
    let plan = Tenant::new(assets).plan();
    shelf::keep(&host.host, &plan).await.map_err(|error| Error::Unexpected(error.to_string()))?;
    let parts: Vec<String> = store.dump(Table::Plans).chunks(AT_ONCE).map(|rows| json!(rows).to_string()).collect();
    let count = parts.len();
    Ok(Shelved { items: plan.items.len(), address: serve::texts(parts).await?, parts: count })
}
