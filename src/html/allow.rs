//! What HTML from an API may hold: everything that is not named here is left out.

/// Elements that are kept.
const ELEMENTS: [&str; 77] = [
    "a",
    "abbr",
    "acronym",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes that are kept, by element; `*` is every element.
const ATTRIBUTES: [(&str, &[&str]); 22] = [
    ("*", &["dir", "lang", "title"]),
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["align", "span"]),
    ("colgroup", &["align", "span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("hr", &["align", "size", "width"]),
    ("img", &["align", "alt", "height", "src", "width"]),
    ("input", &["checked", "type"]),
    ("ins", &["cite", "datetime"]),
    ("ol", &["start"]),
    ("q", &["cite"]),
    ("table", &["align", "summary"]),
    ("tbody", &["align"]),
    ("td", &["align", "colspan", "headers", "rowspan"]),
    ("tfoot", &["align"]),
    ("th", &["align", "colspan", "headers", "rowspan", "scope"]),
    ("thead", &["align"]),
    ("time", &["datetime"]),
    ("tr", &["align"]),
];

/// Classes of Hudu's editor that carry a meaning: callouts, accordions, languages of code.
const CLASSES: [(&str, &[&str]); 4] = [("code", &LANGUAGES), ("details", &EDITOR), ("div", &EDITOR), ("p", &EDITOR)];

const EDITOR: [&str; 8] = [
    "callout",
    "callout-info",
    "callout-success",
    "callout-warning",
    "callout-danger",
    "mce-accordion",
    "mce-accordion-body",
    "rich_text_content__table-scroll",
];

/// Languages that code blocks name.
const LANGUAGES: [&str; 14] = [
    "language-bash",
    "language-powershell",
    "language-shell",
    "language-text",
    "language-plaintext",
    "language-sql",
    "language-json",
    "language-yaml",
    "language-xml",
    "language-html",
    "language-css",
    "language-javascript",
    "language-python",
    "language-batch",
];

/// Schemes of addresses that are kept.
const SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "ssh", "rdp"];

/// The element's name, if it is kept.
pub fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.iter().find(|own| **own == name).copied()
}

/// The attribute's name, if it is kept on this element.
pub fn attribute(element: &str, name: &str) -> Option<&'static str> {
    let rows = ATTRIBUTES.iter().filter(|(own, _)| *own == "*" || *own == element);
    rows.flat_map(|(_, names)| names.iter()).find(|own| **own == name).copied()
}

/// The classes of a list of classes that are kept on this element.
pub fn classes(element: &str, list: &str) -> Vec<&'static str> {
    let known = CLASSES.iter().find(|(own, _)| *own == element).map_or([].as_slice(), |(_, classes)| classes);
    list.split_ascii_whitespace().filter_map(|class| known.iter().find(|own| **own == class).copied()).collect()
}

/// Whether the attribute holds an address.
pub fn is_address(attribute: &str) -> bool {
    matches!(attribute, "href" | "src" | "cite")
}

/// Whether an address with this scheme is kept.
pub fn scheme(scheme: &str) -> bool {
    SCHEMES.contains(&scheme)
}
