//! How many rows each list had the last time: a side that had records and answers none is not empty.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::json::Json;
use crate::order::gathered;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table, Write};
use crate::sync::error::SyncError;
use crate::sync::sides::Sides;
use crate::sync::survey::follow::named;
use crate::t;

/// Fewer rows than these may all be deleted by people within a day.
const MANY: usize = 5;

/// The counts of one pair of instances.
#[derive(Default)]
pub(super) struct Seen {
    key: String,
    before: BTreeMap<String, usize>,
    now: RefCell<BTreeMap<String, usize>>,
}

/// The form in the store.
#[derive(Default, Json)]
#[json(default)]
struct Kept {
    counts: Vec<(String, usize)>,
}

impl Seen {
    pub(super) async fn load(sides: &Sides) -> Result<Self, StoreError> {
        let key = format!("seen/{} {}", sides.halo.origin(), sides.hudu.origin());
        let kept: Kept = get(&sides.host, Table::Documents, &key).await.unwrap_or_default().unwrap_or_default();
        Ok(Self { key, before: gathered(kept.counts), now: RefCell::default() })
    }

    /// Rows of a list the last time.
    pub(super) fn before(&self, list: &str) -> Option<usize> {
        self.before.get(list).copied()
    }

    /// A list was read whole, without narrowing it. Where it had rows before and has none now, that is
    /// taken for a fault of rights or of the server, never for the truth.
    pub(super) fn count(&self, list: &str, rows: usize) -> Result<(), SyncError> {
        match self.before(list) {
            Some(before) if before >= MANY && rows == 0 => Err(SyncError::Vanished(vanished(list, before))),
            _ => {
                self.now.borrow_mut().insert(list.to_owned(), rows);
                Ok(())
            }
        }
    }

    /// Remembers this survey's counts, for the lists that it read.
    pub(super) async fn keep(&self, sides: &Sides) -> Result<(), StoreError> {
        let mut counts = self.before.clone();
        counts.extend(self.now.borrow().iter().map(|(list, rows)| (list.clone(), *rows)));
        let kept = Kept { counts: counts.into_iter().collect() };
        sides.host.store.write(vec![put(Table::Documents, self.key.clone(), &kept)]).await
    }
}

/// Forgets the counts, what was found out of the tenants, and the details that were kept of records: after they
/// were connected anew, or where somebody wishes everything to be read again. Links stay.
pub async fn forget(host: &Host) -> Result<(), StoreError> {
    let mut writes = Vec::new();
    for prefix in ["seen/", "probe/", "details/", "detail/"] {
        let rows = host.store.scan(Table::Documents, prefix).await?;
        writes.extend(rows.into_iter().map(|(key, _)| Write { table: Table::Documents, key, value: None }));
    }
    host.store.write(writes).await
}

fn vanished(list: &str, before: usize) -> String {
    let look = match list {
        "assets in HaloITSM" => {
            t!(
                "Most of the time the agent of the API application lost its access to asset groups: look at its role in HaloITSM under Configuration › Assets › Asset Groups."
            )
        }
        _ if list.ends_with("HaloITSM") => {
            t!(
                "Look at the permissions of the API application and at the role and restrictions of its agent in HaloITSM."
            )
        }
        _ => t!("Look in Hudu whether the API key is limited to a company, under Admin › API Keys."),
    };
    t!(
        "There were {before} {list} the last time, and now the answer is none. Nothing was planned. {look} Where it is right, connect this product again in Sidelight's settings, or run `sidelight forget` on the command line.",
        before,
        list = named(list),
        look
    )
}
