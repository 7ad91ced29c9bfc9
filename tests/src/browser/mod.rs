//! Drives Chromium and Firefox with the extension, both through the same few verbs.
//!
//! A page and a frame are one type, [`Frame`], also where the frame sits in a closed shadow root.
//! A [`Locator`] looks an element up by accessibility role and name at each use and waits for it,
//! so that no test needs a pause. Clicks and keys are trusted (`isTrusted`) in both browsers.

mod address_bar;
mod alerts;
mod axe;
mod background;
mod bidi;
mod error;
mod extension;
mod frame;
mod keys;
mod launch;
mod locator;
mod process;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;

pub use axe::Violation;
pub use error::{Error, Result};
pub use extension::Extension;
pub use frame::{Frame, PATIENCE};
pub use locator::Locator;

use bidi::Bidi;
use launch::Launched;
use process::Process;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium, driven through chromedriver.
    Chromium,
    /// Firefox, which needs no driver.
    Firefox,
}

impl Kind {
    /// Its name in lower case, for folders and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }
}

/// How to start a browser.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which browser.
    pub kind: Kind,
    /// Without a window.
    pub headless: bool,
    /// The extension to load.
    pub extension: Option<Extension>,
    /// Width and height of the window, in CSS pixels.
    pub size: (u32, u32),
}

impl Options {
    /// Headless, 1400 × 900, with the test copy that `cargo xtask build` has made.
    pub fn built(kind: Kind) -> Result<Self> {
        Ok(Self { extension: Some(Extension::built()?), ..Self::bare(kind) })
    }

    /// Headless, 1400 × 900, without an extension.
    pub fn bare(kind: Kind) -> Self {
        Self { kind, headless: true, extension: None, size: (1400, 900) }
    }
}

/// A running browser with a fresh profile. It ends when this is dropped, and its profile is removed.
pub struct Browser {
    kind: Kind,
    extension: Option<Extension>,
    bidi: Arc<Bidi>,
    process: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser.
    pub async fn start(options: Options) -> Result<Self> {
        let Launched { bidi, process, profile } = launch::launch(&options).await?;
        let Options { kind, extension, .. } = options;
        Ok(Self { kind, extension, bidi: Arc::new(bidi), process, _profile: profile })
    }

    /// Which browser this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Opens an address in a new tab, brings it to the front and waits until it has loaded.
    pub async fn open(&self, url: &str) -> Result<Frame> {
        let made = self.bidi.command("browsingContext.create", json!({ "type": "tab" })).await?;
        let page = self.frame(&made["context"]);
        page.open(url).await?;
        Ok(page)
    }

    /// Opens an address in a new tab without waiting for it to load: it may never have loaded.
    pub async fn begin(&self, url: &str) -> Result<Frame> {
        let made = self.bidi.command("browsingContext.create", json!({ "type": "tab" })).await?;
        let page = self.frame(&made["context"]);
        let params = json!({ "context": made["context"], "url": url, "wait": "none" });
        self.bidi.command("browsingContext.navigate", params).await?;
        Ok(page)
    }

    /// Whether it was started with the extension.
    pub fn has_extension(&self) -> bool {
        self.extension.is_some()
    }

    /// Opens one of the extension's own pages in a new tab: "options.html", "popup.html?tab=3".
    pub async fn open_extension(&self, path: &str) -> Result<Frame> {
        let extension = self.extension.as_ref().ok_or_else(|| Error::Extension("none loaded".to_owned()))?;
        let base = extension.base(self.kind);
        self.open(&format!("{base}{path}")).await
    }

    /// The tabs whose address holds this part, the oldest first.
    pub async fn pages(&self, url_part: &str) -> Result<Vec<Frame>> {
        let contexts = self.contexts().await?;
        let pages = contexts.iter().filter(|context| context["url"].as_str().is_some_and(|url| url.contains(url_part)));
        Ok(pages.map(|context| self.frame(&context["context"])).collect())
    }

