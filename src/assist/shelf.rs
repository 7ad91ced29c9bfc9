//! What the user keeps at hand of a company: pinned documents, and those opened last. Ids only; the rows
//! are made from the company's documentation as it is now.

use crate::assist::sections::{Desk, sections};
use crate::assist::view::{DocumentKind, ItemView};
use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// Documents that are remembered as opened last.
const RECENT: usize = 8;
/// Documents that can be pinned; a longer list would be no shorter way than the sections.
const PINNED: usize = 30;

/// A document by kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub struct Place {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
}

/// What is at hand of one company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtHand {
    /// In the order in which they were pinned.
    pub pinned: Vec<Place>,
    /// Newest first.
    pub recent: Vec<Place>,
}

/// What is at hand of a company.
pub async fn load(host: &Host, company: i64) -> Result<AtHand, StoreError> {
    let pinned = get(host, Table::Documents, &key("pinned", company)).await?.unwrap_or_default();
    let recent = get(host, Table::Documents, &key("recent", company)).await?.unwrap_or_default();
    Ok(AtHand { pinned, recent })
}

/// The user opened a document.
pub async fn opened(host: &Host, company: i64, place: Place) -> Result<(), StoreError> {
    let mut recent = load(host, company).await?.recent;
    recent.retain(|known| *known != place);
    recent.insert(0, place);
    recent.truncate(RECENT);
    host.store.write(vec![put(Table::Documents, key("recent", company), &recent)]).await
}

/// Pins a document or takes the pin away.
pub async fn pin(host: &Host, company: i64, place: Place, pinned: bool) -> Result<(), StoreError> {
    let mut pins = load(host, company).await?.pinned;
    pins.retain(|known| *known != place);
    if pinned {
        pins.push(place);
        let over = pins.len().saturating_sub(PINNED);
        pins.drain(..over);
    }
    host.store.write(vec![put(Table::Documents, key("pinned", company), &pins)]).await
}

/// The rows of pinned documents and of those opened last, of these documentations and of others; what is there
/// no more is left out, and so is from the second list what stands in the first.
pub fn rows(desks: &[Desk], others: Vec<ItemView>, at_hand: &AtHand) -> (Vec<ItemView>, Vec<ItemView>) {
    let mut items = others;
    for section in desks.iter().flat_map(sections) {
        items.extend(section.groups.into_iter().flat_map(|group| group.items));
    }
    let row = |place: &Place| items.iter().find(|item| (item.kind, item.id) == (place.kind, place.id)).cloned();
    let recent = at_hand.recent.iter().filter(|place| !at_hand.pinned.contains(place));
    (at_hand.pinned.iter().filter_map(row).collect(), recent.filter_map(row).collect())
}

/// Each list has a place of its own: a document is opened while another is being pinned.
fn key(list: &str, company: i64) -> String {
    format!("{list}/{company}")
}
