//! People who are in Hudu and not in HaloITSM.

use std::collections::{BTreeMap, BTreeSet};

use crate::halo::record::RecordKind;
use crate::json::Value;
use crate::mapping::compare::show;
use crate::mapping::record::{HALO_ID, HuduRecord, Slot};
use crate::mapping::route::Routes;
use crate::mapping::{layout, normal};
use crate::order::{Order as _, gathered};
use crate::recipes::directory::both::Order;
use crate::recipes::directory::halo::{self, Halo};
use crate::recipes::directory::pair::{Pair, pair};
use crate::recipes::directory::person::{FIELDS, Person};
use crate::recipes::directory::policy::Rule;
use crate::recipes::item::{Item, Planned, State};
use crate::recipes::{Bench, CallError, back, companies};
use crate::settings::SyncSettings;
use crate::sync::matching;
use crate::sync::survey::Both;
use crate::t;
use crate::words::say;

/// Adds an item for each of them. `claimed` are assets that stand for somebody already, or may.
pub(super) async fn join(
    bench: &Bench,
    both: &Both,
    settings: &SyncSettings,
    order: &Order,
    claimed: &BTreeSet<i64>,
    planned: &mut Planned,
) -> Result<(), CallError> {
    let linked: BTreeSet<i64> = gathered(
        both.links.records().filter(|(record, _)| record.kind == RecordKind::User).map(|(_, link)| link.target),
    );
    let held = both.layouts.iter().filter(|shape| layout::holds(RecordKind::User, shape, settings));
    let routes: BTreeMap<i64, Routes> =
        gathered(held.map(|shape| (shape.id, Routes::asset(RecordKind::User, shape, settings))));
    let free = |asset: &&HuduRecord| {
        let person = asset.layout.is_some_and(|id| routes.contains_key(&id));
        person && !asset.archived && !claimed.contains(&asset.id) && !linked.contains(&asset.id)
    };
    let mut assets: Vec<&HuduRecord> = both.assets.iter().filter(free).collect();
    assets.order_by_key(|asset| asset.id);
    if assets.is_empty() {
        return Ok(());
    }
    let clients: BTreeMap<i64, Option<i64>> =
        gathered(companies::pairs(bench).await?.into_iter().map(|pair| (pair.company, pair.client)));
    let only = order.client.or(bench.client);
    assets.retain(|asset| only.is_none_or(|only| clients.get(&asset.company) == Some(&Some(only))));
    if assets.is_empty() {
        return Ok(());
    }
    let mut halo = Halo::read(bench, &["end_user".to_owned()], only).await?;
    let read = |asset: &&HuduRecord| {
        let routes = asset.layout.and_then(|id| routes.get(&id));
        let client = clients.get(&asset.company).copied().flatten();
        routes.map(|routes| of(asset, routes, client, &|names| order.rules.of(names).back))
    };
    let (people, more): (Vec<Person>, Vec<_>) = assets.iter().filter_map(read).unzip();
    let pairs = pair(&people, &halo.people);
    for (((person, more), pair), asset) in people.iter().zip(more).zip(&pairs).zip(&assets) {
        let key = format!("hudu-{}", person.id);
        let item = joiner(bench, &mut halo, (person, more), pair, asset).await?;
        planned.items.push(Item { key, subject: person.title(), ..item });
    }
    Ok(())
}

/// A person of Hudu in the one shape, with what HaloITSM has members for beside it. `rule` tells what may be taken.
pub(super) fn of(
    asset: &HuduRecord,
    routes: &Routes,
    client: Option<i64>,
    rule: &dyn Fn(&[&str]) -> Rule,
) -> (Person, Vec<(String, Value)>) {
    let id = format!("asset/{}", asset.id);
    let mut person =
        Person { at: id.clone(), id, kind: "end_user".to_owned(), client, active: Some(true), ..Person::default() };
    let mut more = Vec::new();
    person.values.insert("name".to_owned(), asset.name.trim().to_owned());
    let mut list: Vec<_> = routes.list.iter().collect();
    // A field of the layout counts before a member of the record.
    list.order_by_key(|route| matches!(route.slot, Slot::Attribute(_)));
    for route in list.into_iter().filter(|route| !route.slot.is(&Slot::field(HALO_ID)) && !route.is_name()) {
        let value = asset.value(&route.slot);
        let Some(text) = show(&value) else { continue };
        let mut names: Vec<&str> = route.facts.iter().map(|fact| fact.as_str()).collect();
        names.push(&route.field.label);
        if rule(&names) == Rule::Never {
            continue;
        }
        let known =
            route.facts.iter().find_map(|fact| FIELDS.iter().find(|(.., own)| *fact == *own && !own.is_empty()));
        match known {
            Some((name, ..)) => {
                person.values.entry((*name).to_owned()).or_insert_with(|| text.trim().to_owned());
            }
            None if route.facts.iter().any(|fact| *fact == "site") => person.site_name = Some(text),
            None if route.facts.iter().any(|fact| *fact == "inactive") => {}
            None => {
                let place = route.facts.iter().find_map(|fact| back::place(RecordKind::User, &Value::Null, fact));
                let put = place.and_then(|(member, holds)| Some((member, back::value(&value, holds).ok()?)));
                more.extend(put.filter(|(_, value)| *value != Value::Bool(false)));
            }
        }
    }
    if normal::email(person.get("email").unwrap_or_default()).is_empty() {
        person.values.remove("email");
    }
    (person, more)
}

async fn joiner(
    bench: &Bench,
    halo: &mut Halo,
    (person, more): (&Person, Vec<(String, Value)>),
    pair: &Pair,
    asset: &HuduRecord,
) -> Result<Item, CallError> {
    let skipped = |why: String| Ok(Item { state: State::Skipped, why: Some(why), ..Item::default() });
    if let Some(id) = matching::halo_id(asset, RecordKind::User) {
        return skipped(t!(
            "It carries the Halo ID {id}, which no user of its client has. Clear that field, or archive it.",
            id = id.id
        ));
    }
    let at = match pair {
        Pair::Nobody => None,
        Pair::Open(why, _) => return skipped(why.clone()),
        Pair::One(at, key) => Some((&halo.people[*at], key)),
    };
    if let Some((there, key)) = at {
        let place = there.client.and_then(|client| halo.client_name(client));
        let place = place.map_or_else(|| t!("another client"), str::to_owned);
        return skipped(match there.active {
            Some(false) => t!(
                "HaloITSM has {id} with the same {key}, inactive. Bring that one back, or archive this one.",
                id = there.id,
                key = say(key)
            ),
            _ => t!(
                "HaloITSM has {id} with the same {key} at {place}: it moved. Move it in one of the two.",
                id = there.id,
                key = say(key),
                place
            ),
        });
    }
    let Some(client) = person.client else {
        return skipped(t!("No HaloITSM client is known for its company."));
    };
    let site = match halo.site(client, None, person.site_name.as_deref()) {
        Ok(Some(site)) => Some(site),
        _ => halo.usual_site(bench, client).await?,
    };
    let Some(site) = site else {
        return skipped(t!("Its client has no site in use that it could be at."));
    };
    let Some(mut write) = halo::create(person, Some(site)) else {
        return skipped(t!("It has nothing that it could be found again by."));
    };
    write.record.extend(more);
    write.absent = halo.lacks(&write);
    let place = halo.client_name(client).unwrap_or("HaloITSM");
    Ok(Item { why: Some(t!("Joins {place}.", place)), writes: vec![write], ..Item::default() })
}
