//! Halo records and their counterparts: nine of ten assets are in Hudu, half of these linked, the others
//! with the same serial; one of ten of them differs.

use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::{Fact, FactValue, HALO_ID, HuduRecord, LayoutField, LayoutShape, Slot, Source};

/// Assets of one client.
const PER_CLIENT: usize = 200;
/// Users of one client.
const USERS: usize = 20;
/// Sites of one client.
const SITES: usize = 2;

const SITE_LAYOUT: i64 = 1;
const PEOPLE_LAYOUT: i64 = 2;
const ASSET_LAYOUT: i64 = 3;

fn id(number: usize) -> i64 {
    i64::try_from(number).unwrap_or_default() + 1
}

fn clients(assets: usize) -> usize {
    assets.div_ceil(PER_CLIENT)
}

fn text(value: impl Into<String>) -> FieldValue {
    FieldValue::Text(value.into())
}

fn field(label: &str, kind: &str) -> LayoutField {
    LayoutField {
        label: label.into(),
        kind: kind.into(),
        options: Vec::new(),
        expiration: false,
        linked_layout: match (kind, label) {
            ("AssetTag", "Site") => Some(SITE_LAYOUT),
            ("AssetTag", _) => Some(PEOPLE_LAYOUT),
            _ => None,
        },
        linked_by: None,
    }
}

/// The layouts of the default names.
pub fn layouts() -> Vec<LayoutShape> {
    let layout = |id, name: &str, fields: &[(&str, &str)]| LayoutShape {
        id,
        name: name.to_owned(),
        active: true,
        fields: fields.iter().map(|(label, kind)| field(label, kind)).collect(),
    };
    vec![
        layout(SITE_LAYOUT, "Sites", &[("Address", "AddressData"), ("Phone", "Phone"), (HALO_ID, "Text")]),
        layout(PEOPLE_LAYOUT, "People", &[("Email", "Email"), ("Site", "AssetTag"), (HALO_ID, "Text")]),
        layout(
            ASSET_LAYOUT,
            "Computer Assets",
            &[
                ("Serial Number", "Text"),
                ("Manufacturer", "Text"),
                ("Model", "Text"),
                ("Operating System", "Text"),
                ("Status", "Text"),
                ("Warranty end", "Date"),
                ("Assigned user", "AssetTag"),
                ("Site", "AssetTag"),
                (HALO_ID, "Text"),
            ],
        ),
    ]
}

fn record(id: i64, company: i64, layout: Option<i64>, name: String, values: Vec<(Slot, FieldValue)>) -> HuduRecord {
    HuduRecord {
        id,
        company,
        layout,
        name,
        archived: false,
        url: format!("https://hudu.example/a/{id:012x}"),
        native: Vec::new(),
        values,
    }
}

/// One company for each client.
pub fn companies(assets: usize) -> impl Iterator<Item = HuduRecord> {
    (0..clients(assets)).map(|at| {
        let values = vec![
            (Slot::attribute("id_number"), text(id(at).to_string())),
            (Slot::attribute("phone_number"), text("0131 496 0300")),
        ];
        record(id(at), id(at), None, format!("Client {at:05} Ltd"), values)
    })
}

/// Sites, people and assets in Hudu.
pub fn assets(assets: usize) -> impl Iterator<Item = HuduRecord> {
    let offices = (0..clients(assets) * SITES).map(|at| {
        let values =
            vec![(Slot::field("Phone"), text("0131 496 0301")), (Slot::field(HALO_ID), text(id(at).to_string()))];
        record(id(at), id(at / SITES), Some(SITE_LAYOUT), site(at), values)
    });
    let sites = clients(assets) * SITES;
    let people = (0..clients(assets) * USERS).map(move |at| {
        let values = vec![
            (Slot::field("Email"), text(email(at))),
            (Slot::attribute("primary_mail"), text(email(at))),
            (Slot::field("Site"), place(at / USERS * SITES)),
            (Slot::field(HALO_ID), text(id(at).to_string())),
        ];
        record(id(sites + at), id(at / USERS), Some(PEOPLE_LAYOUT), person(at), values)
    });
    let first = sites + clients(assets) * USERS;
    let devices = (0..assets).map(move |at| {
        // One of ten is unknown to Halo.
        let unknown = at % 10 == 9;
        let serial = if unknown { format!("HUDU{at:08}") } else { serial(at) };
        let name = if unknown { format!("X-{at:07}") } else { tag(at) };
        let mut values = vec![
            (Slot::attribute("primary_serial"), text(serial.clone())),
            (Slot::attribute("primary_manufacturer"), text("Dell")),
            (Slot::attribute("primary_model"), text("Latitude 7450")),
            (Slot::field("Serial Number"), text(serial)),
            (Slot::field("Manufacturer"), text("Dell")),
            (Slot::field("Model"), text("Latitude 7450")),
            (Slot::field("Operating System"), text("Windows 11 Pro 24H2")),
            (Slot::field("Status"), text(if at % 11 == 3 { "In stock" } else { "In use" })),
            (Slot::field("Warranty end"), FieldValue::Date("2028-03-01".to_owned())),
            (Slot::field("Assigned user"), FieldValue::Assets(vec![(id(sites + holder(at)), person(holder(at)))])),
            (Slot::field("Site"), place(at / PER_CLIENT * SITES)),
        ];
        if at % 2 == 0 && !unknown {
            values.push((Slot::field(HALO_ID), text(id(at).to_string())));
        }
        record(id(first + at), id(at / PER_CLIENT), Some(ASSET_LAYOUT), name, values)
    });
    offices.chain(people).chain(devices)
}

