//! What was used for a ticket from this browser: which documents were opened and which passwords were
//! used, never a value. The list stays on this device, is kept only while the audit trail is switched on,
//! and goes with the documentation when a connection is forgotten.

use crate::assist::view::DocumentKind;
use crate::json::Json;
use crate::platform::json::{get, put};
use crate::platform::{Host, StoreError, Table};

/// Uses that are kept of one ticket.
const KEPT: usize = 200;

/// A document that was used.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct Use {
    /// Kind.
    pub kind: DocumentKind,
    /// Hudu id.
    pub id: i64,
    /// A note on the ticket names it.
    pub noted: bool,
}

/// What was used for a ticket, in the order of first use.
pub async fn of(host: &Host, ticket: i64) -> Result<Vec<Use>, StoreError> {
    Ok(get(host, Table::Documents, &key(ticket)).await?.unwrap_or_default())
}

/// Tickets that something was used for.
pub async fn tickets(host: &Host) -> Result<Vec<i64>, StoreError> {
    let rows = host.store.scan(Table::Documents, "trail/").await?;
    Ok(rows.iter().filter_map(|(key, _)| key.strip_prefix("trail/")?.parse().ok()).collect())
}

/// Notes a use; the same document again is the same use.
pub async fn note(host: &Host, ticket: i64, kind: DocumentKind, id: i64) -> Result<(), StoreError> {
    let mut uses = of(host, ticket).await?;
    if uses.len() >= KEPT || uses.iter().any(|used| (used.kind, used.id) == (kind, id)) {
        return Ok(());
    }
    uses.push(Use { kind, id, noted: false });
    keep(host, ticket, &uses).await
}

/// The ones at these places are named by a note now.
pub async fn noted(host: &Host, ticket: i64, places: &[usize]) -> Result<(), StoreError> {
    let mut uses = of(host, ticket).await?;
    for place in places {
        if let Some(used) = uses.get_mut(*place) {
            used.noted = true;
        }
    }
    keep(host, ticket, &uses).await
}

async fn keep(host: &Host, ticket: i64, uses: &Vec<Use>) -> Result<(), StoreError> {
    host.store.write(vec![put(Table::Documents, key(ticket), uses)]).await
}

fn key(ticket: i64) -> String {
    format!("trail/{ticket}")
}
