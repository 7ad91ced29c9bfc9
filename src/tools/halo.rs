//! The 84 operations of HaloITSM: four for each resource of the catalogue.

use serde_json::Value;

use crate::halo::catalogue::{ALL, Entry};
use crate::halo::records::{Ask, BATCH, lowered};
use crate::json::{Json, Shape};
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, Work, answer, filters, schema, text, whole};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    List,
    Get,
    Save,
    Delete,
}

/// A record that was deleted.
#[derive(Json, Shape)]
struct Deleted {
    /// Its id.
    id: i64,
    /// It is gone.
    deleted: bool,
    /// What the server told of it.
    record: Option<Value>,
}

/// What is done, for a list of choices.
pub(super) fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::List => "List",
        Verb::Get => "Read one",
        Verb::Save => "Create or change",
        Verb::Delete => "Delete one",
    }
}

/// All of them, in the order of the catalogue.
pub(super) fn tools() -> Vec<Tool> {
    ALL.iter()
        .flat_map(|entry| [Verb::List, Verb::Get, Verb::Save, Verb::Delete].map(|verb| tool(entry, verb)))
        .collect()
}

fn tool(entry: &'static Entry, verb: Verb) -> Tool {
    let Entry { many, one, about, deleting, detail, .. } = entry;
    let (one_of, many_of) = (entry.resource.one, entry.resource.many);
    let (mut members, mut needed) = schema::one(entry);
    let (name, about, marks, arguments, result) = match verb {
        Verb::List => (
            format!("list_all_haloitsm_{many}"),
            format!("List {many_of} of HaloITSM. {about} Rows leave out details: read a single {one_of} for {detail}."),
            Marks::READS,
            schema::list(entry),
            schema::rows(schema::record(entry)),
        ),
        Verb::Get => (
            format!("get_single_haloitsm_{one}_by_id"),
            format!("Read one {one_of} of HaloITSM with its details: {detail}."),
            Marks::READS,
            schema::object(&members, &needed),
            schema::record(entry),
        ),
        Verb::Save => (
            format!("create_a_haloitsm_{one}"),
            format!(
                "Create or change {many_of} in HaloITSM. A record with an id is changed, and only the members that are \
                 sent; one without an id is made anew each time. Each record has a result of its own."
            ),
            Marks { destructive: true, ..Marks::WRITES },
            schema::save(entry),
            schema::outcomes(entry),
        ),
        Verb::Delete => {
            if entry.filters().any(|name| name == "deleted") {
                members.push(("reason", schema::words("Why, for HaloITSM's own record of it.")));
            }
            needed.dedup();
            (
                format!("delete_a_haloitsm_{one}_by_id"),
                format!("Delete one {one_of} in HaloITSM. {deleting}"),
                Marks::CHANGES,
                schema::object(&members, &needed),
                Deleted::shape(),
            )
        }
    };
    Tool { name, about, marks, arguments, result: schema::answer(result), work: Work::Halo(entry, verb) }
}

/// Carries one of them out.
pub(super) async fn call(bench: &Bench, entry: &Entry, verb: Verb, given: &Arguments) -> Result<Value, CallError> {
    let halo = &bench.sides.halo;
    let id = whole(given, "id").unwrap_or_default();
    let params = filters(given, &["id"]);
    let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    match verb {
        Verb::List => {
            let mut filters = lowered(&filters(given, &["limit", "cursor"]))?;
            bench.narrow(entry, &mut filters).await?;
            let asked = filters.clone();
            let limit = whole(given, "limit").map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
            let page = halo.page(&Ask { entry, filters, limit, cursor: text(given, "cursor") }).await?;
            let mut rows = Vec::with_capacity(page.rows.len());
            for row in page.rows {
                if bench.sees(entry, &asked, &row).await? {
                    rows.push(row);
                }
            }
            Ok(answer(rows.into(), page.next))
        }
        Verb::Get => {
            let record = halo.record(entry, id, &params).await?;
            bench.owns(entry, &with_above(entry, &record, given)).await?;
            Ok(answer(record, None))
        }
        Verb::Save => {
            let mut records = given.get("records").and_then(Value::as_array).cloned().unwrap_or_default();
            for record in &mut records {
                bench.may_save(entry, record).await?;
            }
            let mut outcomes = halo.save(entry, records, BATCH).await;
            if outcomes.iter().all(|outcome| !outcome.state.is_done())
                && let Some(trouble) = outcomes.first_mut().and_then(|outcome| outcome.trouble.take())
            {
                return Err(CallError::NotStored(trouble));
            }
            Ok(answer(Value::Array(outcomes.iter().map(Json::to_json).collect()), None))
        }
        Verb::Delete => {
            if bench.reach.client.is_some() {
                let named: Vec<(&str, &str)> = params.iter().filter(|(name, _)| *name != "reason").copied().collect();
                let record = halo.record(entry, id, &named).await?;
                bench.may_save(entry, &mut with_above(entry, &record, given)).await?;
            }
            let record = halo.remove(entry, id, &params).await?;
            let record = Some(record).filter(|record| !record.is_null());
            Ok(answer(Deleted { id, deleted: true, record }.to_json(), None))
        }
    }
}

/// The record with what its key stands below, which not every instance repeats in the record.
fn with_above(entry: &Entry, record: &Value, given: &Arguments) -> Value {
    let mut record = record.clone();
    if let (Some(within), Value::Object(members)) = (entry.within, &mut record) {
        members.entry(within).or_insert_with(|| given.get(within).cloned().unwrap_or_default());
    }
    record
}
