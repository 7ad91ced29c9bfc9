//! Asset enrichment: what Hudu knows of an asset and HaloITSM does not goes into HaloITSM, by the connected fields read
//! the other way.

mod owner;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::call::typed;
use crate::halo::model::Asset;
use crate::halo::page;
use crate::halo::record::RecordKind;
use crate::http::Product;
use crate::http::raw::Record;
use crate::json::{Json, Map, Shape, Value};
use crate::mapping::facts::OWN;
use crate::mapping::from_halo;
use crate::mapping::normal;
use crate::mapping::record::{HuduRecord, Source};
use crate::mapping::route::Routes;
use crate::mapping::word::Word;
use crate::order::gathered;
use crate::platform::Later;
use crate::recipes::back::{self, Met, Row};
use crate::recipes::directory::policy::{Both as Ways, Rule, Rules, Verdict};
use crate::recipes::item::{Item, Planned, State, Write};
use crate::recipes::{Arguments, Bench, CallError, Recipe, place};
use crate::schema::{self, Id};
use crate::sync::plan::{Item as SyncItem, Target};
use crate::sync::sides::Sides;
use crate::sync::survey::{self, Both};
use crate::sync::table::Scope;
use crate::sync::view::Action;
use crate::sync::watch::Nobody;
use crate::{mark, t};

use owner::Others;

/// Labels of fields in HaloITSM that take the address of the record in Hudu.
const LINKS: [&str; 5] = ["Hudu link", "Hudu URL", "Hudu", "Documentation link", "Documentation"];
/// From so many assets on, so many of a hundred may get other values than they have without a question.
const FROM: usize = 10;
const PERCENT: usize = 30;

/// The recipe.
pub const RECIPE: Recipe = Recipe {
    name: "asset_enrichment",
    title: mark!("Asset enrichment"),
    about: mark!(
        "Fields of Hudu's assets (serial, operating system, warranty, owner, link) into the matching assets of HaloITSM, by the connected fields read the other way. What HaloITSM holds stays, unless a rule says otherwise."
    ),
    arguments: schema::of::<Given>,
    plan,
    finish: None,
};

/// What is asked for.
#[derive(Json, Shape)]
#[json(said)]
struct Given {
    /// Only assets of this client.
    #[json(omit)]
    client_id: Option<Id>,
    /// Who wins, by fact (serial, manufacturer, model, warranty_end, user, site, notes, link) or by the label of a field in
    /// Hudu.
    #[json(omit)]
    fields: Option<BTreeMap<String, Winner>>,
    /// Who wins in all other fields; only_if_empty where nothing is said.
    #[json(omit)]
    usual: Option<Winner>,
    /// Label of the field in HaloITSM that takes the address of the record in Hudu; "Hudu link" and the like are found by
    /// themselves.
    #[json(omit)]
    link_field: Option<String>,
}

/// When Hudu's value goes into HaloITSM.
#[derive(Clone, Copy, Json, Shape)]
enum Winner {
    OnlyIfEmpty,
    /// Always.
    Hudu,
    /// The same: Hudu is where values come from.
    Source,
    Ask,
    Never,
}

impl From<Winner> for Ways {
    fn from(winner: Winner) -> Self {
        let back = match winner {
            Winner::OnlyIfEmpty => Rule::OnlyIfEmpty,
            Winner::Hudu | Winner::Source => Rule::Source,
            Winner::Ask => Rule::Ask,
            Winner::Never => Rule::Never,
        };
        Ways { there: Rule::Never, back }
    }
}

fn plan<'a>(bench: &'a Bench, given: &'a Arguments) -> Later<'a, Result<Planned, CallError>> {
    Box::pin(async move {
        let Given { client_id, fields, usual, link_field } = typed(given)?;
        let fields = fields.into_iter().flatten().map(|(name, winner)| (name, winner.into()));
        let rules = Rules::new(usual.unwrap_or(Winner::OnlyIfEmpty).into(), fields);
        let client = client_id.map(|id| id.0);
        let mut sides = Sides { settings: bench.sides.settings.clone(), ..bench.sides.clone() };
        sides.settings.kinds = vec![RecordKind::Site, RecordKind::User, RecordKind::Asset];
        // Only what is missing is read one by one, and only of assets that lack something.
        sides.settings.details = Vec::new();
        let clients = client.or(bench.client).into_iter().collect();
        let scope = Scope { kinds: sides.settings.kinds.clone(), clients };
        let both = survey::both(&sides, &scope, &Nobody).await?;
        let mut work = Work::new(bench, &both, &sides, &rules, link_field);
        work.run().await
    })
}

