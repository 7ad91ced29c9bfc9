//! Another language: chosen in the options, and then on every page, with nothing of the English left.

use serde_json::Value;
use sidelight_tests::browser::{Frame, Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::accessibility::{fits, judge};
use crate::scene::{self, beside, in_reader, open_document};

in_both_browsers!(spoken_after_it_is_chosen);

/// The German sentences beside their English.
const WORDS: &str = include_str!("../../extension/static/_locales/de/messages.json");

async fn spoken_after_it_is_chosen(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let options = stage.browser.page("options.html").await?;
    options.wait_for_role("heading", "Connections").await?;
    is_in(&options, "en").await?;

    // The page is loaded anew with it, as every other.
    options.by_label("Deutsch").click().await?;
    options.wait_for_role("heading", "Verbindungen").await?;
    is_in(&options, "de").await?;
    options.wait_for("document.querySelector('input[name=language][value=de]').checked").await?;
    options.wait_for("document.title === 'Sidelight: Verbindungen'").await?;
    speaks_german(&options, "options, not connected").await?;
    judge(&stage, &options, "German options").await?;
    for page in ["panel.html", "popup.html"] {
        let page = stage.browser.open_extension(page).await?;
        page.wait_for_role("heading", "HaloITSM und Hudu verbinden").await?;
        speaks_german(&page, "not connected").await?;
        page.close().await?;
    }
    let guide = stage.browser.open_extension("options.html#start").await?;
    guide.wait_for_role("heading", "HaloITSM verbinden").await?;
    speaks_german(&guide, "first steps").await?;
    guide.resize(320, 800).await?;
    fits(&guide).await?;
    guide.close().await?;
    stage.connect().await?;
    options.activate().await?;
    options.by_role("button", "Verbindung prüfen").click().await?;
    options.wait_for_text("Beide Verbindungen funktionieren.").await?;
    speaks_german(&options, "options").await?;
    options.resize(320, 800).await?;
    fits(&options).await?;

    let popup = stage.browser.open_extension("popup.html?record=client/12").await?;
    popup.wait_for_text("0131 496 0321").await?;
    popup.wait_for_text("Kunde in diesem Tab").await?;
    popup.all_by_role("button").holding("anwenden").wait().await?;
    speaks_german(&popup, "popup").await?;
    popup.close().await?;

    let (page, frame) = beside(&stage, "/ticket?id=4127").await?;
    sidebar(&stage, &frame).await?;
    page.close().await?;
    synced(&stage).await?;

    centre(&stage).await?;

    // And back.
    options.activate().await?;
    options.by_label("English").click().await?;
    options.wait_for_role("heading", "Connections").await?;
    is_in(&options, "en").await?;
    scene::end(stage).await
}

/// A ticket's documentation, documents, a password and the search.
async fn sidebar(stage: &Stage, frame: &Frame) -> Result<()> {
    frame.by_role("region", "Angezeigter Datensatz").wait_for_text("VPN").await?;
    frame.wait_for("!document.body.innerText.includes('Wird aufgefrischt …')").await?;
    frame.by_role("heading", "Vorgeschlagen").wait().await?;
    for (section, name) in
        [("asset", "Assets"), ("article", "Artikel"), ("password", "Passwörter"), ("expiration", "Ablaufdaten")]
    {
        // A suggestion names its kind too.
        let row = frame.by_css(&format!("[data-section={section}] button")).holding(name).nth(0);
        row.click().await?;
    }
    speaks_german(frame, "sidebar").await?;
    judge(stage, frame, "German sidebar").await?;
    fits(frame).await?;
    for (document, facts) in [
        ("HF-DT-003", "Asset"),
        ("VPN set-up for Harbour & Finch", "In Halo veröffentlichen"),
        ("Microsoft 365 global admin", "Einmalcode"),
    ] {
        open_document(frame, document).await?;
        frame.by_css("article").wait_for_text(facts).await?;
        if document.starts_with("Microsoft") {
            in_reader(frame, "Passwort anzeigen").wait().await?;
            in_reader(frame, "Einmalcode kopieren").wait().await?;
        }
        speaks_german(frame, document).await?;
        frame.press("Escape").await?;
        frame.by_role("button", "Zurück zur Liste").wait_gone().await?;
    }
    frame.by_role("combobox", "Dokumentation durchsuchen").fill("hf-lt-042").await?;
    frame.by_role("listbox", "Gefunden").wait_for_text("HF-LT-042").await?;
    speaks_german(frame, "search").await
}

/// A narrow window: what a sync changes, done and taken back.
async fn synced(stage: &Stage) -> Result<()> {
    let narrow = stage.browser.open_extension("panel.html?record=client/12").await?;
    narrow.resize(320, 800).await?;
    narrow.by_role("button", "Mit Hudu abgleichen").click().await?;
    narrow.by_css(".plan-item").wait_for_text("0131 496 0321").await?;
    fits(&narrow).await?;
    speaks_german(&narrow, "plan").await?;
    narrow.all_by_role("button").holding("anwenden").click().await?;
    narrow.by_role("button", "Rückgängig").wait().await?;
    narrow.by_css("[data-run=Erledigt]").wait().await?;
    speaks_german(&narrow, "run").await?;
    fits(&narrow).await?;
    narrow.by_role("button", "Plan schließen").click().await?;
    narrow.by_css("footer").wait_for_text("Mit Halo abgeglichen").await?;
    narrow.close().await
}

/// Every page of the sync centre but the operations, whose names and words are those of scripts.
async fn centre(stage: &Stage) -> Result<()> {
    let centre = stage.browser.open_extension("centre.html").await?;
    centre.wait_for("document.title === 'Sidelight: Abgleichzentrale'").await?;
    for name in
        ["Planen", "Verlauf", "Rezepte", "Zuordnung", "Erkennung", "Sortierregeln", "Verbundene Felder", "Zeitplan"]
    {
        centre.by_role("link", name).click().await?;
        centre.wait_for(&format!("document.querySelector('nav [aria-current]').innerText.trim() === '{name}'")).await?;
        centre.by_css("main h1, main h2").nth(0).wait().await?;
        speaks_german(&centre, name).await?;
    }
    centre.close().await
}

/// What assistive technology is told.
async fn is_in(page: &Frame, language: &str) -> Result<()> {
    page.wait_for(&format!("document.documentElement.lang === '{language}'")).await
}

/// Nothing that is written on the page, or read out, is an English sentence that has another German one.
pub async fn speaks_german(page: &Frame, state: &str) -> Result<()> {
    let words: Value = serde_json::from_str(WORDS).unwrap();
    let sentences = words.as_object().into_iter().flatten().filter(|(key, _)| key.starts_with("w_"));
    let english: Vec<&str> = sentences
        .filter(|(_, entry)| entry["message"] != entry["description"])
        .filter_map(|(_, entry)| entry["description"].as_str())
        .collect();
    assert!(english.len() > 300, "{}", english.len());
    let left = page.evaluate(&format!("({LEFT})({})", Value::from(english))).await?;
    assert_eq!(left, Value::Array(Vec::new()), "{state}");
    Ok(())
}

/// The texts and labels that are one of these sentences, whatever stands in the places of its names. The names of
/// fields (`dt`), values (`datalist`), layouts (`.group`), templates (`.pick.small`) and documents, and what the mapping
/// pages list of them, come from the two products; a sentence of little more than names could be anything.
const LEFT: &str = r"(english) => {
    const plain = new Set(english);
    const filled = english
        .filter((words) => words.includes('{') && words.replace(/\{\w+\}/g, '').replace(/\W/g, '').length > 8)
        .map((words) => new RegExp('^' + words.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+') + '$'));
    const isEnglish = (text) => plain.has(text) || filled.some((words) => words.test(text));
    const found = [];
    const named = 'dt, datalist, .group, .pick.small, .prose, .places th, .free, .sample .chip, .line > .name';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (!parentElement.closest(named) && isEnglish(data.trim())) found.push(data.trim());
    }
    for (const node of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        if (node.closest(named)) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) {
            const text = node.getAttribute(name);
            if (text && isEnglish(text.trim())) found.push(`${name}: ${text}`);
        }
    }
    return found;
}";
