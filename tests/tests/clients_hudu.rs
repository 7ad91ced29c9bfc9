//! The Hudu client against the sandbox's Hudu: wrappings, custom fields, rights, secrets.

#![allow(clippy::unwrap_used)]

use serde_json::json;
use sidelight::http::{ApiError, Patience, Product, Rate};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::hudu::field::{self, Address, FieldType, FieldValue, FieldWrite};
use sidelight::hudu::model::{Asset, Company, Layout, List};
use sidelight_sandbox::hudu::{
    ArchivedDefault, DateForm, EmptyFields, Encoding, KeyOptions, LabelKey, Scalar, Switches, UnknownField,
};
use sidelight_sandbox::{Effect, Fault, Sandbox, Server};
use sidelight_tests::host::{TestHost, sandbox};

const RATE: Rate = Rate { requests: 1500, seconds: 300 };

fn hudu_as(sandbox: &Sandbox, key: String) -> Hudu {
    let connection = HuduConnection { origin: "http://hudu.test".to_owned() };
    Hudu::new(TestHost::new(sandbox).host, connection, key, RATE, Patience::INTERACTIVE)
}

fn hudu(sandbox: &Sandbox) -> Hudu {
    hudu_as(sandbox, sandbox.hudu.api_key())
}

async fn company(hudu: &Hudu) -> Company {
    let name = &sidelight_sandbox::world::world().clients[0].hudu_name;
    hudu.companies_by_name(name).await.unwrap().into_iter().next().expect("the world's first client")
}

/// A layout with one field of each kind that can be written, and a list.
async fn kinds(hudu: &Hudu, sandbox: &Sandbox, linked: &Asset) -> (Layout, Vec<List>) {
    let list = sandbox
        .hudu
        .upsert("lists", json!({"name": "Colours", "list_items_attributes": [{"name": "Red"}, {"name": "Blue"}]}));
    let kinds = [
        "Text",
        "RichText",
        "CheckBox",
        "Website",
        "Password",
        "Number",
        "Date",
        "Email",
        "Phone",
        "AddressData",
        "AssetTag",
        "Dropdown",
    ];
    let mut fields: Vec<_> = kinds
        .iter()
        .map(|kind| json!({"label": format!("My {kind}: one"), "field_type": kind, "options": "Left\nRight"}))
        .collect();
    fields[10]["linkable_id"] = json!(linked.asset_layout_id);
    fields.push(json!({"label": "My ListSelect: one", "field_type": "ListSelect", "list_id": list}));
    let body =
        json!({"name": "Kinds", "icon": "fas fa-x", "color": "#000000", "icon_color": "#ffffff", "fields": fields});
    let layout = hudu.create_layout(body).await.unwrap();
    (layout, hudu.lists().await.unwrap())
}

fn values(link: &Asset) -> Vec<(FieldType, FieldValue)> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let address = Address {
        line1: "1 Shore".to_owned(),
        city: "Leith".to_owned(),
        zip: "EH6 6QW".to_owned(),
        ..Address::default()
    };
    vec![
        (FieldType::Text, text("A")),
        (FieldType::RichText, FieldValue::Html("<p>A</p>".to_owned())),
        (FieldType::CheckBox, FieldValue::Check(true)),
        (FieldType::Website, text("https://a.example")),
        (FieldType::Number, FieldValue::Number("12".to_owned())),
        (FieldType::Date, FieldValue::Date("2026-09-30".to_owned())),
        (FieldType::Email, text("a@a.example")),
        (FieldType::Phone, text("0131 1")),
        (FieldType::AddressData, FieldValue::Address(address.into())),
        (FieldType::AssetTag, FieldValue::Assets(vec![(link.id, link.name.clone().unwrap_or_default())])),
        (FieldType::Dropdown, text("Left")),
        (FieldType::ListSelect, FieldValue::Items(vec!["Blue".to_owned()])),
    ]
}