struct Work<'a> {
    bench: &'a Bench,
    both: &'a Both,
    sides: &'a Sides,
    rules: &'a Rules,
    /// Labels of fields that take the address in Hudu.
    links: Vec<String>,
    others: Others<'a>,
    assets: BTreeMap<i64, &'a HuduRecord>,
    routes: BTreeMap<i64, Routes>,
    /// An asset of each type as it was read whole: which fields that type has.
    types: BTreeMap<String, Value>,
}

impl<'a> Work<'a> {
    fn new(bench: &'a Bench, both: &'a Both, sides: &'a Sides, rules: &'a Rules, link: Option<String>) -> Self {
        let route = |shape| (RecordKind::Asset, shape, &sides.settings);
        let routes = both.layouts.iter().map(|shape| {
            let (kind, shape, settings) = route(shape);
            (shape.id, Routes::asset(kind, shape, settings))
        });
        Self {
            links: link.map_or_else(|| LINKS.map(str::to_owned).to_vec(), |label| vec![label]),
            others: Others::new(both),
            assets: gathered(both.assets.iter().map(|asset| (asset.id, asset))),
            routes: gathered(routes),
            types: BTreeMap::new(),
            bench,
            both,
            sides,
            rules,
        }
    }

    async fn run(&mut self) -> Result<Planned, CallError> {
        let mut planned = Planned { notes: self.both.plan.notes.clone(), ..Planned::default() };
        let sources: BTreeMap<_, _> = gathered(self.both.sources.iter().map(|source| (source.record, source)));
        let (mut known, mut overwritten) = (0, 0);
        for item in &self.both.plan.items {
            let Some(source) = item.record.and_then(|record| sources.get(&record).copied()) else { continue };
            if source.record.kind != RecordKind::Asset || source.inactive {
                continue;
            }
            let asset = match item.target {
                Target::Asset { id: Some(id), .. } => self.assets.get(&id).copied().filter(|asset| !asset.archived),
                _ => None,
            };
            match (item.action, asset) {
                (Action::Ambiguous, _) => {
                    let why = Some(item.reason.clone());
                    planned.items.push(Item { state: State::Skipped, why, ..blank(source) });
                }
                (_, Some(asset)) => {
                    known += 1;
                    let found = self.asset(item, source, asset, &mut planned.notes).await?;
                    overwritten += usize::from(found.as_ref().is_some_and(overwrites));
                    planned.items.extend(found);
                }
                _ => {}
            }
        }
        if known >= FROM && overwritten * 100 > known * PERCENT {
            planned.guard = Some(t!(
                "{overwritten} of {known} assets would get other values than they have in HaloITSM. Look whether that is meant.",
                overwritten,
                known
            ));
        }
        Ok(planned)
    }

