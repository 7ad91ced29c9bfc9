//! A file to HaloITSM: who joins, who changes or moves, who leaves.

use crate::words::inside;
use std::collections::BTreeSet;

use crate::directory::Home;
use crate::hudu::field::FieldValue;
use crate::json::Map;
use crate::order::Order as _;
use crate::recipes::directory::file::File;
use crate::recipes::directory::halo::{self, Halo};
use crate::recipes::directory::leaving;
use crate::recipes::directory::pair::{Pair, pair};
use crate::recipes::directory::person::{FIELDS, Person};
use crate::recipes::directory::policy::{Rules, Verdict, decide};
use crate::recipes::item::{Item, Planned, State};
use crate::recipes::{Bench, CallError};
use crate::sync::describe::list;
use crate::words::say;
use crate::{mark, t};

/// What is asked for.
pub(super) struct Order<'a> {
    /// The client of rows that name none.
    pub(super) client: Option<i64>,
    /// Who wins, field by field.
    pub(super) rules: &'a Rules,
    /// Whoever is missing or inactive in the file is made inactive.
    pub(super) leavers: bool,
}

/// The plan.
pub(super) async fn plan(bench: &Bench, mut file: File, order: &Order<'_>) -> Result<Planned, CallError> {
    let mut planned = Planned::default();
    note(&file, &mut planned);
    let mut kinds: Vec<String> = file.people.iter().map(|person| person.kind.clone()).collect();
    kinds.order();
    kinds.dedup();
    if let Some(client) = bench.client.filter(|_| kinds.iter().any(|kind| kind != "end_user")) {
        return Err(CallError::Outside(client));
    }
    let mut halo = Halo::read(bench, &kinds, bench.client).await?;
    let mut people = Vec::new();
    for mut person in std::mem::take(&mut file.people) {
        if person.kind == "end_user" {
            let said = halo.client(person.client, person.client_name.as_deref());
            match said.map(|client| client.or(order.client).or(bench.client)) {
                Ok(client) => person.client = client,
                Err(why) => {
                    planned.items.push(skipped(&person, why));
                    continue;
                }
            }
            if let Some(own) = bench.client.filter(|own| person.client.is_some_and(|client| client != *own)) {
                planned.items.push(skipped(&person, t!("It is of another client than {own}.", own)));
                continue;
            }
        }
        people.push(person);
    }
    let pairs = pair(&people, &halo.people);
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut gone = Vec::new();
    for (person, pair) in people.iter().zip(&pairs) {
        match pair {
            Pair::One(at, key) => {
                met.insert(*at);
                let left = person.active == Some(false) && halo.people[*at].active == Some(true);
                match left {
                    true => gone.push(leaving::leaver(&halo, *at, mark!("It is inactive in the file."), order.leavers)),
                    false => {
                        planned.items.push(update(bench, &mut halo, (person, *at, key), &file.columns, order).await?)
                    }
                }
            }
            Pair::Open(why, could) => {
                met.extend(could);
                planned.items.push(skipped(person, why.clone()));
            }
            Pair::Nobody if person.active == Some(false) => {}
            Pair::Nobody => planned.items.push(joiner(bench, &mut halo, person).await?),
        }
    }
    let at_home = |at: &usize| halo.people[*at].client.filter(|_| halo.people[*at].active == Some(true));
    let named = pairs.iter().filter_map(|pair| if let Pair::One(at, _) = pair { at_home(at) } else { None });
    let there = (0..halo.people.len()).filter_map(|at| at_home(&at));
    let clients = leaving::covered(order.client.or(bench.client), named, there);
    let covered = |person: &Person| match person.kind.as_str() {
        "end_user" => person.client.is_some_and(|client| clients.contains(&client)),
        _ => true,
    };
    let known = halo.people.iter().filter(|person| person.active == Some(true) && covered(person)).count();
    let me = bench.sides.halo.me().await.ok().map(|me| format!("agent/{}", me.id));
    for (at, person) in halo.people.iter().enumerate() {
        if person.active == Some(true) && covered(person) && !met.contains(&at) && me.as_ref() != Some(&person.id) {
            gone.push(leaving::leaver(&halo, at, mark!("The file does not name it."), order.leavers));
        }
    }
    leaving::add(&mut planned, gone, known, order.leavers, mark!("the file"));
    Ok(planned)
}

/// What the file holds that means nothing, or cannot be read.
pub(super) fn note(file: &File, planned: &mut Planned) {
    if !file.unknown.is_empty() {
        planned.notes.push(t!(
            "These columns mean nothing here and are passed over: {unknown}.",
            unknown = file.unknown.join(", ")
        ));
    }
    planned.notes.extend(file.bad.iter().map(|bad| t!("Passed over, {bad}.", bad)));
}

/// Nothing is done for it, and why.
pub(super) fn skipped(person: &Person, why: String) -> Item {
    Item { key: person.at.clone(), subject: person.title(), state: State::Skipped, why: Some(why), ..Item::default() }
}

