//! Properties of the planner: whatever the two sides look like.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::{Fact, FactValue, HuduRecord, LayoutField, LayoutShape, Slot, Source};
use sidelight::settings::SyncSettings;
use sidelight::sync::plan::{Inputs, Item, Link, Target};
use sidelight::sync::planner;
use sidelight::sync::view::Action;

const CLIENT: i64 = 7;

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Acme", "Acme Ltd", "ACME", "Acme & Sons", "Borealis", "شركة", "", "None"])
        .prop_map(str::to_owned)
}

fn fact(key: &'static str, label: &'static str) -> impl Strategy<Value = Option<Fact>> {
    prop::option::of(word()).prop_map(move |text| {
        let text = text.filter(|text| !text.is_empty())?;
        let value = FactValue::Plain(FieldValue::Text(text));
        Some(Fact { key: key.into(), label: label.into(), value })
    })
}

fn client() -> impl Strategy<Value = Source> {
    (word(), fact("phone", "Phone"), fact("website", "Website"), fact("notes", "Notes"), any::<bool>()).prop_map(
        |(name, phone, website, notes, inactive)| Source {
            record: RecordRef::new(RecordKind::Client, CLIENT),
            client: Some(CLIENT),
            client_name: Some(name.clone()),
            name,
            inactive,
            type_name: None,
            group_name: None,
            facts: [phone, website, notes].into_iter().flatten().collect(),
        },
    )
}

fn asset_source() -> impl Strategy<Value = Source> {
    (word(), fact("serial", "Serial"), fact("field:model", "Model"), any::<bool>()).prop_map(
        |(name, serial, model, inactive)| Source {
            record: RecordRef::new(RecordKind::Asset, 42),
            client: Some(CLIENT),
            client_name: Some("Acme".to_owned()),
            name: if name.is_empty() { "A-1".to_owned() } else { name },
            inactive,
            type_name: Some("Laptop".to_owned()),
            group_name: None,
            facts: [serial, model].into_iter().flatten().collect(),
        },
    )
}

fn text(slot: Slot, value: Option<String>) -> Option<(Slot, FieldValue)> {
    Some((slot, FieldValue::Text(value.filter(|text| !text.is_empty())?)))
}

fn company(id: i64) -> impl Strategy<Value = HuduRecord> {
    let number = prop::sample::select(vec![None, Some("7".to_owned()), Some("99".to_owned())]);
    let native = prop::sample::select(vec![Vec::new(), vec![7], vec![99]]);
    (word(), prop::option::of(word()), number, native, prop::bool::weighted(0.2)).prop_map(
        move |(name, phone, number, native, archived)| HuduRecord {
            id,
            company: id,
            layout: None,
            name,
            archived,
            url: format!("https://hudu.example/c/{id}"),
            native: native.into_iter().map(|id| ("company".to_owned(), id)).collect(),
            values: [text(Slot::attribute("phone_number"), phone), text(Slot::attribute("id_number"), number)]
                .into_iter()
                .flatten()
                .collect(),
        },
    )
}

fn asset(id: i64) -> impl Strategy<Value = HuduRecord> {
    let halo = prop::sample::select(vec![None, Some("42".to_owned()), Some("43".to_owned())]);
    (word(), prop::option::of(word()), halo, prop::bool::weighted(0.2)).prop_map(
        move |(name, serial, halo, archived)| HuduRecord {
            id,
            company: 1,
            layout: Some(5),
            name,
            archived,
            url: format!("https://hudu.example/a/{id}"),
            native: Vec::new(),
            values: [text(Slot::attribute("primary_serial"), serial), text(Slot::Field("Halo ID".into()), halo)]
                .into_iter()
                .flatten()
                .collect(),
        },
    )
}

fn layout() -> LayoutShape {
    let field = |label: &str| LayoutField {
        label: label.to_owned(),
        kind: "Text".to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
        linked_by: None,
    };
    let fields = ["Serial Number", "Model", "Halo ID", "Owner’s remark"].map(field).to_vec();
    LayoutShape { id: 5, name: "Computer Assets".to_owned(), active: true, fields }
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let companies = (0..4i64).map(|id| prop::option::of(company(id + 1))).collect::<Vec<_>>();
    (client(), companies).prop_map(|(source, companies)| Inputs {
        source,
        client: None,
        companies: companies.into_iter().flatten().collect(),
        layouts: Vec::new(),
        assets: Vec::new(),
        links: BTreeMap::new(),
    })
}

fn asset_inputs() -> impl Strategy<Value = Inputs> {
    let assets = (0..4i64).map(|id| prop::option::of(asset(id + 10))).collect::<Vec<_>>();
    (asset_source(), assets).prop_map(|(source, assets)| {
        let home = HuduRecord {
            id: 1,
            company: 1,
            layout: None,
            name: "Acme".to_owned(),
            archived: false,
            url: String::new(),
            native: vec![("company".to_owned(), CLIENT)],
            values: Vec::new(),
        };
        let client = Source {
            record: RecordRef::new(RecordKind::Client, CLIENT),
            facts: Vec::new(),
            name: "Acme".to_owned(),
            type_name: None,
            ..source.clone()
        };
        Inputs {
            source,
            client: Some(client),
            companies: vec![home],
            layouts: vec![layout()],
            assets: assets.into_iter().flatten().collect(),
            links: BTreeMap::new(),
        }
    })
}

