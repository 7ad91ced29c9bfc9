//! Finds an element when it is needed, waits for it, and acts on it as a person would.

use std::fmt;

use serde_json::{Value, json};

use super::error::Result;
use super::frame::{Frame, returned};

/// How an element is looked for.
#[derive(Clone, Debug)]
pub(super) enum Query {
    /// Accessibility role, and name if one is asked for.
    Role { role: String, name: Option<String> },
    /// Form field by its label.
    Label(String),
    /// Text of the innermost element, whole.
    Text(String),
    /// CSS selector.
    Css(String),
}

impl Query {
    fn locator(&self) -> Value {
        match self {
            Self::Role { role, name: Some(name) } => {
                json!({ "type": "accessibility", "value": { "role": role, "name": name } })
            }
            Self::Role { role, name: None } => {
                json!({ "type": "accessibility", "value": { "role": role } })
            }
            Self::Label(text) => {
                let label = format!("//label[normalize-space(.)={}]", xpath_string(text));
                json!({ "type": "xpath", "value": format!("//*[@id={label}/@for] | {label}//input") })
            }
            // Firefox does not know the locator "innerText".
            Self::Text(text) => {
                let says = format!("normalize-space(.)={}", xpath_string(text));
                json!({ "type": "xpath", "value": format!("//body//*[{says}][not(*[{says}])]") })
            }
            Self::Css(selector) => json!({ "type": "css", "value": selector }),
        }
    }
}

/// XPath has no escapes, so a text with both kinds of quotes is put together from parts.
fn xpath_string(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role { role, name: Some(name) } => write!(f, "{role} {name:?}"),
            Self::Role { role, name: None } => write!(f, "any {role}"),
            Self::Label(text) => write!(f, "field {text:?}"),
            Self::Text(text) => write!(f, "text {text:?}"),
            Self::Css(selector) => f.write_str(selector),
        }
    }
}

/// An element that is looked up anew at each use, so that a page may repaint meanwhile.
#[derive(Clone)]
pub struct Locator {
    frame: Frame,
    query: Query,
    part: Option<String>,
    nth: usize,
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Some(part) => write!(f, "{} that holds {part:?}", self.query),
            None => self.query.fmt(f),
        }
    }
}

/// Scrolls the element into view and tells why it can not be clicked yet, or nothing if it can. From then on it
/// watches where the mouse goes: what comes in the way in the moment between looking and clicking gets no click.
/// Timers instead of animation frames: those stand still in a tab that is not in front.
const READY: &str = r#"async (element) => {
    globalThis[Symbol.for("watch")]?.end();
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const place = () => element.getBoundingClientRect();
    const before = place();
    await new Promise((done) => setTimeout(done, 40));
    const now = place();
    if (!element.isConnected) return "it was taken away";
    if (now.width === 0 || now.height === 0) return "it has no size";
    if (before.x !== now.x || before.y !== now.y) return "it moves";
    if (element.disabled) return "it is disabled";
    const x = now.x + now.width / 2, y = now.y + now.height / 2;
    const root = element.getRootNode();
    const top = root.elementFromPoint(x, y);
    if (!top) return "it is out of view";
    if (!element.contains(top) && !top.contains(element)) return `<${top.localName} class="${top.className}"> covers it`;
    const kinds = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
    const watch = { seen: false, hit: false, missed: "" };
    const look = (event) => {
        watch.seen = true;
        const path = event.composedPath();
        if (watch.hit) return;
        if (path.includes(element) || path[0] === top) {
            watch.hit = event.type === "click";
            return;
        }
        watch.missed = `<${path[0].localName} class="${path[0].className}"> was hit instead`;
        event.stopImmediatePropagation();
        event.preventDefault();
    };
    kinds.forEach((kind) => root.addEventListener(kind, look, true));
    watch.end = () => kinds.forEach((kind) => root.removeEventListener(kind, look, true));
    globalThis[Symbol.for("watch")] = watch;
    return "";
}"#;

