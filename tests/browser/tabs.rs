//! Tabs of Halo: two of them on two clients, and one whose page never finishes loading.

use serde_json::json;
use sidelight_sandbox::{Effect, Fault};
use sidelight_tests::browser::{Frame, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;
use sidelight_tests::story;

use crate::back::{apply, close};
use crate::scene::{self, beside, connected, open_section, shows};

in_both_browsers!(two_tabs_two_clients, a_page_that_never_ends);

/// A client in Halo, its page, its company in Hudu before a sync, and how the names of its assets begin.
struct Client {
    name: &'static str,
    path: &'static str,
    company: &'static str,
    assets: &'static str,
}

const FIRST: Client =
    Client { name: "Harbour & Finch Ltd", path: "/customers?clientid=12", company: "Harbour and Finch", assets: "HF-" };
const SECOND: Client = Client {
    name: "Bramble & Oak Architects LLP",
    path: "/customers?clientid=14",
    company: "Bramble and Oak Architects",
    assets: "BO-",
};

async fn two_tabs_two_clients(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (first_page, first) = beside(&stage, FIRST.path).await?;
    own(&first, &FIRST, &SECOND).await?;
    let (second_page, second) = beside(&stage, SECOND.path).await?;
    own(&second, &SECOND, &FIRST).await?;
    let badge = badge(&stage, &SECOND).await?;
    assert_ne!(badge, "", "the second client should differ from Hudu");

    // A plan is open in the second tab while the first one's is applied.
    second.by_role("button", "Sync to Hudu").click().await?;
    second.by_css("button[data-act=apply]").wait().await?;
    let company = || stage.pair.sandbox.hudu.find_company(SECOND.company);
    let before = company();
    assert!(before.is_some());
    first_page.activate().await?;
    first.by_role("button", "Sync to Hudu").click().await?;
    apply(&stage, &first_page, &first).await?;
    if kind == Kind::Chromium {
        close(&stage, &first).await?;
    }
    // In Firefox it was applied in a window: the frame hears of it.
    first.by_css(".foot").wait_for_text("In step with Halo").await?;
    assert_eq!(self::badge(&stage, &FIRST).await?, "");
    own(&first, &FIRST, &SECOND).await?;

    // A note goes to the company of its own tab.
    first.by_role("button", "Add a note").click().await?;
    first.by_label("Note (required)").fill("Parking is behind the house.").await?;
    first.by_role("button", "Look it through").click().await?;
    first.wait_for_text("Added below what the notes hold").await?;
    apply(&stage, &first_page, &first).await?;
    close(&stage, &first).await?;
    assert!(story::company(&stage)["notes"].to_string().contains("Parking is behind the house."));

    second_page.activate().await?;
    second.by_css("button[data-act=apply]").wait().await?;
    assert_eq!(second.by_css("[data-run]").count().await?, 0, "the first tab's run is shown in the second");
    assert_eq!(company(), before);
    assert_eq!(self::badge(&stage, &SECOND).await?, badge);

    // Locked in one, locked in both; each keeps what is its own.
    second.by_css("[data-act=close-plan]").click().await?;
    second.by_role("button", "Lock Sidelight").click().await?;
    second.by_css(".status").wait_for_text("Locked.").await?;
    own(&second, &SECOND, &FIRST).await?;
    first_page.activate().await?;
    first.by_css(".status").wait_for_text("Locked.").await?;
    own(&first, &FIRST, &SECOND).await?;
    scene::end(stage).await
}

/// The sidebar shows this client with its documentation, and nothing of the other one.
async fn own(frame: &Frame, own: &Client, other: &Client) -> Result<()> {
    shows(frame, own.name).await?;
    open_section(frame, "Assets").await?;
    frame.by_css(".sections").wait_for_text(own.assets).await?;
    let text = frame.text().await?;
    for word in [other.name, other.company, other.assets] {
        assert!(!text.contains(word), "{word} beside {}: {text}", own.name);
    }
    Ok(())
}

/// What stands on the extension's button in the tab of this client.
async fn badge(stage: &Stage, client: &Client) -> Result<String> {
    let options = stage.browser.page("options.html").await?;
    let ask = "(async (path) => { const it = globalThis.browser ?? chrome; \
        const tab = (await it.tabs.query({})).find((tab) => tab.url?.endsWith(path)); \
        return it.action.getBadgeText({ tabId: tab.id }); })";
    let badge = options.evaluate(&format!("{ask}({})", json!(client.path))).await?;
    Ok(badge.as_str().unwrap_or_default().to_owned())
}

/// Parts of a page of Halo, and how far the page comes when that part never ends.
const PARTS: [(&str, &str); 3] =
    [("/ticket?id=4127", "loading"), ("/app.css", "interactive"), ("/app.js", "interactive")];

async fn a_page_that_never_ends(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    for (part, state) in PARTS {
        let (server, method, path) = ("halo".to_owned(), "GET".to_owned(), part.to_owned());
        stage.pair.sandbox.faults.add(Fault { server, method, path, after: 0, times: 9, effect: Effect::NeverEnds });
        let page = stage.browser.begin(&format!("{}/ticket?id=4127", stage.pair.halo)).await?;
        if part == PARTS[0].0 {
            // It stood open before Halo was connected.
            page.wait_for("document.body !== null").await?;
            stage.connect().await?;
        }
        let frame = page.frame("sidebar.html").await?;
        // By text alone: while a page waits for its style sheet, Firefox tells no roles in it.
        frame.wait_for_text("VPN").await?;
        frame.wait_for_text(FIRST.company).await?;
        frame.wait_for_text("Expirations").await?;
        assert_eq!(page.evaluate("document.readyState").await?, json!(state), "{part}");
        stage.pair.sandbox.faults.clear();
        page.close().await?;
    }
    scene::end(stage).await
}
