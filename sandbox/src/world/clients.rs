//! The clients other than Harbour & Finch: one row each.

use super::Presence::{self, ByHand, Native, None};

/// Job title and department.
pub type Job = (&'static str, &'static str);

/// What the rest of a client is grown from.
#[derive(Debug)]
pub struct Row {
    /// Halo id.
    pub id: i64,
    /// Letters that start its asset tags.
    pub short: &'static str,
    /// Name in Halo.
    pub name: &'static str,
    /// Name in Hudu.
    pub hudu_name: &'static str,
    /// How far it has got into Hudu.
    pub presence: Presence,
    /// Domain of its mail and website.
    pub domain: &'static str,
    /// Top level in Halo.
    pub top_level: &'static str,
    /// Customer type.
    pub kind: &'static str,
    /// How many sites, users and assets.
    pub size: (usize, usize, usize),
    /// Jobs of its trade; the first is that of its head.
    pub jobs: &'static [Job],
    /// Free text.
    pub notes: &'static str,
}

const HEALTH: &[Job] = &[
    ("Practice manager", "Practice"),
    ("Clinician", "Clinical"),
    ("Nurse", "Clinical"),
    ("Receptionist", "Front desk"),
];
const DESIGN: &[Job] = &[
    ("Managing partner", "Practice"),
    ("Project architect", "Practice"),
    ("Surveyor", "Field"),
    ("Technician", "Practice"),
];
const SCHOOL: &[Job] = &[
    ("Head teacher", "Leadership"),
    ("Class teacher", "Teaching"),
    ("Teaching assistant", "Teaching"),
    ("School business manager", "Office"),
];
const LOGISTICS: &[Job] = &[
    ("Depot director", "Directors"),
    ("Transport planner", "Planning"),
    ("Shift lead", "Warehouse"),
    ("Fleet manager", "Fleet"),
    ("Customs clerk", "Planning"),
];
const TRADE: &[Job] = &[
    ("Managing director", "Directors"),
    ("Buyer", "Purchasing"),
    ("Sales executive", "Sales"),
    ("Warehouse assistant", "Warehouse"),
    ("Export manager", "Sales"),
];
const FOOD: &[Job] = &[
    ("Owner", "Owners"),
    ("Head chef", "Kitchen"),
    ("Events planner", "Events"),
    ("Shift manager", "Front of house"),
    ("Stock controller", "Stores"),
];
const GROUP: &[Job] = &[
    ("Group controller", "Finance"),
    ("Company secretary", "Legal"),
    ("Plant manager", "Works"),
    ("Quality engineer", "Works"),
];
const CARE: &[Job] = &[
    ("Home manager", "Care"),
    ("Deputy manager", "Care"),
    ("Senior carer", "Care"),
    ("Activities coordinator", "Care"),
    ("Rota planner", "Office"),
];
const LAW: &[Job] = &[
    ("Managing partner", "Partners"),
    ("Solicitor", "Fee earners"),
    ("Paralegal", "Fee earners"),
    ("Legal secretary", "Support"),
    ("Partner", "Partners"),
];
const HOUSING: &[Job] = &[
    ("Head of housing", "Directors"),
    ("Housing officer", "Tenancies"),
    ("Repairs scheduler", "Repairs"),
    ("Surveyor", "Repairs"),
    ("Rent officer", "Tenancies"),
];
const WORKS: &[Job] = &[
    ("Works director", "Directors"),
    ("CNC programmer", "Workshop"),
    ("Design engineer", "Engineering"),
    ("Storekeeper", "Stores"),
    ("Service engineer", "Service"),
];
const HOTEL: &[Job] = &[
    ("General manager", "Management"),
    ("Front office manager", "Reception"),
    ("Night auditor", "Reception"),
    ("Head housekeeper", "Housekeeping"),
    ("Restaurant manager", "Food and drink"),
];

const LONG: &str = "The Worshipful Company of Northern Lighthouse Engineers, Chart Makers and Harbour Pilots (Incorporated 1786) Charitable Trust";

#[expect(clippy::too_many_arguments, reason = "one column each, so that the table reads as a table")]
const fn row(
    id: i64,
    short: &'static str,
    name: &'static str,
    hudu_name: &'static str,
    presence: Presence,
    domain: &'static str,
    top_level: &'static str,
    kind: &'static str,
    size: (usize, usize, usize),
    jobs: &'static [Job],
    notes: &'static str,
) -> Row {
    Row { id, short, name, hudu_name, presence, domain, top_level, kind, size, jobs, notes }
}

const MANAGED: &str = "Managed service";
const PAYG: &str = "Pay as you go";
const COMANAGED: &str = "Co-managed";

