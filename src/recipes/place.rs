//! Reading and writing any record of either product: what recipes share, whatever resource they work at.

use std::collections::BTreeMap;

use crate::halo::catalogue::Entry;
use crate::halo::records::{self, RecordsError};
use crate::halo::resource::TICKET;
use crate::http::raw::read::{flag_of, integer_of, text_of};
use crate::http::{ApiError, Product};
use crate::hudu::catalogue::Shelf;
use crate::hudu::model::Procedure;
use crate::hudu::{self, shelf};
use crate::json::{Map, Value, object};
use crate::recipes::item::{Item, Look, Mark, Planned, State, Verb, Write, fits, reference};
use crate::recipes::{Bench, CallError};
use crate::t;

/// Rows asked for at once.
const ROWS: u32 = 1000;

/// Ids that writes made or found, by item and write.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<(String, String), i64>);

impl Ids {
    /// Notes the id of what a write made or found.
    pub fn put(&mut self, item: &str, write: &str, id: i64) {
        self.0.insert((item.to_owned(), write.to_owned()), id);
    }

    /// The value with the ids of what was made; `None` where one is not known.
    pub fn fill(&self, value: &Value) -> Option<Value> {
        if let Some((item, write)) = reference(value) {
            return self.0.get(&(item.to_owned(), write.to_owned())).copied().map(Value::from);
        }
        Some(match value {
            Value::Array(rows) => Value::Array(rows.iter().map(|row| self.fill(row)).collect::<Option<_>>()?),
            Value::Object(members) => Value::Object(self.filled(members)?),
            other => other.clone(),
        })
    }

    /// [`Ids::fill`] of all members.
    pub fn filled(&self, members: &Map<String, Value>) -> Option<Map<String, Value>> {
        let pairs: Option<Vec<(String, Value)>> =
            members.iter().map(|(name, value)| Some((name.clone(), self.fill(value)?))).collect();
        pairs.map(object)
    }

    /// [`Ids::fill`] of a look.
    fn look(&self, look: &Look) -> Option<Look> {
        let mark = |mark: &Mark| Some(Mark { value: self.fill(&mark.value)?, ..mark.clone() });
        let marks = look.marks.iter().map(mark).collect::<Option<_>>()?;
        Some(Look { filters: self.filled(&look.filters)?, marks })
    }
}

/// Looks for what new items would make: what is there already is noted, and an item that is there as a whole
/// is known.
pub async fn settle(bench: &Bench, planned: &mut Planned) -> Result<(), CallError> {
    let mut ids = Ids::default();
    for Item { key, state, writes, target, .. } in &mut planned.items {
        if !matches!(state, State::New | State::Change | State::Cleared) {
            continue;
        }
        for write in writes.iter_mut() {
            if write.found.is_none() && write.look.is_some() && !write.absent {
                write.found = find(bench, write, &ids).await?;
            }
            let id = write.found.or_else(|| integer_of(&ids.fill(&write.id)?));
            if let Some(id) = id.filter(|_| write.verb == Verb::Save || write.found.is_some()) {
                ids.put(key, &write.name, id);
            }
        }
        let found = writes.iter().filter(|write| write.found.is_some()).count();
        *target = target.or_else(|| writes.first()?.found);
        if *state == State::New && found == writes.len() && found > 0 {
            *state = State::Known;
        }
    }
    Ok(())
}

/// The record that a write would make, if it is there; the oldest, where there are several.
pub async fn find(bench: &Bench, write: &Write, ids: &Ids) -> Result<Option<i64>, CallError> {
    let Some(look) = write.look.as_ref().and_then(|look| ids.look(look)) else { return Ok(None) };
    // A ticket that is closed is not gone, however HaloITSM calls that.
    let flags = ["archived", "deleted", "discarded", "inactive"];
    let flags = if is_ticket(write) { &flags[..3] } else { &flags };
    let gone = |row: &Value| {
        flags.iter().any(|name| row.get(name).and_then(flag_of) == Some(true))
            || row.get("archived_at").is_some_and(|at| !at.is_null())
    };
    let oldest = |rows: &[Value]| {
        let fit = rows.iter().filter(|row| !gone(row) && look.marks.iter().all(|mark| is_marked(row, mark)));
        fit.filter_map(|row| row.get("id").and_then(integer_of)).min()
    };
    among(bench, write, &look.filters, &oldest).await
}

