//! One Halo record: found in Hudu, compared, made into an item.

use std::cell::RefCell;
use std::rc::Rc;

use crate::halo::record::{RecordKind, RecordRef};
use crate::hudu::field::FieldValue;
use crate::mapping::record::{HuduRecord, Slot, Source};
use crate::mapping::route::Routes;
use crate::mapping::wanted::Wanted;
use crate::mapping::{keys, normal, template};
use crate::order::Order;
use crate::settings::{MatchKey, Policy};
use crate::sync::matching::{Found, Why, halo_id, native_type};
use crate::sync::plan::{Candidate, Change, Item, Made, Target};
use crate::sync::planner::compare::{Standing, archiving, differences, fresh};
use crate::sync::planner::layouts::Goes;
use crate::sync::planner::{Draft, Home, Planner, UNMATCHED, UNREAD};
use crate::sync::view::Action;
use crate::words::say;
use crate::{mark, t};

impl<'a> Planner<'a> {
    /// Plans the clients that wait, and notes where the records of each go.
    pub(super) fn plan_clients(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.order_by_key(|client| client.record);
        self.index.knows_clients(waiting.iter().map(|client| client.record.id));
        for client in &waiting {
            *self.client_names.entry(normal::name(&client.name)).or_default() += 1;
        }
        let start = self.drafts.len();
        for client in &waiting {
            self.plan_one(client.clone());
        }
        self.settle();
        if self.settings.parent_company {
            self.set_parents(&waiting, start);
        }
        for Draft { item, .. } in &self.drafts[start..] {
            let home = match (&item.target, item.action) {
                (_, Action::Ambiguous) => Home::Open(UNMATCHED),
                (Target::Company(Some(id)), _) => Home::Company(Made::Is(*id)),
                (_, Action::Create) => Home::Company(Made::By(item.id.clone())),
                _ => Home::Open(homeless(item.client.unwrap_or_default(), &item.title)),
            };
            self.homes.extend(item.client.map(|id| (id, home)));
        }
    }

    /// Plans a record whose turn it is. One that has to be chosen for is kept until the others of its
    /// kind are matched.
    pub(super) fn plan_one(&mut self, source: Source) {
        self.awaits.set(false);
        let item = self.item_of(&source);
        let later = self.awaits.take().then(|| source.clone());
        let is_open = item.action == Action::Ambiguous;
        let position = self.push(item, &source);
        self.later.extend(later.map(|source| (position, source)));
        if is_open {
            self.open.push((position, source));
        }
    }

    /// The item of a record, as things stand.
    pub(super) fn item_of(&mut self, source: &Source) -> Item {
        let mut item = match source.record.kind {
            RecordKind::Client => self.client_item(source),
            _ => self.asset_item(source),
        };
        if source.record.kind == RecordKind::Client {
            item.client = Some(source.record.id);
        }
        item
    }

    fn client_item(&mut self, client: &Source) -> Item {
        match self.index.company(client, self.links.of(client.record)) {
            Found::Nobody | Found::Elsewhere(_) if client.inactive => {
                blocked(client, mark!("The client is inactive in Halo and Hudu has no company of that name."))
            }
            Found::Nobody | Found::Elsewhere(_) if is_placeholder(client.record.id, &client.name) => blocked(
                client,
                mark!("It is HaloITSM’s placeholder for what has no client yet, so no company is made of it."),
            ),
            Found::Nobody | Found::Elsewhere(_) if !self.writes_numbers() && self.is_told_by_nothing(client) => {
                blocked(
                    client,
                    mark!(
                        "Another client has the same name, and without Halo’s id in the ID number nothing in Hudu tells their companies apart. Switch that on in the settings, or rename one of them in Halo."
                    ),
                )
            }
            Found::Nobody | Found::Elsewhere(_) => {
                let routes = self.places.company();
                let wanted = routes.wanted(client, self.settings, &|_| None);
                let reason = t!("Hudu has no company of that name.");
                let mut item = of(client, Action::Create, reason, Target::Company(None));
                item.changes = fresh(wanted, &client.name);
                item.safe = !normal::name(&client.name).is_empty() && !self.shares_name(client);
                item
            }
            Found::Several(candidates) => ambiguous(client, Target::Company(None), &candidates),
            Found::One(company, why) => {
                let routes = self.places.company();
                let wanted = routes.wanted(client, self.settings, &|_| None);
                self.meet(client, company, why, wanted, Target::Company(Some(company.id)))
            }
        }
    }

    fn shares_name(&self, client: &Source) -> bool {
        self.client_names.get(&normal::name(&client.name)).is_some_and(|count| *count > 1)
    }

    /// Whether companies carry Halo's id in their ID number.
    fn writes_numbers(&self) -> bool {
        let company = self.places.company();
        company.list.iter().any(|route| route.key == "id_number" && route.policy != Policy::Never)
    }

    /// Whether another client, or a company that stands for another client, has the same name. What Hudu's
    /// own integration knows is told by that.
    fn is_told_by_nothing(&self, client: &Source) -> bool {
        let named = self.index.companies_named(&normal::name(&client.name));
        self.shares_name(client) || named.iter().any(|company| company.native.is_empty())
    }

