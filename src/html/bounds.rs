//! What would make a parser of HTML slow or its result enormous is taken out first: nesting without end, formatting that
//! nobody closes, tags of thousands of attributes. Each of them costs a parser that follows the standard the square of
//! the text's length. The words stay, all of them. Nothing here decides what is safe: that is judged afterwards.

use std::borrow::Cow;
use std::collections::HashSet;

/// Elements inside one another; browsers flatten what is deeper than 512.
const DEPTH: usize = 250;
/// Attributes of one tag.
const ATTRIBUTES: usize = 200;
/// Formatting that a parser opens anew in every block until somebody closes it.
const FORMATS: [&str; 12] = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
/// Formats opened anew; more is no mistake of an editor.
const COPIES: usize = 500_000;
/// Formats that may be open even then.
const OPEN: usize = 30;
/// How many of the same format a parser opens anew.
const ALIKE: usize = 3;
/// Elements without an end, and some that never nest.
const VOID: [&str; 17] = [
    "a", "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "nobr", "option", "param", "rp", "rt",
    "source", "wbr",
];
/// Parts of a table: each ends what is open in the cell before.
const CELLS: [&str; 8] = ["caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];
/// Elements that the next of their kind ends.
const ITEMS: [&str; 3] = ["dd", "dt", "li"];
/// Elements out of which no end tag of another name reaches.
const WALLS: [&str; 7] = ["applet", "button", "marquee", "object", "select", "table", "template"];
/// Elements that end a paragraph, and that stay open at the end tag of one that is none of these.
const BLOCKS: [&str; 23] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h",
    "header",
    "main",
    "nav",
    "ol",
    "pre",
    "section",
    "ul",
];

/// `&`s that stand for themselves cost a parser nothing that counts, up to so many.
const ALONE: usize = 2_000;

/// The text without what goes beyond the bounds; as it is where nothing does.
pub(super) fn within(html: &str) -> Cow<'_, str> {
    if html.matches('&').count() <= ALONE {
        return tags(html);
    }
    let mut kept = String::with_capacity(html.len());
    for (number, piece) in html.split('&').enumerate() {
        let name = piece.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
        let reference = name.starts_with(';') && name.len() < piece.len();
        kept.push_str(if number == 0 {
            ""
        } else if reference {
            "&"
        } else {
            "&amp;"
        });
        kept.push_str(piece);
    }
    Cow::Owned(tags(&kept).into_owned())
}

/// The text without the tags that go beyond the bounds.
fn tags(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    let mut open = Open::default();
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        at = start + 1;
        let ends = html[at..].starts_with('/');
        at += usize::from(ends);
        let rest = &html[at..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(rest.len());
        let (end, attributes) = end_of(&rest[length..]);
        let mut name = rest[..length].to_ascii_lowercase();
        // Any heading's end closes any heading.
        if name.len() == 2 && name.starts_with('h') && name.ends_with(|c: char| c.is_ascii_digit()) {
            name.truncate(1);
        }
        at += length + end;
        let tag = &html[start..at];
        let fits = if ends { open.end(&name) } else { attributes <= ATTRIBUTES && open.start(name, tag) };
        if !fits {
            kept.push_str(&html[from..start]);
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[from..]);
    Cow::Owned(kept)
}

/// Where a tag ends, counted from behind its name, and how many attributes it has at most.
fn end_of(rest: &str) -> (usize, usize) {
    let (mut quote, mut blank, mut attributes) = (0, true, 0);
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'>' if quote == 0 => return (at + 1, attributes),
            b'"' | b'\'' if quote == 0 => quote = byte,
            _ if quote == byte => (quote, blank) = (0, true),
            _ if quote != 0 => {}
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' => blank = true,
            _ if blank => (blank, attributes) = (false, attributes + 1),
            _ => {}
        }
    }
    (rest.len(), attributes)
}

/// What is open, as far as that can be told without parsing; where it cannot, rather too much.
#[derive(Default)]
struct Open<'a> {
    elements: Vec<String>,
    /// How many of each of [`FORMATS`].
    formats: [usize; FORMATS.len()],
    /// The formats' tags, each once.
    tags: HashSet<&'a str>,
    copies: usize,
}

impl<'a> Open<'a> {
    /// A tag that opens an element; `false` where it goes beyond the bounds.
    fn start(&mut self, name: String, tag: &'a str) -> bool {
        let format = FORMATS.iter().position(|format| *format == name);
        if self.copies_of(format.is_some()) {
            return false;
        }
        let foreign = tag.ends_with("/>") && self.elements.iter().any(|open| open == "svg" || open == "math");
        if VOID.contains(&name.as_str()) || foreign {
            return true;
        }
        if CELLS.contains(&name.as_str()) {
            self.cell();
            return true;
        }
        if self.elements.len() >= DEPTH && (format.is_some() || is_block(&name)) {
            return false;
        }
        let item = ITEMS.contains(&name.as_str());
        if item && let Some(before) = self.reach(|open| open == name, |open| is_wall(open) || is_list(open)) {
            self.elements.truncate(before);
        }
        if item || name == "p" || is_block(&name) {
            self.end_paragraph();
        }
        if self.elements.len() >= DEPTH {
            return false;
        }
        self.elements.push(name);
        if let Some(format) = format {
            self.formats[format] += 1;
            self.tags.insert(tag);
        }
        true
    }