/// Ends the watch of [`READY`] and tells what was hit instead, or nothing. Firefox says that the mouse has
/// acted before the page heard of it.
const MISSED: &str = r#"(async () => {
    const watch = globalThis[Symbol.for("watch")];
    for (let waited = 0; !watch.seen && waited < 500; waited += 20) {
        await new Promise((done) => setTimeout(done, 20));
    }
    watch.end();
    if (!watch.seen) return "no click arrived";
    return watch.hit ? "" : watch.missed;
})()"#;

impl Locator {
    pub(super) fn new(frame: &Frame, query: Query) -> Self {
        Self { frame: frame.clone(), query, part: None, nth: 0 }
    }

    /// Only those whose text holds this part: a row, whose name has its remarks in it too.
    pub fn holding(mut self, part: &str) -> Self {
        self.part = Some(part.to_owned());
        self
    }

    /// The element at this position among several, from 0.
    pub fn nth(mut self, position: usize) -> Self {
        self.nth = position;
        self
    }

    /// How many there are now.
    pub async fn count(&self) -> Result<usize> {
        Ok(self.nodes().await?.len())
    }

    /// Waits until it is there.
    pub async fn wait(&self) -> Result<()> {
        self.with_node(&format!("{self} to appear"), async |_| Ok(Some(()))).await
    }

    /// Waits until there is none.
    pub async fn wait_gone(&self) -> Result<()> {
        self.frame
            .wait_until(&format!("{self} to go away"), async || Ok(self.nodes().await?.is_empty().then_some(())))
            .await
    }

