//! Typed conversion between Halo's values and Hudu's fields, connections by hand, names by a template.

use std::borrow::Cow;

use proptest::prelude::*;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::{Address, FieldValue};
use sidelight::mapping::compare::same;
use sidelight::mapping::connect::{fits, to_halo, to_hudu};
use sidelight::mapping::facts::Holds;
use sidelight::mapping::keys;
use sidelight::mapping::record::{FactValue, HuduRecord, LayoutField, Slot};
use sidelight::mapping::route::Routes;
use sidelight::mapping::{template, wants};
use sidelight::settings::{ConnectedField, KeyField, MatchKey, Policy, SyncSettings};

use super::scene::{asset, choices, field, layout, source, text};

fn convert(value: FactValue, field: &LayoutField) -> Result<FieldValue, String> {
    to_hudu(&value, field, &|record| (record.id == 5).then(|| (90, "Quay".to_owned()))).map(Cow::into_owned)
}

#[test]
fn each_type_of_field_takes_what_fits_and_names_what_does_not() {
    let plain = |value| FactValue::Plain(value);
    let site = |id| FactValue::Record(RecordRef::new(RecordKind::Site, id), "Quay".to_owned());
    let say = |text: &str| FieldValue::Text(text.to_owned());
    let os = choices("OS", "Dropdown", &["Windows 11", "macOS"]);
    let tags = choices("Tags", "ListSelect", &["Loan", "Spare", "Red, blue"]);
    let items = |items: &[&str]| FieldValue::Items(items.iter().map(|item| (*item).to_owned()).collect());
    let good = [
        (text("2.3.2026"), field("Due", "Date"), FieldValue::Date("2026-03-02".into())),
        (plain(FieldValue::Date("2026-03-02".into())), field("Due", "Text"), say("2026-03-02")),
        (text("1,200"), field("Seats", "Number"), FieldValue::Number("1200".into())),
        (text("Yes"), field("Managed", "CheckBox"), FieldValue::Check(true)),
        (text("macos"), os.clone(), say("macOS")),
        (text("anything"), field("Free", "Dropdown"), say("anything")),
        (text("spare; LOAN"), tags.clone(), items(&["Spare", "Loan"])),
        (text("red, blue"), tags.clone(), items(&["Red, blue"])),
        (text("finch.example"), field("Web", "Website"), say("https://finch.example")),
        (text("a < b\nc"), field("About", "RichText"), FieldValue::Html("<p>a &lt; b</p><p>c</p>".into())),
        (site(5), field("Site", "AssetTag"), FieldValue::Assets(vec![(90, "Quay".into())])),
        (site(6), field("Site", "Text"), say("Quay")),
        (text("0131 496 0321"), field("Phone", "Phone"), say("0131 496 0321")),
        (text("dana@finch.example"), field("Mail", "Email"), say("dana@finch.example")),
    ];
    for (value, field, wanted) in good {
        assert_eq!(convert(value.clone(), &field), Ok(wanted), "{value:?} {field:?}");
    }
    let bad = [
        (text("03/04/2026"), field("Due", "Date"), "03/04/2026"),
        (text("twelve"), field("Seats", "Number"), "twelve"),
        (text("12.5"), field("Seats", "Number"), "12.5"),
        (text("maybe"), field("Managed", "CheckBox"), "maybe"),
        (text("BeOS"), os, "BeOS"),
        (text("Loan, Lost"), tags, "Lost"),
        (text("ask Dana"), field("Web", "Website"), "ask Dana"),
        (site(6), field("Site", "AssetTag"), "Quay"),
        (text("1 Quay"), field("Where", "AddressData"), "address"),
        (text("x"), field("Key", "Password"), "confidential"),
        (plain(FieldValue::Check(true)), field("VIP", "Text"), "yes or no"),
    ];
    for (value, field, named) in bad {
        let sentence = convert(value.clone(), &field).unwrap_err();
        assert!(sentence.contains(named) && sentence.ends_with('.'), "{value:?}: {sentence}");
    }
    assert!(fits(Holds::Address, &field("Due", "Date")).unwrap_err().contains("“Due” takes a date"));
    assert_eq!(fits(Holds::Text, &field("Due", "Date")), Ok(()));
}

