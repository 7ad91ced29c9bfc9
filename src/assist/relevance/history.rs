//! What was opened for which tickets, in this browser: documents that helped before come first again.
//!
//! Of a ticket only numbers are kept that its weightiest words give; no word can be read from them. It
//! stands among the stored documentation and is forgotten with it when a connection is cut.

use std::collections::HashMap;

use crate::assist::view::DocumentKind;
use crate::halo::record::RecordRef;
use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// How many openings are remembered.
const MOST: usize = 400;
const KEY: &str = "opened";

/// One document that was opened for one ticket.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Opened {
    /// The ticket.
    pub record: RecordRef,
    /// What the ticket was about, as numbers.
    pub about: Vec<u32>,
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
}

/// All that is remembered, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Json)]
#[json(default)]
pub struct Past {
    /// Openings.
    pub opened: Vec<Opened>,
}

impl Past {
    /// For each document the number of similar tickets that it was opened for.
    pub(super) fn opened(&self, about: &[u32]) -> HashMap<(DocumentKind, i64), usize> {
        let mut found = HashMap::new();
        for opened in self.opened.iter().filter(|opened| alike(&opened.about, about)) {
            *found.entry((opened.kind, opened.id)).or_default() += 1;
        }
        found
    }

    /// Remembers one opening; the same one again changes nothing.
    pub fn note(&mut self, opened: Opened) {
        self.opened.retain(|old| (old.record, old.kind, old.id) != (opened.record, opened.kind, opened.id));
        self.opened.push(opened);
        let surplus = self.opened.len().saturating_sub(MOST);
        self.opened.drain(..surplus);
    }
}

/// Whether two tickets share at least a third of what they are about.
fn alike(a: &[u32], b: &[u32]) -> bool {
    let shared = a.iter().filter(|term| b.contains(term)).count();
    shared > 1 && shared * 3 >= a.len().min(b.len())
}

/// What is remembered.
pub async fn load(host: &Host) -> Result<Past, StoreError> {
    Ok(get(host, Table::Documents, KEY).await?.unwrap_or_default())
}

/// Keeps it.
pub async fn keep(host: &Host, past: &Past) -> Result<(), StoreError> {
    host.store.write(vec![put(Table::Documents, KEY.to_owned(), past)]).await
}