/// The user of a device.
fn holder(at: usize) -> usize {
    at / PER_CLIENT * USERS + at % USERS
}

fn person(at: usize) -> String {
    format!("Person {at:06}")
}

fn site(at: usize) -> String {
    format!("Site {at:06}")
}

/// A link to a site.
fn place(at: usize) -> FieldValue {
    FieldValue::Assets(vec![(id(at), site(at))])
}

fn email(at: usize) -> String {
    format!("person{at:06}@client{:05}.example", at / USERS)
}

fn serial(at: usize) -> String {
    format!("PF{at:08}")
}

fn tag(at: usize) -> String {
    format!("C{:05}-LT-{at:07}", at / PER_CLIENT)
}

fn fact(key: &str, label: &str, value: FieldValue) -> Fact {
    Fact { key: key.into(), label: label.into(), value: FactValue::Plain(value) }
}

fn link(key: &str, label: &str, kind: RecordKind, id: i64, name: String) -> Fact {
    Fact { key: key.into(), label: label.into(), value: FactValue::Record(RecordRef::new(kind, id), name) }
}

fn source(kind: RecordKind, at: usize, client: usize, name: String, facts: Vec<Fact>) -> Source {
    Source {
        record: RecordRef::new(kind, id(at)),
        name,
        client: Some(id(client)),
        client_name: Some(format!("Client {client:05} Ltd")),
        inactive: false,
        type_name: None,
        group_name: None,
        facts,
    }
}

/// Halo's records, in the order in which they are planned.
pub fn sources(assets: usize) -> impl Iterator<Item = Source> {
    let clients_ = (0..clients(assets)).map(|at| {
        let facts = vec![fact("phone", "Phone", text("0131 496 0300"))];
        source(RecordKind::Client, at, at, format!("Client {at:05} Ltd"), facts)
    });
    let sites = (0..clients(assets) * SITES).map(|at| {
        let facts = vec![fact("phone", "Phone", text("0131 496 0301"))];
        source(RecordKind::Site, at, at / SITES, site(at), facts)
    });
    let people = (0..clients(assets) * USERS).map(|at| {
        let home = at / USERS * SITES;
        let facts =
            vec![fact("email", "Email", text(email(at))), link("site", "Site", RecordKind::Site, id(home), site(home))];
        source(RecordKind::User, at, at / USERS, person(at), facts)
    });
    clients_.chain(sites).chain(people).chain((0..assets).map(device))
}

fn device(at: usize) -> Source {
    let client = at / PER_CLIENT;
    let (user, home) = (holder(at), client * SITES);
    let facts = vec![
        fact("tag", "Asset tag", text(tag(at))),
        fact("serial", "Serial", text(serial(at))),
        fact("manufacturer", "Manufacturer", text("Dell")),
        fact("model", "Model", text("Latitude 7450")),
        fact("field:serial number", "Serial Number", text(serial(at))),
        fact("field:manufacturer", "Manufacturer", text("Dell")),
        fact("field:model", "Model", text("Latitude 7450")),
        fact("field:operating system", "Operating System", text("Windows 11 Pro 24H2")),
        fact("type", "Type", text("Laptop")),
        fact("status", "Status", text("In use")),
        fact("warranty_end", "Warranty end", FieldValue::Date("2028-03-01".to_owned())),
        link("user", "User", RecordKind::User, id(user), person(user)),
        link("site", "Site", RecordKind::Site, id(home), site(home)),
        fact("link", "Halo link", text(format!("https://halo.example/assets?id={at}"))),
    ];
    let mut made = source(RecordKind::Asset, at, client, tag(at), facts);
    made.type_name = Some("Laptop".to_owned());
    made
}
