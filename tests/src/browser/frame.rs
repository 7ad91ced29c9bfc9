//! A page, or a frame in it: both are driven alike.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::bidi::Bidi;
use super::error::{Error, Result};
use super::keys::chord;
use super::locator::{Locator, Query};

/// How long a test waits for what should appear by itself.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How often a wait looks again.
pub(super) const PAUSE: Duration = Duration::from_millis(50);

/// A page or a frame. Cheap to clone; every clone is the same frame.
#[derive(Clone)]
pub struct Frame {
    pub(super) bidi: Arc<Bidi>,
    pub(super) context: String,
    patience: Duration,
}

impl Frame {
    pub(super) fn new(bidi: &Arc<Bidi>, context: &Value) -> Self {
        let context = context.as_str().unwrap_or_default().to_owned();
        Self { bidi: Arc::clone(bidi), context, patience: PATIENCE }
    }

    /// The same frame, whose waits give up after this long instead of [`PATIENCE`].
    pub fn patient(&self, patience: Duration) -> Self {
        Self { patience, ..self.clone() }
    }

    /// Goes to an address and waits until it has loaded.
    pub async fn open(&self, url: &str) -> Result<()> {
        let params = json!({ "context": self.context, "url": url, "wait": "complete" });
        self.bidi.command("browsingContext.navigate", params).await?;
        Ok(())
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        let params = json!({ "context": self.context, "wait": "complete" });
        self.bidi.command("browsingContext.reload", params).await?;
        Ok(())
    }

    /// Closes the tab that this page is in.
    pub async fn close(self) -> Result<()> {
        self.bidi.command("browsingContext.close", json!({ "context": self.context })).await?;
        Ok(())
    }

    /// Brings the tab to the front, so that it gets keys and paints.
    pub async fn activate(&self) -> Result<()> {
        self.bidi.command("browsingContext.activate", json!({ "context": self.context })).await?;
        Ok(())
    }

    /// The address in view.
    pub async fn url(&self) -> Result<String> {
        let tree = self.tree().await?;
        Ok(tree["url"].as_str().unwrap_or_default().to_owned())
    }

    /// The value of a JavaScript expression, as JSON; a promise is awaited.
    pub async fn evaluate(&self, expression: &str) -> Result<Value> {
        let answer = self
            .bidi
            .command(
                "script.evaluate",
                json!({
                    "expression": format!("(async () => JSON.stringify(await ({expression})))()"),
                    "target": { "context": self.context },
                    "awaitPromise": true,
                }),
            )
            .await?;
        returned(&answer)
    }