/// The record that is wanted of the rows of a list. Where no row is it, closed tickets are asked for as well: that a
/// list of tickets holds them unasked is only probable.
pub async fn among(
    bench: &Bench,
    write: &Write,
    filters: &Map<String, Value>,
    wanted: &dyn Fn(&[Value]) -> Option<i64>,
) -> Result<Option<i64>, CallError> {
    let found = wanted(&rows(bench, write.product, &write.resource, filters).await?);
    if found.is_some() || !is_ticket(write) || filters.contains_key("open_only") {
        return Ok(found);
    }
    let mut closed = filters.clone();
    closed.insert("closed_only".to_owned(), true.into());
    Ok(wanted(&rows(bench, write.product, &write.resource, &closed).await?))
}

/// Tickets, projects and opportunities are one in HaloITSM.
pub fn is_ticket(write: &Write) -> bool {
    write.product == Product::Halo && entry(&write.resource).is_ok_and(|entry| entry.resource.rows == TICKET.rows)
}

/// Whether the answer tells that a new ticket did not keep what it is found again by.
pub fn lost_mark(write: &Write, stored: &Value) -> bool {
    let mut marks = write.look.iter().flat_map(|look| &look.marks);
    is_ticket(write) && marks.any(|mark| stored.get(&mark.member).is_some() && !is_marked(stored, mark))
}

fn is_marked(row: &Value, mark: &Mark) -> bool {
    let there = member(row, &mark.member);
    if !mark.within {
        let text = |value: &Value| text_of(value).map(|text| text.trim().to_lowercase());
        return fits(&mark.value, &there) || (text(&there).is_some() && text(&mark.value) == text(&there));
    }
    match (text_of(&mark.value), text_of(&there)) {
        (Some(wanted), Some(there)) => there.contains(&wanted),
        _ => false,
    }
}

/// All rows of a list. A run that is limited to a client gets rows of that client only.
pub async fn rows(
    bench: &Bench,
    product: Product,
    resource: &str,
    filters: &Map<String, Value>,
) -> Result<Vec<Value>, CallError> {
    let mut filters: Vec<(String, String)> =
        filters.iter().filter_map(|(name, value)| Some((name.clone(), text_of(value)?))).collect();
    let (mut found, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let next = match product {
            Product::Halo => {
                let entry = entry(resource)?;
                if let Some(client) = bench.client.filter(|_| entry.filters().any(|name| name == "client_id")) {
                    filters.retain(|(name, _)| name != "client_id");
                    filters.push(("client_id".to_owned(), client.to_string()));
                }
                let ask =
                    records::Ask { entry, filters: filters.clone(), limit: Some(ROWS), cursor: cursor.as_deref() };
                let page = bench.sides.halo.page(&ask).await?;
                let foreign = |row: &Value| {
                    bench
                        .client
                        .is_some_and(|client| row.get("client_id").and_then(integer_of).is_some_and(|of| of != client))
                };
                found.extend(page.rows.into_iter().filter(|row| !foreign(row)));
                page.next
            }
            Product::Hudu => {
                let shelf = shelf(resource)?;
                if let Some(company) = bench.company.filter(|_| shelf.has_company()) {
                    filters.retain(|(name, _)| name != "company_id");
                    filters.push(("company_id".to_owned(), company.to_string()));
                }
                let ask = shelf::Ask { shelf, filters: filters.clone(), limit: Some(ROWS), cursor: cursor.as_deref() };
                let layouts = if shelf.many == "assets" { bench.sides.hudu.layouts().await? } else { Vec::new() };
                let page = bench.sides.hudu.page(&ask, &layouts).await?.ok_or(RecordsError::Cursor)?;
                found.extend(page.rows);
                page.next
            }
        };
        match next {
            Some(next) => cursor = Some(next),
            None => return Ok(found),
        }
    }
}