    /// Of a site, user, asset or contract.
    fn asset_item(&mut self, source: &Source) -> Item {
        let home = match source.client {
            None => Home::Open(mark!("It belongs to no client, so there is no company in Hudu that it could go to.")),
            Some(client) => self.home(client, source.client_name.as_deref().unwrap_or_default()),
        };
        let company = match home {
            Home::Company(company) => company,
            Home::Open(reason) => return blocked(source, reason),
        };
        let link = self.links.of(source.record);
        let id = if let Made::Is(id) = company { Some(id) } else { None };
        let found = self.index.asset(source, id, link);
        let at = match &found {
            Found::Several(candidates) => {
                let target = Target::Asset { company, layout: Made::Is(0), id: None };
                return ambiguous(source, target, candidates);
            }
            Found::Elsewhere(record) => {
                let mut item = blocked(
                    source,
                    mark!(
                        "Its record in Hudu stands in another company. Sidelight moves nothing from one company to another: move it in Hudu, or archive it there, then sync again."
                    ),
                );
                item.url = Some(record.url.clone());
                return item;
            }
            Found::Nobody => {
                let unread = link.filter(|link| self.narrow && self.index.asset_by_id(link.target).is_none());
                if let Some(reason) = unread.map(|_| UNREAD).or_else(|| self.left_out(source)) {
                    return blocked(source, reason);
                }
                None
            }
            Found::One(asset, _) => Some(*asset),
        };
        // Where Hudu's own integration keeps the link there is no need for a second one.
        let native = at.is_some_and(|asset| asset.is_native(native_type(source.record.kind), source.record.id));
        let goes = match self.goes(source, at.map(|asset| asset.layout.unwrap_or_default()), native) {
            Ok(goes) => goes,
            Err(reason) => return blocked(source, &reason),
        };
        let routes = self.routes(source.record.kind, &goes);
        let (mut wanted, pending) = self.wanted(source, &routes);
        if native {
            wanted.retain(|wanted| !wanted.route.slot.is(&Slot::halo_id()));
        }
        let mut item = match found {
            Found::One(asset, why) => {
                let layout = Made::Is(asset.layout.unwrap_or_default());
                self.meet(source, asset, why, wanted, Target::Asset { company, layout, id: Some(asset.id) })
            }
            _ => {
                let shape = match &goes {
                    Goes::Into(shape, _) => shape.name.as_str(),
                    Goes::New(name) => name,
                };
                let reason = t!("Hudu has none in this company; it goes to {layout}.", layout = shape);
                let target = Target::Asset { company, layout: Made::Is(0), id: None };
                let mut item = of(source, Action::Create, reason, target);
                item.changes = fresh(wanted, &template::name_of(source, self.settings));
                item.safe = is_unique(source) && id.is_none_or(|id| !self.index.key_is_taken(source, id));
                item
            }
        };
        resolve(&mut item.changes, &pending);
        if item.writes() && item.action != Action::Archive {
            let made = self.prepare(source.record.kind, &goes);
            if let Target::Asset { layout, .. } = &mut item.target {
                *layout = made;
            }
        }
        item
    }

    /// Whether a record was synced before.
    pub(super) fn is_known(&self, source: &Source, item: &Item) -> bool {
        let carries = || match item.target {
            Target::Asset { id: Some(id), .. } => {
                let asset = self.index.asset_by_id(id);
                asset.and_then(|asset| halo_id(asset, source.record.kind)) == Some(source.record)
            }
            _ => false,
        };
        let matched = matches!(item.target, Target::Company(Some(_)) | Target::Asset { id: Some(_), .. });
        matched && (carries() || self.links.of(source.record).is_some_and(|link| !link.synced.is_empty()))
    }