    /// Waits for a tab that something else opens.
    pub async fn page(&self, url_part: &str) -> Result<Frame> {
        let start = std::time::Instant::now();
        loop {
            if let Some(page) = self.pages(url_part).await?.into_iter().next() {
                return Ok(page);
            }
            if start.elapsed() > PATIENCE {
                let open = self.contexts().await?;
                let open: Vec<_> = open.iter().filter_map(|context| context["url"].as_str()).collect();
                return Err(Error::Timeout {
                    what: format!("a tab of {url_part:?}"),
                    waited: PATIENCE,
                    last: format!("open are {open:?}"),
                });
            }
            tokio::time::sleep(frame::PAUSE).await;
        }
    }

    /// Makes pages prefer the dark or the light scheme; in Chromium those that are open now.
    pub async fn set_dark(&self, dark: bool) -> Result<()> {
        let value = if dark { "dark" } else { "light" };
        self.emulate("prefers-color-scheme", value, &[("ui.systemUsesDarkTheme", u8::from(dark))]).await
    }

    /// Puts the system's own few colours in place of the pages', as a high-contrast theme does; in Chromium in the pages
    /// that are open now.
    pub async fn set_forced_colors(&self, forced: bool) -> Result<()> {
        // 2: always the colours that are set in the browser; 0: those of the pages.
        let preferences = [("browser.display.document_color_use", if forced { 2 } else { 0 })];
        self.emulate("forced-colors", if forced { "active" } else { "none" }, &preferences).await
    }

    /// One media feature in every page: in Chromium in its place of all that were emulated before, in Firefox by whole
    /// numbers among its preferences.
    async fn emulate(&self, feature: &str, value: &str, preferences: &[(&str, u8)]) -> Result<()> {
        if self.kind == Kind::Firefox {
            let window = self.chrome_window().await?;
            for (name, number) in preferences {
                window.evaluate(&format!("Services.prefs.setIntPref('{name}', {number})")).await?;
            }
            return Ok(());
        }
        let media = json!({ "features": [{ "name": feature, "value": value }] });
        for context in self.contexts().await? {
            let page = self.frame(&context["context"]);
            for frame in page.frames("").await?.iter().chain([&page]) {
                // BiDi has no such command that Chromium knows, so Chromium's own protocol does it.
                let session = self.bidi.command("goog:cdp.getSession", json!({ "context": frame.context })).await?;
                let command = json!({
                    "session": session["session"],
                    "method": "Emulation.setEmulatedMedia",
                    "params": media,
                });
                self.bidi.command("goog:cdp.sendCommand", command).await?;
            }
        }
        Ok(())
    }

    /// Firefox's own window, where scripts have the browser's rights.
    async fn chrome_window(&self) -> Result<Frame> {
        let params = json!({ "moz:scope": "chrome", "maxDepth": 0 });
        let tree = self.bidi.command("browsingContext.getTree", params).await?;
        Ok(self.frame(&tree["contexts"][0]["context"]))
    }

    /// Console errors and uncaught exceptions of all pages so far, oldest first.
    pub fn problems(&self) -> Vec<String> {
        self.bidi.problems()
    }

    /// Ends the browser and waits until it is gone.
    pub async fn close(mut self) -> Result<()> {
        let end = match self.kind {
            Kind::Chromium => "session.end",
            Kind::Firefox => "browser.close",
        };
        self.bidi.command(end, json!({})).await?;
        self.process.ended().await;
        Ok(())
    }

    async fn contexts(&self) -> Result<Vec<Value>> {
        let tree = self.bidi.command("browsingContext.getTree", json!({})).await?;
        Ok(tree["contexts"].as_array().cloned().unwrap_or_default())
    }

    fn frame(&self, context: &Value) -> Frame {
        Frame::new(&self.bidi, context)
    }
}

/// Makes one test per browser of each named `async fn(Kind) -> Result<()>`.
#[macro_export]
macro_rules! in_both_browsers {
    ($($story:ident),+ $(,)?) => {
        mod chromium {
            $(#[tokio::test]
            async fn $story() {
                if let Err(error) = super::$story($crate::browser::Kind::Chromium).await {
                    panic!("{error}");
                }
            })+
        }
        mod firefox {
            $(#[tokio::test]
            async fn $story() {
                if let Err(error) = super::$story($crate::browser::Kind::Firefox).await {
                    panic!("{error}");
                }
            })+
        }
    };
}

/// The folder of the whole project.
fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}
