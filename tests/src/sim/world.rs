//! A small odd world: what happens on real tenants, all at once.

use serde_json::{Value, json};
use sidelight_sandbox::Sandbox;
use sidelight_sandbox::world::{Agent, Article, Asset, AssetType, Client, Contract, Presence, Site, User, World};

use crate::sim::chance::Chance;

const NAMES: [&str; 9] =
    ["Acme Ltd", "ACME  Limited", "Borealis & Sons", "Zephyr GmbH", "شركة النور", "Élan", "O'Neill's", "Twin", "Twin"];

const FIRST: [&str; 5] = ["Ada", "Ben", "Zoë", "Sam", "Ada"];
const LAST: [&str; 4] = ["Reed", "Okoro", "Reed", "Ní Bhriain"];

/// Serials: junk that many devices carry, real ones, and one that comes twice.
const SERIALS: [&str; 8] =
    ["To be filled by O.E.M.", "None", "00000000", "PF3XK2A1", "PF3XK2A1", "5CG1234XYZ", "", "CZ2029ABCD"];

const KINDS: [(i64, &str, i64, &str, &str); 4] = [
    (121, "Laptop", 21, "Computers", "Computer Assets"),
    (123, "Server", 22, "Servers", "Servers"),
    (125, "Switch", 23, "Network", "Network Devices"),
    (130, "Coffee machine", 30, "Kitchen", "Kitchen"),
];

/// The world of a seed, before anybody adds oddities to either side.
pub fn world(chance: &mut Chance) -> World {
    let clients = (0..chance.between(2, 4)).map(|at| client(at, chance)).collect::<Vec<_>>();
    let articles = (0..chance.below(4)).map(|at| article(at, &clients, chance)).collect();
    let asset_types = KINDS
        .iter()
        .map(|&(id, name, group_id, group, layout)| AssetType {
            id,
            name: name.into(),
            group_id,
            group: group.into(),
            layout: layout.into(),
            fields: ["Serial Number", "Manufacturer", "Model", "Operating System"].map(String::from).to_vec(),
        })
        .collect();
    let agents =
        vec![Agent { id: 2, name: "API".into(), email: "api@msp.example".into(), team: "Service Desk".into() }];
    World { clients, asset_types, tickets: Vec::new(), articles, agents }
}

fn id(base: i64, at: usize, within: usize) -> i64 {
    base + i64::try_from(at * 20 + within).unwrap_or_default()
}

fn client(at: usize, chance: &mut Chance) -> Client {
    let name = *chance.pick(&NAMES);
    let presence = *chance.pick(&[Presence::ByHand, Presence::ByHand, Presence::Native, Presence::None]);
    let hudu_name = match (presence, chance.below(3)) {
        (Presence::ByHand, 0) => name.to_uppercase(),
        (Presence::ByHand, 1) => format!("{} Ltd.", name.trim_end_matches(" Ltd")),
        _ => name.to_owned(),
    };
    let sites: Vec<Site> = (0..chance.between(1, 2)).map(|place| site(at, place, chance)).collect();
    let users: Vec<User> = (0..chance.between(1, 4)).map(|place| person(at, place, &sites, chance)).collect();
    let assets = (0..chance.between(1, 5)).map(|place| device(at, place, &sites, &users, chance)).collect();
    let contracts = (0..chance.below(3)).map(|place| contract(at, place, chance)).collect();
    Client {
        id: id(12, at, 0),
        name: name.into(),
        hudu_name,
        presence,
        website: chance.pick(&["", "acme.example", "https://www.acme.example/"]).to_string(),
        phone: chance.pick(&["", "0131 496 0300", "+44 131 4960301"]).to_string(),
        hudu_phone: chance.pick(&["", "0131 496 0300", "ask reception"]).to_string(),
        notes: chance.pick(&["", "Gate code 4711 < 5"]).to_string(),
        kind: chance.pick(&["Customer", "Prospect"]).to_string(),
        top_level: chance.pick(&["Top", "Acme Ltd"]).to_string(),
        inactive: chance.one_in(10),
        sites,
        users,
        assets,
        contracts,
        passwords: Vec::new(),
        processes: Vec::new(),
        websites: Vec::new(),
    }
}

fn site(at: usize, place: usize, chance: &mut Chance) -> Site {
    Site {
        id: id(1, at, place),
        name: chance.pick(&["Main", "Main", "Leith office", "Büro"]).to_string(),
        line1: chance.pick(&["", "12 Tannery Street"]).to_string(),
        town: chance.pick(&["", "Leith"]).to_string(),
        county: String::new(),
        postcode: chance.pick(&["", "EH99 1AA"]).to_string(),
        country: "GB".into(),
        phone: chance.pick(&["", "0131 496 0777"]).to_string(),
        timezone: "Europe/London".into(),
        main_contact: None,
    }
}

