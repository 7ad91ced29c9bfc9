//! Documentation of any size to search: believable names, values and typing errors, the same at each run.

use std::collections::HashMap;

use sidelight_search::{Class, Document, Field, Key};

/// Documents of one company.
const PER_COMPANY: usize = 200;

const FIRST: &str = "Anna Ben Chloe Daniel Ella Finn Grace Harry Isla Jack Kira Liam Maya Noah Olivia Priya Quinn Rosa \
    Samuel Tara Umar Vera William Xenia Yusuf Zoe Aaron Beatrice Callum Diana Edward Fatima George Hannah Ivan \
    Jasmine Kevin Laura Marcus Nadia Oscar Paula Ravi Sofia Thomas Ursula Victor Wendy Yara Zachary";
const LAST: &str = "Abbott Barnes Carter Dawson Ellis Foster Grant Hughes Irving Jenkins Kapoor Lawson Mitchell Norris \
    O'Brien Parker Quigley Reynolds Schmidt Turner Underwood Vaughan Walker Yates Zimmermann Atkinson Bradley \
    Chapman Dixon Edwards Fletcher Gibson Hamilton Ibrahim Jackson Kowalski Lindqvist MacDonald Nguyen Okafor \
    Petersen Richards Stevenson Thornton Whitfield Müller García Dubois Novák Ferreira";
const PLACES: &str = "Harbour Northgate Oakfield Riverside Summit Kingsway Lakeside Meadow Sterling Castle Bridgeport \
    Ashford Beacon Cedar Dovecote Eastgate Fairview Granite Highland Ironbridge Juniper Kestrel Linden Millbrook \
    Newhaven Orchard Pinewood Quayside Redwood Silverdale Thornbury Uplands Valley Westbrook Yewtree";
const TRADES: &str = "Dental Legal Logistics Accounting Architects Bakery Brewery Clinics Design Energy Estates \
    Finance Foods Garages Hotels Insurance Kitchens Logistics Marine Media Motors Nurseries Optics Plumbing \
    Press Recruitment Roofing Schools Surveyors Textiles Travel Veterinary";
const ROOMS: &str = "Reception Warehouse Boardroom Finance Workshop Kitchen Server-room Showroom Canteen Studio \
    Dispatch Archive Mezzanine Loading-bay Library Surgery";
const THINGS: &str = "Exchange SharePoint Teams OneDrive Outlook Windows Intune Azure VPN Wi-Fi Firewall Backup Printer \
    Scanner Sage Xero Citrix Hyper-V VMware SQL MFA Authenticator BitLocker Autopilot Defender Veeam Datto \
    Mimecast FortiGate Meraki UniFi SonicWall Synology Adobe AutoCAD Dynamics Salesforce Zoom 3CX Dropbox";
const DEEDS: &str = "Reset Install Renew Restore Migrate Configure Troubleshoot Replace Upgrade Enrol Offboard Onboard \
    Archive Audit Test Patch";
const OBJECTS: &str = "mailbox licence certificate permissions profile password tunnel policy connector shared-drive \
    signature calendar distribution-list printer-queue retention conditional-access gateway tenant replica agent";
const MODELS: &str = "Latitude-7450 ThinkPad-T14 EliteBook-840 MacBook-Pro Surface-Laptop OptiPlex-7010 ProLiant-DL380 \
    PowerEdge-R750 LaserJet-M507 imageRUNNER-C3226 Catalyst-9200 FortiGate-60F USW-Pro-48 MX-68 DS923+";

/// Chance, the same at each run.
pub struct Chance(u64);

impl Chance {
    /// Begins anew.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below that one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    fn word(&mut self, list: &'static str) -> String {
        let words: Vec<&str> = list.split_whitespace().collect();
        words[self.below(words.len())].replace('-', " ")
    }
}

fn company(at: usize) -> String {
    let mut chance = Chance::new(at as u64 + 77);
    let (place, trade) = (chance.word(PLACES), chance.word(TRADES));
    match at % 4 {
        0 => format!("{place} {trade} Ltd"),
        1 => format!("{place} & {} {trade}", chance.word(LAST)),
        2 => format!("{} {trade} Group", chance.word(LAST)),
        _ => format!("{trade} of {place} {}", at / 4 % 90 + 10),
    }
}

fn field(label: &str, class: Class, text: String) -> Field {
    Field { label: label.to_owned(), text, class }
}

/// So many documents.
pub fn documents(count: usize) -> impl Iterator<Item = Document> {
    (0..count).map(document)
}

