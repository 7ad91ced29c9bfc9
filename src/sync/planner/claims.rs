//! Two Halo records that are the same record in Hudu: neither is written.

use std::collections::BTreeMap;

use crate::halo::record::RecordRef;
use crate::mapping::quick::QuickMap;
use crate::mapping::values::Values;
use crate::order::Order;
use crate::sync::describe::list;
use crate::sync::plan::Candidate;
use crate::sync::planner::{Draft, Planner};
use crate::sync::view::Action;
use crate::t;

/// So many of the records that are the same one are named.
const NAMED: usize = 8;

/// A record in Hudu: whether it is a company, and its id.
type Place = (bool, i64);

/// Which item has which record in Hudu.
#[derive(Default)]
pub(super) struct Claims {
    first: QuickMap<Place, u32>,
    /// All claims of a record that more than one claims; `bool` tells that the user chose it.
    several: BTreeMap<Place, Vec<(u32, bool)>>,
    chosen: QuickMap<u32, bool>,
}

impl Claims {
    pub(super) fn put(&mut self, place: Place, position: u32, chosen: bool) {
        if chosen {
            self.chosen.insert(position, true);
        }
        let Some(first) = self.first.get(&place) else {
            self.first.insert(place, position);
            return;
        };
        let first = (*first, self.chosen.contains_key(first));
        self.several.entry(place).or_insert_with(|| vec![first]).push((position, chosen));
    }

    /// Whether an item has this record.
    pub(super) fn is_taken(&self, company: bool, id: i64) -> bool {
        self.first.contains_key(&(company, id))
    }

    /// The item that has this company.
    pub(super) fn company(&self, id: i64) -> Option<u32> {
        self.first.get(&(true, id)).copied()
    }
}

impl Planner<'_> {
    /// All of a kind are in. Claims of one record become a choice; and what others are sure to have is no
    /// candidate any more, so that the next plan finds nothing new.
    pub(super) fn settle(&mut self) {
        loop {
            self.part();
            let sure = if self.open.is_empty() { Vec::new() } else { self.taken() };
            let mut news = false;
            for ((company, id), record) in sure {
                news |= self.index.keep(company, id, record);
            }
            if !news {
                self.open.clear();
                return;
            }
            for (position, source) in std::mem::take(&mut self.open) {
                let item = self.item_of(&source);
                self.claim(&item, position);
                let known = self.is_known(&source, &item);
                if item.action == Action::Ambiguous {
                    self.open.push((position, source));
                }
                self.drafts[position as usize] = Draft { item, known };
            }
        }
    }

    /// What records are sure to be: all at once, so that the next candidates of thousands of equal names are
    /// not found to be taken few by few.
    fn taken(&self) -> Vec<(Place, RecordRef)> {
        let sure = |(place, owner): (&Place, &u32)| {
            let item = &self.drafts[*owner as usize].item;
            Some((*place, item.record.filter(|_| item.action != Action::Ambiguous)?))
        };
        self.claims.first.iter().filter_map(sure).collect()
    }

    /// Turns claims of one record into a choice. A claim that the user chose stands, if it is the only
    /// one of those.
    fn part(&mut self) {
        for (place, claims) in std::mem::take(&mut self.claims.several) {
            let record = if place.0 { self.index.company_by_id(place.1) } else { self.index.asset_by_id(place.1) };
            let Some(record) = record else { continue };
            let mut names: Vec<String> =
                claims.iter().map(|(position, _)| self.drafts[*position as usize].item.title.clone()).collect();
            names.order();
            let all = names.len();
            if all > NAMED {
                names.truncate(NAMED);
                names.push(t!("{n} others", n = all - NAMED));
            }
            let one_chosen = claims.iter().filter(|(_, chosen)| *chosen).count() == 1;
            for (position, chosen) in claims {
                if chosen && one_chosen {
                    self.claims.first.insert(place, position);
                    continue;
                }
                let draft = &mut self.drafts[position as usize];
                draft.known = false;
                let item = &mut draft.item;
                item.action = Action::Ambiguous;
                item.reason = t!(
                    "{all} records in Halo are the same record in Hudu: {names}. Choose it for one of them, or set the other right in Halo.",
                    all,
                    names = list(&names)
                );
                item.candidates = vec![Candidate {
                    id: record.id,
                    name: record.name.clone(),
                    why: t!("matched by several records"),
                    url: record.url.clone(),
                }];
                (item.changes, item.agreed, item.safe, item.url) = (Vec::new(), Values::default(), false, None);
            }
        }
    }
}
