//! What belongs to a record that is no ticket, first in its sidebar; and nothing moves when it comes.

use serde_json::json;
use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;

use crate::accessibility::{fits, judge};
use crate::scene::{self, connected, shows};

in_both_browsers!(what_belongs_to_it);

/// Where the sections begin, in pixels.
const SECTIONS: &str = "document.querySelector('.sections')?.getBoundingClientRect().top ?? null";

async fn what_belongs_to_it(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let asset = stage.pair.sandbox.hudu.find("assets", "HF-LT-042").unwrap();
    for (name, user) in [("BIOS of the laptop", "bios"), ("Disk of the laptop", "disk")] {
        stage.pair.sandbox.hudu.upsert(
            "asset_passwords",
            json!({ "name": name, "username": user, "password": "zx-81-clive", "company_id": asset["company_id"],
                "passwordable_type": "Asset", "passwordable_id": asset["id"] }),
        );
    }
    let page = stage.browser.open_extension("panel.html?record=asset/2001").await?;
    shows(&page, "HF-LT-042").await?;
    page.wait_for(&format!("({SECTIONS}) !== null")).await?;
    let before = page.evaluate(SECTIONS).await?;
    let related = page.by_role("region", "Related");
    related.wait_for_text("BIOS of the laptop").await?;
    related.wait_for_text("password of this asset").await?;
    page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    assert_eq!(page.evaluate(SECTIONS).await?, before, "nothing is pushed");
    page.by_css("[data-act=all-suggested]").click().await?;
    related.wait_for_text("related in Hudu").await?;
    judge(&stage, &page, "an asset with what is related").await?;
    page.resize(320, 800).await?;
    fits(&page).await?;
    page.all_by_role("button").holding("BIOS of the laptop").nth(0).click().await?;
    page.by_role("heading", "BIOS of the laptop").wait().await?;
    page.press("Escape").await?;
    page.close().await?;

    let page = stage.browser.open_extension("panel.html?record=client/12").await?;
    let related = page.by_role("region", "Related");
    // A date that is due has no page of its own: its row is all there is.
    related.wait_for_text("Expiration").await?;
    page.by_css(".suggested .row").nth(0).click().await?;
    page.by_css("article .chip").nth(0).wait().await?;
    page.by_text("Fetching this document from Hudu.").wait_gone().await?;
    judge(&stage, &page, "a client with what is related").await?;
    scene::end(stage).await
}