fn label(kind: FieldType) -> String {
    format!("My {}: one", kind.name())
}

fn writes(layout: &Layout, lists: &[List], values: &[(FieldType, FieldValue)]) -> Vec<FieldWrite> {
    let write = |(kind, value): &(FieldType, FieldValue)| {
        field::write(layout.field(&label(*kind)).unwrap(), value, lists).unwrap()
    };
    values.iter().map(write).collect()
}

fn check(layout: &Layout, lists: &[List], asset: &Asset, values: &[(FieldType, FieldValue)], name: &str) {
    for (kind, value) in values {
        let stored = asset.field(&label(*kind)).cloned().unwrap_or_default();
        let mut found = field::read(layout.field(&label(*kind)).unwrap(), &stored, lists);
        if let (FieldValue::Assets(found), FieldValue::Assets(sent)) = (&mut found, value) {
            assert_eq!(
                found.iter().map(|l| l.0).collect::<Vec<_>>(),
                sent.iter().map(|l| l.0).collect::<Vec<_>>(),
                "{name}"
            );
            continue;
        }
        assert_eq!(&found, value, "{name}: {kind:?} from {stored}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_kind_of_field_goes_there_and_back_on_every_version() {
    let base = Switches::default();
    let versions: Vec<(&str, Switches)> = vec![
        ("default", base.clone()),
        (
            "texts",
            Switches { number: Scalar::Text, checkbox: Scalar::Text, address: Encoding::JsonString, ..base.clone() },
        ),
        ("slashes", Switches { date: DateForm::Slashes, ..base.clone() }),
        ("american", Switches { date: DateForm::American, empty_fields: EmptyFields::Absent, ..base.clone() }),
        ("words", Switches { label_key: LabelKey::Words, raw_labels: false, ..base.clone() }),
        ("raw labels", Switches { label_key: LabelKey::Words, ..base.clone() }),
        (
            "dropped",
            Switches {
                label_key: LabelKey::Words,
                raw_labels: false,
                unknown_field: UnknownField::Dropped,
                ..base.clone()
            },
        ),
        ("items by id", Switches { list_by_name: false, ..base.clone() }),
        ("no merging", Switches { fields_merge: false, ..base.clone() }),
        (
            "no merging, dropped",
            Switches {
                fields_merge: false,
                label_key: LabelKey::Words,
                unknown_field: UnknownField::Dropped,
                ..base.clone()
            },
        ),
        (
            "bare",
            Switches {
                asset_bare: true,
                asset_archive_body: false,
                archived_default: ArchivedDefault::Active,
                ..base.clone()
            },
        ),
    ];
    let sandbox = sandbox();
    for (name, switches) in versions {
        sandbox.hudu.set_switches(switches);
        let hudu = hudu(&sandbox);
        let company = company(&hudu).await;
        let link = hudu.company_assets(company.id).await.unwrap().remove(0);
        let (layout, lists) = kinds(&hudu, &sandbox, &link).await;
        let all = values(&link);
        let members = json!({"name": "Thing", "asset_layout_id": layout.id, "primary_serial": "S1"});
        let mut fields = writes(&layout, &lists, &all);
        // Sidelight never writes one, but a person does: no update may lose it.
        fields.push(FieldWrite { label: label(FieldType::Password), value: json!("hunter2"), otherwise: None });
        let asset = hudu.create_asset(company.id, members, &fields).await.unwrap();
        check(&layout, &lists, &asset, &all, name);
        assert_eq!(asset.primary_serial.as_deref(), Some("S1"));
        let one = vec![(FieldType::Text, FieldValue::Text("B".to_owned()))];
        for round in 0..2 {
            let asset =
                hudu.update_asset(company.id, asset.id, json!({}), &writes(&layout, &lists, &one)).await.unwrap();
            check(&layout, &lists, &asset, &one, name);
            check(&layout, &lists, &asset, &all[1..], &format!("{name}, update {round}"));
            assert_eq!(asset.field(&label(FieldType::Password)), Some(&json!("hunter2")), "{name}");
            let mut shown = asset;
            shown.hide_confidential(Some(&layout));
            assert!(
                !serde_json::to_string(&shown).unwrap().contains("hunter2")
                    && !format!("{shown:?}").contains("hunter2")
            );
        }
        let named = hudu.assets_named(company.id, layout.id, Some("Thing")).await.unwrap();
        assert_eq!(named.len(), 1, "{name}");
        assert!(hudu.archive_asset(company.id, asset.id, true).await.unwrap().archived, "{name}");
        assert!(
            hudu.company_assets(company.id).await.unwrap().iter().any(|a| a.id == asset.id && a.archived),
            "{name}"
        );
        assert!(!hudu.archive_asset(company.id, asset.id, false).await.unwrap().archived, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn lists_are_whole_whatever_the_server_cuts_pages_to() {
    let sandbox = sandbox();
    for cap in [1000, 100, 50, 25, 10] {
        let mut switches = sandbox.hudu.switches();
        (switches.max_page_size, switches.rate_limit) = (cap, 0);
        sandbox.hudu.set_switches(switches);
        let hudu = hudu(&sandbox).with_patience(Patience::UNLIMITED);
        assert_eq!(hudu.companies().await.unwrap().len(), sandbox.hudu.all("companies").len(), "{cap}");
        assert_eq!(hudu.assets_by(&[]).await.unwrap().len(), sandbox.hudu.all("assets").len(), "{cap}");
        assert_eq!(hudu.layouts().await.unwrap().len(), sandbox.hudu.all("asset_layouts").len(), "{cap}");
        assert_eq!(hudu.articles_by(&[]).await.unwrap().len(), sandbox.hudu.all("articles").len(), "{cap}");
        assert_eq!(hudu.lists().await.unwrap().len(), sandbox.hudu.all("lists").len(), "{cap}");
        let company = company(&hudu).await;
        let own =
            |table: &str| sandbox.hudu.all(table).iter().filter(|row| row["company_id"] == json!(company.id)).count();
        assert_eq!(hudu.company_assets(company.id).await.unwrap().len(), own("assets"), "{cap}");
        assert_eq!(hudu.websites(company.id).await.unwrap().len(), own("websites"), "{cap}");
        assert_eq!(hudu.passwords(company.id).await.unwrap().len(), own("asset_passwords"), "{cap}");
        assert_eq!(hudu.articles(company.id).await.unwrap().len(), own("articles"), "{cap}");
        hudu.procedures(company.id).await.unwrap();
        hudu.expirations(company.id).await.unwrap();
        hudu.folders().await.unwrap();
        hudu.relations().await.unwrap();
        assert_eq!(hudu.api_info().await.unwrap().version.as_deref(), Some("2.45.1"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_layout_grows_without_losing_a_field() {
    let sandbox = sandbox();
    let hudu = hudu(&sandbox);
    let before = hudu.layouts().await.unwrap().remove(0);
    let known = before.fields[0].label.clone().unwrap();
    let fields = vec![json!({"label": "Halo ID", "field_type": "Text"}), json!({"label": known, "field_type": "Text"})];
    let after = hudu.add_layout_fields(before.id, fields.clone()).await.unwrap();
    assert_eq!(after.fields.len(), before.fields.len() + 1);
    assert_eq!(after.field("halo id").unwrap().kind(), FieldType::Text);
    sandbox.clear_requests();
    hudu.add_layout_fields(before.id, fields).await.unwrap();
    assert!(sandbox.requests(Server::Hudu).iter().all(|seen| seen.method == "GET"));
}

#[tokio::test(start_paused = true)]
async fn missing_records_and_refusals_are_said_so() {
    let sandbox = sandbox();
    let hudu = hudu(&sandbox);
    assert!(hudu.article(999_999).await.unwrap_err().is_not_found());
    assert!(hudu.layout(999_999).await.unwrap_err().is_not_found());
    assert!(hudu.password(999_999).await.unwrap_err().is_not_found());
    assert!(hudu.reveal(999_999).await.unwrap_err().is_not_found());
    assert!(hudu.company(999_999).await.unwrap_err().is_not_found());
    assert!(hudu.asset(1, 999_999).await.unwrap_err().is_not_found());
    let company = company(&hudu).await;
    let error = hudu.create_asset(company.id, json!({"asset_layout_id": 1}), &[]).await.unwrap_err();
    assert!(
        matches!(error, ApiError::Rejected { product: Product::Hudu, .. } | ApiError::ServerFault { .. }),
        "{error:?}"
    );
    let linked = company.halo_client();
    if let Some(client) = linked {
        assert_eq!(hudu.companies_in_integration(client).await.unwrap()[0].id, company.id);
    }
    assert!(hudu.companies_in_integration(999_999).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn rights_are_told_apart() {
    for status in [401, 403] {
        let sandbox = sandbox();
        let mut switches = sandbox.hudu.switches();
        switches.denied_status = status;
        sandbox.hudu.set_switches(switches);
        assert_eq!(hudu_as(&sandbox, "wrong".to_owned()).companies().await.unwrap_err(), ApiError::BadKey);
        assert_eq!(hudu_as(&sandbox, "wrong".to_owned()).passwords(1).await.unwrap_err(), ApiError::BadKey);
        let key = sandbox.hudu.add_key(KeyOptions { passwords: false, ..KeyOptions::default() });
        let hudu = hudu_as(&sandbox, key);
        assert_eq!(hudu.passwords(1).await.unwrap_err(), ApiError::NoPasswordAccess);
        assert_eq!(hudu.reveal(1).await.unwrap_err(), ApiError::NoPasswordAccess);
        hudu.companies().await.unwrap();
        let refusal = Effect::Status { status, body: String::new(), headers: vec![] };
        sandbox.faults.add(Fault {
            server: "hudu".to_owned(),
            method: String::new(),
            path: "articles".to_owned(),
            after: 0,
            times: 1,
            effect: refusal,
        });
        let error = hudu.articles_by(&[]).await.unwrap_err();
        assert_eq!(error, ApiError::Forbidden { product: Product::Hudu, area: "articles".to_owned() });
    }
    let sandbox = sandbox();
    let full = hudu(&sandbox);
    let company = company(&full).await;
    let layout = full.layouts().await.unwrap()[0].id;
    let scoped = hudu_as(
        &sandbox,
        sandbox.hudu.add_key(KeyOptions { companies: Some(vec![company.id]), ..KeyOptions::default() }),
    );
    scoped.assets_named(company.id, layout, Some("x")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn secrets_are_fetched_one_by_one_and_never_by_accident() {
    let sandbox = sandbox();
    let hudu = hudu(&sandbox);
    let clear = sandbox.hudu.all("asset_passwords");
    let secret = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    for row in &clear {
        let (id, company) = (row["id"].as_i64().unwrap(), row["company_id"].as_i64().unwrap());
        let listed = hudu.passwords(company).await.unwrap();
        let text = format!("{listed:?} {}", serde_json::to_string(&listed).unwrap());
        for other in &clear {
            assert!(!text.contains(&secret(other, "password")));
        }
        let password = listed.iter().find(|p| p.id == id).unwrap();
        assert_eq!(password.has_otp, !secret(row, "otp_secret").is_empty());
        let secrets = hudu.reveal(id).await.unwrap();
        assert_eq!(secrets.password.as_deref(), Some(secret(row, "password").as_str()));
        assert!(!format!("{secrets:?}").contains(&secret(row, "password")));
        if let Some(seed) = secrets.otp_seed {
            sidelight::vault::one_time_code(&seed, sandbox.clock.now()).unwrap();
        }
    }
}