fn some_value() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        "[a-zA-Z0-9 .,-]{1,20}".prop_map(FieldValue::Text),
        any::<i32>().prop_map(|number| FieldValue::Number(number.to_string())),
        (1950..2100u32, 1..12u32, 1..28u32).prop_map(|(y, m, d)| FieldValue::Date(format!("{y}-{m:02}-{d:02}"))),
        any::<bool>().prop_map(FieldValue::Check),
        "[a-z ]{1,20}".prop_map(|text| FieldValue::Html(format!("<p>{text}</p>"))),
        ("[A-Za-z ]{1,9}", "[0-9]{4}")
            .prop_map(|(city, zip)| { FieldValue::Address(Address { city, zip, ..Address::default() }.into()) }),
    ]
}

proptest! {
    /// A value that fits comes back as the same value.
    #[test]
    fn there_and_back(value in some_value(), kind in prop::sample::select(vec![
        "Text", "RichText", "CheckBox", "Website", "Number", "Date", "ListSelect", "Dropdown", "Email", "Phone", "AddressData",
    ])) {
        let fact = FactValue::Plain(value.clone());
        if let Ok(hudu) = to_hudu(&fact, &field("Field", kind), &|_| None) {
            let back = to_halo(&hudu, Holds::of(&fact));
            let same_again = |back: &FieldValue| same("field:field", back, &value) || {
                // A web address gets its scheme, a text typed into a number or a day its plain form.
                let back = FactValue::Plain(back.clone());
                let again = to_hudu(&back, &field("Field", kind), &|_| None);
                again.is_ok_and(|again| same("field:field", &again, &hudu))
            };
            let plain_address = kind != "AddressData" && matches!(value, FieldValue::Address(_));
            prop_assert!(plain_address || back.as_ref().is_ok_and(same_again), "{:?} {:?} {:?}", value, hudu, back);
        }
    }
}

#[test]
fn a_connection_by_hand_goes_before_the_name() {
    let shape = layout(4, "Computers", &[("Serial Number", "Text"), ("OS", "Text"), ("Notes", "RichText")]);
    let laptop = asset(
        1,
        "LT-7",
        "Laptop",
        &[("serial", text("S1")), ("field:bios tag", text("B9")), ("field:os", text("Windows"))],
    );
    let mut settings = SyncSettings::default();
    let connect = |layout: &str, fact: &str, field: &str| ConnectedField {
        kind: RecordKind::Asset,
        layout: layout.to_owned(),
        fact: fact.to_owned(),
        field: field.to_owned(),
    };
    let value = |settings: &SyncSettings, slot: Slot| {
        let routes = Routes::asset(RecordKind::Asset, &shape, settings);
        let wanted = routes.wanted(&laptop, settings, &|_| None);
        wanted.into_iter().find(|one| one.route.slot.is(&slot)).map(|one| one.value.into_owned())
    };
    let say = |text: &str| Some(FieldValue::Text(text.to_owned()));
    assert_eq!(value(&settings, Slot::field("Serial Number")), say("S1"));
    settings.connected =
        vec![connect("computers", "field:bios tag", "serial number"), connect("Servers", "name", "OS")];
    assert_eq!(value(&settings, Slot::field("Serial Number")), say("B9"));
    assert_eq!(value(&settings, Slot::attribute("primary_serial")), say("S1"));
    assert_eq!(value(&settings, Slot::field("OS")), say("Windows"));
    // What was connected and is empty in Halo leaves the field alone: no other fact steps in.
    settings.connected = vec![connect("", "field:nothing", "Serial Number"), connect("", "type", "primary_model")];
    assert_eq!(value(&settings, Slot::field("Serial Number")), None);
    assert_eq!(value(&settings, Slot::attribute("primary_model")), say("Laptop"));
    settings.policies = vec![(RecordKind::Asset, "field:os".to_owned(), Policy::Never)];
    assert_eq!(value(&settings, Slot::field("OS")), None);
}

