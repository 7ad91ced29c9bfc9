//! Writes HTML of elements and attributes that are allowed. Every tag is written here anew, with quoted
//! values, and closed in order: what is not written by this file cannot be in the result.

use url::Url;

use super::{allow, reference};

/// Elements without content.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// Elements that an end tag does not reach through from inside.
const WALLS: [&str; 4] = ["caption", "table", "td", "th"];

/// Parts of tables: their end tags do reach through.
const TABLE: [&str; 9] = ["caption", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that stand in a line of text; every other one ends a paragraph.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Deeper elements are left out (their text stays): nobody writes so deep, and pages get slow.
const DEPTH: usize = 200;

/// HTML while it is written.
pub struct Writer<'a> {
    html: String,
    open: Vec<&'static str>,
    /// Where relative addresses begin; without one they are left out.
    base: Option<&'a Url>,
}

impl<'a> Writer<'a> {
    /// Nothing yet.
    pub fn new(base: Option<&'a Url>) -> Self {
        Self { html: String::new(), open: Vec::new(), base }
    }

    /// Text, with its references.
    pub fn text(&mut self, text: &str) {
        reference::keep(text, &mut self.html);
    }

    /// An element begins.
    pub fn start(&mut self, name: &str, attributes: &[(String, &str)]) {
        let Some(name) = allow::element(name) else { return };
        let has = |wanted: &str| attributes.iter().find(|(own, _)| own == wanted).map(|(_, value)| *value);
        let stray = name != "table" && (TABLE.contains(&name) || name == "col") && !self.open.contains(&"table");
        if stray || self.open.len() >= DEPTH || name == "input" && has("type") != Some("checkbox") {
            return;
        }
        while self.open.last().is_some_and(|open| ends(open, name)) {
            self.close();
        }
        self.html.push('<');
        self.html.push_str(name);
        for (own, value) in attributes {
            self.attribute(name, own, value);
        }
        let classes = allow::classes(name, has("class").unwrap_or_default());
        if !classes.is_empty() {
            self.put("class", &classes.join(" "));
        }
        // Links open in a new tab and tell the target nothing; boxes show and are not ticked.
        match name {
            "a" => self.html.push_str(" target=\"_blank\" rel=\"noopener noreferrer\""),
            "input" => self.html.push_str(" disabled=\"\""),
            _ => {}
        }
        self.html.push('>');
        if !VOID.contains(&name) {
            self.open.push(name);
        }
    }

    /// An element ends, and with it what is still open inside.
    pub fn end(&mut self, name: &str) {
        let table = TABLE.contains(&name);
        let inside = self.open.iter().rev().take_while(|open| **open != name);
        let depth = inside.clone().count();
        if depth == self.open.len() || !table && inside.clone().any(|open| WALLS.contains(open)) {
            return;
        }
        for _ in 0..=depth {
            self.close();
        }
    }

    /// The whole, with nothing left open.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.html
    }

    fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str) {
        let Some(name) = allow::attribute(element, name) else { return };
        if !allow::is_address(name) {
            self.html.extend([" ", name, "=\""]);
            reference::keep(value, &mut self.html);
            self.html.push('"');
        } else if let Some(url) = self.address(&reference::read(value)) {
            self.put(name, url.as_str());
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        self.html.extend([" ", name, "=\""]);
        reference::write(value, &mut self.html);
        self.html.push('"');
    }

    /// The address, absolute, as a browser would read it: only so is its scheme certain.
    fn address(&self, value: &str) -> Option<Url> {
        let url = match (Url::parse(value), self.base) {
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(value).ok()?,
            (url, _) => url.ok()?,
        };
        allow::scheme(url.scheme()).then_some(url)
    }
}

/// Whether an open element ends where another begins.
fn ends(open: &str, next: &str) -> bool {
    match open {
        "p" => !INLINE.contains(&next),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "thead" | "tfoot"),
        "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => matches!(next, "tbody" | "thead" | "tfoot"),
        _ => false,
    }
}
