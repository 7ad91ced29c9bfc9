//! Hostile HTML: nothing is left of it that could run, load or pose as a part of the page.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use sidelight::html::sanitise;
use sidelight_tests::hostile::{Class, classes};

const ORIGIN: &str = "https://acme.huducloud.com";

fn all() -> Vec<Class> {
    classes("hostileRan()", "https://evil.example/hostile")
}

/// Elements that may be left.
const ELEMENTS: &str = "a abbr acronym b bdi bdo blockquote br caption center cite code col colgroup data dd del \
    details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 header footer hgroup hr i img input ins kbd kbd label \
    li mark nav ol p pre q rp rt rtc ruby s samp small span strike strong sub summary sup table tbody td tfoot th thead \
    time tr tt u ul var wbr article aside section";

/// Attributes that may be left.
const ATTRIBUTES: &str = "href src alt title width height colspan rowspan scope start open dir lang class rel target \
    type disabled checked datetime align char charoff span valign value border cellpadding cellspacing frame rules \
    summary bgcolor abbr axis headers size hreflang noshade";

/// Start tags with their attributes, as the HTML standard reads what a serialiser writes.
fn tags(html: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('/') {
            continue;
        }
        assert!(rest.starts_with(|c: char| c.is_ascii_alphabetic()), "no tag: {rest}");
        let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap();
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut attributes = BTreeMap::new();
        while !rest.starts_with('>') {
            rest = rest.trim_start();
            let (key, after) = rest.split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            attributes.insert(key.to_owned(), value.to_owned());
            rest = after;
        }
        found.push((name, attributes));
    }
    found
}

#[test]
fn there_are_enough_of_every_class() {
    let counts: Vec<(&str, usize)> = all().iter().map(|(name, vectors)| (*name, vectors.len())).collect();
    assert!(counts.iter().map(|(_, count)| count).sum::<usize>() >= 200, "{counts:?}");
    assert!(counts.len() >= 9 && counts.iter().all(|(_, count)| *count >= 15), "{counts:?}");
}

#[test]
fn only_harmless_elements_attributes_and_addresses_are_left() {
    let elements: Vec<&str> = ELEMENTS.split_whitespace().collect();
    let attributes: Vec<&str> = ATTRIBUTES.split_whitespace().collect();
    for (class, vectors) in all() {
        for vector in vectors {
            let clean = sanitise(&vector, ORIGIN);
            for (element, own) in tags(&clean) {
                assert!(elements.contains(&element.as_str()), "{class}: <{element}> of {vector:?} in {clean:?}");
                for (name, value) in own {
                    assert!(attributes.contains(&name.as_str()), "{class}: {name} of {vector:?} in {clean:?}");
                    let scheme = value.split(':').next().unwrap_or_default().to_ascii_lowercase();
                    match name.as_str() {
                        "src" => assert!(value.starts_with(&format!("{ORIGIN}/")), "{class}: {vector:?} in {clean:?}"),
                        "href" => assert!(
                            ["http", "https", "mailto", "tel", "ssh", "rdp"].contains(&scheme.as_str()),
                            "{class}: {vector:?} in {clean:?}"
                        ),
                        "type" => assert_eq!((element.as_str(), value.as_str()), ("input", "checkbox"), "{vector:?}"),
                        "class" => assert!(
                            value.split(' ').all(|one| ["callout", "mce-", "language-", "rich_text"]
                                .iter()
                                .any(|own| one.starts_with(own))
                                || one.is_empty()),
                            "{class}: {vector:?} in {clean:?}"
                        ),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// What a browser makes of the text when it is put into a page: reading and writing it once more leaves the
/// same elements with the same attributes, so that nothing can grow out of it on the way. (Links inside
/// links come to stand side by side; that is all that may move.)
#[test]
fn nothing_grows_out_of_what_is_left() {
    let sorted = |html: &str| {
        let mut tags = tags(html);
        tags.sort();
        tags
    };
    for (class, vectors) in all() {
        for vector in vectors {
            let once = sanitise(&vector, ORIGIN);
            let again = sanitise(&once, ORIGIN);
            assert_eq!(sorted(&again), sorted(&once), "{class}: {vector:?}");
            assert_eq!(sanitise(&again, ORIGIN), again, "{class}: {vector:?}");
        }
    }
}

#[test]
fn hostile_parts_do_not_take_the_good_ones_with_them() {
    for (class, vectors) in all() {
        for vector in vectors {
            let html = format!("<h2>Before</h2>{vector}");
            assert!(sanitise(&html, ORIGIN).contains("<h2>Before</h2>"), "{class}: {vector:?}");
        }
    }
}