    /// A tag that closes one; `false` where that one is not open, which a parser finds out by looking through all.
    fn end(&mut self, name: &str) -> bool {
        let format = FORMATS.iter().position(|format| *format == name);
        let over = self.copies_of(format.is_some());
        if CELLS.contains(&name) {
            self.cell();
        } else if name == "p" {
            self.end_paragraph();
        } else if let Some(format) = format {
            self.formats[format] = self.formats[format].saturating_sub(1);
            // Blocks in it stay open. One that its block has closed is opened anew until now.
            if let Some(place) = self.reach(|open| open == name, is_wall) {
                self.elements.remove(place);
            }
            return true;
        } else if !VOID.contains(&name) {
            let above = is_wall(name) || is_block(name) || ITEMS.contains(&name);
            let stays =
                |open: &str| is_wall(open) || !above && (is_block(open) || open == "p" || ITEMS.contains(&open));
            let Some(place) = self.reach(|open| open == name, stays) else { return false };
            self.elements.truncate(place);
            return true;
        }
        !over
    }

    /// Where the innermost element of a kind stands, unless one that stops the search is inside it.
    fn reach(&self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        let place = self.elements.iter().rposition(|open| wanted(open) || stops(open))?;
        wanted(&self.elements[place]).then_some(place)
    }

    fn end_paragraph(&mut self) {
        if let Some(place) = self.reach(|open| open == "p", is_wall) {
            self.elements.truncate(place);
        }
    }

    fn cell(&mut self) {
        if let Some(table) = self.elements.iter().rposition(|open| open == "table") {
            self.elements.truncate(table + 1);
        }
    }

    /// Counts what this tag opens anew; whether that is too much by now.
    fn copies_of(&mut self, format: bool) -> bool {
        let open = self.formats.iter().sum::<usize>().min(self.tags.len() * ALIKE);
        if !format {
            self.copies += open;
        }
        self.copies > COPIES && (format || open > OPEN)
    }
}

fn is_wall(name: &str) -> bool {
    WALLS.contains(&name)
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// What an item's end does not reach beyond: any block but two.
fn is_list(name: &str) -> bool {
    is_block(name) && name != "div" && name != "address"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::sanitise;
    use super::*;

    /// The most elements inside one another.
    fn depth(html: &str) -> usize {
        let (mut depth, mut most) = (0_usize, 0);
        for tag in html.split('<').skip(1) {
            if tag.starts_with('/') {
                depth -= 1;
            } else if !["br", "img", "hr", "input"].iter().any(|void| tag.starts_with(void)) {
                depth += 1;
                most = most.max(depth);
            }
        }
        most
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        let sloppy = format!("<table>{}</table>", "<tr><td><b>x<td><b>y<font color=red>".repeat(3_000));
        let lines = "<p><b>x<li><i>y".repeat(3_000);
        let deep = format!("{}{}", "<ul><li>".repeat(60), "</ul>".repeat(60));
        let spans = "<div><span style=\"a>b\">x</div>".repeat(1_000);
        let drawn = format!("<svg>{}</svg><div>x</div>", "<path d=\"1\"/>".repeat(1_000));
        for html in
            [&sloppy, &lines, &deep, &spans, &drawn, "<h1>a</h2><p>1 < 2</p><a href='x'>b</a><br/><!-- </i> -->"]
        {
            assert_eq!(within(html), *html);
        }
    }

    #[test]
    fn nesting_ends_and_every_word_stays() {
        for step in ["<div>x", "<b>x", "<span><div></span>x", "<div><table></div>x", "<foo>x", "<FONT>x", "<ul><li>x"] {
            let html = step.repeat(4_000);
            let clean = sanitise(&within(&html), "https://h.example");
            assert!(depth(&clean) <= 2 * DEPTH, "{step}: {}", depth(&clean));
            assert_eq!(clean.matches('x').count(), 4_000, "{step}");
        }
    }

    #[test]
    fn what_is_opened_anew_again_and_again_does_not_become_more_than_the_text() {
        let fonts: String = (0..200).map(|number| format!("<font color={number}>")).collect();
        let html = format!("{fonts}{}", "<p>x</p>".repeat(20_000));
        let clean = sanitise(&within(&html), "https://h.example");
        assert_eq!(clean.matches('x').count(), 20_000);
        assert!(clean.len() < html.len() + 40 * COPIES, "{}", clean.len());
        assert!(clean.matches("<").count() < 3 * COPIES, "{}", clean.matches("<").count());
    }

    #[test]
    fn very_many_lone_ampersands_are_written_out() {
        let html = "R&D & Q&A &eacute;&#169;&".repeat(1_000);
        assert_eq!(within(&html), "R&amp;D &amp; Q&amp;A &eacute;&#169;&amp;".repeat(1_000));
        let clean = sanitise(&html, "https://h.example");
        assert_eq!(clean, "R&amp;D &amp; Q&amp;A é©&amp;".repeat(1_000));
        assert_eq!(within("&copy 2026 R&D"), "&copy 2026 R&D");
    }

    #[test]
    fn a_tag_of_thousands_of_attributes_goes() {
        let many: String = (0..5_000).map(|number| format!("a{number} ")).collect();
        assert_eq!(within(&format!("<p {many}>x</p>")), "x</p>");
        let picture = format!("<img src=\"data:image/png;base64,{}\" alt='a b c'>", "A B".repeat(9_000));
        assert_eq!(within(&picture), picture);
    }
}
