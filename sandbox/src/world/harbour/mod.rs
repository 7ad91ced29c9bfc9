//! Harbour & Finch Ltd, the client of the walk-through, written by hand.
//!
//! Someone typed it into Hudu: the phone there is an old one, the website is missing, most laptops
//! are in, and the newest ones are not.

mod papers;

use jiff::civil::Date;

use super::days::day;
use super::devices::{Place, device, model_named};
use super::people::{Person, user};
use super::seed::Seed;
use super::{Asset, Client, Presence};

/// Halo id of the client.
pub const ID: i64 = 12;
/// Letters that start its asset tags.
pub const SHORT: &str = "HF";
/// Domain of its mail.
pub const DOMAIN: &str = "harbourfinch.example";

/// Site position, person, important, in Hudu.
#[rustfmt::skip]
const PEOPLE: [(usize, Person<'static>, bool, bool); 14] = [
    (0, ("Dana", "Whitfield", "Finance manager", "Finance"), true, true),
    (0, ("Callum", "Finch", "Managing director", "Directors"), true, true),
    (0, ("Eilidh", "Harbour", "Creative director", "Directors"), true, true),
    (0, ("Priya", "Raman", "Office manager", "Operations"), false, true),
    (0, ("Tom", "Ashworth", "Bookkeeper", "Finance"), false, true),
    (0, ("Sorcha", "Ní Bhriain", "Account manager", "Client services"), false, true),
    (0, ("Marek", "Zieliński", "Motion designer", "Studio"), false, false),
    (1, ("Jo", "Okafor", "Studio lead", "Studio"), false, true),
    (1, ("Hamish", "Laidlaw", "Artworker", "Studio"), false, true),
    (1, ("Bea", "Lindqvist", "Copywriter", "Studio"), false, true),
    (1, ("Ravi", "Sandhu", "Producer", "Client services"), false, false),
    (2, ("Colin", "Moffat", "Warehouse supervisor", "Print and dispatch"), false, true),
    (2, ("Agnes", "Drummond", "Dispatch clerk", "Print and dispatch"), false, true),
    (0, ("Lewis", "Kerr", "Junior designer", "Studio"), false, true),
];

/// Number in the tag, model, site position, surname of the user, in Hudu.
#[rustfmt::skip]
const DEVICES: [(i64, &str, usize, &str, bool); 31] = [
    (42, "Latitude 7450", 0, "Whitfield", true),
    (57, "Latitude 7450", 0, "Whitfield", false),
    (31, "MacBook Pro 14 (M4)", 0, "Harbour", true),
    (33, "Latitude 7450", 0, "Finch", true),
    (35, "Latitude 5440", 0, "Raman", true),
    (36, "Latitude 5440", 0, "Ashworth", true),
    (38, "Latitude 5440", 0, "Ní Bhriain", true),
    (39, "MacBook Pro 14 (M4)", 0, "Zieliński", true),
    (44, "MacBook Pro 14 (M4)", 1, "Okafor", true),
    (45, "MacBook Pro 14 (M4)", 1, "Laidlaw", true),
    (46, "Surface Laptop 7", 1, "Lindqvist", true),
    (58, "Surface Laptop 7", 1, "Sandhu", false),
    (59, "MacBook Pro 14 (M4)", 0, "", false),
    (3, "iMac 24 (M3)", 1, "", true),
    (4, "OptiPlex 7020 Micro", 2, "Moffat", true),
    (5, "OptiPlex 7020 Micro", 2, "Drummond", true),
    (1, "PowerEdge T360", 0, "", true),
    (2, "RackStation RS2423+", 0, "", true),
    (1, "FortiGate 60F", 0, "", true),
    (2, "FortiGate 60F", 1, "", true),
    (1, "USW Pro 24 PoE", 0, "", true),
    (2, "USW Pro 24 PoE", 1, "", true),
    (1, "U7 Pro", 0, "", true),
    (2, "U7 Pro", 0, "", true),
    (3, "U7 Pro", 1, "", false),
    (1, "IM C3010", 0, "", true),
    (2, "LaserJet Pro M404dn", 1, "", true),
    (3, "ZD421d", 2, "", false),
    (11, "iPhone 16", 0, "Whitfield", true),
    (12, "iPhone 16", 0, "Finch", true),
    (13, "Pixel 9a", 2, "Moffat", false),
];

/// Builds the client. Ids of users and assets count up from the given ones.
pub fn harbour(today: Date, first_user: i64, first_asset: i64, first_contract: i64) -> Client {
    let mut client = Client {
        id: ID,
        name: "Harbour & Finch Ltd".into(),
        hudu_name: "Harbour and Finch".into(),
        presence: Presence::ByHand,
        website: "https://www.harbourfinch.example".into(),
        phone: "0131 496 0321".into(),
        hudu_phone: "0131 496 0300".into(),
        notes: "Design studio and print house. Month end is the last three working days: no changes to finance machines then.".into(),
        kind: "Managed service".into(),
        top_level: "Scotland".into(),
        inactive: false,
        sites: papers::sites(),
        users: Vec::new(),
        assets: Vec::new(),
        contracts: papers::contracts(today, first_contract),
        passwords: papers::passwords(),
        processes: papers::processes(),
        websites: vec!["https://www.harbourfinch.example".into(), "https://proofs.harbourfinch.example".into()],
    };
    client.users = (first_user..)
        .zip(PEOPLE)
        .map(|(id, (site, person, vip, in_hudu))| {
            let mut user = user(id, client.sites[site].id, person, DOMAIN);
            user.vip = vip;
            user.in_hudu = in_hudu;
            user.inactive = person.1 == "Kerr";
            user
        })
        .collect();
    client.assets = devices(&client, first_asset, today);
    client
}

fn devices(client: &Client, first_asset: i64, today: Date) -> Vec<Asset> {
    let mut seed = Seed::new(12);
    let rows = DEVICES.iter().filter_map(|row| Some((row, model_named(row.1)?)));
    let mut list: Vec<Asset> = (first_asset..)
        .zip(rows)
        .map(|(id, (&(number, _, site, surname, in_hudu), model))| {
            let place = Place { client, short: SHORT, site, number, today };
            let mut asset = device(id, model, place, &mut seed);
            asset.user_id = client.users.iter().find(|user| user.surname == surname).map(|user| user.id);
            asset.in_hudu = in_hudu;
            asset
        })
        .collect();
    set(&mut list, "HF-LT-042", today, "7KQ4XN3", -1076, "Dana's main laptop. Docking station on desk 4.");
    set(&mut list, "HF-LT-057", today, "9FD2WB3", -16, "Replacement for HF-LT-042, to be handed over after month end.");
    for asset in list.iter_mut().filter(|asset| asset.tag == "HF-LT-057") {
        asset.status = "In stock".into();
    }
    list
}

fn set(list: &mut [Asset], tag: &str, today: Date, serial: &str, bought: i64, notes: &str) {
    for asset in list.iter_mut().filter(|asset| asset.tag == tag) {
        for (name, value) in &mut asset.fields {
            match name.as_str() {
                "Serial Number" => *value = serial.into(),
                "Memory" => *value = "32 GB".into(),
                "Storage" => *value = "512 GB SSD".into(),
                _ => {}
            }
        }
        asset.warranty_start = Some(day(today, bought));
        asset.warranty_end = Some(day(today, bought + 1095));
        asset.notes = notes.into();
    }
}