    /// What one asset gets.
    async fn asset(
        &mut self,
        item: &SyncItem,
        source: &Source,
        asset: &HuduRecord,
        notes: &mut Vec<String>,
    ) -> Result<Option<Item>, CallError> {
        let Some(routes) = asset.layout.and_then(|id| self.routes.get(&id)) else { return Ok(None) };
        let link = self.both.links.of(source.record);
        let settings = &self.sides.settings;
        let rows = back::rows(&Met { source, hudu: asset, link, item }, routes, self.rules, settings);
        let type_name = source.type_name.clone().unwrap_or_default();
        if !self.types.get(&type_name).is_none_or(|shape| self.lacks(source, &rows, shape)) {
            return Ok(Some(Item { state: State::Known, ..blank(source) }));
        }
        let raw = self.bench.sides.halo.record(place::entry("assets")?, source.record.id, &[]).await?;
        let link_to = page::url(&self.bench.sides.halo.connection().origin, source.record);
        let whole = Asset::from_value(raw.clone()).map(|asset| from_halo::asset(&asset, &link_to));
        let source = whole.as_ref().unwrap_or(source);
        let rows = back::rows(&Met { source, hudu: asset, link, item }, routes, self.rules, settings);
        let (mut before, mut after, troubles) = back::changes(RecordKind::Asset, &raw, &rows);
        let mut troubles: Vec<String> = troubles;
        for (fact, kind) in [("user", RecordKind::User), ("site", RecordKind::Site)] {
            let Some((row, name)) = back::linked(&rows, fact) else { continue };
            match self.others.find(kind, source.client, asset.value(&row.slot), &name) {
                Ok(id) => {
                    let (member, value) = if kind == RecordKind::User {
                        ("users", json!([{ "id": id }]))
                    } else {
                        ("site_id", json!(id))
                    };
                    before.insert(member.to_owned(), place::member(&raw, member));
                    after.insert(member.to_owned(), value);
                }
                Err(why) => troubles.push(why),
            }
        }
        self.address(&raw, asset, &mut before, &mut after);
        let subject = source.name.as_str();
        notes.extend(troubles.into_iter().map(|trouble| format!("{subject}: {trouble}")));
        let asks = back::asks(&rows);
        let why = (!asks.is_empty()).then(|| t!("To be decided: {asks}", asks = asks.join(" ")));
        let state = match (after.is_empty(), asks.is_empty()) {
            (true, true) => State::Known,
            (true, false) => State::Skipped,
            _ => State::Change,
        };
        let id = source.record.id;
        let write = Write::change(mark!("asset"), (Product::Halo, "assets"), id.into(), before, after);
        let writes = if state == State::Change { vec![write] } else { Vec::new() };
        let why = why.or((state == State::Change).then(|| item.reason.clone()));
        let item = Item { state, why, writes, ..blank(source) };
        self.types.entry(type_name).or_insert(raw);
        Ok(Some(item))
    }

    /// Whether an asset of this type lacks something that it has a place for.
    fn lacks(&self, source: &Source, rows: &[Row], shape: &Value) -> bool {
        let goes = |row: &&Row| matches!(row.verdict, Verdict::Back | Verdict::Ask(_));
        let place = |row: &Row| row.facts.iter().any(|fact| back::place(RecordKind::Asset, shape, fact).is_some());
        let linked = |row: &Row| row.facts.iter().any(|fact| *fact == "user" || *fact == "site");
        rows.iter().filter(goes).any(|row| place(row) || linked(row))
            || self.link_place(shape).is_some_and(|fact| source.fact(&fact).is_none() || self.wins())
    }

    /// The fact of the field that takes the address in Hudu, where the type has one.
    fn link_place(&self, shape: &Value) -> Option<Word> {
        let fact = |label: &String| Word::of(&format!("{OWN}{}", normal::label(label)));
        self.links.iter().map(fact).find(|fact| back::place(RecordKind::Asset, shape, fact).is_some())
    }

    /// Hudu's address replaces what stands in its field.
    fn wins(&self) -> bool {
        self.rules.of(&["link"]).back == Rule::Source
    }

    /// The address of the record in Hudu.
    fn address(
        &self,
        raw: &Value,
        asset: &HuduRecord,
        before: &mut Map<String, Value>,
        after: &mut Map<String, Value>,
    ) {
        let place = self.link_place(raw).and_then(|fact| back::place(RecordKind::Asset, raw, &fact));
        let Some((member, _)) = place.filter(|_| self.rules.of(&["link"]).back != Rule::Never) else { return };
        let now = place::member(raw, &member);
        let text = crate::http::raw::read::text_of(&now).unwrap_or_default();
        if (text.is_empty() || self.wins()) && text != asset.url {
            before.insert(member.clone(), now);
            after.insert(member, asset.url.clone().into());
        }
    }
}

fn blank(source: &Source) -> Item {
    Item {
        key: source.record.key(),
        subject: source.name.clone(),
        target: Some(source.record.id),
        resource: Some("assets".to_owned()),
        ..Item::default()
    }
}

/// Whether a value that is there would be another one.
fn overwrites(item: &Item) -> bool {
    let held: BTreeSet<&str> = gathered(["1900-01-01T00:00:00", ""]);
    let text = |value: &Value| crate::http::raw::read::text_of(value).unwrap_or_default();
    item.writes.iter().flat_map(|write| &write.before).any(|(_, value)| match value {
        Value::Array(rows) => !rows.is_empty(),
        value => !held.contains(text(value).trim_end_matches('Z')),
    })
}