    /// Waits until it can be clicked, then clicks its middle with the mouse: a trusted click.
    pub async fn click(&self) -> Result<()> {
        self.pointer(
            "click",
            &[json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 })],
        )
        .await
    }

    /// Moves the mouse over its middle.
    pub async fn hover(&self) -> Result<()> {
        self.pointer("hover", &[]).await
    }

    /// Clicks into it and types, one trusted key after the other.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        self.click().await?;
        self.frame.type_text(text).await
    }

    /// Clicks into it, selects what is there and types over it.
    pub async fn fill(&self, text: &str) -> Result<()> {
        self.click().await?;
        self.frame.press("Control+a").await?;
        if text.is_empty() { self.frame.press("Delete").await } else { self.frame.type_text(text).await }
    }

    /// Chooses a file of this computer, where it is a field for files.
    pub async fn choose_file(&self, file: &std::path::Path) -> Result<()> {
        self.with_node(&self.to_string(), async |node| {
            let files = json!([file]);
            let params = json!({ "context": self.frame.context, "element": { "sharedId": node }, "files": files });
            self.frame.bidi.command("input.setFiles", params).await?;
            Ok(Some(()))
        })
        .await
    }

    /// Gives it the focus without a click.
    pub async fn focus(&self) -> Result<()> {
        self.call("(element) => { element.focus(); return true; }").await?;
        Ok(())
    }

    /// What it shows as text.
    pub async fn text(&self) -> Result<String> {
        self.string("(element) => element.innerText ?? element.textContent").await
    }

    /// What a form field holds.
    pub async fn value(&self) -> Result<String> {
        self.string("(element) => element.value ?? ''").await
    }

    /// An attribute; empty if it has none.
    pub async fn attribute(&self, name: &str) -> Result<String> {
        self.string(&format!("(element) => element.getAttribute({}) ?? ''", json!(name))).await
    }

    /// Waits until its text holds this part.
    pub async fn wait_for_text(&self, part: &str) -> Result<()> {
        self.with_node(&format!("{part:?} in {self}"), async |node| {
            let text = self.apply("(element) => element.innerText", node).await?;
            Ok(text.as_str().is_some_and(|text| text.contains(part)).then_some(()))
        })
        .await
    }

    /// The value of a JavaScript function of the element, as JSON; a promise is awaited.
    pub async fn call(&self, function: &str) -> Result<Value> {
        self.with_node(&self.to_string(), async |node| Ok(Some(self.apply(function, node).await?))).await
    }

    async fn string(&self, function: &str) -> Result<String> {
        Ok(self.call(function).await?.as_str().unwrap_or_default().to_owned())
    }

    async fn pointer(&self, deed: &str, then: &[Value]) -> Result<()> {
        let mut reason = String::new();
        let done = self
            .with_node(&format!("{self} to {deed}"), async |node| {
                let why = self.apply(READY, node).await?;
                reason = why.as_str().unwrap_or_default().to_owned();
                if !reason.is_empty() {
                    return Ok(None);
                }
                let origin = json!({ "type": "element", "element": { "sharedId": node } });
                let mut actions = vec![json!({ "type": "pointerMove", "x": 0, "y": 0, "origin": origin })];
                actions.extend_from_slice(then);
                let parameters = json!({ "pointerType": "mouse" });
                self.frame.act("pointer", parameters, actions).await?;
                if then.is_empty() {
                    self.frame.evaluate("globalThis[Symbol.for('watch')].end()").await?;
                    return Ok(Some(()));
                }
                // A click may take its own page away, and then there is nothing left to ask.
                if let Ok(missed) = self.frame.evaluate(MISSED).await {
                    reason = missed.as_str().unwrap_or_default().to_owned();
                }
                Ok(reason.is_empty().then_some(()))
            })
            .await;
        done.map_err(|error| error.because(&reason))
    }

    async fn apply(&self, function: &str, node: &str) -> Result<Value> {
        let declaration = format!("async (element) => JSON.stringify(await ({function})(element))");
        let answer = self
            .frame
            .bidi
            .command(
                "script.callFunction",
                json!({
                    "functionDeclaration": declaration,
                    "target": { "context": self.frame.context },
                    "arguments": [{ "sharedId": node }],
                    "awaitPromise": true,
                }),
            )
            .await?;
        returned(&answer)
    }

    /// Waits for the element and lets `act` try on it until it answers.
    async fn with_node<T>(&self, what: &str, mut act: impl AsyncFnMut(&str) -> Result<Option<T>>) -> Result<T> {
        self.frame
            .wait_until(what, async || match self.nodes().await?.get(self.nth) {
                Some(node) => act(node).await,
                None => Ok(None),
            })
            .await
    }

    async fn nodes(&self) -> Result<Vec<String>> {
        let found = self
            .frame
            .bidi
            .command(
                "browsingContext.locateNodes",
                json!({
                    "context": self.frame.context,
                    "locator": self.query.locator(),
                    "serializationOptions": { "maxDomDepth": 0 },
                }),
            )
            .await?;
        let nodes = found["nodes"].as_array().into_iter().flatten();
        let nodes: Vec<String> = nodes.filter_map(|node| Some(node["sharedId"].as_str()?.to_owned())).collect();
        match &self.part {
            Some(part) if !nodes.is_empty() => self.with_part(part, nodes).await,
            _ => Ok(nodes),
        }
    }

    async fn with_part(&self, part: &str, nodes: Vec<String>) -> Result<Vec<String>> {
        let mut arguments = vec![json!({ "type": "string", "value": part })];
        arguments.extend(nodes.iter().map(|node| json!({ "sharedId": node })));
        let declaration =
            "(part, ...all) => JSON.stringify(all.map((one) => (one.innerText ?? one.textContent).includes(part)))";
        let params = json!({
            "functionDeclaration": declaration,
            "target": { "context": self.frame.context },
            "arguments": arguments,
            "awaitPromise": false,
        });
        let held = returned(&self.frame.bidi.command("script.callFunction", params).await?)?;
        Ok(nodes
            .into_iter()
            .enumerate()
            .filter(|(at, _)| held[*at] == Value::Bool(true))
            .map(|(_, node)| node)
            .collect())
    }
}
