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

/// The snapshot of a record, if one was kept; a new one takes its place. Of a record whose documentation is not stored
/// (any more) none is kept: a page that was open while everything was forgotten may still send one.
pub async fn exchange(
    host: &Host,
    page: Page,
    record: Option<RecordRef>,
    keep: Option<String>,
) -> Result<Option<String>, StoreError> {
    let Some(record) = record else { return Ok(None) };
    let key = key(page, record);
    if let Some(snapshot) = keep {
        if snapshot.len() <= MOST && sidebar::kept(host, record).await?.is_some() {
            host.store.write(vec![Write { table: Table::Documents, key, value: Some(snapshot) }]).await?;
        }
        return Ok(None);
    }
    host.store.get(Table::Documents, &key).await
}

fn key(page: Page, record: RecordRef) -> String {
    let page = match page {
        Page::Frame => "frame",
        Page::Panel => "panel",
        Page::Popup => "popup",
    };
    format!("snapshot/{page}/{}", record.key())
}
