//! Puts the world together.

use jiff::civil::{Date, date};

use super::catalogue::{asset_types, kind};
use super::clients::{CLIENTS, Row};
use super::desk::{agents, tickets};
use super::devices::JUNK_SERIALS;
use super::fleet::{fleet, serial, set_serial};
use super::harbour::{self, harbour};
use super::library::articles;
use super::names::staff;
use super::papers::{contracts, passwords, processes};
use super::places::sites;
use super::seed::Seed;
use super::{Asset, Client, Presence, World};

/// The day that [`world`] takes for today.
pub const TODAY: Date = date(2026, 11, 21);

/// Halo ids of the first records of each sort.
const FIRST_USER: i64 = 101;
const FIRST_ASSET: i64 = 2001;
const FIRST_CONTRACT: i64 = 301;

/// The world as of [`TODAY`]: the same at every call.
pub fn world() -> World {
    world_on(TODAY)
}

/// The world as of another day: the same records, with warranties and contracts around that day.
pub fn world_on(today: Date) -> World {
    let mut clients = vec![harbour(today, FIRST_USER, FIRST_ASSET, FIRST_CONTRACT)];
    for row in &CLIENTS {
        let next = client(row, &clients, today);
        clients.push(next);
    }
    repeat_serials(&mut clients);
    let agents = agents();
    let shorts = std::iter::once(harbour::SHORT).chain(CLIENTS.iter().map(|row| row.short));
    let named: Vec<(&str, &Client)> = shorts.zip(&clients).collect();
    let tickets = tickets(&named, &agents);
    let articles = articles(&named);
    World { clients, asset_types: asset_types(), tickets, articles, agents }
}

/// Grows a client from its row; ids go on where the clients before it end.
fn client(row: &Row, before: &[Client], today: Date) -> Client {
    let mut seed = Seed::new(u64::try_from(row.id).unwrap_or_default());
    let sites = sites(row, next(before, |client| client.sites.iter().map(|site| site.id).max(), 0), &mut seed);
    let users =
        staff(row, &sites, next(before, |client| client.users.iter().map(|user| user.id).max(), FIRST_USER), &mut seed);
    let phone = sites.first().map(|site| site.phone.clone()).unwrap_or_default();
    let website = match row.id % 3 {
        0 => format!("www.{}", row.domain),
        1 => format!("https://{}", row.domain),
        _ => format!("https://www.{}/", row.domain),
    };
    let hudu_phone = match (row.presence, row.id % 3) {
        (Presence::ByHand, 0) => phone.replace(' ', ""),
        (Presence::ByHand, 1) => seed.pattern(&format!("{}###", phone.get(..phone.len() - 3).unwrap_or_default())),
        _ => phone.clone(),
    };
    let mut client = Client {
        id: row.id,
        name: row.name.into(),
        hudu_name: row.hudu_name.into(),
        presence: row.presence,
        websites: vec![format!("https://{}", row.domain)],
        website,
        hudu_phone,
        phone,
        notes: row.notes.into(),
        kind: row.kind.into(),
        top_level: row.top_level.into(),
        inactive: row.id == 24,
        sites,
        users,
        assets: Vec::new(),
        contracts: contracts(
            row,
            next(before, |client| client.contracts.iter().map(|contract| contract.id).max(), FIRST_CONTRACT),
            today,
            &mut seed,
        ),
        passwords: Vec::new(),
        processes: processes(row),
    };
    for site in &mut client.sites {
        let found = client.users.iter().find(|user| user.site_id == site.id && !user.inactive);
        site.main_contact = found.map(|user| format!("{} {}", user.first_name, user.surname));
    }
    let first_asset = next(before, |client| client.assets.iter().map(|asset| asset.id).max(), FIRST_ASSET);
    client.assets = fleet(row, &client, first_asset, today, &mut seed);
    client.passwords = passwords(&client, row, &mut seed);
    client
}

fn next(before: &[Client], largest: impl Fn(&Client) -> Option<i64>, first: i64) -> i64 {
    before.iter().filter_map(largest).max().map_or(first, |id| id + 1)
}

/// Three pairs of clients, as (from, to): a device of the second repeats a serial of the first, as
/// happens when a machine is sold on.
const SOLD_ON: [(i64, i64); 3] = [(13, 16), (20, 21), (17, 31)];

fn repeat_serials(clients: &mut [Client]) {
    let laptop = |asset: &&Asset| asset.type_id == kind::LAPTOP && !JUNK_SERIALS.contains(&serial(asset));
    for (from, to) in SOLD_ON {
        let sold = clients.iter().find(|client| client.id == from).and_then(|client| client.assets.iter().find(laptop));
        let Some(repeated) = sold.map(|asset| serial(asset).to_string()) else {
            continue;
        };
        let buyer = clients.iter_mut().find(|client| client.id == to);
        if let Some(asset) = buyer.and_then(|client| client.assets.iter_mut().find(|asset| laptop(&&**asset))) {
            set_serial(asset, &repeated);
        }
    }
}
