//! Which of the wanted values differ, and which of those may change.

use std::borrow::Cow;

use crate::hudu::field::FieldValue;
use crate::mapping::compare::{is_empty, same};
use crate::mapping::record::{HALO_ID, HuduRecord, Slot};
use crate::mapping::route::Route;
use crate::mapping::values::Values;
use crate::mapping::wanted::Wanted;
use crate::settings::Policy;
use crate::sync::plan::{Change, Link};
use crate::sync::view::Action;
use crate::{mark, t};

/// What comparing finds.
pub(super) struct Difference {
    /// What is to be done.
    pub action: Action,
    /// Values that change.
    pub changes: Vec<Change>,
    /// Values in which both sides agree and that the link does not hold yet.
    pub agreed: Values,
    /// Halo owns every field that changes, and nobody edited one of them in Hudu since the last sync.
    pub owned: bool,
}

/// What is known of a record beside its values.
pub(super) struct Standing<'a> {
    /// The link that is kept of it.
    pub link: Option<&'a Link>,
    /// It is an asset, not a company.
    pub asset: bool,
    /// Hudu's own integration keeps it too, and writes it whenever it syncs.
    pub native: bool,
}

/// Every wanted value, for a record that is made. Hudu makes none without a name, whatever the policy of
/// the name is.
pub(super) fn fresh(wanted: Vec<Wanted>, name: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = wanted.into_iter().map(|wanted| change(wanted, FieldValue::Empty, None)).collect();
    let slot = Slot::attribute("name");
    if !changes.iter().any(|change| change.slot == slot) {
        let (before, after) = (FieldValue::Empty, FieldValue::Text(name.to_owned()));
        changes.insert(0, Change { slot, label: mark!("Name").into(), before, after, note: None, by: None });
    }
    changes
}

fn change(wanted: Wanted, before: FieldValue, note: Option<String>) -> Change {
    let Wanted { route, value } = wanted;
    let (slot, label) = (route.slot.clone(), route.label.clone());
    Change { slot, label, before, after: value.into_owned(), note, by: None }
}

/// A change that puts a record away, or brings it back.
pub(super) fn archiving(away: bool) -> Change {
    Change {
        slot: Slot::Archived,
        label: mark!("Archived").into(),
        before: FieldValue::Check(!away),
        after: FieldValue::Check(away),
        note: None,
        by: None,
    }
}

/// The values that differ and may change under their policies. Where only the link is missing the
/// action is to link; an archived record that was chosen is brought back.
pub(super) fn differences(record: &HuduRecord, wanted: Vec<Wanted>, standing: &Standing) -> Difference {
    let link = standing.link;
    let of_this = link.filter(|link| link.target == record.id);
    let (mut changes, mut agreed) = (Vec::new(), Agreed::default());
    let all = wanted.len();
    let (mut conflict, mut owned) = (false, true);
    for wanted in wanted {
        let (key, policy) = (&wanted.route.key, wanted.route.policy);
        let before = record.peek(&wanted.route.slot);
        if same(key, &before, &wanted.value) {
            if of_this.and_then(|link| link.synced.get(key)) != Some(&*before) {
                let value = match wanted.value {
                    Cow::Owned(value) if value == *before => value,
                    _ => before.into_owned(),
                };
                agreed.put(wanted.route, value, all);
            }
            continue;
        }
        let empty = is_empty(&before);
        if policy == Policy::OnlyIfEmpty && !empty {
            continue;
        }
        let synced = link.and_then(|link| link.synced.get(key));
        let edited = synced.is_some_and(|synced| !same(key, synced, &before));
        let moved = synced.is_none_or(|synced| !same(key, synced, &wanted.value));
        if standing.native && edited && !moved {
            // Hudu's own integration put its value back: writing ours again would go on for ever.
            continue;
        }
        conflict |= policy == Policy::AskIfBothChanged && edited && moved;
        owned &= policy == Policy::HaloWins && !edited && (empty || synced.is_some());
        let note = edited.then(|| match empty {
            false => t!("edited in Hudu since the last sync"),
            true => t!("emptied in Hudu since the last sync"),
        });
        changes.push(change(wanted, before.into_owned(), note));
    }
    if record.archived && link.is_some_and(|link| link.chosen) {
        changes.push(archiving(false));
        owned = false;
    }
    let only_link = |change: &Change| match &change.slot {
        Slot::Field(label) => label.trim().eq_ignore_ascii_case(HALO_ID),
        Slot::Attribute(name) => !standing.asset && *name == "id_number",
        Slot::Archived => false,
    };
    let action = if changes.is_empty() {
        Action::Unchanged
    } else if conflict {
        Action::Conflict
    } else if changes.iter().all(only_link) && changes.iter().all(|change| is_empty(&change.before)) {
        Action::Link
    } else {
        Action::Update
    };
    agreed.values.shrink();
    Difference { action, changes, agreed: agreed.values, owned }
}

/// Values in which both sides agree, put in order by the ranks of their places.
#[derive(Default)]
struct Agreed {
    ranks: Vec<usize>,
    values: Values,
}

impl Agreed {
    /// One more of so many.
    fn put(&mut self, route: &Route, value: FieldValue, all: usize) {
        if self.ranks.is_empty() {
            (self.ranks, self.values) = (Vec::with_capacity(all), Values::with_capacity(all));
        }
        let place = self.ranks.partition_point(|rank| *rank < route.rank);
        if self.ranks.get(place) == Some(&route.rank) {
            self.values.insert(&route.key, value);
            return;
        }
        self.ranks.insert(place, route.rank);
        self.values.insert_at(place, route.key.clone(), value);
    }
}
