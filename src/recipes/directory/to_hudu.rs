//! A file to Hudu: its people are compared with Hudu's, and the sync engine writes what differs.

use std::collections::{BTreeMap, BTreeSet};

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::mapping::record::{Fact, FactValue, HALO_ID, HuduRecord, LayoutShape, Slot, Source};
use crate::mapping::route::Routes;
use crate::mapping::wanted::Wanted;
use crate::mapping::{from_hudu, layout};
use crate::order::gathered;
use crate::recipes::back::{self, Met};
use crate::recipes::directory::both::shown;
use crate::recipes::directory::file::File;
use crate::recipes::directory::from_file::{self, Order, skipped};
use crate::recipes::directory::pair::{Pair, pair};
use crate::recipes::directory::person::{FIELDS, Person};
use crate::recipes::directory::policy::{Rule, Verdict};
use crate::recipes::directory::{joining, leaving};
use crate::recipes::item::{Item, Planned, State};
use crate::recipes::{Bench, CallError, companies};
use crate::settings::SyncSettings;
use crate::sync::plan::{Change, Item as SyncItem, Made, Target};
use crate::sync::view::Action;
use crate::words::say;
use crate::{mark, t};

/// Hudu's people, as they were read.
struct Read {
    settings: SyncSettings,
    shapes: Vec<LayoutShape>,
    routes: BTreeMap<i64, Routes>,
    pairs: Vec<companies::Pair>,
    assets: Vec<HuduRecord>,
    people: Vec<Person>,
}

impl Read {
    async fn new(bench: &Bench, layout_name: Option<&str>) -> Result<Self, CallError> {
        let sides = &bench.sides;
        let mut settings = sides.settings.clone();
        if let Some(name) = layout_name {
            (settings.people_layout, settings.people_rules) = (name.to_owned(), Vec::new());
        }
        let read = sides.shapes().await?;
        let shapes: Vec<LayoutShape> = read.layouts.iter().map(|one| from_hudu::layout(one, &read.lists)).collect();
        let held = shapes.iter().filter(|shape| layout::holds(RecordKind::User, shape, &settings));
        let routes: BTreeMap<i64, Routes> =
            gathered(held.map(|shape| (shape.id, Routes::asset(RecordKind::User, shape, &settings))));
        let pairs = companies::pairs(bench).await?;
        let (mut assets, mut people) = (Vec::new(), Vec::new());
        for id in routes.keys() {
            let id = id.to_string();
            let mut pages = sides.hudu.asset_pages(&[("asset_layout_id", &id)]);
            while let Some(rows) = pages.next().await? {
                assets.extend(rows.iter().map(|asset| sides.asset_record(asset, &read)));
            }
        }
        assets.retain(|asset| {
            let own = bench.company.is_none_or(|own| own == asset.company);
            own && asset.layout.is_some_and(|id| routes.contains_key(&id))
        });
        for asset in &assets {
            let pair = pairs.iter().find(|pair| pair.company == asset.company);
            let Some(routes) = asset.layout.and_then(|id| routes.get(&id)) else { continue };
            let (mut person, _) = joining::of(asset, routes, pair.and_then(|pair| pair.client), &|_| Rule::Source);
            person.client_name = pair.map(|pair| pair.name.clone());
            person.active = Some(!asset.archived);
            people.push(person);
        }
        Ok(Self { settings, shapes, routes, pairs, assets, people })
    }

    /// The company that a row means.
    fn company(&self, person: &Person, usual: Option<i64>) -> Result<i64, String> {
        let same = |name: &str, pair: &&companies::Pair| {
            crate::mapping::normal::name(&pair.name) == crate::mapping::normal::name(name)
        };
        let found: Vec<i64> = match (person.client, person.client_name.as_deref()) {
            (Some(id), _) => {
                self.pairs.iter().filter(|pair| pair.client == Some(id)).map(|pair| pair.company).collect()
            }
            (None, Some(name)) => self.pairs.iter().filter(|pair| same(name, pair)).map(|pair| pair.company).collect(),
            (None, None) => self
                .pairs
                .iter()
                .filter(|pair| usual.is_some() && pair.client == usual)
                .map(|pair| pair.company)
                .collect(),
        };
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(
                "It names no client that has a company in Hudu: give client_id or client_name, or one for all rows."
                    .to_owned(),
            ),
            _ => Err(t!("Several companies in Hudu bear the name of its client.")),
        }
    }
}

