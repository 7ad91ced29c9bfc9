//! A provider of any size, for measurements: plain records, the same at every call.

use super::catalogue::{asset_types, kind, letters};
use super::desk::agents;
use super::people::user;
use super::seed::Seed;
use super::{Article, Asset, Client, Contract, Presence, Site, User, World};

/// How large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Clients.
    pub clients: usize,
    /// Sites of each client.
    pub sites: usize,
    /// Users of each client.
    pub users: usize,
    /// Assets of each client.
    pub assets: usize,
    /// Of a hundred clients so many are in Hudu, typed by hand, with three quarters of what they have.
    pub known: usize,
    /// Articles of Hudu's Central knowledge base.
    pub articles: usize,
}

/// Halo ids of the first records.
const FIRST_CLIENT: i64 = 12;

const FIRST_NAMES: [&str; 8] = ["Ada", "Ben", "Cleo", "Dev", "Elin", "Finn", "Gita", "Hugo"];

const KINDS: [i64; 5] = [kind::LAPTOP, kind::DESKTOP, kind::SERVER, kind::SWITCH, kind::PRINTER];

/// The world of that size.
pub fn large(size: Size) -> World {
    let clients = (0..size.clients).map(|at| client(at, size)).collect();
    let articles = (0..size.articles).map(|at| Article {
        client_id: None,
        folder: vec!["Runbooks".into()],
        title: format!("Runbook {at:05}"),
        html: format!("<p>How task {at} is done.</p><ol><li>Look.</li><li>Write it down.</li></ol>"),
        days_ago: 30,
    });
    let articles = articles.collect();
    World { clients, asset_types: asset_types(), tickets: Vec::new(), articles, agents: agents() }
}

fn number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or_default()
}

fn client(at: usize, size: Size) -> Client {
    let mut seed = Seed::new(u64::try_from(at).unwrap_or_default());
    let id = FIRST_CLIENT + number(at);
    let presence = if at * 100 < size.known * size.clients { Presence::ByHand } else { Presence::None };
    let name = format!("Client {at:05} Ltd");
    let domain = format!("client{at:05}.example");
    let sites: Vec<Site> = (0..size.sites.max(1)).map(|place| site(at, place, size, &mut seed)).collect();
    let users: Vec<User> =
        (0..size.users).map(|place| person(at, place, size, &sites, &domain, presence, &mut seed)).collect();
    let assets = (0..size.assets).map(|place| device(at, place, size, &sites, &users, presence, &mut seed)).collect();
    let phone = sites[0].phone.clone();
    Client {
        id,
        hudu_name: name.to_uppercase(),
        name,
        presence,
        website: format!("https://www.{domain}"),
        hudu_phone: if seed.chance(50) { phone.clone() } else { seed.pattern("01632 960###") },
        phone,
        notes: String::new(),
        kind: "Customer".into(),
        top_level: "Top".into(),
        inactive: false,
        sites,
        users,
        assets,
        contracts: vec![Contract {
            id: 1 + number(at),
            reference: format!("C{at:05}-MS"),
            kind: "Managed service".into(),
            start: "2026-01-01".into(),
            end: "2027-12-31".into(),
            active: true,
            sla: "Standard SLA".into(),
            note: String::new(),
            value: 1200.0,
            in_hudu: presence.keeps(&mut seed, 50, 50),
        }],
        passwords: Vec::new(),
        processes: Vec::new(),
        websites: Vec::new(),
    }
}

fn site(at: usize, place: usize, size: Size, seed: &mut Seed) -> Site {
    Site {
        id: 1 + number(at * size.sites.max(1) + place),
        name: if place == 0 { "Head office".into() } else { format!("Branch {place}") },
        line1: format!("{} Wharf Lane", place + 1),
        town: "Leeds".into(),
        county: "West Yorkshire".into(),
        postcode: format!("LS98 {}AA", place % 9 + 1),
        country: "GB".into(),
        phone: seed.pattern("0113 496 0###"),
        timezone: "Europe/London".into(),
        main_contact: None,
    }
}

fn person(
    at: usize,
    place: usize,
    size: Size,
    sites: &[Site],
    domain: &str,
    presence: Presence,
    seed: &mut Seed,
) -> User {
    let surname = format!("Person{place:04}");
    let first = FIRST_NAMES[place % FIRST_NAMES.len()];
    let id = 101 + number(at * size.users + place);
    let mut made = user(id, seed.pick(sites).id, (first, &surname, "Adviser", "Office"), domain);
    made.in_hudu = presence.keeps(seed, 75, 75);
    made
}

fn device(
    at: usize,
    place: usize,
    size: Size,
    sites: &[Site],
    users: &[User],
    presence: Presence,
    seed: &mut Seed,
) -> Asset {
    let type_id = KINDS[place % KINDS.len()];
    let holder = if users.is_empty() { None } else { Some(seed.pick(users)) };
    let serial = format!("{}{place:04}{at:05}", seed.pattern("??"));
    Asset {
        id: 2001 + number(at * size.assets + place),
        tag: format!("C{at:05}-{}-{place:04}", letters(type_id)),
        type_id,
        site_id: holder.map_or(sites[0].id, |user| user.site_id),
        user_id: holder.map(|user| user.id),
        fields: [("Serial Number", serial.as_str()), ("Manufacturer", "Dell"), ("Model", "Latitude 7450")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        custom: Vec::new(),
        status: "In use".into(),
        warranty_start: Some("2025-03-01".into()),
        warranty_end: Some(format!("2028-{:02}-15", place % 12 + 1)),
        notes: String::new(),
        inactive: false,
        in_hudu: presence.keeps(seed, 75, 75),
    }
}
