//! What is seen at the end: records that are gone, changes that are too many, the order.

use crate::halo::record::{RecordKind, RecordRef};
use crate::mapping::record::HuduRecord;
use crate::order::Order;
use crate::sync::describe::list;
use crate::sync::plan::{Item, Made, Target};
use crate::sync::planner::{Draft, ORDER, Planner};
use crate::sync::view::Action;
use crate::t;

/// So many known records at least before the guard counts.
const FEW: usize = 10;

/// So many per cent of them may change or vanish.
const USUAL: usize = 30;

impl Planner<'_> {
    /// Records that were synced before and are not in Halo any more. Nothing is written for them.
    pub(super) fn find_gone(&mut self, whole: &[RecordKind]) {
        let mut gone: Vec<(RecordRef, &HuduRecord)> = Vec::new();
        let missing = |record: &RecordRef| whole.contains(&record.kind) && !self.seen.contains(record);
        for (record, link) in self.links.records().filter(|(record, _)| missing(record)) {
            let there = match record.kind {
                RecordKind::Client => self.index.company_by_id(link.target),
                _ => self.index.asset_by_id(link.target),
            };
            gone.extend(there.filter(|there| !there.archived).map(|there| (record, there)));
        }
        gone.extend(self.index.bearers().filter(|(record, asset)| !asset.archived && missing(record)));
        gone.order_by_key(|(record, there)| (*record, there.id));
        gone.dedup_by_key(|(record, _)| *record);
        for (record, there) in gone {
            let (company, target) = match record.kind {
                RecordKind::Client => (there.id, Target::Company(Some(there.id))),
                _ => {
                    let (company, layout) = (Made::Is(there.company), Made::Is(there.layout.unwrap_or_default()));
                    (there.company, Target::Asset { company, layout, id: Some(there.id) })
                }
            };
            // Another record of this plan has it now.
            if self.claims.is_taken(record.kind == RecordKind::Client, there.id) {
                continue;
            }
            let reason = t!(
                "It was synced before and is not in HaloITSM any more. Its record in Hudu stays as it is: archive it there if it is not needed."
            );
            let mut item = Item::new(record.key(), Action::Gone, &there.name, reason, target);
            item.record = Some(record);
            item.url = Some(there.url.clone());
            item.client = if record.kind == RecordKind::Client { Some(record.id) } else { self.client_at(company) };
            self.drafts.push(Draft { item, known: true });
        }
    }

    fn client_at(&self, company: i64) -> Option<i64> {
        self.drafts[self.claims.company(company)? as usize].item.client
    }

    /// Why the plan has to be confirmed: far more known records would change or vanish than usual. What
    /// is made or linked for the first time is no reason.
    pub(super) fn guard(&self) -> Option<String> {
        let known = self.drafts.iter().filter(|draft| draft.known);
        let (mut all, mut changing, mut gone) = (0, 0, 0);
        for draft in known {
            all += 1;
            match draft.item.action {
                Action::Update | Action::Archive | Action::Conflict => changing += 1,
                Action::Gone => gone += 1,
                _ => {}
            }
        }
        if all < FEW || (changing + gone) * 100 <= all * USUAL {
            return None;
        }
        let mut what = Vec::new();
        if changing > 0 {
            what.push(t!("{changing} would change", changing));
        }
        if gone > 0 {
            what.push(t!("{gone} are gone in HaloITSM", gone));
        }
        Some(t!(
            "Of {all} records that were synced before, {what}. That is more than {usual} % of them: look at the plan, then confirm it.",
            all,
            what = list(&what),
            usual = USUAL
        ))
    }
}

/// Where an item stands in a plan: what is needed comes first; within a kind the order of the ids.
/// `height` tells how many parents a company waits for, `behind` the kind after which a record comes that
/// names one of a later kind.
pub(super) fn place<'a>(
    item: &'a Item,
    height: &dyn Fn(&Item) -> usize,
    behind: &dyn Fn(&Item) -> Option<RecordKind>,
) -> (usize, usize, Option<i64>, &'a str) {
    let kind = |kind: RecordKind| ORDER.iter().position(|own| *own == kind);
    if let Some(position) = behind(item).and_then(kind) {
        return (position + 1, 1, item.record.map(|record| record.id), &item.id);
    }
    let rank = match (&item.target, item.record) {
        (Target::Layout { .. }, _) => 1,
        (Target::FaqList { .. }, _) => 7,
        (Target::Article { .. }, _) => 8,
        (_, Some(record)) => match kind(record.kind) {
            Some(0) => return (0, height(item), Some(record.id), &item.id),
            Some(position) => position + 1,
            None => 9,
        },
        (_, None) => 9,
    };
    (rank, 0, item.record.map(|record| record.id), &item.id)
}