/// Hudu's people in the one shape.
pub(super) async fn people(bench: &Bench, client: Option<i64>) -> Result<Vec<Person>, CallError> {
    let mut people = Read::new(bench, None).await?.people;
    people.retain(|person| client.is_none_or(|client| person.client == Some(client)));
    Ok(people)
}

/// The plan, and what the sync engine writes of it.
pub(super) async fn draw(
    bench: &Bench,
    mut file: File,
    order: &Order<'_>,
    layout_name: Option<&str>,
) -> Result<(Planned, Vec<SyncItem>), CallError> {
    let (mut planned, mut writes) = (Planned::default(), Vec::new());
    from_file::note(&file, &mut planned);
    let read = Read::new(bench, layout_name).await?;
    let name = layout_name.unwrap_or(&read.settings.people_layout);
    let Some(shape) = layout::find(name, &read.shapes).filter(|shape| shape.active) else {
        return Err(CallError::argument("layout", t!("is missing: Hudu has no layout “{name}” in use", name)));
    };
    let (mut people, mut homes) = (Vec::new(), Vec::new());
    for mut person in std::mem::take(&mut file.people) {
        if person.kind != "end_user" {
            planned
                .items
                .push(skipped(&person, t!("Hudu keeps end users only: agents and teams have no place there.")));
            continue;
        }
        match read.company(&person, order.client.or(bench.client)) {
            Ok(company) => {
                person.client = read.pairs.iter().find(|pair| pair.company == company).and_then(|pair| pair.client);
                people.push(person);
                homes.push(company);
            }
            Err(why) => planned.items.push(skipped(&person, why)),
        }
    }
    let pairs = pair(&people, &read.people);
    let (mut met, mut gone) = (BTreeSet::new(), Vec::new());
    for ((person, home), pair) in people.iter().zip(&homes).zip(&pairs) {
        match pair {
            Pair::One(at, key) => {
                met.insert(*at);
                let asset = &read.assets[*at];
                if person.active == Some(false) && !asset.archived {
                    gone.push(leaver(&mut writes, asset, mark!("It is inactive in the file."), order.leavers));
                } else if asset.archived {
                    planned.items.push(skipped(person, t!("It is archived in Hudu. Bring it back there.")));
                } else if asset.company != *home {
                    let why = t!(
                        "It moved to another client. Sidelight moves nothing from one company to another: move it in Hudu."
                    );
                    planned.items.push(skipped(person, why));
                } else {
                    planned.items.extend(update(&read, (person, asset, key), &file.columns, order, &mut writes));
                }
            }
            Pair::Open(why, could) => {
                met.extend(could);
                planned.items.push(skipped(person, why.clone()));
            }
            Pair::Nobody if person.active == Some(false) => {}
            Pair::Nobody => planned.items.push(joiner(&read, (person, *home), shape, order, &mut writes)),
        }
    }
    let used = |asset: &HuduRecord| (!asset.archived).then_some(asset.company);
    let named =
        pairs.iter().filter_map(|pair| if let Pair::One(at, _) = pair { used(&read.assets[*at]) } else { None });
    let only = order.client.or(bench.client);
    let only =
        only.and_then(|client| read.pairs.iter().find(|pair| pair.client == Some(client))).map(|pair| pair.company);
    let homes = leaving::covered(only, named, read.assets.iter().filter_map(used));
    let covered = |asset: &HuduRecord| !asset.archived && homes.contains(&asset.company);
    let known = read.assets.iter().filter(|asset| covered(asset)).count();
    for (_, asset) in read.assets.iter().enumerate().filter(|(at, asset)| covered(asset) && !met.contains(at)) {
        gone.push(leaver(&mut writes, asset, mark!("The file does not name it."), order.leavers));
    }
    leaving::add(&mut planned, gone, known, order.leavers, mark!("the file"));
    Ok((planned, writes))
}

/// A person of a file as mapping sees them.
fn source(person: &Person, columns: &[String]) -> Source {
    let mut source = Source::named(RecordRef::new(RecordKind::User, 0), &person.title());
    for (name, label, fact) in
        FIELDS.iter().filter(|(name, _, fact)| !fact.is_empty() && columns.iter().any(|own| own == name))
    {
        if let Some(text) = person.get(name) {
            let value = FactValue::Plain(FieldValue::Text(text.to_owned()));
            source.facts.push(Fact { key: (*fact).into(), label: (*label).into(), value });
        }
    }
    source
}

