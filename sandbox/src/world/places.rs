//! Sites: towns, streets and the phones that go with them.

use super::Site;
use super::clients::Row;
use super::seed::Seed;

/// Town, county, postcode district (none of them in use), telephone prefix, country, time zone.
type Town = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const LONDON: &str = "Europe/London";

#[rustfmt::skip]
const TOWNS: [(&str, &[Town]); 5] = [
    ("Scotland", &[
        ("Edinburgh", "Midlothian", "EH99", "0131 496 0", "GB", LONDON),
        ("Glasgow", "Lanarkshire", "G99", "0141 496 0", "GB", LONDON),
        ("Penicuik", "Midlothian", "EH98", "0131 496 0", "GB", LONDON),
        ("Dunkeld", "Perthshire", "PH98", "01632 960", "GB", LONDON),
        ("North Berwick", "East Lothian", "EH97", "01632 960", "GB", LONDON),
    ]),
    ("North of England", &[
        ("Leeds", "West Yorkshire", "LS98", "0113 496 0", "GB", LONDON),
        ("Sheffield", "South Yorkshire", "S97", "0114 496 0", "GB", LONDON),
        ("Manchester", "Greater Manchester", "M97", "0161 496 0", "GB", LONDON),
        ("Liverpool", "Merseyside", "L79", "0151 496 0", "GB", LONDON),
        ("Hexham", "Northumberland", "NE97", "0191 498 0", "GB", LONDON),
    ]),
    ("South of England", &[
        ("London", "Greater London", "N97", "020 7946 0", "GB", LONDON),
        ("Bristol", "Bristol", "BS97", "0117 496 0", "GB", LONDON),
        ("Reading", "Berkshire", "RG97", "0118 496 0", "GB", LONDON),
    ]),
    ("Wales", &[
        ("Cardiff", "South Glamorgan", "CF97", "029 2018 0", "GB", LONDON),
        ("Aberystwyth", "Ceredigion", "SY97", "01632 960", "GB", LONDON),
    ]),
    ("International", &[
        ("Dubai", "Dubai", "", "+971 4 555 0", "AE", "Asia/Dubai"),
        ("Lyon", "Rhône", "69999", "+33 4 65 71 0", "FR", "Europe/Paris"),
    ]),
];

const STREETS: [&str; 16] = [
    "Wharf Lane",
    "Tannery Street",
    "Orchard Road",
    "Mill Brae",
    "Station Approach",
    "Cobblers Row",
    "Larkfield Way",
    "Foundry Court",
    "Abbey Walk",
    "Quarry Bank",
    "Sandpiper Close",
    "Exchange Square",
    "Beacon Hill",
    "Ropewalk",
    "Chandlers Yard",
    "Heron Park",
];

const PLACES: [&str; 4] = ["office", "branch", "depot", "annexe"];

/// Builds the sites of a client, the main one first.
pub fn sites(row: &Row, first_id: i64, seed: &mut Seed) -> Vec<Site> {
    let towns = TOWNS.iter().find(|(area, _)| *area == row.top_level).map_or(TOWNS[0].1, |found| found.1);
    let start = match row.domain {
        "elanpatisserie.example" => 1,
        _ if row.top_level == "International" => 0,
        _ => seed.below(towns.len()),
    };
    (first_id..)
        .zip(0..row.size.0)
        .map(|(id, at)| {
            let (town, county, district, phone, country, timezone) = towns[(start + at) % towns.len()];
            Site {
                id,
                name: name(row, town, at),
                line1: format!("{} {}", seed.between(1, 180), seed.pick(&STREETS)),
                town: town.into(),
                county: county.into(),
                postcode: if country == "GB" {
                    format!("{district} {}{}", seed.between(1, 9), PAIRS[at % PAIRS.len()])
                } else {
                    district.into()
                },
                country: country.into(),
                phone: seed.pattern(&format!("{phone}###")),
                timezone: timezone.into(),
                main_contact: None,
            }
        })
        .collect()
}

const PAIRS: [&str; 5] = ["AA", "BD", "CH", "DQ", "FN"];

fn name(row: &Row, town: &str, at: usize) -> String {
    match (row.id, at) {
        (18, _) => "المكتب الرئيسي".into(),
        (_, 0) => "Head office".into(),
        (15, _) => format!("{town} primary"),
        (13 | 16, _) => format!("{town} surgery"),
        (22, _) => format!("{town} home"),
        (35, _) => format!("The Stag & Dory, {town}"),
        _ => format!("{town} {}", PLACES[(row.short.len() + at) % PLACES.len()]),
    }
}
