//! Parent companies, from Halo's top levels.

use std::collections::HashMap;

use crate::halo::record::RecordKind;
use crate::hudu::field::FieldValue;
use crate::mapping::normal;
use crate::mapping::record::{Slot, Source};
use crate::mark;
use crate::settings::Policy;
use crate::sync::plan::{Change, Item, Target};
use crate::sync::planner::{Draft, Planner};
use crate::sync::view::Action;

/// The member of a company that names its parent.
const PARENT: &str = "parent_company_id";

impl Planner<'_> {
    /// Gives each client's company the company of its top level, where that is known uniquely: one that
    /// there is, or one that this plan makes. `start` is the first client's draft.
    pub(super) fn set_parents(&mut self, clients: &[Source], start: usize) {
        let set = self.settings.policies.iter().find(|(kind, slot, _)| *kind == RecordKind::Client && slot == PARENT);
        let policy = set.map_or(Policy::HaloWins, |(.., policy)| *policy);
        if policy == Policy::Never {
            return;
        }
        let tops = Tops::of(clients);
        // Companies go by the names that they have after this plan.
        let mut named: HashMap<String, Vec<(i64, Option<String>)>> = HashMap::new();
        for Draft { item, .. } in &self.drafts[start..] {
            let place = match (&item.target, item.action) {
                (_, Action::Ambiguous | Action::Blocked) => continue,
                (Target::Company(Some(id)), _) => (*id, None),
                _ => (0, Some(item.id.clone())),
            };
            named.entry(normal::name(&item.title)).or_default().push(place);
        }
        for (client, position) in clients.iter().zip(start..).filter(|(client, _)| !client.inactive) {
            let own = normal::name(&client.name);
            let Some((wanted, height)) = tops.above(&own) else { continue };
            let free = self.index.companies_named(&wanted).into_iter().map(|company| company.id);
            let free = free.filter(|id| !self.claims.is_taken(true, *id)).map(|id| (id, None));
            let mut places: Vec<_> = named.get(&wanted).into_iter().flatten().cloned().chain(free).collect();
            let (Some((id, by)), true) = (places.pop(), places.is_empty()) else { continue };
            let name = client.text("toplevel").unwrap_or_default().to_owned();
            let item = &mut self.drafts[position].item;
            let current = match item.target {
                Target::Company(Some(company)) if company == id => continue,
                Target::Company(Some(company)) => {
                    let company = self.index.company_by_id(company);
                    company.and_then(|company| company.get(&Slot::attribute(PARENT))).cloned().unwrap_or_default()
                }
                _ => FieldValue::Empty,
            };
            if by.is_some() {
                self.heights.insert(item.id.clone(), height);
            }
            put(item, current, id, name, by, policy);
        }
    }
}

/// Top levels by the normalised name of the client.
struct Tops(HashMap<String, String>);

impl Tops {
    fn of(clients: &[Source]) -> Self {
        let top = |client: &Source| Some((normal::name(&client.name), normal::name(client.text("toplevel")?)));
        let mut tops = HashMap::new();
        for (name, top) in clients.iter().filter_map(top).filter(|(name, top)| !top.is_empty() && name != top) {
            tops.entry(name).or_insert(top);
        }
        Self(tops)
    }

    /// The name above, and how many stand above in all; nothing where they go round in a circle.
    fn above(&self, name: &str) -> Option<(String, usize)> {
        let mut height = 0;
        let mut next = name;
        while let Some(top) = self.0.get(next) {
            height += 1;
            if top == name || height > self.0.len() {
                return None;
            }
            next = top;
        }
        Some((self.0.get(name)?.clone(), height))
    }
}

fn put(item: &mut Item, before: FieldValue, id: i64, name: String, by: Option<String>, policy: Policy) {
    let has = matches!(&before, FieldValue::Assets(links) if links.iter().any(|(own, _)| *own == id));
    let kept = policy == Policy::OnlyIfEmpty && before != FieldValue::Empty;
    if has || kept || !(item.writes() || item.action == Action::Unchanged) || item.action == Action::Archive {
        return;
    }
    item.safe &= before == FieldValue::Empty;
    let after = FieldValue::Assets(vec![(id, name)]);
    let (slot, label) = (Slot::attribute(PARENT), mark!("Parent company").into());
    item.changes.push(Change { slot, label, before, after, note: None, by });
    if matches!(item.action, Action::Unchanged | Action::Link) {
        item.action = Action::Update;
    }
}
