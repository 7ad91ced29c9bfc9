//! Sort rules: conditions, their order, and what falls through.

use sidelight::halo::record::RecordKind;
use sidelight::mapping::rules::{bad_pattern, holds, layout_of, sorting};
use sidelight::settings::{Condition, SortRule, SyncSettings, Test};

use super::scene::{asset, layout, source, text};

fn condition(fact: &str, is: Test, value: &str) -> Condition {
    Condition { fact: fact.to_owned(), is, value: value.to_owned() }
}

fn rule(when: &[(&str, Test, &str)], layout: &str) -> SortRule {
    let when = when.iter().map(|(fact, is, value)| condition(fact, *is, value)).collect();
    SortRule { when, layout: layout.to_owned() }
}

#[test]
fn every_condition_is_asked_without_case() {
    let mut laptop = asset(
        1,
        "LT-7",
        "Laptop (loan)",
        &[("status", text("In use")), ("field:operating system", text("Windows 11"))],
    );
    laptop.group_name = Some("End-user devices".to_owned());
    let cases = [
        ("type", Test::Is, "laptop (LOAN)", true),
        ("type", Test::Is, "laptop", false),
        ("type", Test::Is, "desktop, Laptop (loan)", true),
        ("type", Test::Is, "", false),
        ("type", Test::IsNot, "laptop", true),
        ("type", Test::IsNot, "desktop, laptop (loan)", false),
        ("color", Test::IsNot, "red", true),
        ("type", Test::Contains, "server, LAPTOP", true),
        ("type", Test::Contains, "", false),
        ("group", Test::StartsWith, "end-USER", true),
        ("group", Test::StartsWith, "user", false),
        ("name", Test::Matches, r"^lt-\d+$", true),
        ("name", Test::Matches, r"^lt-\d{2}$", false),
        ("name", Test::Matches, "(", false),
        ("field:operating system", Test::Matches, "win(dows)? (10|11)", true),
        ("Field:Operating System", Test::Contains, "windows", true),
        ("status", Test::IsEmpty, "", false),
        ("serial", Test::IsEmpty, "", true),
        ("client", Test::Contains, "finch", true),
    ];
    for (fact, is, value, wanted) in cases {
        assert_eq!(holds(&condition(fact, is, value), &laptop), wanted, "{fact} {is:?} {value}");
    }
    assert!(bad_pattern(&condition("name", Test::Matches, "(")).unwrap().contains("“(”"));
    assert_eq!(bad_pattern(&condition("name", Test::Contains, "(")), None);
}

#[test]
fn rules_come_first_then_the_name_of_the_type_then_the_default() {
    let layouts = [layout(1, "Servers", &[]), layout(2, "Laptops", &[]), layout(3, "Printers", &[])];
    let mut settings = SyncSettings {
        sort_rules: vec![
            rule(&[("type", Test::Contains, "server"), ("status", Test::Is, "retired")], ""),
            rule(&[("type", Test::Contains, "server")], "Servers"),
        ],
        default_layout: "Other".to_owned(),
        ..SyncSettings::default()
    };
    let to = |source: &_, settings: &SyncSettings| layout_of(source, settings, &layouts);
    assert_eq!(to(&asset(1, "A", "Rack server", &[]), &settings).as_deref(), Some("Servers"));
    assert_eq!(to(&asset(1, "A", "Rack server", &[("status", text("Retired"))]), &settings), None);
    assert_eq!(to(&asset(1, "A", "laptop", &[]), &settings).as_deref(), Some("Laptops"));
    let mut grouped = asset(1, "A", "LaserJet", &[]);
    grouped.group_name = Some("Printers".to_owned());
    assert_eq!(to(&grouped, &settings).as_deref(), Some("Printers"));
    assert_eq!(to(&asset(1, "A", "Chair", &[]), &settings).as_deref(), Some("Other"));
    settings.by_type_name = false;
    assert_eq!(to(&asset(1, "A", "laptop", &[]), &settings).as_deref(), Some("Other"));
    settings.default_layout = String::new();
    assert_eq!(to(&asset(1, "A", "laptop", &[]), &settings), None);
}

#[test]
fn people_have_rules_of_their_own() {
    let settings = SyncSettings {
        people_rules: vec![rule(&[("vip", Test::Is, "yes")], "Key contacts")],
        ..SyncSettings::default()
    };
    let vip = sidelight::mapping::record::FactValue::Plain(sidelight::hudu::field::FieldValue::Check(true));
    let person = |facts: &[_]| layout_of(&source(RecordKind::User, 1, "Dana", facts), &settings, &[]);
    assert_eq!(person(&[("vip", vip)]).as_deref(), Some("Key contacts"));
    assert_eq!(person(&[]).as_deref(), Some("People"));
}

#[test]
fn the_preview_counts_every_record_once_and_lists_what_falls_through() {
    let layouts = [layout(1, "Servers", &[]), layout(2, "Laptops", &[])];
    let mut settings = SyncSettings { default_layout: String::new(), ..SyncSettings::default() };
    settings.sort_rules =
        vec![rule(&[("type", Test::Contains, "server")], "Servers"), rule(&[("name", Test::Is, "x")], "Odd")];
    let mut sources = vec![
        asset(1, "SRV-1", "Server", &[]),
        asset(2, "SRV-2", "Server", &[]),
        asset(3, "LT-1", "Laptop", &[]),
        asset(4, "CH-1", "Chair", &[]),
        source(RecordKind::User, 5, "Dana", &[]),
    ];
    sources[1].inactive = true;
    let view = sorting(RecordKind::Asset, &sources, &settings, &layouts);
    assert_eq!((view.records, view.rules.as_slice()), (3, [1, 0].as_slice()));
    assert_eq!((view.by_type_name, view.default, view.nowhere), (1, 0, 1));
    assert_eq!(view.fallen, [(sources[3].record, "CH-1".to_owned(), "Chair".to_owned())]);
}
