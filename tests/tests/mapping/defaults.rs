//! The default mapping, cell by cell, from Halo's own rows.

use serde_json::{Value, json};
use sidelight::halo::model::{Asset, Client, Contract, Site, User};
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::http::raw::Record;
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::compare::show;
use sidelight::mapping::record::{LayoutShape, Source};
use sidelight::mapping::route::Routes;
use sidelight::mapping::{from_halo, layout};
use sidelight::settings::{Policy, SyncSettings};

use super::scene::layout as shape;

fn read<T: Record>(value: Value) -> T {
    T::from_value(value).unwrap()
}

/// Layouts for sites and people, so that what is made links to them.
fn made(kind: RecordKind, settings: &SyncSettings) -> LayoutShape {
    let linked = [shape(1, "Sites", &[]), shape(2, "People", &[])];
    LayoutShape {
        id: 9,
        name: "Made".to_owned(),
        active: true,
        fields: layout::template(kind, settings, &linked, &|_| false),
    }
}

fn rows(source: &Source, settings: &SyncSettings) -> Vec<(String, String)> {
    let known = |record: RecordRef| Some((record.id + 100, format!("#{}", record.id)));
    let routes = match source.record.kind {
        RecordKind::Client => Routes::company(settings),
        kind => Routes::asset(kind, &made(kind, settings), settings),
    };
    let wanted = routes.wanted(source, settings, &known);
    wanted.into_iter().map(|one| (one.route.label.to_string(), show(&one.value).unwrap())).collect()
}

fn expect(rows: &[(String, String)], wanted: &[(&str, &str)]) {
    let rows: Vec<(&str, &str)> = rows.iter().map(|(place, value)| (place.as_str(), value.as_str())).collect();
    assert_eq!(rows, wanted);
}

#[test]
fn a_client_becomes_a_company() {
    let client: Client = read(json!({
        "id": 12, "name": "Finch", "website": "finch.example", "notes": "Gate code", "customertype_name": "Managed",
        "toplevel_name": "North",
    }));
    let site: Site = read(json!({
        "id": 3, "name": "Main", "phonenumber": "0131 1", "delivery_address": {
            "line1": "1 Quay", "line2": "Floor 2", "line3": "Leith", "line4": "Edinburgh", "postcode": "EH6", "country": "GB",
        },
    }));
    let source = from_halo::client(&client, Some(&site));
    let settings = SyncSettings::default();
    expect(
        &rows(&source, &settings),
        &[
            ("Name", "Finch"),
            ("Phone", "0131 1"),
            ("Website", "https://finch.example"),
            ("Type", "Managed"),
            ("Notes", "Gate code"),
            ("ID number", "12"),
            ("Address line 1", "1 Quay"),
            ("Address line 2", "Floor 2"),
            ("City", "Leith"),
            ("State", "Edinburgh"),
            ("Postal code", "EH6"),
            ("Country", "GB"),
        ],
    );
    let routes = Routes::company(&settings);
    let wanted = routes.wanted(&source, &settings, &|_| None);
    let notes = wanted.iter().find(|one| one.route.label == "Notes").unwrap();
    assert_eq!(notes.route.policy, Policy::OnlyIfEmpty);
    assert!(matches!(*notes.value, FieldValue::Html(_)));
    assert_eq!(source.text("toplevel"), Some("North"));
}

