//! Names for the people of the world, and a client's staff made from them.

use std::collections::BTreeSet;

use super::clients::{Job, Row};
use super::people::user;
use super::seed::Seed;
use super::{Presence, Site, User};

#[rustfmt::skip]
const FIRST: [&str; 84] = [
    "Aisha", "Alan", "Alice", "Amara", "Andrew", "Angus", "Anna", "Ben", "Beth", "Bilal", "Bronwen", "Catriona", "Charlotte",
    "Chloe", "Chris", "Claire", "Craig", "Daniel", "David", "Deepa", "Derek", "Duncan", "Edith", "Eleanor", "Emily", "Emma",
    "Euan", "Fatima", "Fiona", "Fraser", "Gareth", "Gemma", "George", "Grace", "Graham", "Hannah", "Harriet", "Helen", "Iain",
    "Imran", "Iris", "Isla", "Jack", "James", "Janet", "Joanna", "Kasia", "Katie", "Keith", "Kirsty", "Laura", "Leah", "Liam",
    "Lucy", "Mairi", "Malcolm", "Margaret", "Megan", "Mohammed", "Nadia", "Neil", "Niamh", "Nicola", "Oliver", "Olga", "Owen",
    "Paul", "Peter", "Rachel", "Rebecca", "Rhona", "Robert", "Rosa", "Ruth", "Samuel", "Sarah", "Simon", "Sunita", "Susan",
    "Thomas", "Victoria", "Wei", "Yusuf", "Zoë",
];

#[rustfmt::skip]
const LAST: [&str; 96] = [
    "Abernethy", "Adeyemi", "Ahmed", "Allan", "Anderson", "Armstrong", "Bailey", "Bannerman", "Barr", "Begum", "Bell", "Blair",
    "Boyd", "Brown", "Burns", "Campbell", "Carr", "Chaudhry", "Chen", "Clark", "Cowan", "Cunningham", "Dalgleish", "Davies",
    "Dickson", "Douglas", "Duffy", "Dunlop", "Evans", "Ferguson", "Fletcher", "Forbes", "Fox", "Gallagher", "Gibson", "Gordon",
    "Graham", "Grant", "Gupta", "Haig", "Hamilton", "Harris", "Hay", "Henderson", "Hill", "Hughes", "Hunter", "Hussain",
    "Irvine", "Jackson", "Jamieson", "Johnstone", "Jones", "Kaur", "Kelly", "Kennedy", "Khan", "Kowalska", "Lennox", "Lindsay",
    "Logan", "Mackay", "Maclean", "Marshall", "Martin", "Maxwell", "McKenzie", "McLeod", "Mitchell", "Moore", "Muir", "Murphy",
    "Napier", "Nguyen", "Nowak", "O'Brien", "O'Neill", "Ogilvie", "Okonkwo", "Osborne", "Patel", "Paterson", "Quinn", "Rae",
    "Reid", "Ritchie", "Robertson", "Sharma", "Shaw", "Silva", "Stirling", "Tait", "Turnbull", "Walker", "Wójcik", "Young",
];

const GULF: ([&str; 8], [&str; 8]) = (
    ["Khalid", "Mariam", "Omar", "Huda", "Saeed", "Layla", "Faisal", "Noura"],
    ["Al Mansoori", "Haddad", "Al Suwaidi", "Rahman", "Al Hashimi", "Nasser", "Qureshi", "Al Marri"],
);
const FRENCH: ([&str; 5], [&str; 5]) =
    (["Élodie", "Mathieu", "Chloé", "Benoît", "Solène"], ["Lefèvre", "Garnier", "Mercier", "Delacroix", "Perrin"]);

/// Jobs that every office has.
#[rustfmt::skip]
const OFFICE: [Job; 9] = [
    ("Office manager", "Office"), ("Finance assistant", "Finance"), ("Administrator", "Office"),
    ("HR adviser", "People"), ("Accounts payable clerk", "Finance"), ("Marketing coordinator", "Marketing"),
    ("Operations manager", "Operations"), ("Customer service adviser", "Customer service"), ("Apprentice", "Office"),
];

/// Builds the staff of a client; no two of them share an e-mail address.
pub fn staff(row: &Row, sites: &[Site], first_id: i64, seed: &mut Seed) -> Vec<User> {
    let (first_names, last_names): (&[&str], &[&str]) = match row.id {
        18 => (&GULF.0, &GULF.1),
        32 => (&FRENCH.0, &FRENCH.1),
        _ => (&FIRST, &LAST),
    };
    let mut taken = BTreeSet::new();
    let mut list: Vec<User> = Vec::with_capacity(row.size.1);
    for id in (first_id..).take(row.size.1) {
        let at = list.len();
        let (job, department) = match at {
            0 => row.jobs[0],
            _ if at.is_multiple_of(3) => OFFICE[at / 3 % OFFICE.len()],
            _ => *seed.pick(&row.jobs[1..]),
        };
        let mut person = loop {
            let name = (*seed.pick(first_names), *seed.pick(last_names), job, department);
            let site = if at == 0 { 0 } else { seed.below(sites.len()) };
            let made = user(id, sites.get(site).map_or(0, |site| site.id), name, row.domain);
            if taken.insert(made.email.clone()) {
                break made;
            }
        };
        person.vip = at == 0 || seed.chance(5);
        person.inactive = at > 2 && seed.chance(6);
        person.in_hudu = row.presence.keeps(seed, 78, 93);
        list.push(person);
    }
    list
}

impl Presence {
    /// Whether Hudu has one more record of such a client: chances in per cent by hand and natively.
    pub(super) fn keeps(self, seed: &mut Seed, by_hand: usize, native: usize) -> bool {
        match self {
            Presence::ByHand => seed.chance(by_hand),
            Presence::Native => seed.chance(native),
            Presence::None => false,
        }
    }
}