    /// What the page shows as text.
    pub async fn text(&self) -> Result<String> {
        let text = self.evaluate("document.body?.innerText ?? ''").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// An element by accessibility role and name, as a screen reader would tell it.
    pub fn by_role(&self, role: &str, name: &str) -> Locator {
        Locator::new(self, Query::Role { role: role.to_owned(), name: Some(name.to_owned()) })
    }

    /// Elements of an accessibility role, whatever their names.
    pub fn all_by_role(&self, role: &str) -> Locator {
        Locator::new(self, Query::Role { role: role.to_owned(), name: None })
    }

    /// A form field by its label.
    pub fn by_label(&self, label: &str) -> Locator {
        Locator::new(self, Query::Label(label.to_owned()))
    }

    /// The innermost element that holds exactly this text.
    pub fn by_text(&self, text: &str) -> Locator {
        Locator::new(self, Query::Text(text.to_owned()))
    }

    /// Elements by CSS selector, where neither role nor text can tell.
    pub fn by_css(&self, selector: &str) -> Locator {
        Locator::new(self, Query::Css(selector.to_owned()))
    }

    /// Waits for an element by role and name.
    pub async fn wait_for_role(&self, role: &str, name: &str) -> Result<Locator> {
        let locator = self.by_role(role, name);
        locator.wait().await?;
        Ok(locator)
    }

    /// Waits until the page's text holds this part.
    pub async fn wait_for_text(&self, part: &str) -> Result<()> {
        self.wait_until(&format!("the text {part:?}"), async || Ok(self.text().await?.contains(part).then_some(())))
            .await
    }

    /// Waits until a JavaScript expression is true.
    pub async fn wait_for(&self, expression: &str) -> Result<()> {
        self.wait_until(expression, async || Ok((self.evaluate(expression).await? == Value::Bool(true)).then_some(())))
            .await
    }

    /// Asks again until there is an answer, and tells what the page shows if there is none.
    pub(super) async fn wait_until<T>(&self, what: &str, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
        let start = Instant::now();
        loop {
            let last = match ask().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) if error.is_passing() => Some(error),
                Err(error) => return Err(error),
            };
            if start.elapsed() > self.patience {
                let shown = self.text().await.unwrap_or_default();
                let shown: String = shown.chars().take(600).collect();
                let last = match last {
                    Some(error) => format!("{error}; the page shows: {shown}"),
                    None => format!("the page shows: {shown}"),
                };
                return Err(Error::Timeout { what: what.to_owned(), waited: self.patience, last });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Presses keys into whatever has the focus: a DOM key name, or a chord such as "Control+k".
    pub async fn press(&self, keys: &str) -> Result<()> {
        let codes = chord(keys);
        let down = codes.iter().map(|code| json!({ "type": "keyDown", "value": code }));
        let up = codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code }));
        self.act("key", json!({}), down.chain(up).collect()).await
    }

    /// Types text into whatever has the focus, one trusted key after the other.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let actions = text
            .chars()
            .flat_map(|key| {
                let key = key.to_string();
                [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
            })
            .collect();
        self.act("key", json!({}), actions).await
    }

    /// Moves the mouse to a place of this page, in pixels.
    pub async fn move_mouse(&self, x: i64, y: i64) -> Result<()> {
        let there = json!({ "type": "pointerMove", "x": x, "y": y });
        self.act("pointer", json!({ "pointerType": "mouse" }), vec![there]).await
    }

    /// Presses the mouse where it stands.
    pub async fn press_mouse(&self) -> Result<()> {
        self.act("pointer", json!({ "pointerType": "mouse" }), vec![button("Down"), button("Up")]).await
    }

    /// Presses the mouse where it stands, and again as fast as people double-click.
    pub async fn press_twice(&self) -> Result<()> {
        let pause = json!({ "type": "pause", "duration": 120 });
        let presses = vec![button("Down"), button("Up"), pause, button("Down"), button("Up")];
        self.act("pointer", json!({ "pointerType": "mouse" }), presses).await
    }

    /// Trusted input of one device: "key" or "pointer".
    pub(super) async fn act(&self, device: &str, parameters: Value, actions: Vec<Value>) -> Result<()> {
        let mut source = json!({ "type": device, "id": device, "actions": actions });
        if device == "pointer" {
            source["parameters"] = parameters;
        }
        let params = json!({ "context": self.context, "actions": [source] });
        self.bidi.command("input.performActions", params).await?;
        Ok(())
    }

    /// Frames in this page at any depth, closed shadow roots included, whose address holds this part.
    pub async fn frames(&self, url_part: &str) -> Result<Vec<Frame>> {
        let tree = self.tree().await?;
        let mut found = Vec::new();
        self.collect(&tree["children"], url_part, &mut found);
        Ok(found)
    }

    /// Waits for one frame in this page.
    pub async fn frame(&self, url_part: &str) -> Result<Frame> {
        self.wait_until(&format!("a frame of {url_part:?}"), async || {
            Ok(self.frames(url_part).await?.into_iter().next())
        })
        .await
    }

    fn collect(&self, children: &Value, url_part: &str, found: &mut Vec<Frame>) {
        for child in children.as_array().into_iter().flatten() {
            if child["url"].as_str().is_some_and(|url| url.contains(url_part)) {
                found.push(Frame::new(&self.bidi, &child["context"]));
            }
            self.collect(&child["children"], url_part, found);
        }
    }

    async fn tree(&self) -> Result<Value> {
        let params = json!({ "root": self.context });
        let tree = self.bidi.command("browsingContext.getTree", params).await?;
        Ok(tree["contexts"][0].clone())
    }

    /// Sets the size of the view, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let viewport = json!({ "width": width, "height": height });
        let params = json!({ "context": self.context, "viewport": viewport });
        self.bidi.command("browsingContext.setViewport", params).await?;
        Ok(())
    }

    /// Writes what is in view to a PNG file; folders are made.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        let params = json!({ "context": self.context });
        let answer = self.bidi.command("browsingContext.captureScreenshot", params).await?;
        let data = answer["data"].as_str().unwrap_or_default();
        let png = BASE64_STANDARD.decode(data).map_err(|e| Error::Connection(e.to_string()))?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, png)?;
        Ok(())
    }
}

/// The JSON that a script returned, or what it threw.
pub(super) fn returned(answer: &Value) -> Result<Value> {
    if answer["type"] == "exception" {
        let text = answer["exceptionDetails"]["text"].as_str().unwrap_or("no message");
        return Err(Error::Script(text.to_owned()));
    }
    match answer["result"]["value"].as_str() {
        Some(json) => serde_json::from_str(json).map_err(|e| Error::Script(e.to_string())),
        None => Ok(Value::Null),
    }
}

/// The main button of the mouse goes "Down" or "Up".
fn button(way: &str) -> Value {
    json!({ "type": format!("pointer{way}"), "button": 0 })
}
