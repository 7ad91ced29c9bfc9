//! Parent companies, from Halo's top levels.

use std::collections::HashMap;

use crate::halo::record::RecordKind;
use crate::hudu::field::FieldValue;
use crate::mapping::normal;
use crate::mapping::record::{Slot, Source};
use crate::settings::Policy;
use crate::sync::plan::{Change, Item, Target};
use crate::sync::planner::Planner;
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
        let mut made: HashMap<String, Vec<String>> = HashMap::new();
        for draft in &self.drafts[start..] {
            if draft.item.action == Action::Create {
                made.entry(normal::name(&draft.item.title)).or_default().push(draft.item.id.clone());
            }
        }
        for (client, position) in clients.iter().zip(start..) {
            let Some(top) = client.text("toplevel") else { continue };
            let wanted = normal::name(top);
            if wanted.is_empty() || wanted == normal::name(&client.name) {
                continue;
            }
            let there = self.index.companies_named(&wanted);
            let made = made.get(&wanted).map(Vec::as_slice).unwrap_or_default();
            let (id, name, by) = match (there.as_slice(), made) {
                ([one], []) => (one.id, one.name.clone(), None),
                // One that gets a parent of this plan itself waits for the next: chains stay short.
                ([], [item]) => (0, top.to_owned(), Some(item.clone())),
                _ => continue,
            };
            let item = &mut self.drafts[position].item;
            let current = match item.target {
                Target::Company(Some(company)) if company == id => continue,
                Target::Company(Some(company)) => {
                    let company = self.index.company_by_id(company);
                    company.and_then(|company| company.get(&Slot::attribute(PARENT))).cloned().unwrap_or_default()
                }
                _ => FieldValue::Empty,
            };
            put(item, current, id, name, by, policy);
        }
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
    let (slot, label) = (Slot::attribute(PARENT), "Parent company".into());
    item.changes.push(Change { slot, label, before, after, note: None, by });
    if matches!(item.action, Action::Unchanged | Action::Link) {
        item.action = Action::Update;
    }
}
