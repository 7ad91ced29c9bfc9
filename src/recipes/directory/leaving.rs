//! Whoever left: made inactive, never deleted, only where that is switched on, and not too many at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::Value;
use crate::order::gathered;
use crate::recipes::directory::halo::{self, Halo};
use crate::recipes::item::{Item, Planned, State};
use crate::t;
use crate::words::say;

/// From so many known people on, so many of a hundred may leave without a question.
const FROM: usize = 10;
const PERCENT: usize = 30;

/// An item for one of HaloITSM's people who left.
pub(super) fn leaver(halo: &Halo, at: usize, why: &str, on: bool) -> Item {
    let person = &halo.people[at];
    of((&person.id, &person.title(), &person.kind), &halo.raws[at], why, on)
}

/// An item for a user who left Hudu.
pub(super) fn user(key: &str, name: &str, raw: &Value, why: &str, on: bool) -> Item {
    of((key, name, "end_user"), raw, why, on)
}

fn of((key, name, kind): (&str, &str, &str), raw: &Value, why: &str, on: bool) -> Item {
    let blank = Item { key: key.to_owned(), subject: name.to_owned(), ..Item::default() };
    match halo::activity(kind, raw, false).filter(|_| on) {
        Some(write) => Item {
            state: State::Change,
            why: Some(t!("Leaves. {why} It is made inactive.", why = say(why))),
            writes: vec![write],
            ..blank
        },
        None => Item {
            state: State::Skipped,
            why: Some(t!("{why} Nobody is made inactive unless leavers is switched on.", why = say(why))),
            ..blank
        },
    }
}

/// The clients (or companies) of which a file says who left: the one that was asked for, else those of whose people
/// it names at least half. A client that a few people move to is none of them.
pub(super) fn covered(
    only: Option<i64>,
    named: impl Iterator<Item = i64>,
    there: impl Iterator<Item = i64>,
) -> BTreeSet<i64> {
    let mut counts: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    named.for_each(|client| counts.entry(client).or_default().0 += 1);
    there.for_each(|client| counts.entry(client).or_default().1 += 1);
    let half = counts.into_iter().filter(|(_, (named, all))| *named > 0 && named * 2 >= *all).map(|(client, _)| client);
    match only {
        Some(only) => gathered([only]),
        None => gathered(half),
    }
}

/// Adds leavers to a plan. `known` is how many there are; more than some of them stop it.
pub(super) fn add(planned: &mut Planned, gone: Vec<Item>, known: usize, on: bool, side: &str) {
    let many = gone.len();
    if on && known >= FROM && many * 100 > known * PERCENT {
        planned.guard = Some(t!(
            "{many} of {known} people would be made inactive, because {side} does not have them any more. Look whether it is whole.",
            many,
            known,
            side = say(side)
        ));
    }
    planned.items.extend(gone);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_thirty_of_a_hundred_have_to_be_confirmed() {
        let guard = |gone: usize, known: usize, on: bool| {
            let mut planned = Planned::default();
            add(&mut planned, vec![Item::default(); gone], known, on, "the file");
            planned.guard.is_some()
        };
        assert!(!guard(3, 10, true) && guard(4, 10, true));
        assert!(!guard(9, 9, true) && !guard(10, 10, false));
    }
}