#[test]
fn a_site_and_a_user_become_assets() {
    let settings = SyncSettings::default();
    let site: Site = read(json!({
        "id": 3, "name": "Quay", "client_id": 12.0, "client_name": "Finch", "phonenumber": "0131 1",
        "maincontact_name": "Dana", "timezone": "Europe/London", "notes": "Ring twice",
        "delivery_address_line1": "1 Quay", "delivery_address_line3": "Leith",
    }));
    let site = from_halo::site(&site, "https://halo.example/site");
    expect(
        &rows(&site, &settings),
        &[
            ("Name", "Quay"),
            ("Address", "1 Quay, Leith"),
            ("Phone", "0131 1"),
            ("Main contact", "Dana"),
            ("Time zone", "Europe/London"),
            ("Notes", "Ring twice"),
            ("Halo link", "https://halo.example/site"),
            ("Halo ID", "3"),
        ],
    );
    let user: User = read(json!({
        "id": 4, "name": "Dana Reyes", "emailaddress": "dana@finch.example", "phonenumber": "1", "mobilenumber": "2",
        "title": "Office manager", "department": "Front desk", "site_id": 3.0, "site_name": "Quay", "client_id": 12,
        "isimportantcontact": true, "login": "dreyes",
    }));
    let user = from_halo::user(&user, "https://halo.example/user");
    expect(
        &rows(&user, &settings),
        &[
            ("Name", "Dana Reyes"),
            ("Primary e-mail", "dana@finch.example"),
            ("Email", "dana@finch.example"),
            ("Phone", "1"),
            ("Mobile", "2"),
            ("Job title", "Office manager"),
            ("Department", "Front desk"),
            ("Site", "#3"),
            ("Login", "dreyes"),
            ("VIP", "yes"),
            ("Inactive", "no"),
            ("Halo link", "https://halo.example/user"),
            ("Halo ID", "4"),
        ],
    );
}

#[test]
fn an_asset_and_a_contract_become_assets() {
    let mut settings = SyncSettings::default();
    let asset: Asset = read(json!({
        "id": 5, "inventory_number": "LT-7", "assettype_name": "Laptop", "status_name": "In use", "client_id": 12,
        "site_id": 3, "site_name": "Quay", "users": [{"id": 4, "name": "Dana Reyes"}], "notes": "Loan",
        "warranty_start": "2025-01-01T00:00:00", "warranty_end": "2028-01-01T00:00:00",
        "fields": [
            {"id": 1, "name": "Serial Number", "value": "S1"},
            {"id": 2, "name": "Manufacturer", "value": "Dell"},
            {"id": 3, "name": "Model", "value": 7, "display": "5440"},
        ],
    }));
    let asset = from_halo::asset(&asset, "https://halo.example/asset");
    expect(
        &rows(&asset, &settings),
        &[
            ("Name", "LT-7"),
            ("Primary serial", "S1"),
            ("Primary manufacturer", "Dell"),
            ("Primary model", "5440"),
            ("Asset type", "Laptop"),
            ("Status", "In use"),
            ("Serial Number", "S1"),
            ("Manufacturer", "Dell"),
            ("Model", "5440"),
            ("User", "#4"),
            ("Site", "#3"),
            ("Warranty start", "2025-01-01"),
            ("Warranty end", "2028-01-01"),
            ("Notes", "Loan"),
            ("Halo link", "https://halo.example/asset"),
            ("Halo ID", "5"),
        ],
    );
    let contract: Contract = read(json!({
        "id": 6, "ref": "C-6", "client_id": 12, "start_date": "2025-01-01T00:00:00", "end_date": "2027-01-01T00:00:00",
        "active": true, "contract_status": "Signed", "contracttype_name": "Support", "sla_name": "Gold",
        "periodchargeamount": 1250.5, "note": "Renew early",
    }));
    let contract = from_halo::contract(&contract, "2026-01-01", "https://halo.example/contract");
    let usual = rows(&contract, &settings);
    expect(
        &usual,
        &[
            ("Name", "C-6"),
            ("Reference", "C-6"),
            ("Type", "Support"),
            ("Status", "Signed"),
            ("Start date", "2025-01-01"),
            ("End date", "2027-01-01"),
            ("SLA", "Gold"),
            ("Note", "Renew early"),
            ("Halo link", "https://halo.example/contract"),
            ("Halo ID", "6"),
        ],
    );
    settings.contract_value = true;
    assert!(rows(&contract, &settings).contains(&("Value".to_owned(), "1250.5".to_owned())));
    let ends = |kind, label: &str| made(kind, &settings).field(label).unwrap().expiration;
    assert!(ends(RecordKind::Contract, "End date") && ends(RecordKind::Asset, "Warranty end"));
    assert_eq!(made(RecordKind::Asset, &settings).field("User").unwrap().linked_layout, Some(2));
}
