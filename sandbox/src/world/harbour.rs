//! Harbour & Finch Ltd, the client of the walk-through, written by hand.
//!
//! Someone typed it into Hudu: the phone there is an old one, the website is missing, most laptops
//! are in, and the newest ones are not.

use jiff::civil::Date;

use super::days::day;
use super::devices::{Place, device, model_named};
use super::people::{Person, user};
use super::seed::Seed;
use super::{Asset, Client, Contract, Password, Presence, Process, Site};

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
        phone: "0131 496 0300".into(),
        hudu_phone: "0131 496 0321".into(),
        notes: "Design studio and print house. Month end is the last three working days: no changes to finance machines then.".into(),
        kind: "Managed service".into(),
        top_level: "Scotland".into(),
        inactive: false,
        sites: sites(),
        users: Vec::new(),
        assets: Vec::new(),
        contracts: contracts(today, first_contract),
        passwords: passwords(),
        processes: processes(),
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

fn sites() -> Vec<Site> {
    let site = |id, name: &str, line1: &str, town: &str, county: &str, postcode: &str, phone: &str, contact: &str| Site {
        id,
        name: name.into(),
        line1: line1.into(),
        town: town.into(),
        county: county.into(),
        postcode: postcode.into(),
        country: "GB".into(),
        phone: phone.into(),
        timezone: "Europe/London".into(),
        main_contact: Some(contact.into()),
    };
    vec![
        site(18, "Leith office", "14 Cobble Wharf", "Edinburgh", "Midlothian", "EH99 1AA", "0131 496 0300", "Priya Raman"),
        site(19, "Glasgow studio", "Unit 6, 211 Tannery Street", "Glasgow", "Lanarkshire", "G99 4BB", "0141 496 0310", "Jo Okafor"),
        site(20, "Newbridge print works", "3 Millrace Road", "Newbridge", "Midlothian", "EH99 8CC", "0131 496 0344", "Colin Moffat"),
    ]
}

fn contracts(today: Date, first: i64) -> Vec<Contract> {
    let contract = |id, reference: &str, kind: &str, start, end, sla: &str, note: &str, value, in_hudu| Contract {
        id,
        reference: reference.into(),
        kind: kind.into(),
        start: day(today, start),
        end: day(today, end),
        active: end >= 0,
        sla: sla.into(),
        note: note.into(),
        value,
        in_hudu,
    };
    vec![
        contract(first, "HF-MS-2026", "Managed service", -340, 25, "Standard SLA", "Per seat, 14 seats. Renewal talks with Callum Finch.", 1246.0, true),
        contract(first + 1, "HF-BK-2025", "Backup", -400, 330, "Standard SLA", "Off-site copies of the NAS and Microsoft 365.", 210.0, false),
        contract(first + 2, "HF-MS-2024", "Managed service", -1071, -341, "Standard SLA", "Replaced by HF-MS-2026.", 1120.0, true),
    ]
}

fn passwords() -> Vec<Password> {
    let password = |name: &str, username: &str, password: &str, seed: Option<&str>, url: Option<&str>, folder: &str, tag: Option<&str>, notes: &str| Password {
        name: name.into(),
        username: username.into(),
        password: password.into(),
        otp_seed: seed.map(String::from),
        url: url.map(String::from),
        folder: Some(folder.into()),
        asset_tag: tag.map(String::from),
        notes: notes.into(),
    };
    vec![
        password("Local administrator (HF-LT-042)", ".\\nl-admin", "Quay-Lantern-58-Drizzle", Some("MFZWIZTBONSGMYLT"), None, "Endpoints", Some("HF-LT-042"), "Changed by LAPS every 30 days."),
        password("Microsoft 365 global admin", "admin@harbourfinch.example", "Ferry!Cinder!Oboe!19", Some("JBSWY3DPEHPK3PXP"), Some("https://admin.cloud.example"), "Microsoft 365", None, "Break-glass account is in the safe."),
        password("Firewall (Leith)", "nl-admin", "basalt-42-Heron-winch", Some("KRSXG5CTMVRXEZLU"), Some("https://10.40.10.1:8443"), "Network", Some("HF-FW-001"), "Trusted hosts only; connect from the jump host."),
        password("NAS administrator", "northlight", "Thimble#Orchard#77", None, Some("https://10.40.10.12:5001"), "Servers", Some("HF-SV-002"), ""),
        password("Domain registrar", "it@harbourfinch.example", "gull-Sonnet-3-marble", Some("NB2W45DFOIZA4LTP"), Some("https://registrar.example/login"), "Domains", None, "Renews in spring."),
        password("Wi-Fi HF-Staff", "HF-Staff", "kittiwake-over-the-forth", None, None, "Network", Some("HF-AP-001"), ""),
    ]
}

fn processes() -> Vec<Process> {
    let process = |name: &str, description: &str, tasks: &[&str]| Process {
        name: name.into(),
        description: description.into(),
        tasks: tasks.iter().map(|task| (*task).into()).collect(),
    };
    vec![
        process("Onboard a new starter", "What Harbour & Finch expect on a person's first day.", &[
            "Get the starter form from Priya Raman",
            "Create the Microsoft 365 account and assign Business Premium",
            "Add to HF-Staff and the department's group",
            "Enrol a laptop with the HF profile and note its tag",
            "Add to the print queue of the site",
            "Book fifteen minutes on the first morning",
        ]),
        process("Replace a finance laptop", "Finance machines hold the banking certificate.", &[
            "Check that it is not month end",
            "Export the banking certificate with Dana Whitfield present",
            "Enrol the new laptop and import the certificate",
            "Test the VPN and the accounts package",
            "Wipe the old laptop after seven days",
        ]),
    ]
}
