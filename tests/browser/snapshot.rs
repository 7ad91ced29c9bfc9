//! How a page looked is on the screen before the page stands: nothing in it runs, and nobody notices the exchange.

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::{Stage, ask};

use crate::scene::{self, beside, connected, shows};

in_both_browsers!(seen_before_it_stands, handed_over, no_secret_and_no_script_in_it);

const CLIENT: &str = "Harbour & Finch Ltd";

/// How many snapshots a page painted.
const PAINTED: &str = "performance.getEntriesByName('snapshot').length";

/// The snapshot that is kept of the client, once there is one.
async fn kept(stage: &Stage, page: &str) -> Result<String> {
    let options = stage.browser.page("options.html").await?;
    loop {
        let answer =
            ask(&options, json!({ "say": "snapshot", "page": page, "record": { "kind": "client", "id": 12 } })).await?;
        if let Some(text) = answer["snapshot"].as_str() {
            return Ok(text.to_owned());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Text of a snapshot's tree.
fn text(tree: &Value) -> String {
    match tree {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text).collect(),
        _ => String::new(),
    }
}

async fn keep(stage: &Stage, page: &str, snapshot: &str) -> Result<()> {
    let options = stage.browser.page("options.html").await?;
    let record = json!({ "kind": "client", "id": 12 });
    ask(&options, json!({ "say": "snapshot", "page": page, "record": record, "keep": snapshot })).await?;
    Ok(())
}

async fn seen_before_it_stands(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    for (page, path, words) in [
        ("panel", "panel.html?record=client/12", "Expirations"),
        ("popup", "popup.html?record=client/12", "Client in this tab"),
    ] {
        let open = stage.browser.open_extension(path).await?;
        open.wait_for_text(words).await?;
        let snapshot = kept(&stage, page).await?;
        let tree: Value = serde_json::from_str(&snapshot).unwrap();
        assert!(text(&tree["tree"]).contains(CLIENT), "{snapshot}");
        open.close().await?;

        // It is painted, and what the page itself shows takes its place: a snapshot that says something else is gone.
        keep(&stage, page, &snapshot.replace("Finch", "Snapshot of Finch")).await?;
        let open = stage.browser.open_extension(path).await?;
        open.wait_for(&format!("{} === 1", PAINTED)).await?;
        open.wait_for_text(words).await?;
        open.wait_for("!document.body.textContent.includes('Snapshot of Finch')").await?;
        assert!(open.text().await?.contains("Finch"));
        open.close().await?;
    }
    // One that another release made is not painted.
    let old = json!({ "stamp": "0.0.1 en", "tree": [["p", {}, "Snapshot of long ago"]] }).to_string();
    keep(&stage, "panel", &old).await?;
    let open = stage.browser.open_extension("panel.html?record=client/12").await?;
    open.wait_for_text("Expirations").await?;
    assert_eq!(open.evaluate(PAINTED).await?, 0);
    scene::end(stage).await
}

/// Runs in an extension page with its script's functions at hand.
async fn with_script(page: &Frame, body: &str) -> Result<Value> {
    page.evaluate(&format!("import('/snapshot.js').then(async ({{ take, paint, handOver }}) => {{ {body} }})")).await
}

async fn handed_over(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = stage.browser.page("options.html").await?;
    page.activate().await?;
    let told = with_script(
        &page,
        "const made = (tag, members, ...inside) => {
            const element = Object.assign(document.createElement(tag), members);
            element.append(...inside);
            return element;
        };
        let clicks = [];
        const drawn = () => made('div', {},
            made('input', { id: 'filter' }),
            made('details', {}, made('summary', { textContent: 'Company' }), made('p', { textContent: 'inside' })),
            made('div', { className: 'far' }, made('p', { textContent: 'long' }), made('button', { type: 'button', textContent: 'Open' })));
        const live = drawn();
        live.querySelector('button').onclick = () => clicks.push('live');
        live.querySelector('input').oninput = (event) => clicks.push(event.target.value);
        const snapshot = made('div', {});
        document.body.append(live, snapshot);
        if (!paint(take(live, 'en'), snapshot, 'en')) return 'not painted';
        live.hidden = true;
        for (const area of document.querySelectorAll('.far')) Object.assign(area.style, { height: '40px', overflow: 'auto', display: 'block' });
        for (const line of document.querySelectorAll('.far p')) line.style.height = '400px';
        const old = (selector) => snapshot.querySelector(selector);
        old('input').value = 'vpn';
        old('details').open = true;
        old('.far').scrollTop = 120;
        old('button').focus({ preventScroll: true });
        handOver(snapshot, live, old('button'));
        const found = { there: snapshot.isConnected, hidden: live.hidden, value: live.querySelector('input').value,
            open: live.querySelector('details').open, top: live.querySelector('.far').scrollTop,
            focused: document.activeElement === live.querySelector('button'), clicks };
        live.remove();
        return found;",
    )
    .await?;
    let wanted = json!({ "there": false, "hidden": false, "value": "vpn", "open": true, "top": 120, "focused": true, "clicks": ["vpn", "live"] });
    assert_eq!(told, wanted);
    scene::end(stage).await
}

async fn no_secret_and_no_script_in_it(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let page = stage.browser.page("options.html").await?;
    // Whatever stands in a snapshot, it is drawn as elements that do nothing.
    let hostile = json!([
        ["img", { "src": "icons/48.png", "onerror": "globalThis.ran = 1", "onload": "globalThis.ran = 1" }],
        ["script", {}, "globalThis.ran = 1"],
        ["a", { "href": "javascript:globalThis.ran=1", "style": "position:fixed" }, "link"],
        ["iframe", { "srcdoc": "<script>parent.ran = 1</script>" }],
        ["svg", {}, ["script", {}, "globalThis.ran = 1"], ["a", { "href": "javascript:globalThis.ran=1" }]],
        "<b onmouseover=alert(1)>text</b>",
    ]);
    let script = format!(
        "const room = document.createElement('div');
        document.body.append(room);
        const stamp = JSON.parse(take(room, 'en')).stamp;
        paint(JSON.stringify({{ stamp, tree: {hostile} }}), room, 'en');
        for (const link of room.querySelectorAll('a')) link.dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}));
        await new Promise((later) => setTimeout(later, 200));
        const html = room.innerHTML;
        room.remove();
        return {{ ran: globalThis.ran ?? 0, html }};"
    );
    let told = with_script(&page, &script).await?;
    assert_eq!(told["ran"], 0, "{told}");
    let html = told["html"].as_str().unwrap();
    for part in ["<script", "<iframe", "onerror", "onload", "javascript:", "style", "src="] {
        assert!(!html.contains(part), "{part}: {html}");
    }
    assert!(html.contains("&lt;b onmouseover"), "{html}");

    // After a click none is taken any more: what is revealed or typed is on no snapshot.
    let (_, frame) = beside(&stage, "/customers?clientid=12").await?;
    shows(&frame, CLIENT).await?;
    kept(&stage, "frame").await?;
    scene::open_section(&frame, "Passwords").await?;
    frame.evaluate("(globalThis.rests('client', 12), true)").await?;
    let snapshot = kept(&stage, "frame").await?;
    let tree: Value = serde_json::from_str(&snapshot).unwrap();
    let words = text(&tree["tree"]);
    let row = frame.by_css("[data-section=password] .name").nth(0).text().await?;
    assert!(!row.is_empty() && !words.contains(&row), "{words}");
    scene::end(stage).await
}