/// Somebody new.
async fn joiner(bench: &Bench, halo: &mut Halo, person: &Person) -> Result<Item, CallError> {
    let mut site = None;
    if person.kind == "end_user" {
        let Some(client) = person.client else {
            let why = t!("It names no client: give client_id or client_name, or one for all rows.");
            return Ok(skipped(person, why));
        };
        site = match halo.site(client, person.site, person.site_name.as_deref()) {
            Ok(None) => halo.usual_site(bench, client).await?,
            Ok(site) => site,
            Err(why) => return Ok(skipped(person, why)),
        };
        if site.is_none() {
            let why = t!("Its client has no site in use that it could be at: give site_name.");
            return Ok(skipped(person, why));
        }
    }
    if person.get("name").is_none() {
        return Ok(skipped(person, t!("Nobody in HaloITSM has it, and a new one needs a name.")));
    }
    let Some(mut write) = halo::create(person, site) else {
        return Ok(skipped(person, t!("It has nothing that it could be found again by.")));
    };
    write.absent = halo.lacks(&write);
    let place = person.client.and_then(|client| halo.client_name(client)).unwrap_or("HaloITSM");
    let keys = person.keys();
    let key = keys[1..].iter().find(|key| !key.is_empty()).cloned().unwrap_or_default();
    Ok(Item {
        key: format!("{}/{key}", person.kind),
        subject: person.title(),
        why: Some(t!("Joins {place}.", place)),
        writes: vec![write],
        ..Item::default()
    })
}

/// Somebody who is there: what differs, and where they moved.
async fn update(
    bench: &Bench,
    halo: &mut Halo,
    (person, at, key): (&Person, usize, &str),
    columns: &[String],
    order: &Order<'_>,
) -> Result<Item, CallError> {
    let subject = halo.people[at].title();
    let id = halo.people[at].id.clone();
    let known =
        |state, why| Item { key: id.clone(), subject: subject.clone(), state, why: Some(why), ..Item::default() };
    let Some(home) = Home::of(&person.kind) else {
        return Ok(known(State::Skipped, t!("Its kind is not known.")));
    };
    if person.active.is_none() && halo.people[at].active == Some(false) {
        let why = t!("It is inactive in HaloITSM. A column “active” that says yes brings it back.");
        return Ok(known(State::Skipped, why));
    }
    let compared = || FIELDS.iter().filter(|(name, ..)| columns.iter().any(|column| column == name));
    // Lists leave out some members, and what was not read must not be taken for empty.
    let unread = |(name, ..): &&(&str, _, _)| {
        person.get(name).is_some() && home.member(name).is_some_and(|theirs| halo.raws[at].get(theirs).is_none())
    };
    if compared().any(|field| unread(&field)) {
        halo.whole(bench, at).await?;
    }
    let moved = person.kind == "end_user" && person.client.is_some() && halo.people[at].client != person.client;
    let usual = match person.client.filter(|_| moved) {
        Some(client) => halo.usual_site(bench, client).await?,
        None => None,
    };
    let (there, raw) = (&halo.people[at], &halo.raws[at]);
    let (mut record, mut says, mut asks) = (Map::new(), Vec::new(), Vec::new());
    for (name, label, fact) in compared() {
        let Some(theirs) = home.member(name) else { continue };
        let value =
            |person: &Person| person.get(name).map_or(FieldValue::Empty, |text| FieldValue::Text(text.to_owned()));
        match decide(name, &value(person), &value(there), None, order.rules.of(&[name, fact])) {
            Verdict::There => {
                record.insert(theirs.to_owned(), person.get(name).unwrap_or_default().into());
                if ["department", "group"].contains(name) && there.get(name).is_some() {
                    says.push(t!("moves to another {label}", label = inside(&say(label))));
                }
            }
            Verdict::Ask(_) => asks.push(*label),
            Verdict::Leave | Verdict::Back => {}
        }
    }
    if let (true, Some(client)) = (person.kind == "end_user", person.client) {
        let site = match halo.site(client, person.site, person.site_name.as_deref()) {
            Ok(site) => site.or(usual),
            Err(why) => return Ok(known(State::Skipped, why)),
        };
        if let Some(site) = site.filter(|site| there.site != Some(*site)) {
            let name = |id: Option<i64>| id.map_or(FieldValue::Empty, |id| FieldValue::Text(id.to_string()));
            match decide("site", &name(Some(site)), &name(there.site), None, order.rules.of(&["site", "site_name"])) {
                Verdict::There => {
                    record.insert("site_id".to_owned(), site.into());
                    let client = (there.client != Some(client)).then(|| halo.client_name(client)).flatten();
                    let to = [client, halo.site_name(site)].into_iter().flatten().collect::<Vec<_>>().join(", ");
                    says.push(t!("moves to {to}", to));
                }
                Verdict::Ask(_) => asks.push(mark!("Site")),
                Verdict::Leave | Verdict::Back => {}
            }
        }
    }
    if person.active == Some(true) && there.active == Some(false) {
        record.insert(home.inactive().to_owned(), false.into());
        says.push(t!("comes back"));
    }
    let mut why = t!("Matched by {key}.", key = say(key));
    if !says.is_empty() {
        why = t!("{why} It {does}.", why, does = list(&says));
    }
    if !asks.is_empty() {
        why = t!(
            "{why} To be decided: {asks}.",
            why,
            asks = asks.iter().map(|label| say(label)).collect::<Vec<_>>().join(", ")
        );
    }
    if record.is_empty() {
        return Ok(known(if asks.is_empty() { State::Known } else { State::Skipped }, why));
    }
    let writes = halo::change(&person.kind, raw, record).into_iter().collect();
    Ok(Item { writes, ..known(State::Change, why) })
}
