//! Agreements, secrets and processes of the generated clients.

use jiff::civil::Date;

use super::catalogue::kind;
use super::clients::Row;
use super::days::day;
use super::seed::Seed;
use super::{Client, Contract, Password, Presence, Process};

/// Kind, letters in the reference, service level, price per user and month.
const AGREEMENTS: [(&str, &str, &str, f64); 4] = [
    ("Managed service", "MS", "Standard SLA", 89.0),
    ("Backup", "BK", "Standard SLA", 15.0),
    ("Connectivity", "CN", "Priority SLA", 24.5),
    ("Printer support", "PR", "Best effort", 6.0),
];
/// Days from today on which the agreements end, so that some are always about to.
const ENDS: [i64; 9] = [12, 41, 88, 130, 190, 240, 301, 344, -20];

/// Builds the contracts of a client: one to three.
pub fn contracts(row: &Row, first_id: i64, today: Date, seed: &mut Seed) -> Vec<Contract> {
    let count = if row.size.1 > 10 { 3 } else { 1 + seed.below(2) };
    (first_id..)
        .zip(AGREEMENTS.iter().take(count))
        .map(|(id, &(kind, letters, sla, price))| {
            let end = if row.id == 24 { -210 } else { *seed.pick(&ENDS) };
            let year = day(today, end - 364);
            Contract {
                id,
                reference: format!("{}-{letters}-{}", row.short, year.get(..4).unwrap_or_default()),
                kind: kind.into(),
                start: day(today, end - 364),
                end: day(today, end),
                active: end >= 0,
                sla: sla.into(),
                note: format!("{} users, billed monthly in advance.", row.size.1),
                value: price * f64::from(u32::try_from(row.size.1).unwrap_or_default()),
                in_hudu: row.presence.keeps(seed, 45, 90),
            }
        })
        .collect()
}

const WORDS: [&str; 32] = [
    "amber", "basalt", "bracken", "cedar", "cobalt", "curlew", "dapple", "ember", "fathom", "gannet", "hollow",
    "indigo", "juniper", "kelp", "lantern", "marble", "nettle", "oboe", "pebble", "quarry", "rowan", "saffron",
    "thistle", "umber", "velvet", "walnut", "yarrow", "zephyr", "harbour", "meadow", "copper", "drizzle",
];

/// Name, account, folder, whether there is a second factor, address, asset tag.
type Secret<'a> = (&'a str, &'a str, &'a str, bool, Option<String>, Option<String>);

/// Builds what Hudu keeps secret for a client; nothing for a client that Hudu does not know.
pub fn passwords(client: &Client, row: &Row, seed: &mut Seed) -> Vec<Password> {
    if row.presence == Presence::None {
        return Vec::new();
    }
    let first = |type_id| client.assets.iter().find(|asset| asset.type_id == type_id);
    let tag = |type_id| first(type_id).map(|asset| asset.tag.clone());
    let at = |type_id, port: &str| {
        let address = first(type_id)?.fields.iter().find(|(name, _)| name == "IP Address")?;
        Some(format!("https://{}{port}", address.1))
    };
    let admin = format!("admin@{}", row.domain);
    let rows: [Secret<'_>; 5] = [
        ("Microsoft 365 global admin", &admin, "Microsoft 365", true, Some("https://admin.cloud.example".into()), None),
        ("Firewall admin", "nl-admin", "Network", true, at(kind::FIREWALL, ":8443"), tag(kind::FIREWALL)),
        ("Domain administrator", "nl-domadmin", "Servers", false, None, tag(kind::SERVER)),
        ("Switch management", "manager", "Network", false, at(kind::SWITCH, ""), tag(kind::SWITCH)),
        ("Printer web page", "admin", "Printing", false, at(kind::PRINTER, ""), tag(kind::PRINTER)),
    ];
    rows.into_iter()
        .map(|(name, username, folder, second_factor, url, asset_tag)| Password {
            name: name.into(),
            username: username.into(),
            password: phrase(seed),
            otp_seed: second_factor.then(|| one_time_seed(seed)),
            url,
            folder: Some(folder.into()),
            asset_tag,
            notes: String::new(),
        })
        .collect()
}

fn phrase(seed: &mut Seed) -> String {
    let words: Vec<&str> = (0..3).map(|_| *seed.pick(&WORDS)).collect();
    format!("{}-{}", words.join("-"), seed.between(10, 99))
}

/// Sixteen Base32 letters, which is ten bytes.
fn one_time_seed(seed: &mut Seed) -> String {
    const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    (0..16).map(|_| char::from(*seed.pick(BASE32))).collect()
}

const PROCESSES: [(&str, &str, &[&str]); 5] = [
    (
        "Onboard a new starter",
        "From the form to the first morning.",
        &[
            "Read the starter form and check the line manager",
            "Create the account and assign the licence",
            "Add to the groups of the department",
            "Enrol and label a device",
            "Set up the phone extension",
            "Welcome call on the first morning",
        ],
    ),
    (
        "Offboard a leaver",
        "Nothing is deleted before day 30.",
        &[
            "Block sign-in at the agreed time",
            "Revoke active sign-ins and app passwords",
            "Give the manager access to the mailbox",
            "Collect the devices and mark them in stock",
            "Convert the mailbox to shared after 30 days",
        ],
    ),
    (
        "Monthly maintenance",
        "Second Tuesday plus three days.",
        &[
            "Check last night's backups",
            "Approve updates for the pilot ring",
            "Restart the servers in the window",
            "Review disk space and certificates",
            "Write two lines to the client",
        ],
    ),
    (
        "Restore from backup",
        "Yearly test and the real thing.",
        &[
            "Agree the point in time in writing",
            "Restore to the test network first",
            "Have the client open three files",
            "Restore to production",
            "File the evidence",
        ],
    ),
    (
        "Line failure",
        "The internet line of a site is down.",
        &[
            "Look at the router's lights with someone on site",
            "Check the supplier's status page",
            "Switch to the 5G backup",
            "Log the fault with the supplier and note the number",
            "Switch back after an hour without errors",
        ],
    ),
];

/// Builds two processes for a client; nothing for a client that Hudu does not know.
pub fn processes(row: &Row) -> Vec<Process> {
    if row.presence == Presence::None {
        return Vec::new();
    }
    let start = usize::try_from(row.id).unwrap_or_default();
    [0, 1 + start % 4]
        .into_iter()
        .map(|at| PROCESSES[at])
        .map(|(name, description, tasks)| Process {
            name: name.into(),
            description: description.into(),
            tasks: tasks.iter().map(|task| (*task).into()).collect(),
        })
        .collect()
}
