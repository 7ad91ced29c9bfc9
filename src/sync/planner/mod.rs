//! The planner: a pure function of both sides, the last synced state and the settings.
//!
//! Hudu is indexed once; then each Halo record is planned as it comes, and forgotten. What two records
//! claim, what is gone and what is too much is seen at the end.

mod articles;
mod claims;
mod compare;
mod ending;
mod fields;
mod later;
mod layouts;
mod parents;
mod records;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::halo::record::{RecordKind, RecordRef};
use crate::mapping::quick::{QuickMap, QuickSet};
use crate::mapping::record::Source;
use crate::mapping::rules::Sorter;
use crate::mark;
use crate::order::{Order, arranged, gathered};
use crate::settings::SyncSettings;
use crate::sync::links::Links;
use crate::sync::matching::{Found, Index};
use crate::sync::plan::{Inputs, Item, Made, Plan, Subject, Target};
use crate::sync::table::Scope;
use crate::sync::view::{Action, Direction};

pub use crate::sync::matching::World;
use claims::Claims;
use fields::Places;
pub use layouts::layout_item;
pub(in crate::sync) use layouts::{layout_key, share};

/// The kinds that become Hudu records, in the order in which they are planned: what is linked to comes
/// before what links to it.
pub const ORDER: [RecordKind; 5] =
    [RecordKind::Client, RecordKind::Site, RecordKind::User, RecordKind::Asset, RecordKind::Contract];

/// Plans many records.
///
/// Records are added kind by kind in [`ORDER`], in any order within a kind; articles come last.
pub struct Planner<'a> {
    index: Index<'a>,
    links: &'a Links,
    settings: &'a SyncSettings,
    places: Places<'a>,
    sorters: Vec<(RecordKind, Sorter<'a>)>,
    /// Clients that wait until all are known.
    waiting: Vec<Source>,
    /// The company of each client.
    homes: QuickMap<i64, Home>,
    drafts: Vec<Draft>,
    layouts: BTreeMap<String, Item>,
    lists: BTreeMap<String, Item>,
    /// What planned records are in Hudu.
    results: QuickMap<RecordRef, u32>,
    claims: Claims,
    /// Records that have to be chosen for, until the others of their kind are matched.
    open: Vec<(u32, Source)>,
    /// How many clients have a name.
    client_names: QuickMap<String, usize>,
    seen: QuickSet<RecordRef>,
    reached: RecordKind,
    names: BTreeMap<i64, String>,
    /// Companies that wait for their parent, with how many stand above.
    heights: BTreeMap<String, usize>,
    /// Records that name another one which is not planned yet.
    later: Vec<(u32, Source)>,
    /// Items that come after the records of a later kind.
    behind: BTreeMap<String, RecordKind>,
    /// The record that is planned now names one.
    awaits: Cell<bool>,
    /// Unchanged records say why and where: for a plan of one.
    wordy: bool,
    /// Not the assets of all companies were read.
    narrow: bool,
}

/// An item with what only planning has to know of it.
struct Draft {
    item: Item,
    /// It was synced before: it counts for the guard.
    known: bool,
}

/// Where a client's records go.
#[derive(Clone, Debug)]
enum Home {
    /// A company.
    Company(Made),
    /// Not known, and why.
    Open(&'static str),
}

/// Plans one record and what it needs first.
pub fn record(inputs: &Inputs, settings: &SyncSettings) -> Plan {
    let links = inputs.kept();
    let mut planner = Planner::new(inputs.world(), &links, settings);
    planner.wordy = true;
    let source = &inputs.source;
    if let (Some(client), true) = (&inputs.client, source.record.kind != RecordKind::Client) {
        planner.need_client(client);
    }
    planner.add(source.clone());
    let mut plan = planner.finish(Scope::default(), &[]);
    plan.subject = Subject::Record(source.record, source.name.clone());
    // The guard asks for a look at many changes; one record is looked at anyway.
    plan.guard = None;
    plan.sign();
    plan
}

impl<'a> Planner<'a> {
    /// Looks at Hudu's side once.
    pub fn new(world: World<'a>, links: &'a Links, settings: &'a SyncSettings) -> Self {
        let sorters = ORDER.map(|kind| (kind, Sorter::new(kind, settings, world.layouts)));
        Self {
            index: Index::new(world, links, settings),
            links,
            settings,
            places: Places::new(settings, world.layouts),
            sorters: sorters.into(),
            waiting: Vec::new(),
            homes: QuickMap::default(),
            drafts: Vec::new(),
            layouts: BTreeMap::new(),
            lists: BTreeMap::new(),
            results: QuickMap::default(),
            claims: Claims::default(),
            open: Vec::new(),
            client_names: QuickMap::default(),
            seen: QuickSet::default(),
            reached: RecordKind::Client,
            names: BTreeMap::new(),
            heights: BTreeMap::new(),
            later: Vec::new(),
            behind: BTreeMap::new(),
            awaits: Cell::new(false),
            wordy: false,
            narrow: false,
        }
    }

    /// Only the assets of some companies were read: a record that was synced before and is not among
    /// them may stand in another company, and must not be made a second time.
    pub fn narrow(&mut self) {
        self.narrow = true;
    }