fn update(
    read: &Read,
    (person, asset, key): (&Person, &HuduRecord, &str),
    columns: &[String],
    order: &Order<'_>,
    writes: &mut Vec<SyncItem>,
) -> Option<Item> {
    let layout_id = asset.layout?;
    let routes = read.routes.get(&layout_id)?;
    let source = source(person, columns);
    let target = Target::Asset { company: Made::Is(asset.company), layout: Made::Is(layout_id), id: Some(asset.id) };
    let mut item = SyncItem::new(
        format!("asset/{}", asset.id),
        Action::Update,
        &asset.name,
        t!("Matched by {key}.", key = say(key)),
        target,
    );
    let rows =
        back::rows(&Met { source: &source, hudu: asset, link: None, item: &item }, routes, order.rules, &read.settings);
    let named = columns.iter().any(|column| column == "name");
    // An empty member of the record says nothing where the layout's own field says it already.
    let said = |row: &back::Row| {
        let same = |other: &&back::Row| {
            other.verdict == Verdict::Leave
                && other.hudu == row.halo
                && other.facts.iter().any(|fact| row.facts.contains(fact))
        };
        matches!(row.slot, Slot::Attribute(_)) && row.hudu == FieldValue::Empty && rows.iter().any(|other| same(&other))
    };
    let goes = |row: &&back::Row| {
        row.verdict == Verdict::There && !said(row) && (named || row.slot != Slot::attribute("name"))
    };
    for row in rows.iter().filter(goes) {
        item.changes.push(change(row.slot.clone(), &row.label, row.hudu.clone(), row.halo.clone()));
    }
    let asks = back::asks(&rows);
    if item.changes.is_empty() {
        let state = if asks.is_empty() { State::Known } else { State::Skipped };
        let why =
            if asks.is_empty() { item.reason.clone() } else { t!("To be decided: {asks}", asks = asks.join(" ")) };
        return Some(shown(&item, state, Some(why)));
    }
    let row = shown(&item, State::Change, Some(item.reason.clone()));
    writes.push(item);
    Some(row)
}

fn joiner(
    read: &Read,
    (person, company): (&Person, i64),
    shape: &LayoutShape,
    order: &Order<'_>,
    writes: &mut Vec<SyncItem>,
) -> Item {
    if person.get("name").is_none() {
        return skipped(person, t!("Nobody in Hudu has it, and a new one needs a name."));
    }
    let columns: Vec<String> = FIELDS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let source = source(person, &columns);
    let routes = Routes::asset(RecordKind::User, shape, &read.settings);
    let wanted = routes.wanted(&source, &read.settings, &|_| None);
    let target = Target::Asset { company: Made::Is(company), layout: Made::Is(shape.id), id: None };
    let keys = person.keys();
    let key = keys[1..].iter().find(|key| !key.is_empty()).cloned().unwrap_or_default();
    let mut item = SyncItem::new(
        format!("file/{company}/{key}"),
        Action::Create,
        &person.title(),
        t!("Joins its company."),
        target,
    );
    for Wanted { route, value } in wanted.into_iter().filter(|wanted| !wanted.route.slot.is(&Slot::field(HALO_ID))) {
        if route.slot == Slot::attribute("name") || order.rules.of(&[&route.key, &route.label]).there != Rule::Never {
            item.changes.push(change(route.slot.clone(), &route.label, FieldValue::Empty, value.into_owned()));
        }
    }
    let row = shown(&item, State::New, Some(item.reason.clone()));
    writes.push(item);
    row
}

fn leaver(writes: &mut Vec<SyncItem>, asset: &HuduRecord, why: &str, on: bool) -> Item {
    let target = Target::Asset {
        company: Made::Is(asset.company),
        layout: Made::Is(asset.layout.unwrap_or_default()),
        id: Some(asset.id),
    };
    let mut item = SyncItem::new(format!("asset/{}", asset.id), Action::Archive, &asset.name, why.to_owned(), target);
    if !on {
        return shown(
            &item,
            State::Skipped,
            Some(t!("{why} Nobody is archived unless leavers is switched on.", why = say(why))),
        );
    }
    item.changes.push(change(Slot::Archived, mark!("Archived"), FieldValue::Check(false), FieldValue::Check(true)));
    let row = shown(&item, State::Change, Some(t!("Leaves. {why} It is archived.", why = say(why))));
    writes.push(item);
    row
}

fn change(slot: Slot, label: &str, before: FieldValue, after: FieldValue) -> Change {
    Change { slot, label: label.into(), before, after, note: None, by: None }
}
