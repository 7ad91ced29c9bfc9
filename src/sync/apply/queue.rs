//! Which step is due: one whose needs are at their end.

use std::collections::{BTreeSet, HashMap};

use crate::halo::record::{RecordKind, RecordRef};
use crate::sync::journal::Run;
use crate::sync::plan::{Item, Made, Target};
use crate::sync::planner::layout_key;
use crate::sync::verify::links;

/// Ids of the items without which this one cannot be written.
pub(super) fn hard(item: &Item) -> impl Iterator<Item = &str> {
    let (first, second) = match &item.target {
        Target::Asset { company, layout, .. } => (Some(company), Some(layout)),
        Target::FaqList { parent, .. } => (parent.as_ref(), None),
        _ => (None, None),
    };
    first.into_iter().chain(second).filter_map(by).chain(item.of.as_deref())
}

/// Ids of the layouts that fields of this one link to.
fn linked(item: &Item) -> impl Iterator<Item = String> {
    let add = if let Target::Layout { add, .. } = &item.target { add.as_slice() } else { &[] };
    add.iter().filter_map(|field| field.linked_by.as_deref()).map(layout_key)
}

/// Ids of the items whose result is written where there is one: links to other records, an article's list.
pub(super) fn soft(item: &Item) -> impl Iterator<Item = &str> {
    let list = match &item.target {
        Target::Article { write: Some(write), .. } => write.list.as_ref(),
        _ => None,
    };
    let links = item.changes.iter().filter_map(|change| change.by.as_deref());
    links.chain(list.into_iter().filter_map(by))
}

fn by(made: &Made) -> Option<&str> {
    match made {
        Made::By(id) => Some(id),
        Made::Is(_) => None,
    }
}

/// Where the item stands that links the company of this record with its client: if another browser has linked or
/// made another one meanwhile, nothing is made or linked in this one.
pub(super) fn company_link(run: &Run, queue: &Queue, item: &Item) -> Option<usize> {
    let Target::Asset { company: Made::Is(_), id, .. } = item.target else { return None };
    if id.is_some() && !links(item) {
        return None;
    }
    let client = RecordRef::new(RecordKind::Client, item.client?);
    queue.place(&client.key()).filter(|place| links(&run.plan.items[*place]))
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
        let places = items.iter().enumerate().map(|(place, item)| (item.id.clone(), place)).collect();
        let (waits, followers) = (vec![0; items.len()], HashMap::new());
        let mut queue = Self { places, waits, followers, due: BTreeSet::new(), later: Vec::new() };
        for (place, item) in items.iter().enumerate().filter(|(place, _)| run.is_due(*place)) {
            let needs = hard(item).chain(soft(item)).filter_map(|need| queue.place(need));
            let layouts = linked(item).filter_map(|need| queue.place(&need));
            let needs: Vec<usize> = needs.chain(layouts).chain(company_link(run, &queue, item)).collect();
            for first in needs.into_iter().filter(|first| *first != place && open(*first)) {
                queue.waits[place] += 1;
                queue.followers.entry(first).or_default().push(place);
            }
            if queue.waits[place] == 0 {
                queue.due.insert(place);
            }
        }
        queue
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
