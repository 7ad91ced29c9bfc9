//! HaloITSM's side: its people and teams, its clients and sites, and what is sent to it.

use std::collections::BTreeSet;

use crate::directory::{self, Filter, Home, Kind, Sort};
use crate::halo::model::{Client, Site};
use crate::halo::resource;
use crate::http::Product;
use crate::http::raw::read::{flag_of, integer_of};
use crate::json::{Json, Map, Value};
use crate::mapping::normal;
use crate::recipes::directory::person::{FIELDS, Person};
use crate::recipes::item::{Look, Mark, Write, members};
use crate::recipes::{Bench, CallError, place};
use crate::t;

/// Rows asked for at once.
const ROWS: u32 = 1000;

/// HaloITSM's people of some kinds, with the records as it has them.
#[derive(Default)]
pub(super) struct Halo {
    /// The people.
    pub(super) people: Vec<Person>,
    /// Their records, in the same order.
    pub(super) raws: Vec<Value>,
    clients: Vec<Client>,
    sites: Vec<Site>,
    /// People of all clients were read.
    whole: bool,
    /// Names and addresses of what is listed among people and is none: general users, accounts of services.
    others: BTreeSet<String>,
}

impl Halo {
    /// Reads people of these kinds, inactive ones too, and the places that they may be at.
    pub(super) async fn read(bench: &Bench, kinds: &[String], client: Option<i64>) -> Result<Self, CallError> {
        let mut halo = Self { whole: client.is_none(), ..Self::default() };
        for kind in kinds {
            let sort = if kind == "team" { Sort::Groups } else { Sort::Users };
            let filter = Filter { kind: Kind::of(kind), client_id: client, inactive: true, ..Filter::default() };
            let mut cursor = None::<String>;
            loop {
                let page = directory::list(&bench.sides.halo, sort, &filter, Some(ROWS), cursor.as_deref()).await?;
                for mut row in page.rows {
                    let raw = Value::Object(std::mem::take(&mut row.raw));
                    let row = row.to_json();
                    if !is_person(&raw) {
                        let said = |(name, ..): &(&str, &str, &str)| row.get(*name).and_then(Value::as_str).map(lower);
                        halo.others.extend(FIELDS.iter().filter_map(said));
                        continue;
                    }
                    if let Some(person) = person(row, kind) {
                        halo.people.push(person);
                        halo.raws.push(raw);
                    }
                }
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        if kinds.iter().any(|kind| kind == "end_user") {
            let places = Self::places(bench).await?;
            (halo.clients, halo.sites) = (places.clients, places.sites);
        }
        Ok(halo)
    }

    /// Reads the places only.
    pub(super) async fn places(bench: &Bench) -> Result<Self, CallError> {
        let clients = bench.sides.halo.list(resource::CLIENT, &[]).await?;
        let sites = bench.sides.halo.list(resource::SITE, &[]).await?;
        Ok(Self { clients, sites, ..Self::default() })
    }

    /// Whether the lists that were read tell that nobody is found by what a new record is looked up by.
    pub(super) fn lacks(&self, write: &Write) -> bool {
        let own = |mark: &Mark| mark.value.as_str().is_some_and(|value| self.others.contains(&lower(value)));
        self.whole && !write.look.iter().flat_map(|look| &look.marks).any(own)
    }

    /// The record with all of its members.
    pub(super) async fn whole(&mut self, bench: &Bench, at: usize) -> Result<(), CallError> {
        let Some(home) = Home::of(&self.people[at].kind) else { return Ok(()) };
        let id = self.raws[at].get("id").and_then(integer_of).unwrap_or_default();
        let raw = bench.sides.halo.record(place::entry(home.resource())?, id, &[]).await?;
        for (name, ..) in FIELDS {
            let value = home.member(name).and_then(|theirs| raw.get(theirs)).and_then(crate::http::raw::read::text_of);
            if let Some(value) = value {
                self.people[at].values.insert(name.to_owned(), value.trim().to_owned());
            }
        }
        self.raws[at] = raw;
        Ok(())
    }

    /// The client that is meant: by id, else by a name that only one has.
    pub(super) fn client(&self, id: Option<i64>, name: Option<&str>) -> Result<Option<i64>, String> {
        if let Some(id) = id {
            let known = self.clients.iter().any(|client| client.id == id);
            return if known { Ok(Some(id)) } else { Err(t!("HaloITSM has no client {id} in use.", id)) };
        }
        let Some(name) = name else { return Ok(None) };
        let wanted = normal::name(name);
        let same = |client: &&Client| client.name.as_deref().is_some_and(|own| normal::name(own) == wanted);
        let found: Vec<i64> = self.clients.iter().filter(same).map(|client| client.id).collect();
        match found.as_slice() {
            [one] => Ok(Some(*one)),
            [] => Err(t!("HaloITSM has no client “{name}” in use.", name)),
            _ => Err(format!("HaloITSM has several clients “{name}”: give client_id.")),
        }
    }

    /// The name of a client.
    pub(super) fn client_name(&self, id: i64) -> Option<&str> {
        self.clients.iter().find(|client| client.id == id)?.name.as_deref()
    }

    /// The site of a client that is meant; `None` where nothing is said.
    pub(super) fn site(&self, client: i64, id: Option<i64>, name: Option<&str>) -> Result<Option<i64>, String> {
        let own = || self.sites.iter().filter(move |site| site.client_id == Some(client));
        let of = || self.client_name(client).map_or_else(|| t!("this client"), str::to_owned);
        match (id, name) {
            (Some(id), _) if own().any(|site| site.id == id) => Ok(Some(id)),
            (Some(id), _) => Err(t!("{client} has no site {id} in use.", client = of(), id)),
            (None, None) => Ok(None),
            (None, Some(name)) => {
                let same =
                    |site: &&Site| site.name.as_deref().is_some_and(|own| normal::spaced(own) == normal::spaced(name));
                match own().filter(same).collect::<Vec<_>>().as_slice() {
                    [one] => Ok(Some(one.id)),
                    [] => Err(t!("{client} has no site “{name}” in use.", client = of(), name)),
                    _ => Err(t!("{client} has several sites “{name}”: give site_id.", client = of(), name)),
                }
            }
        }
    }

    /// Where somebody of a client belongs where nothing is said: its only site, else its main site, which only
    /// the client itself tells in most versions.
    pub(super) async fn usual_site(&mut self, bench: &Bench, client: i64) -> Result<Option<i64>, CallError> {
        let mut own = self.sites.iter().filter(|site| site.client_id == Some(client));
        if let (Some(one), None) = (own.next(), own.next()) {
            return Ok(Some(one.id));
        }
        let Some(known) = self.clients.iter_mut().find(|one| one.id == client) else { return Ok(None) };
        if known.main_site_id.is_none() {
            *known = bench.sides.halo.get(resource::CLIENT, client, &[]).await?;
        }
        Ok(known.main_site_id)
    }

    /// The name of a site.
    pub(super) fn site_name(&self, id: i64) -> Option<&str> {
        self.sites.iter().find(|site| site.id == id)?.name.as_deref()
    }
}

/// The value as a comparison takes it.
pub(super) fn person(mut row: Value, kind: &str) -> Option<Person> {
    let row = row.as_object_mut()?;
    let at = row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    Person::read(row, kind, &at).ok().or_else(|| {
        // What HaloITSM has may be anything: an address that is none is no key.
        row.remove("email");
        Person::read(row, kind, &at).ok()
    })
}

fn lower(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Halo keeps a "General User" at each site, accounts of services, and agents of applications: no people.
fn is_person(raw: &Value) -> bool {
    let flag = |name: &str| raw.get(name).and_then(flag_of) == Some(true);
    let general =
        raw.get("name").and_then(Value::as_str).is_some_and(|name| name.trim().eq_ignore_ascii_case("general user"));
    !(general || flag("isserviceaccount") || flag("isapiagent"))
}

/// A write that makes somebody.
pub(super) fn create(person: &Person, site: Option<i64>) -> Option<Write> {
    let home = Home::of(&person.kind)?;
    let mut record = Map::new();
    for (name, ..) in FIELDS {
        if let (Some(value), Some(theirs)) = (person.get(name), home.member(name)) {
            record.insert(theirs.to_owned(), value.into());
        }
    }
    if let Some(site) = site {
        record.insert("site_id".to_owned(), site.into());
    }
    let by = |name: &str| Some((home.member(name)?, person.get(name)?));
    let (member, value) = by("email").or(by("login")).or(by("name"))?;
    let mut look = Look::exact([("search", value.into())], member, value.into());
    if person.get("email").is_none() && person.get("login").is_none() && home.is_of_client() {
        look = look.and("client_id", person.client?.into());
    }
    Some(Write::create(home.prefix(), Product::Halo, home.resource(), record, look))
}

/// A write that changes somebody, from what was read.
pub(super) fn change(kind: &str, raw: &Value, record: Map<String, Value>) -> Option<Write> {
    let home = Home::of(kind)?;
    let id = raw.get("id").and_then(integer_of)?;
    let before = |name: &String| (name.clone(), raw.get(name).cloned().unwrap_or_default());
    let before = record.keys().map(before).collect();
    Some(Write::change(home.prefix(), (Product::Halo, home.resource()), id.into(), before, record))
}

/// A write that puts somebody away, or brings them back.
pub(super) fn activity(kind: &str, raw: &Value, active: bool) -> Option<Write> {
    let home = Home::of(kind)?;
    change(kind, raw, members([(home.inactive(), (!active).into())]))
}