    /// Plans a Halo record. One that was added before is passed over.
    pub fn add(&mut self, source: Source) {
        if !self.seen.insert(source.record) {
            return;
        }
        if let (Some(id), Some(name)) = (source.client, &source.client_name)
            && !self.names.contains_key(&id)
        {
            self.names.insert(id, name.clone());
        }
        if source.record.kind == RecordKind::Client {
            self.waiting.push(source);
            return;
        }
        self.reach(source.record.kind);
        self.plan_one(source);
    }

    /// The Halo client of a company, as far as this plan tells: id and name. For the articles of the
    /// company, after the clients were added.
    pub fn client_of(&mut self, company: i64) -> Option<(i64, String)> {
        self.reach(RecordKind::Article);
        let draft = &self.drafts[self.claims.company(company)? as usize];
        let record = draft.item.record.filter(|_| draft.item.action != Action::Ambiguous)?;
        Some((record.id, draft.item.title.clone()))
    }

    /// All of an earlier kind are in: what two of them claim is seen now, before others link to them.
    fn reach(&mut self, kind: RecordKind) {
        if !self.waiting.is_empty() {
            self.plan_clients();
        }
        if self.reached != kind {
            self.settle();
            self.reached = kind;
        }
    }

    /// A client that is only needed for another record: an item where its company has to be made, or is
    /// not sure.
    fn need_client(&mut self, client: &Source) {
        self.index.knows_clients([client.record.id]);
        match self.index.company(client, self.links.of(client.record)) {
            Found::One(company, _) => {
                self.homes.insert(client.record.id, Home::Company(Made::Is(company.id)));
            }
            _ => {
                self.seen.insert(client.record);
                self.waiting.push(client.clone());
            }
        }
    }

    /// Where the records of this client go. A client that was not added is looked up by id and name.
    fn home(&mut self, client: i64, name: &str) -> Home {
        if let Some(home) = self.homes.get(&client) {
            return home.clone();
        }
        let record = RecordRef::new(RecordKind::Client, client);
        let light = Source::named(record, name);
        let home = match self.index.company(&light, self.links.of(record)) {
            Found::One(company, _) => Home::Company(Made::Is(company.id)),
            Found::Nobody if records::is_placeholder(client, name) => Home::Open(records::homeless(client, name)),
            Found::Nobody => Home::Open(mark!("Its client has no company in Hudu yet: sync the client as well.")),
            _ => Home::Open(UNMATCHED),
        };
        self.homes.insert(client, home.clone());
        home
    }

    /// Keeps the item of a record.
    fn push(&mut self, item: Item, source: &Source) -> u32 {
        let position = u32::try_from(self.drafts.len()).unwrap_or(u32::MAX);
        self.results.insert(source.record, position);
        let known = self.is_known(source, &item);
        self.claim(&item, position);
        self.drafts.push(Draft { item, known });
        position
    }

    /// Notes which record in Hudu an item has.
    fn claim(&mut self, item: &Item, position: u32) {
        let place = match item.target {
            Target::Company(Some(id)) => (true, id),
            Target::Asset { id: Some(id), .. } => (false, id),
            _ => return,
        };
        let chosen = item.record.and_then(|record| self.links.of(record)).is_some_and(|link| link.chosen);
        self.claims.put(place, position, chosen);
    }

    /// Puts everything in order. `scope` is what was asked for; `whole` names the kinds of which both
    /// sides were read to the end, so that a record that is missing is gone.
    pub fn finish(mut self, scope: Scope, whole: &[RecordKind]) -> Plan {
        self.reach(RecordKind::Article);
        self.settle();
        self.link_later();
        self.find_gone(whole);
        let guard = self.guard();
        // In the place of the drafts: there are as many items.
        let mut items: Vec<Item> = self.drafts.into_iter().map(|draft| draft.item).collect();
        let needed: BTreeSet<&str> =
            gathered(items.iter().flat_map(Item::needs).filter(|need| need.starts_with("layout/")));
        self.layouts.retain(|id, _| needed.contains(id.as_str()));
        items.extend(self.layouts.into_values());
        items.extend(self.lists.into_values());
        let height = |item: &Item| self.heights.get(&item.id).copied().unwrap_or_default();
        let behind = |item: &Item| self.behind.get(&item.id).copied();
        let places: Vec<_> = items.iter().map(|item| ending::place(item, &height, &behind)).collect();
        let places = arranged(places.len(), &|a, b| places[a].cmp(&places[b]));
        items.settle(places);
        if guard.is_some() {
            items.iter_mut().for_each(|item| item.safe = false);
        }
        let to_halo =
            items.iter().filter(|item| item.writes() && matches!(item.target, Target::Article { .. })).count();
        let writes = items.iter().filter(|item| item.writes()).count();
        let direction = if to_halo * 2 > writes { Direction::ToHalo } else { Direction::ToHudu };
        let mut plan = Plan::new(direction, Subject::Everything(scope), Vec::new(), None);
        plan.items = items;
        plan.clients = self.names.into_iter().collect();
        plan.guard = guard;
        plan.sign();
        plan
    }
}

/// Why a record has to wait for its client.
const UNMATCHED: &str = mark!("Its client has to be matched with a company first.");

/// Why a record is not made where it may stand in a company that was not read.
const UNREAD: &str = mark!(
    "It was synced before, and its record in Hudu is not in its client’s company any more. Sync all clients at once, so that it is found where it is."
);
