//! Properties of plans for everything, on a model of both sides: whatever they look like.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::{Fact, FactValue, HALO_ID, HuduRecord, LayoutField, LayoutShape, Slot, Source};
use sidelight::settings::{MatchKey, SyncSettings};
use sidelight::sync::links::Links;
use sidelight::sync::plan::{Link, Made, Plan, Target};
use sidelight::sync::planner::{ORDER, Planner, World};
use sidelight::sync::table::Scope;
use sidelight::sync::view::Action;

use RecordKind as K;

/// Layouts by kind: id and name.
const LAYOUTS: [(RecordKind, i64, &str); 4] =
    [(K::Site, 6, "Sites"), (K::User, 7, "People"), (K::Asset, 5, "Computer Assets"), (K::Contract, 8, "Contracts")];

/// Both sides, with what this device remembers.
#[derive(Clone, Debug)]
struct Model {
    halo: Vec<Source>,
    companies: Vec<HuduRecord>,
    assets: Vec<HuduRecord>,
    layouts: Vec<LayoutShape>,
    links: BTreeMap<String, Link>,
    settings: SyncSettings,
    next: i64,
}

impl Model {
    fn plan(&self) -> Plan {
        self.plan_of(self.halo.clone())
    }

    fn plan_of(&self, mut sources: Vec<Source>) -> Plan {
        let mut links = Links::default();
        for (key, link) in &self.links {
            links.put(key, link.clone());
        }
        let world = World { companies: &self.companies, layouts: &self.layouts, assets: &self.assets };
        let mut planner = Planner::new(world, &links, &self.settings);
        sources.sort_by_key(|source| ORDER.iter().position(|kind| *kind == source.record.kind));
        for source in sources {
            planner.add(source);
        }
        planner.finish(Scope::default(), &ORDER)
    }

    fn fresh(&mut self) -> i64 {
        self.next += 1;
        self.next
    }

    /// Carries a plan out, as a server would.
    fn apply(&mut self, plan: &Plan) {
        let mut done: HashMap<String, i64> = HashMap::new();
        for item in plan.items.iter().filter(|item| item.writes() && item.action != Action::Conflict) {
            let made = |made: &Made, done: &HashMap<String, i64>| match made {
                Made::Is(id) => *id,
                Made::By(by) => done[by],
            };
            let target = match &item.target {
                Target::Layout { id, name, add, .. } => {
                    let id = id.unwrap_or_else(|| self.fresh());
                    match self.layouts.iter_mut().find(|layout| layout.id == id) {
                        Some(layout) => layout.fields.extend(add.clone()),
                        None => {
                            self.layouts.push(LayoutShape { id, name: name.clone(), active: true, fields: add.clone() })
                        }
                    }
                    done.insert(item.id.clone(), id);
                    continue;
                }
                Target::Company(Some(id)) | Target::Asset { id: Some(id), .. } => *id,
                Target::Asset { id: None, .. } if item.of.is_some() => done[item.of.as_ref().unwrap()],
                Target::Company(None) => {
                    let id = self.fresh();
                    self.companies.push(hudu(id, id, None, ""));
                    id
                }
                Target::Asset { company, layout, id: None } => {
                    let id = self.fresh();
                    self.assets.push(hudu(id, made(company, &done), Some(made(layout, &done)), ""));
                    id
                }
                _ => unreachable!(),
            };
            done.insert(item.id.clone(), target);
            let is_company = matches!(item.target, Target::Company(_));
            let table = if is_company { &mut self.companies } else { &mut self.assets };
            let record = table.iter_mut().find(|record| record.id == target).unwrap();
            let shape = self.layouts.iter().find(|layout| Some(layout.id) == record.layout);
            let link = self.links.entry(item.record.unwrap().key()).or_default();
            link.target = target;
            link.synced.extend(item.agreed.clone());
            for change in &item.changes {
                let mut after = change.after.clone();
                if let (FieldValue::Assets(list), Some(by)) = (&mut after, &change.by) {
                    list.iter_mut().filter(|(id, _)| *id == 0).for_each(|(id, _)| *id = done[by]);
                }
                link.synced.insert(change.slot.key(), after.clone());
                match &change.slot {
                    Slot::Archived => record.archived = after == FieldValue::Check(true),
                    Slot::Attribute(name) if *name == "name" => {
                        let FieldValue::Text(name) = after else { panic!("{change:?}") };
                        record.name = name;
                    }
                    slot => {
                        if let Slot::Field(label) = slot {
                            assert!(shape.unwrap().field(label).is_some(), "{label} is in no layout");
                        }
                        record.values.retain(|(own, _)| !own.is(slot));
                        record.values.push((slot.clone(), after));
                    }
                }
            }
        }
    }
}