fn person(at: usize, place: usize, sites: &[Site], chance: &mut Chance) -> User {
    let (first, last) = (*chance.pick(&FIRST), *chance.pick(&LAST));
    let email = match chance.below(4) {
        0 => String::new(),
        1 => "shared@acme.example".to_owned(),
        _ => format!("User{at}.{place}@Acme.example"),
    };
    User {
        id: id(101, at, place),
        site_id: chance.pick(sites).id,
        first_name: first.into(),
        surname: last.into(),
        email,
        phone: chance.pick(&["", "0131 496 0100"]).to_string(),
        mobile: chance.pick(&["", "07700 900123"]).to_string(),
        job_title: chance.pick(&["", "Adviser"]).to_string(),
        department: chance.pick(&["", "Finance"]).to_string(),
        login: format!("u{at}{place}"),
        vip: chance.one_in(4),
        inactive: chance.one_in(6),
        in_hudu: chance.one_in(2),
    }
}

fn device(at: usize, place: usize, sites: &[Site], users: &[User], chance: &mut Chance) -> Asset {
    let kind = chance.pick(&KINDS).0;
    let fields = [
        ("Serial Number", *chance.pick(&SERIALS)),
        ("Manufacturer", *chance.pick(&["Dell", "", "None"])),
        ("Model", *chance.pick(&["T14", "Latitude 7450", ""])),
        ("Operating System", *chance.pick(&["", "Windows 11"])),
    ];
    Asset {
        id: id(2001, at, place),
        tag: chance.pick(&["LT-1", "LT-2", "A-7", "SRV"]).to_string()
            + &format!("{}", if place < 3 { place } else { 0 }),
        type_id: kind,
        site_id: chance.pick(sites).id,
        user_id: chance.one_in(2).then(|| chance.pick(users).id),
        fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        custom: if chance.one_in(2) { vec![("CostCentre".into(), "K7".into())] } else { Vec::new() },
        status: chance.pick(&["In use", "In stock", "Retired", "On loan"]).to_string(),
        warranty_start: chance.one_in(2).then(|| "2025-03-01".into()),
        warranty_end: chance.one_in(2).then(|| "2027-03-01".into()),
        notes: chance.pick(&["", "Screen <b>scratched</b>\nsecond line"]).to_string(),
        inactive: chance.one_in(6),
        in_hudu: chance.one_in(2),
    }
}

fn contract(at: usize, place: usize, chance: &mut Chance) -> Contract {
    Contract {
        id: id(301, at, place),
        reference: chance.pick(&["MS-2026", "BK-2026", "MS-2026"]).to_string(),
        kind: "Managed service".into(),
        start: "2026-01-01".into(),
        end: chance.pick(&["2027-01-01", "2026-02-01"]).to_string(),
        active: !chance.one_in(3),
        sla: "Standard SLA".into(),
        note: chance.pick(&["", "Monthly."]).to_string(),
        value: 99.5,
        in_hudu: chance.one_in(2),
    }
}

fn article(at: usize, clients: &[Client], chance: &mut Chance) -> Article {
    let known: Vec<i64> = clients.iter().filter(|c| c.presence != Presence::None).map(|c| c.id).collect();
    Article {
        title: format!("How to {}", chance.pick(&["print", "reset", "print"])),
        html: format!("<h2>Step {at}</h2><p>Do &amp; look.</p>"),
        client_id: if known.is_empty() || chance.one_in(2) { None } else { Some(*chance.pick(&known)) },
        folder: if chance.one_in(2) { vec!["IT".into(), "Printing".into()] } else { Vec::new() },
        days_ago: 20,
    }
}

/// Oddities in Hudu that nobody wanted: doubles, something put away, a Halo ID typed by hand.
pub fn upset(pair: &Sandbox, chance: &mut Chance) {
    let assets = pair.hudu.all("assets");
    for _ in 0..chance.below(4) {
        if assets.is_empty() {
            break;
        }
        let asset = chance.pick(&assets).clone();
        let change = match chance.below(4) {
            0 => json!({ "id": asset["id"], "archived": true }),
            1 => json!({ "id": asset["id"], "name": "Renamed by hand" }),
            2 => json!({ "id": asset["id"], "cards": [] }),
            _ => json!({
                "name": asset["name"], "company_id": asset["company_id"], "asset_layout_id": asset["asset_layout_id"],
                "primary_serial": asset["primary_serial"], "primary_mail": asset["primary_mail"],
            }),
        };
        pair.hudu.upsert("assets", change);
    }
    let companies = pair.hudu.all("companies");
    if !companies.is_empty() && chance.one_in(3) {
        let company = chance.pick(&companies).clone();
        let change = match chance.below(3) {
            0 => json!({ "name": company["name"] }),
            1 => json!({ "id": company["id"], "archived": true }),
            _ => json!({ "id": company["id"], "id_number": "ABC-1" }),
        };
        pair.hudu.upsert("companies", change);
    }
}

/// A text of a record's member; empty where there is none.
pub fn text(record: &Value, member: &str) -> String {
    record[member].as_str().unwrap_or_default().to_owned()
}
