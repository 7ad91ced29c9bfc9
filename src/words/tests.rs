#![allow(clippy::unwrap_used)]

use super::*;
use crate::{many, t};

fn german() {
    let entries = [
        (FIGURES, "1.204,5"),
        ("{n} of {name}", "{name}: {n}"),
        ("Copy", "Kopieren"),
        ("{n} rows in {name}", "{n} Zeilen in {name}"),
    ];
    let lines: Vec<String> = entries.iter().map(|(en, de)| format!("{:016x}\t{de}", key(en))).collect();
    install("de", &format!("no entry\n{}\nxyz\tno key", lines.join("\n")));
}

#[test]
fn english_needs_no_translation() {
    let name = "Acme";
    assert_eq!(t!("Copy"), "Copy");
    assert_eq!(t!("{n} of {name}", n = 3, name), "3 of Acme");
    assert_eq!(many!(1usize, "{n} row in {name}", "{n} rows in {name}", name), "1 row in Acme");
    assert_eq!(many!(1204, "{n} row", "{n} rows"), "1,204 rows");
    assert_eq!((number(999), number(1_000), number(1_234_567)), ("999".into(), "1,000".into(), "1,234,567".into()));
    assert_eq!(tenths(2.45), "2.5");
    assert_eq!(language(), "en");
}

#[test]
fn a_translation_says_what_it_knows() {
    german();
    let name = "Acme";
    assert_eq!(t!("Copy"), "Kopieren");
    assert_eq!(say(mark!("Copy")), "Kopieren");
    assert_eq!(t!("{n} of {name}", n = 3, name), "Acme: 3");
    assert_eq!(many!(1204usize, "{n} row in {name}", "{n} rows in {name}", name), "1.204 Zeilen in Acme");
    assert_eq!(t!("Paste"), "Paste");
    assert_eq!(tenths(2.5), "2,5");
    assert_eq!(language(), "de");
    install("en", "");
    assert_eq!(t!("Copy"), "Copy");
}

#[test]
fn a_value_is_never_read_as_a_name() {
    let name = "{n} {name}";
    assert_eq!(many!(2, "{n} in {name}", "{n} in {name}", name), "2 in {n} {name}");
    assert_eq!(t!("{halo.id} { {name} }", name = "x"), "{halo.id} { x }");
}

#[test]
fn keys_are_those_of_the_files() {
    assert_eq!(key(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(key("a"), 0xaf63_dc4c_8601_ec8c);
}

#[test]
fn what_is_kept_is_told_in_the_language_of_its_reader() {
    let (name, odd) = ("Acme", "\u{e000}half a sentence");
    let (plain, held) = keeping(|| {
        let inner = t!("{n} of {name}", n = 3, name);
        (t!("Copy"), many!(1204, "{n} row in {name}", "{n} rows in {name}", name = inner))
    });
    let told = || (tell(&plain), tell(&held), tell("Copy"), tell(odd));
    let said = |a: &str, b: &str| (a.to_owned(), b.to_owned(), "Copy".to_owned(), "half a sentence".to_owned());
    assert_eq!(told(), said("Copy", "1,204 rows in 3 of Acme"));
    german();
    assert_eq!(told(), said("Kopieren", "1.204 Zeilen in Acme: 3"));
    assert_eq!(t!("Copy"), "Kopieren", "nothing is kept any more");
    install("en", "");
    assert_eq!(told(), said("Copy", "1,204 rows in 3 of Acme"));
}
