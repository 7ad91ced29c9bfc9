//! Who is who: by id, then e-mail address, then login, then the exact name inside the client.
//!
//! A weaker key is void where a stronger one, present on both sides, says otherwise. Anything but exactly one is
//! listed, and nothing is written for it.

use crate::sync::describe::list;
use std::collections::HashMap;

use crate::recipes::directory::person::Person;
use crate::words::say;
use crate::{mark, t};

/// Names of the keys, in the order of [`Person::keys`].
const KEYS: [&str; 4] = [mark!("id"), mark!("e-mail address"), mark!("login"), mark!("name")];

/// What a person of one side is on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// This one, and by which key.
    One(usize, &'static str),
    /// It is not sure: why, and who could be meant.
    Open(String, Vec<usize>),
    /// Nobody.
    Nobody,
}

/// Who of the other side each of these is.
pub(super) fn pair(people: &[Person], others: &[Person]) -> Vec<Pair> {
    let mut by_key: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    let keys: Vec<[String; 4]> = others.iter().map(Person::keys).collect();
    for (place, keys) in keys.iter().enumerate() {
        for (rank, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            by_key.entry((rank, key.clone())).or_default().push(place);
        }
    }
    let mut pairs: Vec<Pair> = people.iter().map(|person| one(person, others, &keys, &by_key)).collect();
    // Two that mean the same one: neither is sure.
    let mut claims: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, pair) in pairs.iter().enumerate() {
        if let Pair::One(other, _) = pair {
            claims.entry(*other).or_default().push(place);
        }
    }
    for (other, places) in claims.iter().filter(|(_, places)| places.len() > 1) {
        let at: Vec<String> = places.iter().map(|place| people[*place].at.clone()).collect();
        let why = t!("{places} all mean {name}: leave one of them.", places = list(&at), name = others[*other].title());
        places.iter().for_each(|place| pairs[*place] = Pair::Open(why.clone(), vec![*other]));
    }
    // The same one twice, and nobody on the other side yet: only one of them may be made.
    let mut first: HashMap<(usize, String), usize> = HashMap::new();
    for place in 0..people.len() {
        if pairs[place] != Pair::Nobody {
            continue;
        }
        for (rank, key) in people[place].keys().into_iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            match first.get(&(rank, key.clone())) {
                Some(before) if *before != place => {
                    let why = t!("It has the same {key} as {at}.", key = say(KEYS[rank]), at = people[*before].at);
                    pairs[place] = Pair::Open(why, Vec::new());
                    break;
                }
                _ => {
                    first.insert((rank, key), place);
                }
            }
        }
    }
    pairs
}

fn one(
    person: &Person,
    others: &[Person],
    keys: &[[String; 4]],
    by_key: &HashMap<(usize, String), Vec<usize>>,
) -> Pair {
    let own = person.keys();
    for (rank, key) in own.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let Some(hits) = by_key.get(&(rank, key.clone())) else { continue };
        let hits: Vec<usize> = hits.iter().copied().filter(|hit| others[*hit].kind == person.kind).collect();
        let used: Vec<usize> = hits.iter().copied().filter(|hit| others[*hit].active != Some(false)).collect();
        // One that is put away counts where nobody else bears the key.
        let hits = if used.is_empty() { hits } else { used };
        match hits.as_slice() {
            [] => continue,
            [hit] => {
                let against = (0..rank).find(|stronger| {
                    let (a, b) = (&own[*stronger], &keys[*hit][*stronger]);
                    !a.is_empty() && !b.is_empty() && a != b
                });
                return match against {
                    None => Pair::One(*hit, KEYS[rank]),
                    Some(stronger) => {
                        let why = t!(
                            "It has the {key} of {name} and another {other}: it is not sure that they are the same.",
                            key = say(KEYS[rank]),
                            name = name(&others[*hit]),
                            other = say(KEYS[stronger])
                        );
                        Pair::Open(why, vec![*hit])
                    }
                };
            }
            several => {
                let names: Vec<String> = several.iter().map(|hit| name(&others[*hit])).collect();
                let why = t!("{names} have the same {key}.", names = list(&names), key = say(KEYS[rank]));
                return Pair::Open(why, hits);
            }
        }
    }
    Pair::Nobody
}

fn name(person: &Person) -> String {
    format!("{} ({})", person.title(), person.at)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn people(rows: serde_json::Value) -> Vec<Person> {
        let read = |(n, row): (usize, &serde_json::Value)| {
            Person::read(row.as_object().unwrap(), "end_user", &format!("line {}", n + 2)).unwrap()
        };
        rows.as_array().unwrap().iter().enumerate().map(read).collect()
    }

    #[test]
    fn keys_count_in_their_order_and_a_weaker_one_is_void_where_a_stronger_one_says_otherwise() {
        let there = people(json!([
            {"name": "Ann Ash", "email": "ann@x.test", "client_id": 1},
            {"name": "Bob Bay", "login": "bob", "client_id": 1},
            {"name": "Cy Cole", "email": "old@x.test", "client_id": 1},
            {"name": "Di Dene", "client_id": 2},
            {"name": "Ed Elm", "email": "ed@x.test", "client_id": 1, "active": false},
            {"name": "Ed Elm", "email": "ed@x.test", "client_id": 1},
        ]));
        let here = people(json!([
            {"name": "Ann Oak", "email": "ANN@x.test", "client_id": 2},
            {"name": "Robert", "login": "Bob"},
            {"name": "Cy Cole", "email": "new@x.test", "client_id": 1},
            {"name": "Di Dene", "client_id": 1},
            {"name": "Ed Elm", "email": "ed@x.test"},
        ]));
        let pairs = pair(&here, &there);
        assert_eq!(pairs[0], Pair::One(0, "e-mail address"));
        assert_eq!(pairs[1], Pair::One(1, "login"));
        assert!(matches!(&pairs[2], Pair::Open(why, _) if why.contains("another e-mail address")));
        assert_eq!(pairs[3], Pair::Nobody, "a name counts inside its client only");
        assert_eq!(pairs[4], Pair::One(5, "e-mail address"), "the one in use");
    }

    #[test]
    fn two_that_mean_one_are_both_open_and_one_that_comes_twice_is_made_once() {
        let there = people(json!([{"name": "Ann Ash", "email": "ann@x.test", "login": "ann", "client_id": 1}]));
        let here = people(json!([
            {"email": "ann@x.test"}, {"login": "ann"},
            {"name": "New", "email": "new@x.test"}, {"name": "Newer", "email": "new@x.test"},
        ]));
        let pairs = pair(&here, &there);
        assert!(pairs[..2].iter().all(|pair| matches!(pair, Pair::Open(why, _) if why.contains("line 2 and line 3"))));
        assert_eq!(pairs[2], Pair::Nobody);
        assert!(matches!(&pairs[3], Pair::Open(why, _) if why.contains("line 4")), "{:?}", pairs[3]);
    }
}