fn hudu(id: i64, company: i64, layout: Option<i64>, name: &str) -> HuduRecord {
    let (url, name) = (format!("https://hudu.example/{id}"), name.to_owned());
    HuduRecord { id, company, layout, name, archived: false, url, native: Vec::new(), values: Vec::new() }
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn shape(kind: RecordKind, id: i64, name: &str, linked: bool) -> LayoutShape {
    let field = |(label, kind): (&str, &str)| LayoutField {
        label: label.to_owned(),
        kind: kind.to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
        linked_by: None,
    };
    let mut fields = vec![("Phone", "Phone"), ("Remark", "Text")];
    match kind {
        K::User => fields.extend([("Email", "Email"), ("Site", "AssetTag")]),
        K::Asset => {
            fields.extend([("Serial Number", "Text"), ("Site", "AssetTag"), ("User", "AssetTag")]);
            fields.push(("Contract", "AssetTag"));
        }
        K::Site => fields.push(("Main contact", "AssetTag")),
        _ => {}
    }
    if linked {
        fields.push((HALO_ID, "Text"));
    }
    LayoutShape { id, name: name.to_owned(), active: true, fields: fields.into_iter().map(field).collect() }
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Acme", "Acme Ltd", "Borealis", "Borealis Group", "Cobalt", "None", "شركة"])
}

fn source(kind: RecordKind, id: i64) -> impl Strategy<Value = Source> {
    let refers = (1..4i64, 1..4i64);
    (word(), 1..4i64, prop::option::of(word()), any::<[bool; 2]>(), refers, prop::bool::weighted(0.15)).prop_map(
        move |(name, client, key, with, (site, user), inactive)| {
            let mut facts = Vec::new();
            let mut add =
                |key: &str, label: &str, value| facts.push(Fact { key: key.into(), label: label.into(), value });
            let plain = |value: String| FactValue::Plain(FieldValue::Text(value));
            if let Some(key) = key {
                match kind {
                    K::User => add("email", "Email", plain(format!("{key}@finch.example"))),
                    K::Asset => add("serial", "Serial", plain(key.to_owned())),
                    K::Client => add("toplevel", "Top level", plain(key.to_owned())),
                    _ => {}
                }
            }
            if with[0] && matches!(kind, K::User | K::Asset) {
                add("site", "Site", FactValue::Record(RecordRef::new(K::Site, site), format!("Site {site}")));
            }
            if with[1] && kind == K::Asset {
                add("user", "User", FactValue::Record(RecordRef::new(K::User, user), format!("User {user}")));
            }
            // Both are planned after what names them.
            if with[0] && kind == K::Site {
                add("main_contact", "Main contact", FactValue::Record(RecordRef::new(K::User, user), "Ada".to_owned()));
            }
            if with[0] && kind == K::Asset {
                add("contract", "Contract", FactValue::Record(RecordRef::new(K::Contract, site), "MS".to_owned()));
            }
            if with[1] {
                add("phone", "Phone", plain(format!("0131 496 {id:04}")));
            }
            let client = if kind == K::Client { id } else { client };
            Source {
                record: RecordRef::new(kind, id),
                name: name.to_owned(),
                client: Some(client),
                client_name: Some(format!("Client {client}")),
                inactive,
                type_name: Some("Laptop".to_owned()),
                group_name: None,
                facts,
            }
        },
    )
}

fn sources(kind: RecordKind, most: i64) -> impl Strategy<Value = Vec<Source>> {
    let each: Vec<_> = (1..=most).map(|id| prop::option::weighted(0.8, source(kind, id))).collect();
    each.prop_map(|list| list.into_iter().flatten().collect())
}

fn company(id: i64) -> impl Strategy<Value = HuduRecord> {
    let number = prop::sample::select(vec![None, None, Some("1"), Some("2"), Some("99")]);
    let native = prop::sample::select(vec![vec![], vec![], vec![1], vec![3]]);
    (word(), number, native, prop::bool::weighted(0.15)).prop_map(move |(name, number, native, archived)| {
        let native = native.into_iter().map(|id| ("company".to_owned(), id)).collect();
        let values = number.map(|number| (Slot::attribute("id_number"), text(number))).into_iter().collect();
        HuduRecord { native, values, archived, ..hudu(id, id, None, name) }
    })
}

fn asset(id: i64) -> impl Strategy<Value = HuduRecord> {
    let card = prop::option::weighted(0.1, 1..5i64);
    let halo = prop::option::weighted(0.3, 1..6i64);
    let place = (0..4usize, 1000..1004i64);
    (word(), place, halo, card, prop::option::of(word()), prop::bool::weighted(0.15)).prop_map(
        move |(name, (layout, company), halo, card, key, archived)| {
            let (kind, layout, _) = LAYOUTS[layout];
            let mut values = vec![(Slot::field("Remark"), text("Left at reception"))];
            values.extend(halo.map(|id| (Slot::field(HALO_ID), text(&id.to_string()))));
            if let Some(key) = key {
                values.push((Slot::attribute("primary_serial"), text(key)));
                values.push((Slot::attribute("primary_mail"), text(&format!("{key}@finch.example"))));
            }
            let word = if kind == K::User { "contact" } else { kind.word() };
            let card = card.filter(|_| halo.is_none());
            let native = card.map(|id| (word.to_owned(), id)).into_iter().collect();
            HuduRecord { native, values, archived, ..hudu(id, company, Some(layout), name) }
        },
    )
}

fn model() -> impl Strategy<Value = Model> {
    let halo = (
        sources(K::Client, 3),
        sources(K::Site, 3),
        sources(K::User, 4),
        sources(K::Asset, 5),
        sources(K::Contract, 2),
    );
    let companies: Vec<_> = (1000..1004).map(|id| prop::option::of(company(id))).collect();
    let assets: Vec<_> = (2000..2008).map(|id| prop::option::of(asset(id))).collect();
    (halo, companies, assets, any::<[bool; 4]>()).prop_map(|(halo, companies, assets, with)| {
        let layout = |(kind, id, name)| shape(kind, id, name, with[0] || kind != K::Site);
        let companies: Vec<HuduRecord> = companies.into_iter().flatten().collect();
        let is_there = |asset: &HuduRecord| companies.iter().any(|company| company.id == asset.company);
        let mut assets: Vec<HuduRecord> = assets.into_iter().flatten().filter(is_there).collect();
        let mut layouts: Vec<LayoutShape> = LAYOUTS.into_iter().map(layout).collect();
        if with[1] {
            layouts.retain(|layout| layout.id != 8);
            assets.retain(|asset| asset.layout != Some(8));
        }
        for asset in assets.iter_mut().filter(|asset| asset.layout == Some(6) && !with[0]) {
            asset.values.retain(|(slot, _)| *slot != Slot::field(HALO_ID));
        }
        let settings = SyncSettings { archive_inactive: with[2], parent_company: with[3], ..SyncSettings::default() };
        let clients: Vec<i64> = halo.0.iter().map(|client| client.record.id).collect();
        let mut halo = [halo.0, halo.1, halo.2, halo.3, halo.4].concat();
        halo.retain(|source| source.client.is_some_and(|client| clients.contains(&client)));
        Model { halo, companies, assets, layouts, links: BTreeMap::new(), settings, next: 9000 }
    })
}

/// Active Hudu assets that carry a Halo id, by layout, company and id.
fn carriers(model: &Model) -> HashMap<(i64, String), usize> {
    let mut count = HashMap::new();
    for asset in model.assets.iter().filter(|asset| !asset.archived) {
        if let FieldValue::Text(id) = asset.value(&Slot::field(HALO_ID)) {
            *count.entry((asset.layout.unwrap(), id)).or_default() += 1;
        }
    }
    count
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_converges_without_duplicates(mut model in model()) {
        let (before, plan) = (model.clone(), model.plan());
        model.apply(&plan);
        let again = model.plan();
        let left: Vec<_> = again.items.iter().filter(|item| item.writes()).collect();
        prop_assert!(left.is_empty(), "{:#?}\n{:#?}", plan.items, left);
        let was = carriers(&before);
        for (place, count) in carriers(&model) {
            prop_assert!(count <= was.get(&place).copied().unwrap_or(1).max(1), "{:?} is there {} times", place, count);
        }
        // Another browser has no links and comes to the same end.
        model.links.clear();
        let other = model.plan();
        let left: Vec<_> = other.items.iter().filter(|item| item.writes()).collect();
        prop_assert!(left.is_empty(), "{:#?}\n{:#?}", plan.items, left);
    }

    #[test]
    fn what_the_plan_does_not_name_stays(mut model in model()) {
        let (before, plan) = (model.clone(), model.plan());
        model.apply(&plan);
        for old in before.assets.iter().chain(&before.companies) {
            let company = old.layout.is_none();
            let table = if company { &model.companies } else { &model.assets };
            let new = table.iter().find(|new| new.id == old.id).unwrap();
            let item = plan.items.iter().filter(|item| item.writes()).find(|item| match item.target {
                Target::Company(id) => company && id == Some(old.id),
                Target::Asset { id, .. } => !company && id == Some(old.id),
                _ => false,
            });
            prop_assert_eq!(old.value(&Slot::field("Remark")), new.value(&Slot::field("Remark")));
            prop_assert!(item.is_some() || old == new, "{:?}\n{:?}", old, new);
        }
    }

    #[test]
    fn what_is_needed_comes_first(model in model()) {
        let plan = model.plan();
        let place: HashMap<&str, usize> = plan.items.iter().enumerate().map(|(n, item)| (item.id.as_str(), n)).collect();
        prop_assert_eq!(place.len(), plan.items.len(), "ids are unique");
        for (n, item) in plan.items.iter().enumerate() {
            for need in item.needs() {
                prop_assert!(place.get(need).is_some_and(|before| *before < n), "{} needs {}", item.id, need);
                prop_assert!(plan.items[place[need]].writes());
            }
            if !item.writes() {
                prop_assert!(item.changes.is_empty() && !item.safe, "{:?}", item);
            }
        }
    }

    #[test]
    fn the_order_of_reading_changes_nothing(model in model(), seed in any::<u64>()) {
        let mut sources = model.halo.clone();
        sources.sort_by_key(|source| (source.record.id as u64).wrapping_add(1).wrapping_mul(seed | 1));
        let mut other = model.clone();
        other.assets.reverse();
        other.companies.reverse();
        prop_assert_eq!(other.plan_of(sources).id, model.plan().id);
    }

    #[test]
    fn one_hudu_record_is_never_written_for_two(model in model()) {
        let plan = model.plan();
        let mut targets: Vec<_> = plan.items.iter().filter(|item| item.writes()).filter_map(|item| match item.target {
            Target::Company(Some(id)) | Target::Asset { id: Some(id), .. } => Some(id),
            _ => None,
        }).collect();
        let count = targets.len();
        targets.sort_unstable();
        targets.dedup();
        prop_assert_eq!(targets.len(), count);
    }
}

#[test]
fn thousands_of_equal_names_make_a_plan_of_their_size() {
    const MANY: i64 = 3_000;
    let device = |id| {
        let (client, client_name) = (Some(1), Some("Acme".to_owned()));
        Source { client, client_name, ..Source::named(RecordRef::new(K::Asset, id), "Laptop") }
    };
    let home = HuduRecord { native: vec![("company".to_owned(), 1)], ..hudu(1, 1, None, "Acme") };
    for (key, there) in [(MatchKey::Serial, 1), (MatchKey::Serial, MANY), (MatchKey::Name, 1), (MatchKey::Name, MANY)] {
        let client = Source::named(RecordRef::new(K::Client, 1), "Acme");
        let mut model = Model {
            halo: (1..=MANY).map(device).chain([client]).collect(),
            companies: vec![home.clone()],
            assets: (1..=there).map(|id| hudu(5_000 + id, 1, Some(5), "Laptop")).collect(),
            layouts: LAYOUTS.map(|(kind, id, name)| shape(kind, id, name, true)).to_vec(),
            links: BTreeMap::new(),
            settings: SyncSettings { keys: vec![(K::Asset, vec![key])], ..SyncSettings::default() },
            next: 90_000,
        };
        let plan = model.plan();
        let mut open: Vec<_> = plan.items.iter().filter(|item| item.action == Action::Ambiguous).collect();
        open.retain(|item| (1..=8).contains(&item.candidates.len()) && item.reason.len() < 400);
        assert_eq!(open.len(), MANY as usize, "{key:?} {there}");
        // Half of them are linked by hand: no candidate for the others any more.
        let link = |id| Link { target: 5_000 + id, chosen: true, ..Link::default() };
        model.links.extend((1..=there / 2).map(|id| (RecordRef::new(K::Asset, id).key(), link(id))));
        let plan = model.plan();
        let linked = plan.items.iter().filter(|item| item.writes() && item.id.starts_with("asset/"));
        assert_eq!(linked.count() as i64, there / 2);
        assert!(plan.items.iter().flat_map(|item| &item.candidates).all(|one| one.id > 5_000 + there / 2));
    }
}
