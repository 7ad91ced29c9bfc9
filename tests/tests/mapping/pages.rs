//! What the mapping pages show.

use sidelight::halo::record::RecordKind;
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::FactValue;
use sidelight::mapping::review::review;
use sidelight::mapping::sample::sample;
use sidelight::settings::{Condition, ConnectedField, KeyField, MatchKey, SortRule, SyncSettings, Test};

use super::scene::{asset, layout, text};

fn connect(fact: &str, field: &str) -> ConnectedField {
    ConnectedField {
        kind: RecordKind::Asset,
        layout: "Computer Assets".to_owned(),
        fact: fact.to_owned(),
        field: field.to_owned(),
    }
}

#[test]
fn the_review_tells_what_goes_where_and_what_does_not_fit() {
    let computers = layout(
        3,
        "Computer Assets",
        &[
            ("Serial Number", "Text"),
            ("Bought", "Date"),
            ("Room", "Text"),
            ("Address", "AddressData"),
            ("Halo ID", "Text"),
        ],
    );
    let mut off = layout(4, "Sites", &[]);
    off.active = false;
    let layouts = [computers, off, layout(5, "People", &[("Phone", "Phone")])];
    let condition = |is, value: &str| Condition { fact: "naem".to_owned(), is, value: value.to_owned() };
    let settings = SyncSettings {
        sort_rules: vec![SortRule { when: vec![condition(Test::Matches, "(")], layout: "Servers".to_owned() }],
        connected: vec![
            connect("field:purchased", "Bought"),
            connect("warranty_end", "Address"),
            connect("serial", "Nowhere"),
            connect("field:unheard", "Room"),
        ],
        asset_name: "{naem}".to_owned(),
        key_fields: vec![KeyField { kind: RecordKind::Asset, key: MatchKey::Serial, field: "Dell".to_owned() }],
        ..SyncSettings::default()
    };
    let sources = [asset(1, "LT-7", "Laptop", &[("serial", text("S1")), ("field:purchased", text("last spring"))])];
    let view = review(&settings, &layouts, &sources);
    let told = |point: &str| -> Vec<(&str, bool)> {
        let of = view.findings.iter().filter(|finding| finding.point == point);
        of.map(|finding| (finding.setting.as_str(), finding.mendable)).collect()
    };
    assert_eq!(told("layout_missing"), [("sort_rules/0", true), ("contracts_layout", true)]);
    assert_eq!(told("layout_off"), [("sites_layout", false)]);
    assert_eq!(told("halo_id_missing"), [("people_layout", true)]);
    assert_eq!(told("field_missing"), [("connected/2", false), ("key_fields/0", false)]);
    assert_eq!(told("fact_missing"), [("sort_rules/0", false), ("connected/3", false)]);
    assert_eq!(told("type_mismatch"), [("connected/0", false), ("connected/1", false)]);
    assert_eq!(told("bad_pattern"), [("sort_rules/0", false)]);
    assert_eq!(told("bad_template"), [("asset_name", false)]);
    let row = |place: &str| {
        let here = |row: &&_| {
            let row: &sidelight::mapping::view::MappingRow = row;
            row.kind == RecordKind::Asset && row.layout == "Computer Assets" && row.place == place
        };
        view.rows.iter().find(here).unwrap()
    };
    assert_eq!((row("Serial Number").fact.as_str(), row("Serial Number").by_hand), ("serial", false));
    assert_eq!(row("Serial Number").mismatch, None);
    assert!(row("Bought").by_hand && row("Bought").mismatch.as_deref().unwrap().contains("last spring"));
    assert_eq!((row("Halo ID").fact.as_str(), row("Halo ID").slot.as_str()), ("id", "field:halo id"));
    let fact = |key: &str| view.facts.iter().find(|fact| fact.kind == RecordKind::Asset && fact.key == key).unwrap();
    assert_eq!((fact("serial").example.as_str(), fact("serial").holds.as_str()), ("S1", "text"));
    assert_eq!(fact("field:purchased").label, "purchased");
    assert_eq!(view.layouts[0].kinds, [RecordKind::Asset]);
    assert!(view.layouts[0].linked && !view.layouts[1].linked);
}

#[test]
fn nothing_is_found_where_everything_fits() {
    let settings = SyncSettings { sort_rules: Vec::new(), ..SyncSettings::default() };
    let with_id = |id, name| layout(id, name, &[("Halo ID", "Text")]);
    let layouts = [with_id(1, "Sites"), with_id(2, "people"), with_id(3, "Contracts"), with_id(4, "Computer Assets")];
    assert_eq!(review(&settings, &layouts, &[]).findings, []);
}

#[test]
fn a_sample_shows_each_value_on_both_sides() {
    let settings = SyncSettings {
        asset_name: "{name} {model}".to_owned(),
        connected: vec![connect("field:purchased", "Bought")],
        ..SyncSettings::default()
    };
    let layouts = [layout(3, "Computer Assets", &[("VIP", "CheckBox"), ("Bought", "Date"), ("Managed", "CheckBox")])];
    let laptop = asset(
        1,
        "LT-7",
        "Laptop",
        &[
            ("model", text("5440")),
            ("field:purchased", text("last spring")),
            ("field:managed", FactValue::Plain(FieldValue::Text("true".to_owned()))),
        ],
    );
    let view = sample(&laptop, &settings, &layouts);
    assert_eq!((view.name.as_str(), view.layout.as_str()), ("LT-7 5440", "Computer Assets"));
    let row =
        |place: &str, halo: &str, hudu: Option<&str>| (place.to_owned(), halo.to_owned(), hudu.map(str::to_owned));
    assert_eq!(
        view.values,
        [
            row("Primary model", "5440", Some("5440")),
            row("Bought", "last spring", None),
            row("Managed", "true", Some("yes")),
        ]
    );
}
