//! How a page looked when it last showed a record, so that the documentation is on the screen before the page's module
//! is. Made and read by the pages' own script; here it is kept among the stored documentation and goes with it.

use crate::halo::record::RecordRef;
use crate::json::Json;
use crate::platform::{Host, StoreError, Table, Write};

use super::sidebar;

/// A page that is seen before it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum Page {
    /// The sidebar inside a Halo page.
    Frame,
    /// The sidebar beside it, in a window or in a tab.
    Panel,
    /// The popup.
    Popup,
}

/// Bytes above which a snapshot is not kept: it would take longer to paint than the page takes to stand.
const MOST: usize = 200_000;

/// The snapshot of a record, if one was kept.
pub async fn of(host: &Host, page: Page, record: Option<RecordRef>) -> Result<Option<String>, StoreError> {
    match record {
        Some(record) => host.store.get(Table::Documents, &key(page, record)).await,
        None => Ok(None),
    }
}

/// Keeps a snapshot in place of an earlier one. Of a record whose documentation is not stored (any more) none is kept:
/// a page that was open while everything was forgotten may still send one.
pub async fn keep(host: &Host, page: Page, record: RecordRef, snapshot: String) -> Result<(), StoreError> {
    if snapshot.len() > MOST || sidebar::kept(host, record).await?.is_none() {
        return Ok(());
    }
    host.store.write(vec![Write { table: Table::Documents, key: key(page, record), value: Some(snapshot) }]).await
}

fn key(page: Page, record: RecordRef) -> String {
    let page = match page {
        Page::Frame => "frame",
        Page::Panel => "panel",
        Page::Popup => "popup",
    };
    format!("snapshot/{page}/{}", record.key())
}
