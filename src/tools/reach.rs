//! Keeping to one client, where an agent is limited to it.

use serde_json::Value;

use crate::assist::gather;
use crate::halo::catalogue::{Entry, Of};
use crate::halo::record::{RecordKind, RecordRef};
use crate::http::raw::read::integer_of;
use crate::hudu::catalogue::Shelf;
use crate::tools::schema::is_of_a_client;
use crate::tools::{Bench, CallError};

/// What everybody may know of Hudu.
const COMMON: [&str; 2] = ["layouts", "lists"];

impl Bench {
    /// Narrows a list's filters to the client.
    pub(super) async fn narrow(&self, entry: &Entry, filters: &mut Vec<(String, String)>) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        let asked = |name: &str| filters.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        match entry.of {
            Of::Anybody => Err(CallError::Outside(client)),
            Of::Everybody => Ok(()),
            Of::Itself => Ok(()),
            Of::Client => {
                if asked("client_id").is_some_and(|other| other != client.to_string()) || asked("client_ids").is_some()
                {
                    return Err(CallError::Outside(client));
                }
                filters.retain(|(name, _)| name != "client_id");
                filters.push(("client_id".to_owned(), client.to_string()));
                Ok(())
            }
            Of::Ticket => {
                let ticket = asked("ticket_id").and_then(|id| id.parse().ok()).ok_or(CallError::Outside(client))?;
                self.own_ticket(client, ticket).await
            }
        }
    }

    /// Whether a row of a list may be seen.
    pub(super) fn sees(&self, entry: &Entry, row: &Value) -> bool {
        let Some(client) = self.reach.client else { return true };
        let number = |name: &str| row.get(name).and_then(integer_of);
        match entry.of {
            Of::Itself => number("id") == Some(client),
            // A filter that the server passes over must not open the door.
            Of::Client => number("client_id").is_none_or(|of| of == client),
            _ => true,
        }
    }

    /// Whether a single record is the client's.
    pub(super) async fn owns(&self, entry: &Entry, record: &Value) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        let number = |name: &str| record.get(name).and_then(integer_of);
        let own = match entry.of {
            Of::Anybody => false,
            Of::Everybody => for_client(record, client),
            Of::Itself => number("id") == Some(client),
            Of::Client => number("client_id") == Some(client),
            Of::Ticket => {
                let ticket = number("ticket_id").ok_or(CallError::Outside(client))?;
                return self.own_ticket(client, ticket).await;
            }
        };
        if own { Ok(()) } else { Err(CallError::Outside(client)) }
    }

    /// Whether a record may be written: the stored one and the new one are the client's.
    pub(super) async fn may_save(&self, entry: &Entry, record: &mut Value) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        if !is_of_a_client(entry) {
            return Err(CallError::Outside(client));
        }
        let stored = record.get("id").and_then(integer_of);
        if let Some(id) = stored.filter(|_| entry.of != Of::Ticket) {
            let before = self.sides.halo.record(entry, id, &[]).await?;
            self.owns(entry, &before).await?;
        }
        match (entry.of, stored) {
            // A limited agent makes no clients.
            (Of::Itself, None) => Err(CallError::Outside(client)),
            (Of::Client, None) if record.get("client_id").is_none() => {
                record["client_id"] = client.into();
                Ok(())
            }
            (Of::Client, Some(_)) if record.get("client_id").is_none() => Ok(()),
            _ => self.owns(entry, record).await,
        }
    }

    async fn own_ticket(&self, client: i64, ticket: i64) -> Result<(), CallError> {
        let seen = self.sides.seen(RecordRef::new(RecordKind::Ticket, ticket)).await?;
        match seen.client() {
            Some((of, _)) if of == client => Ok(()),
            _ => Err(CallError::Outside(client)),
        }
    }

    /// The client's company in Hudu, where tools are limited to a client.
    pub(super) async fn company(&self) -> Result<Option<i64>, CallError> {
        let Some(client) = self.reach.client else { return Ok(None) };
        if let Some(known) = *self.company.borrow() {
            return Ok(Some(known));
        }
        let look = gather::look(&self.sides, RecordRef::new(RecordKind::Client, client), false).await?;
        let company = look.company.map(|(company, _)| company.id).ok_or(CallError::Outside(client))?;
        *self.company.borrow_mut() = Some(company);
        Ok(Some(company))
    }

    /// Narrows a list of Hudu to the client's company; answers the company.
    pub(super) async fn narrow_shelf(
        &self,
        shelf: &Shelf,
        filters: &mut Vec<(String, String)>,
    ) -> Result<Option<i64>, CallError> {
        let (Some(client), Some(company)) = (self.reach.client, self.company().await?) else { return Ok(None) };
        if COMMON.contains(&shelf.many) {
            return Ok(None);
        }
        if !shelf.has_company() && !["companies", "websites"].contains(&shelf.many) {
            return Err(CallError::Outside(client));
        }
        if shelf.has_company() {
            filters.retain(|(name, _)| name != "company_id");
            filters.push(("company_id".to_owned(), company.to_string()));
        }
        Ok(Some(company))
    }
}

/// Whether a row of Hudu is the company's.
pub(super) fn is_of(shelf: &Shelf, row: &Value, company: i64) -> bool {
    let member = if shelf.many == "companies" { "id" } else { "company_id" };
    row.get(member).and_then(integer_of) == Some(company)
}

/// Whether an article is not kept for other clients.
fn for_client(record: &Value, client: i64) -> bool {
    let access = record.get("kbentryclientaccess").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    access.is_empty() || access.iter().any(|one| one.get("client_id").and_then(integer_of) == Some(client))
}
