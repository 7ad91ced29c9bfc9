//! Sites, agreements, secrets and processes of Harbour & Finch.

use jiff::civil::Date;

use crate::world::days::day;
use crate::world::{Contract, Password, Process, Site};

/// The three places.
pub(super) fn sites() -> Vec<Site> {
    let site =
        |id, name: &str, line1: &str, town: &str, county: &str, postcode: &str, phone: &str, contact: &str| Site {
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
        site(
            18,
            "Leith office",
            "14 Cobble Wharf",
            "Edinburgh",
            "Midlothian",
            "EH99 1AA",
            "0131 496 0321",
            "Priya Raman",
        ),
        site(
            19,
            "Glasgow studio",
            "Unit 6, 211 Tannery Street",
            "Glasgow",
            "Lanarkshire",
            "G99 4BB",
            "0141 496 0310",
            "Jo Okafor",
        ),
        site(
            20,
            "Newbridge print works",
            "3 Millrace Road",
            "Newbridge",
            "Midlothian",
            "EH99 8CC",
            "0131 496 0344",
            "Colin Moffat",
        ),
    ]
}

/// Agreements, counted from `first`: one about to end, one running, one over.
pub(super) fn contracts(today: Date, first: i64) -> Vec<Contract> {
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
        contract(
            first,
            "HF-MS-2026",
            "Managed service",
            -340,
            25,
            "Standard SLA",
            "Per seat, 14 seats. Renewal talks with Callum Finch.",
            1246.0,
            true,
        ),
        contract(
            first + 1,
            "HF-BK-2025",
            "Backup",
            -400,
            330,
            "Standard SLA",
            "Off-site copies of the NAS and Microsoft 365.",
            210.0,
            false,
        ),
        contract(
            first + 2,
            "HF-MS-2024",
            "Managed service",
            -1071,
            -341,
            "Standard SLA",
            "Replaced by HF-MS-2026.",
            1120.0,
            true,
        ),
    ]
}

/// What Hudu keeps secret.
pub(super) fn passwords() -> Vec<Password> {
    let password = |name: &str,
                    username: &str,
                    password: &str,
                    seed: Option<&str>,
                    url: Option<&str>,
                    folder: &str,
                    tag: Option<&str>,
                    notes: &str| Password {
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
        password(
            "Local administrator (HF-LT-042)",
            ".\\nl-admin",
            "Quay-Lantern-58-Drizzle",
            Some("MFZWIZTBONSGMYLT"),
            None,
            "Endpoints",
            Some("HF-LT-042"),
            "Changed by LAPS every 30 days.",
        ),
        password(
            "Microsoft 365 global admin",
            "admin@harbourfinch.example",
            "Ferry!Cinder!Oboe!19",
            Some("JBSWY3DPEHPK3PXP"),
            Some("https://admin.cloud.example"),
            "Microsoft 365",
            None,
            "Break-glass account is in the safe.",
        ),
        password(
            "Firewall (Leith)",
            "nl-admin",
            "basalt-42-Heron-winch",
            Some("KRSXG5CTMVRXEZLU"),
            Some("https://10.40.10.1:8443"),
            "Network",
            Some("HF-FW-001"),
            "Trusted hosts only; connect from the jump host.",
        ),
        password(
            "NAS administrator",
            "northlight",
            "Thimble#Orchard#77",
            None,
            Some("https://10.40.10.12:5001"),
            "Servers",
            Some("HF-SV-002"),
            "",
        ),
        password(
            "Domain registrar",
            "it@harbourfinch.example",
            "gull-Sonnet-3-marble",
            Some("NB2W45DFOIZA4LTP"),
            Some("https://registrar.example/login"),
            "Domains",
            None,
            "Renews in spring.",
        ),
        password(
            "Wi-Fi HF-Staff",
            "HF-Staff",
            "kittiwake-over-the-forth",
            None,
            None,
            "Network",
            Some("HF-AP-001"),
            "",
        ),
    ]
}

/// What has to be done in order.
pub(super) fn processes() -> Vec<Process> {
    let process = |name: &str, description: &str, tasks: &[&str]| Process {
        name: name.into(),
        description: description.into(),
        tasks: tasks.iter().map(|task| (*task).into()).collect(),
    };
    vec![
        process(
            "Onboard a new starter",
            "What Harbour & Finch expect on a person's first day.",
            &[
                "Get the starter form from Priya Raman",
                "Create the Microsoft 365 account and assign Business Premium",
                "Add to HF-Staff and the department's group",
                "Enrol a laptop with the HF profile and note its tag",
                "Add to the print queue of the site",
                "Book fifteen minutes on the first morning",
            ],
        ),
        process(
            "Replace a finance laptop",
            "Finance machines hold the banking certificate.",
            &[
                "Check that it is not month end",
                "Export the banking certificate with Dana Whitfield present",
                "Enrol the new laptop and import the certificate",
                "Test the VPN and the accounts package",
                "Wipe the old laptop after seven days",
            ],
        ),
    ]
}
