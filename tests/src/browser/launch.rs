//! Starts each browser so that it speaks WebDriver BiDi, has a fresh profile and the extension.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use super::bidi::Bidi;
use super::error::{Error, Result};
use super::extension::{Extension, FIREFOX_UUID};
use super::process::Process;
use super::{Kind, Options};

/// A started browser.
pub(super) struct Launched {
    pub(super) bidi: Bidi,
    pub(super) process: Process,
    pub(super) profile: TempDir,
}

/// Flags that keep Chromium quiet and offline.
const CHROMIUM_FLAGS: &[&str] = &[
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    // Chromium refuses to run as root with its sandbox, and tests run as root in a container.
    "--no-sandbox",
    "--test-type",
    // Benchmarks ask what memory is held.
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
];

/// Preferences that keep Firefox quiet and offline. Headless, its pages count as light unless told.
const FIREFOX_PREFERENCES: &[(&str, &str)] = &[
    ("app.normandy.enabled", "false"),
    ("app.update.disabledForTesting", "true"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.page", "0"),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("browser.tabs.warnOnClose", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("dom.events.testing.asyncClipboard", "true"),
    ("extensions.getAddons.cache.enabled", "false"),
    ("extensions.systemAddon.update.enabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    // Benchmarks ask for less than a millisecond.
    ("privacy.reduceTimerPrecision", "false"),
    ("services.settings.server", "\"data:,#remote-settings-dummy/v1\""),
    ("toolkit.telemetry.reportingpolicy.firstRun", "false"),
    ("ui.prefersReducedMotion", "1"),
    ("ui.systemUsesDarkTheme", "0"),
];

pub(super) async fn launch(options: &Options) -> Result<Launched> {
    let profile = tempfile::Builder::new().prefix("sidelight-browser-").tempdir()?;
    match options.kind {
        Kind::Chromium => chromium(options, profile).await,
        Kind::Firefox => firefox(options, profile).await,
    }
}

async fn chromium(options: &Options, profile: TempDir) -> Result<Launched> {
    let mut args: Vec<String> = CHROMIUM_FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    let (width, height) = options.size;
    args.push(format!("--window-size={width},{height}"));
    args.push(format!("--user-data-dir={}", profile.path().display()));
    if let Some(Extension { folder, .. }) = &options.extension {
        args.push(format!("--load-extension={}", folder.display()));
    }
    if options.headless {
        args.push("--headless=new".to_owned());
        args.push("--force-prefers-reduced-motion".to_owned());
    }
    let mut driver = Command::new("chromedriver");
    driver.arg("--port=0");
    let (mut process, port) = Process::start(driver, "started successfully on port ").await?;
    let bidi = Bidi::connect(&format!("ws://127.0.0.1:{}/session", port.trim_end_matches('.'))).await?;
    let wish = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": args } });
    let session = new_session(&bidi, wish, &["log.entryAdded", "goog:cdp.Runtime.consoleAPICalled"]).await?;
    process.also_ends(session["capabilities"]["goog:processID"].as_u64());
    Ok(Launched { bidi, process, profile })
}

async fn firefox(options: &Options, profile: TempDir) -> Result<Launched> {
    std::fs::write(profile.path().join("user.js"), firefox_preferences(options))?;
    let program = ["firefox-esr", "firefox"]
        .into_iter()
        .find(|name| is_installed(name))
        .ok_or_else(|| Error::Start { program: "firefox".to_owned(), reason: "not found in PATH".to_owned() })?;
    let mut command = Command::new(program);
    // System access lets a test open the extension's own pages and switch to the dark theme.
    command.args(["--no-remote", "--new-instance", "--remote-debugging-port=0", "-remote-allow-system-access"]);
    command.arg("--profile").arg(profile.path());
    if options.headless {
        let (width, height) = options.size;
        command.arg("--headless");
        command.env("MOZ_HEADLESS_WIDTH", width.to_string());
        command.env("MOZ_HEADLESS_HEIGHT", height.to_string());
    }
    let (mut process, address) = Process::start(command, "WebDriver BiDi listening on ").await?;
    let bidi = Bidi::connect(&format!("{address}/session")).await?;
    let session = new_session(&bidi, json!({}), &["log.entryAdded"]).await?;
    process.also_ends(session["capabilities"]["moz:processID"].as_u64());
    if let Some(extension) = &options.extension {
        let data = json!({ "type": "path", "path": extension.folder });
        bidi.command("webExtension.install", json!({ "extensionData": data })).await?;
    }
    Ok(Launched { bidi, process, profile })
}

async fn new_session(bidi: &Bidi, wish: Value, events: &[&str]) -> Result<Value> {
    let session = bidi.command("session.new", json!({ "capabilities": { "alwaysMatch": wish } })).await?;
    bidi.command("session.subscribe", json!({ "events": events })).await?;
    Ok(session)
}

fn firefox_preferences(options: &Options) -> String {
    let mut text: String =
        FIREFOX_PREFERENCES.iter().map(|(name, value)| format!("user_pref(\"{name}\", {value});\n")).collect();
    if let Some(extension) = &options.extension {
        let uuids = json!({ &*extension.gecko_id: FIREFOX_UUID }).to_string();
        text.push_str(&format!("user_pref(\"extensions.webextensions.uuids\", {});\n", json!(uuids)));
    }
    text
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}
