//! Searching the documentation: this client first, all on request, by keys alone.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use crate::accessibility::{fits, judge};
use crate::scene::{self, beside, connected, shows};

in_both_browsers!(found_as_it_is_typed);

const CLIENT: &str = "Harbour & Finch Ltd";

async fn found_as_it_is_typed(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let (_, frame) = beside(&stage, "/ticket?id=4127").await?;
    shows(&frame, "VPN").await?;
    frame.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
    // Keys belong to Halo's page until the sidebar is clicked into; `/` is told by the story of the keys.
    let search = frame.by_role("combobox", "Search the documentation");
    search.click().await?;

    // With a typing error, and the client in view alone.
    frame.type_text("hf-lt-042").await?;
    frame.by_role("listbox", "Found").wait().await?;
    chosen(&frame, "HF-LT-042").await?;
    judge(&stage, &frame, "found").await?;
    fits(&frame).await?;

    // What is chosen opens; Esc leads back to the box.
    frame.press("Enter").await?;
    frame.by_role("heading", "HF-LT-042").wait().await?;
    frame.press("Escape").await?;
    frame.by_role("button", "Back to the list").wait_gone().await?;
    frame.wait_for("document.activeElement.id === 'filter'").await?;
    frame.press("Escape").await?;
    assert_eq!(search.value().await?, "");

    // All clients, on request; the arrows choose among them.
    frame.type_text("admni").await?;
    frame.all_by_role("button").holding("All clients").click().await?;
    frame
        .wait_for("[...document.querySelectorAll('[role=option]')].some((row) => !row.innerText.includes('Harbour'))")
        .await?;
    search.focus().await?;
    frame.press("ArrowDown").await?;
    frame.wait_for("document.querySelectorAll('[role=option]')[1].ariaSelected === 'true'").await?;
    frame.press("ArrowUp").await?;
    chosen(&frame, "Harbour").await?;
    frame.press("Escape").await?;

    frame.type_text("qqzzxx wwvvkk").await?;
    frame.by_role("heading", "Nothing found").wait().await?;
    judge(&stage, &frame, "nothing found").await?;

    // The popup searches everything.
    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.by_role("heading", CLIENT).wait().await?;
    popup.by_role("combobox", "Search the documentation").focus().await?;
    popup.type_text("firewall").await?;
    popup.by_role("listbox", "Found").wait().await?;
    judge(&stage, &popup, "found in the popup").await?;
    popup.press("Enter").await?;
    popup.by_role("button", "Back to the list").wait().await?;
    popup.close().await?;
    scene::end(stage).await
}

/// Waits until the chosen row holds this.
async fn chosen(frame: &Frame, words: &str) -> Result<()> {
    let holds = format!("document.querySelector('[role=option][aria-selected=true]')?.innerText.includes({words:?})");
    frame.wait_for(&holds).await
}
