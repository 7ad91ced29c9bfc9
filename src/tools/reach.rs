//! Keeping to one client, where an agent is limited to it.

use serde_json::Value;

use crate::assist::gather;
use crate::halo::catalogue::{Entry, Of};
use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::resource;
use crate::http::raw::read::{integer_of, text_of};
use crate::hudu::catalogue::Shelf;
use crate::tools::schema::is_of_a_client;
use crate::tools::{Bench, CallError};

/// What everybody may know of Hudu.
const COMMON: [&str; 2] = ["layouts", "lists"];

/// Members that name other records: HaloITSM puts a record where these are, whatever its `client_id` says, and shows
/// what is linked. Without a resource it is the record's own.
const NAMING: [(&str, Option<&str>); 9] = [
    ("site_id", Some("sites")),
    ("main_site_id", Some("sites")),
    ("user_id", Some("users")),
    ("userlookup", Some("users")),
    ("users", Some("users")),
    ("ticket_id", Some("tickets")),
    ("contract_id", Some("contracts")),
    ("assets", Some("assets")),
    ("parent_id", None),
];

/// What else of a record tells whose it is.
const KEYS: [&str; 4] = ["id", "client_id", "type", "unique_id"];

impl Bench {
    /// Narrows a list's filters to the client.
    pub(super) async fn narrow(&self, entry: &Entry, filters: &mut Vec<(String, String)>) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        let asked = |name: &str| filters.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        match entry.of {
            Of::Anybody => Err(CallError::Outside(client)),
            // Rows of articles do not tell for whom they are kept: only the server knows.
            Of::Everybody if entry.resource != resource::ARTICLE => Ok(()),
            Of::Itself => Ok(()),
            Of::Client | Of::Everybody => {
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
                if asked("unique_id").is_some_and(|other| Some(other) != asked("ticket_id")) {
                    return Err(CallError::Outside(client));
                }
                self.own_ticket(client, ticket).await
            }
        }
    }

    /// Whether a row of a list that was narrowed to these filters may be seen: a filter that the server passes over
    /// must not open the door.
    pub(super) async fn sees(
        &self,
        entry: &Entry,
        filters: &[(String, String)],
        row: &Value,
    ) -> Result<bool, CallError> {
        let Some(client) = self.reach.client else { return Ok(true) };
        let number = |name: &str| row.get(name).and_then(integer_of);
        let asked = |name: &str| filters.iter().find(|(other, _)| other == name)?.1.parse::<i64>().ok();
        Ok(match entry.of {
            Of::Anybody => false,
            Of::Everybody => self.is_kept_for(client, row).await?,
            Of::Itself => number("id") == Some(client),
            Of::Client => number("client_id") == Some(client),
            Of::Ticket => number("ticket_id").is_none_or(|of| Some(of) == asked("ticket_id")),
        })
    }

    /// Whether a single record is the client's.
    pub(super) async fn owns(&self, entry: &Entry, record: &Value) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        let number = |name: &str| record.get(name).and_then(integer_of);
        let own = match entry.of {
            Of::Anybody => false,
            Of::Everybody => self.is_kept_for(client, record).await?,
            Of::Itself => number("id") == Some(client),
            Of::Client => number("client_id") == Some(client),
            Of::Ticket => {
                let ticket = number("ticket_id").ok_or(CallError::Outside(client))?;
                return self.own_ticket(client, ticket).await;
            }
        };
        if own { Ok(()) } else { Err(CallError::Outside(client)) }
    }

    /// Whether a record may be written: the stored one, the new one and all that it newly names are the client's.
    pub(super) async fn may_save(&self, entry: &Entry, record: &mut Value) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        if !is_of_a_client(entry) || !is_plain(record) {
            return Err(CallError::Outside(client));
        }
        let stored = record.get("id").and_then(integer_of);
        let before = match stored.filter(|_| entry.within.is_none()) {
            Some(id) => self.sides.halo.record(entry, id, &[]).await?,
            None => Value::Null,
        };
        if !before.is_null() {
            self.owns(entry, &before).await?;
        }
        match (entry.of, stored) {
            // A limited agent makes no clients.
            (Of::Itself, None) => return Err(CallError::Outside(client)),
            (Of::Client, None) if record.get("client_id").is_none() => record["client_id"] = client.into(),
            (Of::Client, Some(_)) if record.get("client_id").is_none() => {}
            _ => self.owns(entry, record).await?,
        }
        // A file hangs at what these two name, if they are there.
        let moved = |name: &str| {
            let to = record.get(name).and_then(text_of);
            to.is_some() && to != before.get(name).and_then(text_of)
        };
        if entry.of == Of::Ticket && entry.within.is_none() && (moved("type") || moved("unique_id")) {
            return Err(CallError::Outside(client));
        }
        self.may_name(entry, record, &before).await
    }

    /// Whether the records that this one newly names are the client's.
    async fn may_name(&self, entry: &Entry, record: &Value, before: &Value) -> Result<(), CallError> {
        let Some(client) = self.reach.client else { return Ok(()) };
        for (member, many) in NAMING {
            let of = if let Some(many) = many { Entry::named(many) } else { Some(entry) };
            let known = before.get(member).and_then(ids).unwrap_or_default();
            let named = record.get(member).map_or(Some(Vec::new()), ids).ok_or(CallError::Outside(client))?;
            for id in named.into_iter().filter(|id| !known.contains(id)) {
                match of {
                    Some(of) if of.resource == resource::TICKET => self.own_ticket(client, id).await?,
                    Some(of) => self.owns(of, &self.sides.halo.record(of, id, &[]).await?).await?,
                    None => {}
                }
            }
        }
        Ok(())
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

/// Whether the members that tell whose a record is are spelled as they are checked: a server may take `Client_ID` for
/// `client_id`.
fn is_plain(record: &Value) -> bool {
    let checked = |name: &str| KEYS.contains(&name) || NAMING.iter().any(|(member, _)| *member == name);
    let odd = |name: &String| name.bytes().any(|b| b.is_ascii_uppercase()) && checked(&name.to_ascii_lowercase());
    record.as_object().is_some_and(|members| !members.keys().any(odd))
}

/// The ids that a member names: as a number, as `{"id": 7}` or as a list of these; 0 and less name nobody. Nothing
/// where that cannot be told.
fn ids(value: &Value) -> Option<Vec<i64>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) if text.trim().is_empty() => Some(Vec::new()),
        Value::Array(rows) => Some(rows.iter().map(ids).collect::<Option<Vec<_>>>()?.concat()),
        Value::Object(one) => one.get("id").map_or(Some(Vec::new()), ids),
        other => integer_of(other).map(|id| if id > 0 { vec![id] } else { Vec::new() }),
    }
}
