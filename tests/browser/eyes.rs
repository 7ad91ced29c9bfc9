//! For eyes that need it otherwise: forced colours, no motion, large text, narrow pages.

use serde_json::{Value, json};
use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::accessibility::{axe, fits, judge};
use crate::scene::{self, connected, open_section, shows};

in_both_browsers!(seen_by_everyone);

/// The pages, and what stands there once they have settled.
const PAGES: [(&str, &str); 6] = [
    ("popup.html?record=client/12", ".plan-item"),
    ("panel.html?record=ticket/4127", ".suggested .item"),
    ("options.html", "#connections .card"),
    ("options.html#start", ".guide-step"),
    ("centre.html#recipes/quote_to_project", "form.arguments"),
    ("centre.html#api/list_all_haloitsm_clients", ".api form"),
];

async fn seen_by_everyone(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    for (path, settled) in PAGES {
        let page = stage.browser.open_extension(path).await?;
        page.by_css(settled).nth(0).wait().await?;
        if path.starts_with("panel") {
            shows(&page, "VPN").await?;
            page.wait_for("!document.body.innerText.includes('Refreshing…')").await?;
            for section in ["Assets", "Passwords"] {
                open_section(&page, section).await?;
            }
        }
        looked_at(&stage, &page, path).await?;
        page.close().await?;
    }
    scene::end(stage).await
}

/// A page in forced colours, judged; without motion; narrow; with large text, as wide as the sidebar is at first.
pub async fn looked_at(stage: &Stage, page: &Frame, state: &str) -> Result<()> {
    judge(stage, page, state).await?;
    page.resize(320, 800).await?;
    fits(page).await?;
    page.resize(400, 800).await?;
    page.evaluate(DOUBLED).await?;
    fits(page).await?;
    page.evaluate("globalThis.undoubled()").await?;
    assert_eq!(page.evaluate(MOVING).await?, json!([]), "{state}: moves");

    stage.browser.set_forced_colors(true).await?;
    page.wait_for("matchMedia('(forced-colors: active)').matches").await?;
    // Whoever walks by keys sees where they are.
    page.press("Tab").await?;
    let unseen = page.evaluate(UNSEEN).await?;
    assert_eq!(unseen, Value::Array(Vec::new()), "{state}, forced colours");
    axe(page, &format!("{state}, forced colours")).await?;
    stage.browser.set_forced_colors(false).await?;
    page.wait_for("!matchMedia('(forced-colors: active)').matches").await
}

/// Text twice as large, as Firefox's own zoom of text alone makes it, and the way back.
const DOUBLED: &str = "(() => {
    const all = [...document.body.querySelectorAll('*'), document.body].filter(({ style }) => style);
    const twice = (size) => (size === 'normal' ? size : `${2 * parseFloat(size)}px`);
    const sizes = all.map((one) => getComputedStyle(one)).map(({ fontSize, lineHeight }) => [twice(fontSize), twice(lineHeight)]);
    all.forEach(({ style }, at) => {
        style.setProperty('font-size', sizes[at][0], 'important');
        style.setProperty('line-height', sizes[at][1], 'important');
    });
    globalThis.undoubled = () => all.forEach(({ style }) => ['font-size', 'line-height'].forEach((one) => style.removeProperty(one)));
})()";

/// What moves although this person asked for less motion: the browsers of these stories do.
const MOVING: &str = "(() => {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['not asked for'];
    const moves = (style) => style.animationName !== 'none' || style.scrollBehavior === 'smooth'
        || style.transitionDuration.split(', ').some((time, at) => parseFloat(time) > 0 && style.transitionProperty !== 'none');
    const all = [...document.querySelectorAll('*')].filter((one) => moves(getComputedStyle(one)));
    return [...document.getAnimations().map(String), ...all.map((one) => one.outerHTML.slice(0, 100))];
})()";

/// Controls without an edge that tells them apart or a ring around them when they have the focus, and words and icons that
/// have the colour of what they stand on.
const UNSEEN: &str = "(() => {
    const clear = (colour) => colour === 'transparent' || /^rgba.*, 0\\)$|\\/ 0\\)$/.test(colour);
    const behind = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (!clear(backgroundColor)) return backgroundColor;
        }
        return 'none';
    };
    const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && one.getClientRects().length && !one.closest('.offscreen');
    const called = (one) => one.outerHTML.slice(0, 120);
    const unseen = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (data.trim() && shown(parentElement) && getComputedStyle(parentElement).color === behind(parentElement)) {
            unseen.push(`words: ${called(parentElement)}`);
        }
    }
    for (const icon of document.querySelectorAll('svg.icon')) {
        if (shown(icon) && getComputedStyle(icon).stroke === behind(icon)) unseen.push(`icon: ${called(icon.parentElement)}`);
    }
    const controls = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled, summary';
    for (const one of document.querySelectorAll(controls)) {
        if (!shown(one)) continue;
        one.focus();
        const ringed = [one, one.parentElement].some((at) => {
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at);
            return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !clear(outlineColor) && outlineColor !== behind(at);
        });
        if (one.tabIndex >= 0 && document.activeElement === one && !ringed) unseen.push(`focus: ${called(one)}`);
        const edge = getComputedStyle(one);
        const bounded = parseFloat(edge.borderTopWidth) > 0 && !clear(edge.borderTopColor) && edge.borderTopColor !== behind(one.parentElement);
        const typed = one.matches('input:not([type=checkbox], [type=radio], [type=file]), select, textarea');
        const around = one.parentElement && parseFloat(getComputedStyle(one.parentElement).borderTopWidth) > 0;
        if (typed && !bounded && !around) unseen.push(`edge: ${called(one)}`);
        if (one.matches('.btn') && !bounded) unseen.push(`edge: ${called(one)}`);
        if (one.matches('[aria-pressed=true], [aria-current]')) {
            one.blur();
            if (getComputedStyle(one).outlineStyle === 'none' && !one.closest('.current')) unseen.push(`chosen: ${called(one)}`);
        }
    }
    document.querySelector('.centre > nav')?.scrollTo(0, 0);
    return unseen;
})()";