/// One record as it stands now.
pub async fn read(
    bench: &Bench,
    product: Product,
    resource: &str,
    id: i64,
    above: Option<&Value>,
) -> Result<Value, CallError> {
    match product {
        Product::Halo => {
            let entry = entry(resource)?;
            let above = above.and_then(text_of).unwrap_or_default();
            let query: Vec<(&str, &str)> = entry.within.iter().map(|within| (*within, above.as_str())).collect();
            Ok(bench.sides.halo.record(entry, id, &query).await?)
        }
        Product::Hudu => {
            let shelf = shelf(resource)?;
            let layouts = if shelf.many == "assets" { bench.sides.hudu.layouts().await? } else { Vec::new() };
            Ok(bench.sides.hudu.item(shelf, id, &layouts).await?)
        }
    }
}

/// A ticket, a project or an opportunity: a number tells not which of them, and not every instance serves all
/// under one address.
pub async fn ticket(bench: &Bench, id: i64) -> Result<Value, CallError> {
    let mut missing = None;
    for resource in ["tickets", "projects", "opportunites"] {
        match read(bench, Product::Halo, resource, id, None).await {
            Err(error) if error.api().is_some_and(ApiError::is_not_found) => missing = missing.or(Some(error)),
            other => return other,
        }
    }
    Err(missing.unwrap_or_else(|| CallError::argument("ticket", t!("is missing"))))
}

/// The value of a member, of a field or of a custom field.
pub fn member(record: &Value, name: &str) -> Value {
    let (list, label) = match name.split_once('.') {
        Some((list @ ("fields" | "customfields"), label)) => (list, label),
        _ => return record.get(name).cloned().unwrap_or_default(),
    };
    let named = |field: &&Value| {
        ["label", "name", "id"]
            .iter()
            .any(|key| field.get(*key).and_then(text_of).is_some_and(|own| own.eq_ignore_ascii_case(label)))
    };
    let found = record.get(list).and_then(Value::as_array).and_then(|fields| fields.iter().find(named));
    found.and_then(|field| field.get("value")).cloned().unwrap_or_default()
}

/// Sends a write whose members are filled; answers the id and what the server tells of the record. A run that
/// is limited to a client writes records of that client only.
pub async fn send(
    bench: &Bench,
    write: &Write,
    id: Option<i64>,
    record: Map<String, Value>,
) -> Result<(i64, Value), CallError> {
    guard(bench, write, id, &record).await?;
    let hudu = &bench.sides.hudu;
    let stored = match (write.product, write.verb) {
        (Product::Halo, _) => {
            let entry = entry(&write.resource)?;
            let mut sent = nested(record);
            match id {
                Some(id) => sent["id"] = id.into(),
                // The template of a ticket's type would write its own summary over that of the recipe.
                None if is_ticket(write) => sent["donotapplytemplateintheapi"] = true.into(),
                None => {}
            }
            bench.sides.halo.upsert(entry.resource, sent).await?
        }
        (Product::Hudu, Verb::Save) => hudu.save(shelf(&write.resource)?, id, record).await?,
        (Product::Hudu, verb) => {
            let process: Procedure = hudu.procedure(id.unwrap_or_default()).await?;
            let name = record.get("name").and_then(text_of);
            let company = record.get("company_id").and_then(integer_of).unwrap_or_default();
            let made = match verb {
                Verb::Start => hudu.start_process(&process, name.as_deref()).await?,
                _ => hudu.copy_process(&process, company).await?,
            };
            Value::Object(made.raw)
        }
    };
    let id = stored.get("id").and_then(integer_of).or(id);
    let why = || ApiError::Unreadable { product: write.product, why: t!("no id in the answer") };
    Ok((id.ok_or_else(why)?, stored))
}