fn document(at: usize) -> Document {
    let of = at / PER_COMPANY;
    let mut chance = Chance::new(at as u64);
    let company_name = company(of);
    let short: String = company_name.split(' ').filter_map(|word| word.chars().next()).take(3).collect();
    let (first, last) = (chance.word(FIRST), chance.word(LAST));
    let person = format!("{first} {last}");
    let mail = format!("{first}.{last}@{}.example", company_name.to_lowercase().replace([' ', '&'], ""));
    let serial: String = (0..8).map(|_| char::from(b"0123456789BCDFGHJKLMNPQRSTVWXYZ"[chance.below(31)])).collect();
    let mac: Vec<String> = (0..6).map(|_| format!("{:02X}", chance.below(256))).collect();
    let ip = format!("10.{}.{}.{}", of % 250, chance.below(8), chance.below(253) + 1);
    let number = at % PER_COMPANY;
    let machine = |group: &str, name: String, model: String| {
        let fields = vec![
            field("Serial", Class::Key, serial.clone()),
            field("IP address", Class::Key, ip.clone()),
            field("MAC address", Class::Key, mac.join(":")),
            field("Model", Class::Value, model),
            field("User", Class::Value, person.clone()),
        ];
        (group.to_owned(), name, fields)
    };
    let (group, title, fields) = match number % 20 {
        0..7 => machine("Computers", format!("{short}-LT-{:04}", at % 10_000), chance.word(MODELS)),
        7 => machine("Servers", format!("{short}-SRV-{:03} {}", number, chance.word(THINGS)), chance.word(MODELS)),
        8 => machine("Printers", format!("{} printer {}", chance.word(ROOMS), number), chance.word(MODELS)),
        9 => machine("Network", format!("{} switch {}", chance.word(ROOMS), number), chance.word(MODELS)),
        10..14 => {
            let phone = format!("+44 20 7{:03} {:04}", chance.below(1000), chance.below(10_000));
            let fields = vec![field("Email", Class::Key, mail), field("Phone", Class::Value, phone)];
            ("People".to_owned(), person.clone(), fields)
        }
        14 | 15 => {
            let title = format!("{} {} {}", chance.word(DEEDS), chance.word(THINGS), chance.word(OBJECTS));
            ("Articles".to_owned(), format!("{title} for {}", chance.word(ROOMS)), Vec::new())
        }
        16 | 17 => {
            let title = format!("{} {} admin {number}", company_name, chance.word(THINGS));
            ("Passwords".to_owned(), title, vec![field("User name", Class::Key, mail)])
        }
        18 => {
            let site = format!("{}.example", company_name.to_lowercase().replace([' ', '&'], ""));
            ("Websites".to_owned(), format!("{}.{site}", chance.word(THINGS).to_lowercase()), Vec::new())
        }
        _ => ("Processes".to_owned(), format!("{} {} {number}", chance.word(DEEDS), person), Vec::new()),
    };
    Document {
        key: Key { kind: (number % 20) as u8, id: at as i64 + 1 },
        company: of as i64 + 1,
        company_name,
        group,
        title,
        url: format!("/a/{at:012x}"),
        fields,
    }
}

/// What a person types to get to a document: its words, some only begun, some with a typing error.
pub struct Wanted {
    /// What is typed.
    pub query: String,
    /// The name that should come first.
    pub title: String,
}

/// So many queries with typing errors. Words that
/// several names have are not asked for.
pub fn wanted(documents: &[Document], count: usize) -> Vec<Wanted> {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        *names.entry(document.title.as_str()).or_default() += 1;
    }
    let mut chance = Chance::new(4711);
    let mut wanted = Vec::new();
    while wanted.len() < count {
        let title = &documents[chance.below(documents.len())].title;
        if names[title.as_str()] > 1 {
            continue;
        }
        let mut words: Vec<String> = title.split(' ').filter(|word| *word != "&").map(str::to_lowercase).collect();
        match wanted.len() % 5 {
            0 => {}
            1 => words.reverse(),
            2 => begin(words.last_mut()),
            3 => words.iter_mut().for_each(|word| begin(Some(word))),
            _ if words.len() > 3 => drop(words.remove(0)),
            _ => {}
        }
        let fits = |other: &&Document| {
            let name = other.title.to_lowercase();
            words.iter().all(|word| name.contains(word.as_str()))
        };
        if documents.iter().filter(fits).count() > 1 {
            continue;
        }
        // Two of three have a typing error in their longest word that is no number.
        let longest =
            words.iter_mut().filter(|word| word.chars().all(char::is_alphabetic)).max_by_key(|word| word.len());
        if let Some(word) = longest.filter(|word| word.chars().count() > 4)
            && wanted.len() % 3 > 0
        {
            mistype(word, &mut chance);
        }
        wanted.push(Wanted { query: words.join(" "), title: title.clone() });
    }
    wanted
}

fn begin(word: Option<&mut String>) {
    if let Some(word) = word.filter(|word| word.chars().all(char::is_alphabetic)) {
        let keep = (word.chars().count() * 3).div_ceil(4).max(3);
        *word = word.chars().take(keep).collect();
    }
}

fn mistype(word: &mut String, chance: &mut Chance) {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + chance.below(letters.len() - 2);
    match chance.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = if letters[at] == 'e' { 'a' } else { 'e' },
    }
    *word = letters.into_iter().collect();
}