#[test]
fn the_field_that_holds_a_key_is_chosen_by_hand() {
    let shape = layout(4, "Computers", &[("Dell no.", "Text"), ("Serial Number", "Text")]);
    let record = HuduRecord {
        id: 1,
        company: 2,
        layout: Some(4),
        name: "LT-7".to_owned(),
        archived: false,
        url: String::new(),
        native: Vec::new(),
        values: vec![
            (Slot::field("Dell no."), FieldValue::Text("ab-12".to_owned())),
            (Slot::field("Serial Number"), FieldValue::Text("To be filled by O.E.M.".to_owned())),
        ],
    };
    let mut settings = SyncSettings::default();
    let of = |settings: &SyncSettings| {
        let slots = keys::slots(RecordKind::Asset, MatchKey::Serial, &shape, settings);
        keys::of_asset(&record, &slots, RecordKind::Asset, MatchKey::Serial)
    };
    assert!(of(&settings).is_empty(), "junk is no key");
    settings.key_fields =
        vec![KeyField { kind: RecordKind::Asset, key: MatchKey::Serial, field: "dell no.".to_owned() }];
    assert_eq!(of(&settings), ["ab12"]);
    let laptop = asset(1, "LT-7", "Laptop", &[("serial", text("AB12"))]);
    assert_eq!(keys::of_source(&laptop, MatchKey::Serial), "ab12");
    let routes = Routes::asset(RecordKind::Asset, &shape, &settings);
    let wanted = routes.wanted(&laptop, &settings, &|_| None);
    assert!(wanted.iter().any(|one| one.route.slot.is(&Slot::field("Dell no."))), "the key is written there as well");
}

#[test]
fn a_name_is_made_of_facts() {
    let laptop = asset(1, "LT-7", "Laptop", &[("model", text("Latitude 5440")), ("field:room", text("2"))]);
    let name = |template: &str| {
        let settings = SyncSettings { asset_name: template.to_owned(), ..SyncSettings::default() };
        template::name_of(&laptop, &settings).into_owned()
    };
    assert_eq!(name("{name}"), "LT-7");
    assert_eq!(name("{name} - {model} ({field:room})"), "LT-7 - Latitude 5440 (2)");
    assert_eq!(name("{serial} - {name} ({status})"), "LT-7");
    assert_eq!(name("{serial}"), "LT-7", "an empty name is none");
    assert_eq!(name("{name"), "LT-7");
    let problem = |template: &str| template::problem(template, RecordKind::Asset);
    assert!(problem("{name").is_some() && problem("x}").is_some() && problem("fixed").is_some());
    assert!(problem("{naem}").unwrap().contains("{naem}"));
    assert_eq!(problem("{name} {field:room}"), None);
    let client = source(RecordKind::Client, 1, "Finch", &[]);
    assert_eq!(template::name_of(&client, &SyncSettings::default()), "Finch");
}

#[test]
fn what_can_go_somewhere_is_known_before_it_is_read() {
    let settings = SyncSettings::default();
    let client = wants(RecordKind::Client, None, &settings);
    assert!(["website", "notes", "phone", "type", "address"].into_iter().all(|key| client.contains(key)), "{client:?}");
    assert!(!client.contains("toplevel"));
    let people = layout(4, "People", &[("Phone", "Phone"), ("Badge", "Text")]);
    let user = wants(RecordKind::User, Some(&people), &settings);
    assert!(user.contains("phone") && user.contains("email") && user.contains("field:badge"), "{user:?}");
    assert!(!user.contains("department") && !user.contains("notes"));
}
