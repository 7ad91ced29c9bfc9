//! Two browsers made the same record in the same moment: the older one stays.

use crate::mapping::record::HuduRecord;
use crate::sync::apply::go::Go;
use crate::sync::apply::step::both;
use crate::sync::error::SyncError;
use crate::sync::plan::{Item, Made, Target};
use crate::sync::write::Written;
use crate::t;
use crate::words::keeping;

impl Go<'_> {
    /// Compares a record that this run made with others that stand for the same Halo record. Where one
    /// of them is older, it is the counterpart from now on, and our own is put away: that takes back a
    /// write of a moment ago.
    pub(super) async fn settle(&self, index: usize, item: &Item, others: Vec<HuduRecord>) -> Result<(), SyncError> {
        let Some(own) = self.run.borrow().steps[index].target else { return Ok(()) };
        let Some(older) = older(others, own) else { return Ok(()) };
        self.adopt(index, item, own, older.id, Some(older.url)).await
    }

    /// The older record is the counterpart; our own is put away.
    pub(super) async fn adopt(
        &self,
        index: usize,
        item: &Item,
        own: i64,
        older: i64,
        url: Option<String>,
    ) -> Result<(), SyncError> {
        let place = self.run.borrow().steps[index].url.clone().unwrap_or_default();
        let note = match self.writer.put_away(item, own).await {
            Ok(()) => keeping(|| {
                t!("Another browser made it in the same moment: that one stays, the duplicate was put away.")
            }),
            Err(SyncError::Api(error)) if error.is_of_this() => keeping(|| {
                t!(
                    "Another browser made the same record in the same moment: {url} stays, {place} is a duplicate to be archived by hand.",
                    url = url.clone().unwrap_or_default(),
                    place
                )
            }),
            Err(error) => return Err(error),
        };
        let kept = self.run.borrow().steps[index].note.clone();
        self.finish(index, item, Written { target: older, url, note: both(kept, Some(note)) }, false).await
    }

    /// Puts away what a lost request made beside the record that stays. A failure leaves a duplicate that
    /// the next plan shows.
    pub(super) async fn put_away(&self, item: &Item, twins: &[i64]) {
        for twin in twins {
            let _ = self.writer.put_away(item, *twin).await;
        }
    }
}

/// The oldest of these that is older than our own.
pub(super) fn older(others: Vec<HuduRecord>, own: i64) -> Option<HuduRecord> {
    others.into_iter().filter(|other| !other.archived && other.id < own).min_by_key(|other| other.id)
}

/// Whether a record of Hudu that carries the same Halo id can be what this creation makes: in the same
/// company, in any layout of its kind (two browsers may have made the layout as well).
pub(super) fn fits(item: &Item, record: &HuduRecord) -> bool {
    match &item.target {
        Target::Company(None) => record.layout.is_none(),
        Target::Asset { company, id: None, .. } => *company == Made::Is(record.company) && record.layout.is_some(),
        _ => false,
    }
}