/// Every client but Harbour & Finch. The two Calder companies show a trap: what someone typed into
/// Hudu for the second one is, by its name, as good a match for the first.
#[rustfmt::skip]
pub const CLIENTS: [Row; 24] = [
    row(13, "KD", "Kestrel Dental Group", "Kestrel Dental Group", Native, "kestreldental.example", "Scotland", MANAGED, (3, 18, 52), HEALTH, "Surgeries see patients from 08:00: call the practice manager before any restart."),
    row(14, "BO", "Bramble & Oak Architects LLP", "Bramble and Oak Architects", ByHand, "brambleoak.example", "Scotland", MANAGED, (1, 12, 30), DESIGN, "Large drawings: do not move the file share during working hours."),
    row(15, "NP", "Northgate Primary Academy Trust", "Northgate Primary Academy Trust", Native, "northgatetrust.example", "North of England", COMANAGED, (5, 30, 85), SCHOOL, "Own technician on Tuesdays and Thursdays. Safeguarding filter must never be switched off."),
    row(16, "PV", "Pentland Veterinary Partners", "PENTLAND VETERINARY PARTNERS", ByHand, "pentlandvets.example", "Scotland", MANAGED, (4, 14, 38), HEALTH, "Out-of-hours clinic at the Penicuik surgery."),
    row(17, "TL", "Tideway Logistics plc", "Tideway Logistics plc", Native, "tideway.example", "North of England", COMANAGED, (5, 25, 70), LOGISTICS, "Depots work round the clock. Change freeze from mid-November to New Year."),
    row(18, "NK", "شركة النخيل للتجارة", "شركة النخيل للتجارة", Native, "alnakheel.example", "International", MANAGED, (1, 8, 20), TRADE, "الدعم باللغتين العربية والإنجليزية. Works Sunday to Thursday."),
    row(19, "SS", "Sunny Spoon 🥄 Catering", "Sunny Spoon 🥄 catering", ByHand, "sunnyspoon.example", "Scotland", PAYG, (2, 6, 14), FOOD, "Weekend events: the tills must be up by Friday noon."),
    row(20, "CG", "Calder Group Ltd", "Calder Group", ByHand, "caldergroup.example", "North of England", MANAGED, (2, 14, 42), GROUP, "Not to be confused with Calder Group Holdings."),
    row(21, "CH", "Calder Group Holdings Ltd", "Calder Group Limited", ByHand, "calderholdings.example", "North of England", MANAGED, (1, 5, 12), GROUP, "Parent of Calder Group Ltd, with its own contract."),
    row(22, "MC", "Meridian Care Homes Limited", "Meridian Care Homes Ltd.", ByHand, "meridiancare.example", "North of England", MANAGED, (4, 16, 46), CARE, "Shared tablets in the homes. Medication records need the network day and night."),
    row(23, "WL", LONG, LONG, Native, "lighthousetrust.example", "Scotland", PAYG, (1, 6, 14), GROUP, "Trustees meet on the first Monday of the quarter."),
    row(24, "OM", "Old Mill Textiles Ltd", "Old Mill Textiles", ByHand, "oldmilltextiles.example", "North of England", PAYG, (1, 4, 12), TRADE, "Left in spring. Keep the records for six years."),
    row(25, "AF", "Ashdown Family Law LLP", "Ashdown Family Law LLP", Native, "ashdownlaw.example", "South of England", MANAGED, (2, 15, 44), LAW, "Confidential: no remote control without the person's spoken consent."),
    row(26, "GR", "Glenrannoch Distillery Company", "Glenrannoch Distillery Company", Native, "glenrannoch.example", "Scotland", MANAGED, (2, 12, 36), GROUP, "Still house network is separate and belongs to the plant supplier."),
    row(27, "BB", "Blue Badger Brewing Co.", "Blue Badger Brewing Co", ByHand, "bluebadger.example", "North of England", PAYG, (2, 10, 28), FOOD, "Tap room Wi-Fi is for guests only."),
    row(28, "HC", "Hollybank Community Church", "Hollybank Community Church", None, "hollybank.example", "South of England", PAYG, (1, 4, 9), CARE, "Volunteers; mornings only."),
    row(29, "FS", "Fellside Housing Association", "Fellside Housing Association", Native, "fellsidehousing.example", "North of England", MANAGED, (3, 18, 48), HOUSING, "Repairs line must not be down for more than fifteen minutes."),
    row(30, "QP", "Quayside Physiotherapy Ltd", "Quayside Physiotherapy Ltd", None, "quaysidephysio.example", "Scotland", PAYG, (1, 6, 14), HEALTH, "New client, take-on visit booked."),
    row(31, "WM", "Whitmoor Machine Tools Ltd", "Whitmoor Machine Tools Ltd", None, "whitmoor.example", "North of England", COMANAGED, (2, 14, 40), WORKS, "Two machines still need Windows 7 and live on their own network."),
    row(32, "EP", "Élan Pâtisserie & Fils SARL", "Élan Pâtisserie & Fils SARL", None, "elanpatisserie.example", "International", PAYG, (1, 5, 10), FOOD, "Écrire en anglais ou en français."),
    row(33, "RS", "Redshank Surveyors LLP", "Redshank Surveyors LLP", None, "redshank.example", "South of England", MANAGED, (2, 8, 22), DESIGN, "Field staff work from tablets and hotspots."),
    row(34, "VL", "Vale & Larch Landscapes", "Vale & Larch Landscapes", None, "valelarch.example", "South of England", PAYG, (1, 6, 14), TRADE, ""),
    row(35, "SD", "Stag & Dory Hotels Group Ltd", "Stag & Dory Hotels Group Ltd", Native, "stagdory.example", "Scotland", MANAGED, (4, 23, 52), HOTEL, "Reception desks never close. Card terminals are on their own network."),
    row(36, "TG", "Tŷ Gwyn Solar Cyf", "Tŷ Gwyn Solar Cyf", None, "tygwynsolar.example", "Wales", MANAGED, (2, 7, 17), WORKS, "Croeso i chi ysgrifennu yn Gymraeg."),
];
