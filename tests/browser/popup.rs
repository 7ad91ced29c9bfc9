//! The popup: the record of the tab, how it stands, and the one click.

use sidelight_tests::browser::{Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;
use sidelight_tests::story::company;

use crate::scene::{self, beside};

in_both_browsers!(one_click_in_the_popup);

const CLIENT: &str = "Harbour & Finch Ltd";

async fn one_click_in_the_popup(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    stage.browser.page("options.html").await?.wait_for_role("heading", "Connections").await?;
    let popup = stage.browser.open_extension("popup.html").await?;
    popup.by_role("heading", "Connect HaloITSM and Hudu").wait().await?;
    popup.wait_for_role("link", "Open connections").await?;
    popup.close().await?;
    stage.connect().await?;

    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.by_role("heading", CLIENT).wait().await?;
    popup.wait_for_text("Client in this tab").await?;
    popup.wait_for_text("differ").await?;
    // The plan is there without a click, and nothing is written before one.
    popup.wait_for_text("0131 496 0321").await?;
    assert_eq!(company(&stage)["phone_number"], "0131 496 0300");
    popup.all_by_role("button").holding("Apply").click().await?;
    popup.by_css("[data-run=Done]").wait().await?;
    assert_eq!(company(&stage)["phone_number"], "0131 496 0321");
    popup.by_role("region", "Record in this tab").wait_for_text("In step with Halo").await?;
    popup.wait_for_role("button", "Undo").await?;
    popup.close().await?;

    // As the toolbar opens it: the record of the tab in view.
    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    scene::shows(&frame, "VPN").await?;
    let options = stage.browser.page("options.html").await?;
    let window = "(globalThis.browser ?? chrome).windows.create({ url: 'popup.html', type: 'popup', width: 420, height: 600 }).then(() => true)";
    options.evaluate(window).await?;
    let popup = stage.browser.page("popup.html").await?;
    popup.wait_for_text("Ticket in this tab").await?;
    popup.by_role("region", "Record in this tab").wait_for_text("VPN").await?;
    page.by_role("link", CLIENT).nth(0).click().await?;
    popup.by_role("heading", CLIENT).wait().await?;
    scene::end(stage).await
}
