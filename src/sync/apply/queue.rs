//! Which step is due: one whose needs are at their end.

use std::collections::{BTreeSet, HashMap};

use crate::sync::journal::Run;
use crate::sync::plan::{Item, Made, Target};

/// Ids of the items without which this one cannot be written.
pub(super) fn hard(item: &Item) -> impl Iterator<Item = &str> {
    let (first, second) = match &item.target {
        Target::Asset { company, layout, .. } => (Some(company), Some(layout)),
        Target::FaqList { parent, .. } => (parent.as_ref(), None),
        _ => (None, None),
    };
    first.into_iter().chain(second).filter_map(by)
}

/// Ids of the items whose result is written where there is one: links to other records, an article's list.
pub(super) fn soft(item: &Item) -> impl Iterator<Item = &str> {
    let list = match &item.target {
        Target::Article { write: Some(write), .. } => write.list.as_ref(),
        _ => None,
    };
    item.changes.iter().filter_map(|change| change.by.as_deref()).chain(list.into_iter().filter_map(by))
}

fn by(made: &Made) -> Option<&str> {
    match made {
        Made::By(id) => Some(id),
        Made::Is(_) => None,
    }
}

/// Steps in the order of the plan, each when what it needs is at its end.
pub(super) struct Queue {
    places: HashMap<String, usize>,
    /// How many needs of each step are not at their end.
    waits: Vec<u32>,
    /// Which steps wait for this one.
    followers: HashMap<usize, Vec<usize>>,
    due: BTreeSet<usize>,
    /// Tried, and to be tried again when all others were.
    later: Vec<usize>,
}

impl Queue {
    /// Of a run. `open` tells of a step whether others have to wait for it.
    pub(super) fn new(run: &Run, open: impl Fn(usize) -> bool) -> Self {
        let items = &run.plan.items;
        let places: HashMap<String, usize> =
            items.iter().enumerate().map(|(place, item)| (item.id.clone(), place)).collect();
        let mut waits = vec![0; items.len()];
        let mut followers: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut due = BTreeSet::new();
        for (place, item) in items.iter().enumerate().filter(|(place, _)| run.is_due(*place)) {
            for need in hard(item).chain(soft(item)) {
                if let Some(first) = places.get(need).filter(|first| **first != place && open(**first)) {
                    waits[place] += 1;
                    followers.entry(*first).or_default().push(place);
                }
            }
            if waits[place] == 0 {
                due.insert(place);
            }
        }
        Self { places, waits, followers, due, later: Vec::new() }
    }

    /// Where the item of this id stands.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The next step that is due.
    pub(super) fn next(&mut self) -> Option<usize> {
        self.due.pop_first()
    }

    /// The steps that are due now, in order.
    pub(super) fn due(&self) -> impl ExactSizeIterator<Item = usize> {
        self.due.iter().copied()
    }

    /// Whether nothing is due.
    pub(super) fn is_idle(&self) -> bool {
        self.due.is_empty()
    }

    /// A step came to its end: what waited for it may be due now.
    pub(super) fn release(&mut self, place: usize) {
        for follower in self.followers.remove(&place).unwrap_or_default() {
            self.waits[follower] -= 1;
            if self.waits[follower] == 0 {
                self.due.insert(follower);
            }
        }
    }

    /// A step is tried again when all others were.
    pub(super) fn defer(&mut self, place: usize) {
        self.later.push(place);
    }

    /// Makes those due that were put off; tells whether there were any.
    pub(super) fn recall(&mut self) -> bool {
        let any = !self.later.is_empty();
        self.due.extend(self.later.drain(..));
        any
    }
}
