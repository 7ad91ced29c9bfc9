//! What Hudu makes of an article's HTML when it is written.
//!
//! Entities are decoded, unknown ones escaped, `data:` pictures taken in, CDATA dropped, lines broken
//! between blocks, open tags closed. `<script>` and `<style>` stay as they are: a reader must sanitise.

mod entities;

/// Tags without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Tags after whose end a new line starts.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// Tags whose content is kept letter by letter.
const RAW: &[&str] = &["script", "style"];

/// Stores HTML. `take_in` keeps a `data:` picture and answers its new address, or `None` to leave it.
pub(super) fn stored(html: &str, keep_comments: bool, take_in: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = Writer { text: String::with_capacity(html.len()), open: Vec::new() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.words(before);
        rest = if let Some(after) = tag.strip_prefix("<!--") {
            let (comment, after) = after.split_once("-->").unwrap_or((after, ""));
            if keep_comments {
                out.text.push_str(&format!("<!--{comment}-->"));
            }
            after
        } else if let Some(after) = tag.strip_prefix("<![CDATA[") {
            after.split_once("]]>").map_or("", |(_, after)| after)
        } else {
            out.tag(tag, take_in)
        };
    }
    out.words(rest);
    while let Some(name) = out.open.pop() {
        out.text.push_str(&format!("</{name}>"));
    }
    out.text
}

struct Writer {
    text: String,
    open: Vec<String>,
}

impl Writer {
    /// Text between tags. A line that was just broken is not broken twice.
    fn words(&mut self, words: &str) {
        let broken = self.text.ends_with(">\n");
        let words = words.strip_prefix('\n').filter(|_| broken).unwrap_or(words);
        self.text.push_str(&entities::decoded(words));
    }

    /// One tag at the start of `html`; answers what follows it.
    fn tag<'a>(&mut self, html: &'a str, take_in: &mut dyn FnMut(&str) -> Option<String>) -> &'a str {
        let Some(end) = tag_end(html) else {
            self.text.push_str("&lt;");
            return html.get(1..).unwrap_or_default();
        };
        let (tag, after) = html.split_at(end);
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        if closing {
            self.close(&name);
            return after;
        }
        self.text.push_str(&if name == "img" { with_own_pictures(tag, take_in) } else { tag.to_owned() });
        if RAW.contains(&name.as_str()) {
            let close = format!("</{name}");
            let length = find_any_case(after, &close).unwrap_or(after.len());
            let (content, after) = after.split_at(length);
            self.text.push_str(content);
            self.open.push(name);
            return after;
        }
        if VOID.contains(&name.as_str()) || tag.ends_with("/>") {
            self.line_after(&name);
        } else {
            self.open.push(name);
        }
        after
    }

    /// Closes a tag and whatever is still open inside it; an end without a start is dropped.
    fn close(&mut self, name: &str) {
        if !self.open.iter().any(|open| open == name) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.text.push_str(&format!("</{open}>"));
            if open == name {
                break;
            }
        }
        self.line_after(name);
    }

    fn line_after(&mut self, name: &str) {
        if BLOCKS.contains(&name) && !self.open.iter().any(|open| open == "pre") {
            self.text.push('\n');
        }
    }
}

/// Where the tag at the start ends, quotes respected; `None` when this is no tag.
fn tag_end(html: &str) -> Option<usize> {
    let second = html.chars().nth(1)?;
    if !second.is_ascii_alphabetic() && second != '/' && second != '!' {
        return None;
    }
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// An `<img>` whose `data:` source was taken in.
fn with_own_pictures(tag: &str, take_in: &mut dyn FnMut(&str) -> Option<String>) -> String {
    for quote in ['"', '\''] {
        let open = format!("src={quote}data:");
        let Some(at) = find_any_case(tag, &open) else {
            continue;
        };
        let start = at + "src=".len() + 1;
        let Some(length) = tag.get(start..).and_then(|rest| rest.find(quote)) else {
            continue;
        };
        let data = tag.get(start..start + length).unwrap_or_default();
        if let Some(address) = take_in(data) {
            let head = tag.get(..start).unwrap_or_default();
            let tail = tag.get(start + length..).unwrap_or_default();
            return format!("{head}{address}{tail}");
        }
    }
    tag.to_owned()
}

fn find_any_case(text: &str, wanted: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(&wanted.to_ascii_lowercase())
}

/// The text of HTML, without tags, scripts and styles.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag_end(tag).unwrap_or(1);
        let (tag, after) = tag.split_at(end);
        let raw = RAW.iter().find(|name| tag.to_ascii_lowercase().starts_with(&format!("<{name}")));
        rest = match raw {
            Some(name) => {
                let length = find_any_case(after, &format!("</{name}")).unwrap_or(after.len());
                after.get(length..).unwrap_or_default()
            }
            None => after,
        };
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.push_str(rest);
    entities::decoded(&out).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(html: &str) -> String {
        stored(html, true, &mut |_| Some("/public_photo/abc".to_owned()))
    }

    #[test]
    fn entities_are_decoded_and_unknown_ones_escaped() {
        assert_eq!(kept("a&nbsp;b &mdash; &foo; &amp; &lt; &#233;"), "a\u{a0}b — &amp;foo; &amp; &lt; é");
    }

    #[test]
    fn scripts_stay_and_cdata_goes() {
        assert_eq!(kept("<script>if (a < b) {}</script><![CDATA[x]]>y"), "<script>if (a < b) {}</script>y");
    }

    #[test]
    fn blocks_are_separated_and_closed() {
        assert_eq!(kept("<p>one<p>two</p><ul><li>a"), "<p>one<p>two</p>\n<ul><li>a</li></ul></p>");
        assert_eq!(kept("<pre><p>x</p></pre>"), "<pre><p>x</p></pre>\n");
    }

    #[test]
    fn data_pictures_are_taken_in() {
        let html = r#"<img alt="x" src="data:image/png;base64,AAAA" width="3">"#;
        assert_eq!(kept(html), r#"<img alt="x" src="/public_photo/abc" width="3">"#);
        assert_eq!(kept(r#"<img src="x" onerror="a>b">"#), r#"<img src="x" onerror="a>b">"#);
    }

    #[test]
    fn text_of_html() {
        assert_eq!(plain("<p>a &lt; b</p><style>p{}</style><p>c</p>"), "a < b c");
    }
}