    /// Why a record that Hudu has never seen does not go there.
    fn left_out(&self, source: &Source) -> Option<&'static str> {
        if source.inactive {
            return Some(mark!("It is inactive in Halo and Hudu has never seen it."));
        }
        let ended = source.record.kind == RecordKind::Contract && source.text("status") == Some("Ended");
        (ended && !self.settings.ended_contracts)
            .then_some(mark!("The contract has ended. Ended contracts go to Hudu only when the setting allows it."))
    }

    /// A record with its counterpart.
    fn meet(&self, source: &Source, record: &HuduRecord, why: Why, wanted: Vec<Wanted>, target: Target) -> Item {
        let link = self.links.of(source.record);
        let unchanged = |reason: &dyn Fn() -> String| {
            let reason = if self.wordy { reason() } else { String::new() };
            let mut item = of(source, Action::Unchanged, reason, target.clone());
            item.url = self.wordy.then(|| record.url.clone());
            item
        };
        if source.inactive && record.archived {
            return unchanged(&|| t!("Inactive in Halo and archived in Hudu."));
        }
        if source.inactive && self.settings.archive_inactive {
            let reason = t!("It is inactive in Halo, and the settings archive what is.");
            let mut item = of(source, Action::Archive, reason, target);
            item.changes = vec![archiving(true)];
            item.url = Some(record.url.clone());
            return item;
        }
        let native = record.is_native(native_type(source.record.kind), source.record.id);
        let asset = source.record.kind != RecordKind::Client;
        let found = differences(record, wanted, &Standing { link, asset, native });
        let reason = || t!("Matched: {why}.", why = why.words());
        if found.action == Action::Unchanged {
            let mut item = unchanged(&reason);
            item.agreed = found.agreed;
            return item;
        }
        let mut item = of(source, found.action, reason(), target);
        item.url = Some(record.url.clone());
        item.safe = match found.action {
            Action::Link => true,
            Action::Update => found.owned,
            _ => false,
        };
        (item.changes, item.agreed) = (found.changes, found.agreed);
        item
    }

    /// The places of a record that goes there.
    fn routes(&mut self, kind: RecordKind, goes: &Goes<'a>) -> Rc<Routes> {
        match goes {
            Goes::Into(shape, add) => self.places.of(kind, shape, *add),
            Goes::New(name) => self.fresh(kind, name).1.clone(),
        }
    }

    /// The wanted values, with the items that links to records of this plan wait for: such a link
    /// carries the number of its item, below 0, until [`resolve`].
    fn wanted<'w>(&self, source: &'w Source, routes: &'w Routes) -> (Vec<Wanted<'w>>, Vec<String>) {
        let pending = RefCell::new(Vec::new());
        let known = |record: RecordRef| {
            let draft = self.results.get(&record).map(|position| &self.drafts[*position as usize].item);
            match draft {
                Some(Item { target: Target::Asset { id: Some(id), .. }, action, .. })
                    if *action != Action::Ambiguous =>
                {
                    let name = self.index.asset_by_id(*id).map(|asset| asset.name.clone());
                    return Some((*id, name.unwrap_or_default()));
                }
                Some(Item { action: Action::Create, id, title, .. }) => {
                    let mut pending = pending.borrow_mut();
                    pending.push(id.clone());
                    return Some((-i64::try_from(pending.len()).unwrap_or(1), title.clone()));
                }
                Some(_) => return None,
                None => {}
            }
            let asset = self.index.known(record, self.links.of(record));
            if asset.is_none() && !self.seen.contains(&record) {
                self.awaits.set(true);
            }
            asset.map(|asset| (asset.id, asset.name.clone()))
        };
        let wanted = routes.wanted(source, self.settings, &known);
        (wanted, pending.into_inner())
    }
}

/// Puts 0 where a link waits for the record of another item, and names that item.
fn resolve(changes: &mut [Change], pending: &[String]) {
    for change in changes {
        if let FieldValue::Assets(links) = &mut change.after {
            for (id, _) in links.iter_mut().filter(|(id, _)| *id < 0) {
                let index = usize::try_from(-*id - 1).unwrap_or_default();
                change.by = pending.get(index).cloned();
                *id = 0;
            }
        }
    }
}

/// HaloITSM's own client for whatever has none: id 1, named "Unknown".
pub(super) fn is_placeholder(id: i64, name: &str) -> bool {
    id == 1 && name.trim().eq_ignore_ascii_case("unknown")
}

/// Why the records of a client have nowhere to go, where no company is made for it.
pub(super) fn homeless(id: i64, name: &str) -> &'static str {
    match is_placeholder(id, name) {
        true => mark!("It has no client: HaloITSM keeps it under its placeholder “Unknown”. Give it its client there."),
        false => mark!("Its client is inactive in Halo and has no company in Hudu."),
    }
}

/// Whether a key of its own tells the record from all others.
fn is_unique(source: &Source) -> bool {
    let has = |key: MatchKey, fact: &str| source.text(fact).is_some() && !keys::of_source(source, key).is_empty();
    match source.record.kind {
        RecordKind::Site => true,
        RecordKind::User => has(MatchKey::Email, "email"),
        RecordKind::Asset => has(MatchKey::Serial, "serial") || has(MatchKey::Tag, "tag"),
        RecordKind::Contract => has(MatchKey::Reference, "reference"),
        _ => false,
    }
}

/// An item about a Halo record.
fn of(source: &Source, action: Action, reason: String, target: Target) -> Item {
    let mut item = Item::new(source.record.key(), action, &source.name, reason, target);
    item.record = Some(source.record);
    item.client = source.client;
    item
}

fn blocked(source: &Source, reason: &str) -> Item {
    of(source, Action::Blocked, say(reason), Target::Company(None))
}

fn ambiguous(source: &Source, target: Target, candidates: &[(&HuduRecord, String)]) -> Item {
    let reason = match candidates.len() {
        1 => t!("One record in Hudu could be meant, but it is not sure."),
        n => t!("{n} records in Hudu could be meant.", n),
    };
    let mut item = of(source, Action::Ambiguous, reason, target);
    item.candidates = candidates
        .iter()
        .map(|(record, why)| Candidate {
            id: record.id,
            name: record.name.clone(),
            why: why.clone(),
            url: record.url.clone(),
        })
        .collect();
    item
}
