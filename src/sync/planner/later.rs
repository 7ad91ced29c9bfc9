//! Links to records that are planned after the one that names them: a site's main contact.

use crate::halo::record::{RecordKind, RecordRef};
use crate::sync::plan::{Change, Item, Target};
use crate::sync::planner::{Draft, ORDER, Planner};
use crate::sync::view::Action;
use crate::t;

impl Planner<'_> {
    /// All records are planned: those that name a later one are compared again. A record that is there gets
    /// its link with its other values, once what it names is made. One that is made gets it by an item of its
    /// own: what it names may wait for it.
    pub(super) fn link_later(&mut self) {
        for (position, source) in std::mem::take(&mut self.later) {
            let place = position as usize;
            if matches!(self.drafts[place].item.action, Action::Ambiguous | Action::Blocked) {
                continue;
            }
            let again = self.item_of(&source);
            let first = &mut self.drafts[place].item;
            if again.action == Action::Ambiguous || again.action == Action::Blocked {
                continue;
            }
            if first.action != Action::Create {
                *first = again;
                self.behind.extend(last_kind(source.record.kind, &first.changes).map(|kind| (first.id.clone(), kind)));
                continue;
            }
            let is_new = |change: &Change| !first.changes.iter().any(|own| own.slot.is(&change.slot));
            let more: Vec<Change> = again.changes.into_iter().filter(is_new).collect();
            let (links, known): (Vec<_>, Vec<_>) = more.into_iter().partition(|change| change.by.is_some());
            first.changes.extend(known);
            if !links.is_empty() {
                let last = last_kind(source.record.kind, &links);
                let item = linking(first, links);
                self.behind.extend(last.map(|kind| (item.id.clone(), kind)));
                self.drafts.push(Draft { item, known: false });
            }
        }
    }
}

/// The last kind behind this one, in the order of planning, of the records that these changes wait for.
fn last_kind(own: RecordKind, changes: &[Change]) -> Option<RecordKind> {
    let place = |kind: &RecordKind| ORDER.iter().position(|other| other == kind);
    let kinds = changes.iter().filter_map(|change| Some(RecordRef::from_key(change.by.as_deref()?)?.kind));
    kinds.filter(|kind| place(kind) > place(&own)).max_by_key(place)
}

/// The item that links what another item makes.
fn linking(first: &Item, links: Vec<Change>) -> Item {
    let target = match &first.target {
        Target::Asset { company, layout, .. } => {
            Target::Asset { company: company.clone(), layout: layout.clone(), id: None }
        }
        other => other.clone(),
    };
    let reason = t!("It is linked with what is made after it.");
    let mut item = Item::new(format!("{}/links", first.id), Action::Update, &first.title, reason, target);
    (item.record, item.client, item.safe, item.changes) = (first.record, first.client, first.safe, links);
    item.of = Some(first.id.clone());
    item
}