/// Whether a limited run may do this.
async fn guard(bench: &Bench, write: &Write, id: Option<i64>, record: &Map<String, Value>) -> Result<(), CallError> {
    let (Some(client), company) = (bench.client, bench.company) else { return Ok(()) };
    let number = |name: &str| record.get(name).and_then(integer_of);
    let outside = Err(CallError::Outside(client));
    match write.product {
        Product::Hudu if number("company_id").is_some_and(|of| Some(of) != company) => outside,
        Product::Halo if number("client_id").is_some_and(|of| of != client) => outside,
        Product::Halo if write.resource == "clients" && id != Some(client) => outside,
        Product::Halo => {
            // A record lands at its site, whatever its client_id says.
            if let Some(site) = number("site_id").filter(|site| *site > 0) {
                let site = read(bench, Product::Halo, "sites", site, None).await?;
                if site.get("client_id").and_then(integer_of) != Some(client) {
                    return outside;
                }
            }
            let of_ticket = number("ticket_id").filter(|_| write.resource == "actions");
            let there = match (of_ticket, id) {
                (Some(of), _) => ticket(bench, of).await?,
                (None, Some(id)) if write.resource != "clients" => {
                    read(bench, Product::Halo, &write.resource, id, None).await?
                }
                _ => return Ok(()),
            };
            match there.get("client_id").and_then(integer_of) {
                Some(of) if of == client => Ok(()),
                _ => outside,
            }
        }
        Product::Hudu => match id {
            Some(id) => {
                let there = read(bench, Product::Hudu, &write.resource, id, None).await?;
                let name = if write.resource == "companies" { "id" } else { "company_id" };
                if there.get(name).and_then(integer_of) == company { Ok(()) } else { outside }
            }
            None => Ok(()),
        },
    }
}

/// The member that is part of the record's key beside its id, with its value: ids of actions start again in
/// each ticket.
pub fn above(write: &Write, record: &Map<String, Value>) -> Option<(&'static str, Value)> {
    let name = entry(&write.resource).ok().filter(|_| write.product == Product::Halo)?.within?;
    Some((name, record.get(name)?.clone()))
}

/// What is sent of a change. Whether HaloITSM keeps fields of an asset's type that a write leaves out is unknown, so
/// those that are there go with it.
pub fn whole(write: &Write, there: &Value, mut sent: Map<String, Value>) -> Map<String, Value> {
    let of_type = |name: &String| name.starts_with("fields.");
    if write.product == Product::Halo && write.resource == "assets" && sent.keys().any(of_type) {
        for field in there.get("fields").and_then(Value::as_array).into_iter().flatten() {
            let named = |key| field.get(key).and_then(text_of).map(|own| format!("fields.{own}").to_lowercase());
            let names = ["id", "name", "label"].map(named);
            let is_sent = sent.keys().any(|name| names.contains(&Some(name.to_lowercase())));
            if let (false, [Some(id), ..], Some(value)) = (is_sent, names, field.get("value")) {
                sent.insert(id, value.clone());
            }
        }
    }
    sent
}

/// The members as HaloITSM takes them: fields and custom fields as rows of a list.
fn nested(record: Map<String, Value>) -> Value {
    let mut sent = Value::Object(Map::new());
    for (name, value) in record {
        let row = match name.split_once('.') {
            Some((list @ ("fields" | "customfields"), label)) => {
                let key = if label.bytes().all(|b| b.is_ascii_digit()) { "id" } else { "name" };
                Some((list, object([(key.to_owned(), label.into()), ("value".to_owned(), value.clone())])))
            }
            _ => None,
        };
        match row {
            Some((list, row)) => match &mut sent[list] {
                Value::Array(rows) => rows.push(row.into()),
                other => *other = Value::Array(vec![row.into()]),
            },
            None => sent[name.as_str()] = value,
        }
    }
    sent
}

/// HaloITSM's resource of this name.
pub fn entry(name: &str) -> Result<&'static Entry, CallError> {
    Entry::named(name).ok_or_else(|| CallError::argument(name, t!("is no resource of HaloITSM")))
}

/// Hudu's resource of this name.
pub fn shelf(name: &str) -> Result<&'static Shelf, CallError> {
    hudu::catalogue::Shelf::named(name).ok_or_else(|| CallError::argument(name, t!("is no resource of Hudu")))
}

/// Notes and tickets hold text that people typed: it is shown as text.
pub fn html(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<p>{}</p>", safe.replace('\n', "<br>"))
}
