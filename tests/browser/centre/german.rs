//! The sync centre in German: every page in its usual states, with nothing of the English left.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use super::{CLIENT, LAPTOP, apply_as_asked, connected, opened};
use crate::accessibility::{fits, judge};
use crate::german::speaks_german;
use crate::scene;

in_both_browsers!(the_sync_centre_in_german);

/// The pages that show what is set: their places and headings, and what stands there once both products were asked.
const PAGES: [(&str, &str, &str); 7] = [
    ("mapping", "Zuordnung", "table.places"),
    ("matching", "Erkennung", ".match-keys"),
    ("rules", "Sortierregeln", ".sort-rule .takes:not(:empty)"),
    ("fields", "Verbundene Felder", ".sample"),
    ("schedule", "Zeitplan", "dl.pairs"),
    ("settings", "Einstellungsdatei", "textarea"),
    ("recipes", "Rezepte", "form.arguments"),
];

async fn the_sync_centre_in_german(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let options = stage.browser.page("options.html").await?;
    options.by_label("Deutsch").click().await?;
    options.wait_for_role("heading", "Verbindungen").await?;

    let centre = opened(&stage).await?;
    centre.by_role("heading", "Nichts ist geplant").wait().await?;
    speaks_german(&centre, "nothing planned").await?;
    centre.by_css(".scope summary").click().await?;
    centre.by_role("checkbox", CLIENT).click().await?;
    speaks_german(&centre, "choosing clients").await?;
    centre.press("Escape").await?;
    centre.by_css("[data-act=plan]").click().await?;
    centre.by_role("grid", "Alles abgleichen").wait().await?;
    centre.by_css("[role=row][id]").nth(0).wait().await?;
    centre.by_role("searchbox", "Nach Name, Kunde oder Grund filtern").fill(LAPTOP).await?;
    centre.wait_for("document.querySelector('.found').textContent.includes(' von ')").await?;
    centre.all_by_role("row").holding(LAPTOP).click().await?;
    let details = centre.by_role("complementary", &format!("Einzelheiten zu {LAPTOP}"));
    details.wait_for_text("In Hudu öffnen").await?;
    details.wait_for_text("Erkannt: ").await?;
    speaks_german(&centre, "a plan with a row open").await?;
    judge(&stage, &centre, "a German plan").await?;
    small(&centre).await?;

    apply_as_asked(&centre).await?;
    centre.wait_for("location.hash.startsWith('#history/') && !document.querySelector('.work')").await?;
    centre.wait_for("/Erledigt/.test(document.querySelector('.page-head .chip')?.textContent)").await?;
    centre.by_role("heading", "Alles abgeglichen").wait().await?;
    speaks_german(&centre, "a run").await?;
    centre.by_role("link", "Verlauf").click().await?;
    centre.by_css(".run-row").nth(0).wait_for_text("Alles abgeglichen").await?;
    speaks_german(&centre, "the history").await?;

    for (place, heading, settled) in PAGES {
        centre.evaluate(&format!("location.hash = '{place}'")).await?;
        centre.wait_for_role("heading", heading).await?;
        centre.by_css(settled).nth(0).wait().await?;
        speaks_german(&centre, place).await?;
        small(&centre).await?;
    }
    // Of an operation its names and its schema stay English: scripts and agents read them.
    centre.evaluate("location.hash = 'api/list_all_haloitsm_clients'").await?;
    centre.by_role("button", "Ausführen").click().await?;
    centre.by_role("region", "Zeilen").wait().await?;
    centre.by_role("button", "Als Befehlszeile kopieren").wait().await?;
    small(&centre).await?;
    scene::end(stage).await
}

/// German words are longer: nothing has to be scrolled sideways for them on a narrow page.
async fn small(centre: &Frame) -> Result<()> {
    centre.resize(320, 800).await?;
    fits(centre).await?;
    centre.resize(1400, 900).await
}