fn last(inputs: &Inputs) -> Item {
    planner::record(inputs, &SyncSettings::default()).items.pop().unwrap()
}

/// What a server holds after the item's changes, and the link that is kept.
fn apply(item: &Item, records: &mut Vec<HuduRecord>, links: &mut BTreeMap<String, Link>) {
    let target = match item.target {
        Target::Company(id) | Target::Asset { id, .. } => id,
        _ => None,
    };
    let is_asset = matches!(item.target, Target::Asset { .. });
    let id = target.unwrap_or(900);
    if target.is_none() {
        let (company, layout) = if is_asset { (1, Some(5)) } else { (id, None) };
        let (name, url) = (String::new(), String::new());
        let values = Vec::new();
        records.push(HuduRecord { id, company, layout, name, archived: false, url, native: Vec::new(), values });
    }
    let record = records.iter_mut().find(|record| record.id == id).unwrap();
    for change in &item.changes {
        match &change.slot {
            Slot::Attribute(name) if name == "name" => {
                let FieldValue::Text(name) = &change.after else { panic!("{change:?}") };
                record.name = name.clone();
            }
            Slot::Archived => record.archived = change.after == FieldValue::Check(true),
            slot => {
                record.values.retain(|(own, _)| !own.is(slot));
                record.values.push((slot.clone(), change.after.clone()));
            }
        }
    }
    links.insert(item.record.unwrap().key(), Link { target: id, ..Link::default() });
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn the_same_inputs_give_the_same_plan(inputs in inputs()) {
        let settings = SyncSettings::default();
        prop_assert_eq!(planner::record(&inputs, &settings), planner::record(&inputs, &settings));
    }

    #[test]
    fn a_company_is_never_guessed(inputs in inputs()) {
        let item = last(&inputs);
        if let (Target::Company(Some(id)), true) = (&item.target, item.action != Action::Ambiguous) {
            let found = inputs.companies.iter().find(|company| company.id == *id).unwrap();
            prop_assert!(!found.archived || !item.writes(), "an archived one waits for a click");
            prop_assert!(found.native.iter().all(|(_, id)| *id == CLIENT) || {
                let number = found.value(&Slot::attribute("id_number"));
                number == FieldValue::Text(CLIENT.to_string())
            }, "another client's company");
        }
        if item.action == Action::Create {
            let ours = |c: &&HuduRecord| c.native.iter().any(|(_, id)| *id == CLIENT);
            prop_assert!(inputs.companies.iter().all(|c| !ours(&c)), "made beside one that carries its id");
        }
        if matches!(item.action, Action::Ambiguous | Action::Blocked | Action::Unchanged) {
            prop_assert!(!item.writes());
        }
    }

    #[test]
    fn what_was_applied_has_nothing_left_to_write(mut inputs in inputs()) {
        let item = last(&inputs);
        if item.writes() {
            apply(&item, &mut inputs.companies, &mut inputs.links);
            let again = last(&inputs);
            prop_assert_eq!(again.action, Action::Unchanged, "{:#?}\n{:#?}", item, again);
        }
    }

    #[test]
    fn an_asset_is_made_at_most_once(mut inputs in asset_inputs()) {
        let item = last(&inputs);
        if item.writes() {
            let before = inputs.assets.len();
            apply(&item, &mut inputs.assets, &mut inputs.links);
            let again = last(&inputs);
            prop_assert_eq!(again.action, Action::Unchanged, "{:#?}\n{:#?}", item, again);
            // Another browser has no link of its own and comes to the same end.
            inputs.links.clear();
            let other = last(&inputs);
            prop_assert!(matches!(other.action, Action::Unchanged | Action::Ambiguous), "{:#?}\n{:#?}", item, other);
            prop_assert!(inputs.assets.len() <= before + 1);
        }
    }

    #[test]
    fn an_asset_of_another_record_is_never_taken(inputs in asset_inputs()) {
        let item = last(&inputs);
        if let (Target::Asset { id: Some(id), .. }, true) = (&item.target, item.action != Action::Ambiguous) {
            let found = inputs.assets.iter().find(|asset| asset.id == *id).unwrap();
            let halo = found.value(&Slot::Field("Halo ID".into()));
            prop_assert_ne!(halo, FieldValue::Text("43".into()));
            prop_assert!(!found.archived || !item.writes());
        }
        // A field that the mapping does not own is never touched.
        prop_assert!(item.changes.iter().all(|change| change.label != "Owner’s remark"));
    }
}
