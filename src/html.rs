//! HTML from an API, made safe to show: no script, no event handlers, no `javascript:`, no style.

mod bounds;
mod pictures;

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use url::Url;

use crate::order::Order;

pub use pictures::{PictureName, PictureOf};

/// Classes of Hudu's editor that carry a meaning: callouts, accordions, languages of code.
const CLASSES: [&str; 8] = [
    "callout",
    "callout-info",
    "callout-success",
    "callout-warning",
    "callout-danger",
    "mce-accordion",
    "mce-accordion-body",
    "rich_text_content__table-scroll",
];

/// Which pictures stay in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// Those of the instance itself, by name (see [`PictureName`]): nothing is loaded by showing the text. A picture
    /// from elsewhere would tell its server who reads what. The numbers of those that are addressed by a word.
    Named(Vec<(String, i64)>),
    /// All: for a copy that goes to another server, which decides for itself.
    All,
}

/// HTML that any page may show, with the instance's own pictures by name. Addresses are made absolute against
/// `origin`; links open in a new tab and tell the target nothing.
pub fn sanitise(untrusted: &str, origin: &str) -> String {
    sanitise_with(untrusted, origin, Pictures::Named(Vec::new()))
}

/// [`sanitise`] with a choice of pictures.
pub fn sanitise_with(untrusted: &str, origin: &str, pictures: Pictures) -> String {
    let mut builder = Builder::default();
    builder
        .add_tags(["input", "figure", "figcaption", "label"])
        .rm_tags(["map", "area"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", ["width", "height", "alt", "title"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan", "scope"])
        .rm_tag_attributes("blockquote", ["cite"])
        .rm_tag_attributes("q", ["cite"])
        .rm_tag_attributes("ins", ["cite"])
        .rm_tag_attributes("del", ["cite"])
        .add_tag_attributes("ol", ["start"])
        .add_generic_attributes(["dir"])
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("type", HashSet::from(["checkbox"]))]))]))
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("disabled", "disabled")]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "ssh", "rdp"]))
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank");
    let mut classes = HashMap::new();
    for tag in ["div", "details", "p"] {
        classes.insert(tag, CLASSES.into_iter().collect::<HashSet<_>>());
    }
    classes.insert("code", LANGUAGES.into_iter().collect());
    builder.allowed_classes(classes);
    if let Pictures::Named(mut numbers) = pictures {
        numbers.order();
        let own = Url::parse(origin).ok();
        builder.attribute_filter(move |element, attribute, value| {
            if (element, attribute) != ("img", "src") {
                return Some(value.into());
            }
            let own = own.as_ref()?;
            let address = own.join(value).ok().filter(|address| address.origin() == own.origin())?;
            Some(PictureName::of_address(&address, &numbers)?.stand_in().into())
        });
    }
    if let Ok(base) = Url::parse(origin) {
        builder.url_relative(UrlRelative::RewriteWithBase(base));
    } else {
        builder.url_relative(UrlRelative::Deny);
    }
    builder.clean(&bounds::within(untrusted)).to_string()
}

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

#[cfg(test)]
mod tests {
    use super::sanitise;

    const ORIGIN: &str = "https://acme.huducloud.com";

    #[test]
    fn what_could_run_is_gone() {
        let dirty = "<p onclick=\"x()\">Hi<script>alert(1)</script><style>p{}</style>\
            <a href=\"javascript:alert(1)\">go</a><a href=\" JaVaScRiPt:alert(1)\">go</a>\
            <img src=x onerror=alert(1)><iframe src=\"https://evil.example\"></iframe>\
            <svg onload=alert(1)><form action=/x><button>b</button></form></p>";
        let clean = sanitise(dirty, ORIGIN);
        for bad in ["script", "onclick", "onerror", "onload", "javascript", "iframe", "<form", "<svg", "style"] {
            assert!(!clean.to_lowercase().contains(bad), "{bad} in {clean}");
        }
        assert!(clean.contains("Hi"));
    }

    #[test]
    fn addresses_become_absolute_and_links_leave_quietly() {
        let clean = sanitise("<a href=\"/kba/1\">a</a>", ORIGIN);
        assert!(clean.contains("href=\"https://acme.huducloud.com/kba/1\""), "{clean}");
        assert!(clean.contains("rel=\"noopener noreferrer\"") && clean.contains("target=\"_blank\""), "{clean}");
    }

    #[test]
    fn a_link_in_foreign_letters_leaves_its_words() {
        let clean = sanitise("<p>See <a href=\"https://bücher.example/a\">the <b>books</b></a>.</p>", ORIGIN);
        assert!(clean.contains("See ") && clean.contains("the <b>books</b>") && !clean.contains("href"), "{clean}");
        let path = sanitise("<a href=\"https://xn--bcher-kva.example/ü?ö=1#ä\">b</a>", ORIGIN);
        assert!(path.contains("href=\"https://xn--bcher-kva.example/"), "{path}");
    }

    #[test]
    fn no_picture_is_loaded_and_own_ones_have_a_name() {
        let given = "<img src=\"https://spy.example/p.png\" alt=\"plan\"><img src=\"//spy.example/p.png\">\
            <img src=\"https://acme.huducloud.com/public_photo/1\"><img src=\"/public_photo/a1b2\">\
            <img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==#file/5\">\
            <img src=\"https://acme.huducloud.com/api/v1/companies\">";
        let numbers = vec![("a1b2".to_owned(), 7)];
        let clean = super::sanitise_with(given, ORIGIN, super::Pictures::Named(numbers));
        assert!(!clean.contains("spy.example") && clean.contains("plan") && !clean.contains("huducloud"), "{clean}");
        let named: Vec<_> = clean.split('"').filter_map(super::PictureName::read).map(|name| name.id).collect();
        assert_eq!(named, [1, 7], "{clean}");
        let all = super::sanitise_with(given, ORIGIN, super::Pictures::All);
        assert!(all.contains("https://spy.example/p.png"), "{all}");
    }

    #[test]
    fn callouts_accordions_and_code_stay() {
        let given = "<div class=\"callout callout-warning evil\">!</div><details class=\"mce-accordion\" open=\"\">\
            <summary>More</summary><div class=\"mce-accordion-body\">x</div></details>\
            <pre><code class=\"language-powershell\">Get-Item</code></pre>";
        let clean = sanitise(given, ORIGIN);
        assert!(clean.contains("class=\"callout callout-warning\""), "{clean}");
        assert!(clean.contains("<summary>More</summary>") && clean.contains("language-powershell"), "{clean}");
    }
}
