//! Reading Hudu: lists and single records of everything in its catalogue, without secrets.

use serde_json::{Map, Value, json};

use crate::halo::records::RecordsError;
use crate::hudu::catalogue::{ALL, Shelf, Single};
use crate::hudu::shelf::Ask;
use crate::tools::reach::is_of;
use crate::tools::{Arguments, Bench, CallError, Marks, Tool, Work, answer, filters, schema, text, whole};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    List,
    Get,
}

/// What is done, for a list of choices.
pub(super) fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::List => "List",
        Verb::Get => "Read one",
    }
}

/// All of them, in the order of the catalogue.
pub(super) fn tools() -> Vec<Tool> {
    let mut tools = Vec::new();
    for shelf in ALL {
        let Shelf { many, one, endpoint, .. } = shelf;
        let row = record(shelf);
        let filters: Vec<(&str, Value)> = shelf.filters.iter().map(|name| (*name, filter(name))).collect();
        tools.push(Tool {
            name: format!("list_all_hudu_{many}"),
            about: format!("List {} of Hudu.", endpoint.area),
            marks: Marks::READS,
            arguments: schema::filtered(&filters, shelf.needs),
            result: schema::answer(schema::rows(row.clone())),
            work: Work::Hudu(shelf, Verb::List),
        });
        if shelf.single != Single::None {
            tools.push(Tool {
                name: format!("get_single_hudu_{one}_by_id"),
                about: format!("Read one {} of Hudu.", endpoint.noun),
                marks: Marks::READS,
                arguments: schema::object(&[("id", schema::id("Id of the record."))], &["id"]),
                result: schema::answer(row),
                work: Work::Hudu(shelf, Verb::Get),
            });
        }
    }
    tools
}

/// What a member of Hudu's records or a filter is, by its name.
enum Kind {
    Id,
    Flag,
    Moment,
    Words,
}

fn kind(name: &str) -> Kind {
    match name {
        "archived" | "draft" | "enable_sharing" | "in_company" | "active" | "default" | "matched" | "paused"
        | "completed" | "run" => Kind::Flag,
        "updated_at" | "created_at" => Kind::Moment,
        _ if name == "id" || name.ends_with("_id") => Kind::Id,
        _ => Kind::Words,
    }
}

fn filter(name: &str) -> Value {
    match kind(name) {
        Kind::Flag => json!({"type": ["boolean", "string"]}),
        Kind::Moment => schema::words("A moment, or two with a comma between them (one may be left out): ISO 8601."),
        Kind::Id => json!({"type": ["integer", "string"]}),
        Kind::Words => json!({"type": ["string", "number"]}),
    }
}

/// A record as it is answered, by the members that the catalogue names. What an instance answers is not ours to
/// promise: the id is sure, the others are of their kind or null.
fn record(shelf: &Shelf) -> Value {
    let member = |name: &&str| {
        let kinds = match kind(name) {
            Kind::Id => json!(["integer", "string", "null"]),
            Kind::Flag => json!(["boolean", "null"]),
            Kind::Moment => json!(["string", "null"]),
            Kind::Words => json!(["string", "number", "boolean", "null"]),
        };
        ((*name).to_owned(), json!({ "type": kinds }))
    };
    let mut members: Map<String, Value> = shelf.columns.iter().map(member).collect();
    members.insert("id".to_owned(), json!({"type": ["integer", "string"]}));
    json!({"type": "object", "required": ["id"], "properties": members})
}

/// Carries one of them out.
pub(super) async fn call(bench: &Bench, shelf: &Shelf, verb: Verb, given: &Arguments) -> Result<Value, CallError> {
    let hudu = &bench.sides.hudu;
    // Only the layout tells which fields of an asset are confidential.
    let layouts = if shelf.many == "assets" { bench.layouts().await? } else { Vec::new() };
    match verb {
        Verb::List => {
            let mut filters = filters(given, &["limit", "cursor"]);
            if let Some(own) = ["page", "page_size"].iter().find(|own| given.contains_key(**own)) {
                return Err(CallError::argument(*own, "is not a filter here: use limit and cursor"));
            }
            let company = bench.narrow_shelf(shelf, &mut filters).await?;
            let limit = whole(given, "limit").map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
            let ask = Ask { shelf, filters, limit, cursor: text(given, "cursor") };
            let page = hudu.page(&ask, &layouts).await?.ok_or(RecordsError::Cursor)?;
            let mut rows = page.rows;
            rows.retain(|row| company.is_none_or(|company| is_of(shelf, row, company)));
            Ok(answer(rows.into(), page.next))
        }
        Verb::Get => {
            let company = bench.narrow_shelf(shelf, &mut Vec::new()).await?;
            let record = hudu.item(shelf, whole(given, "id").unwrap_or_default(), &layouts).await?;
            match (company, bench.reach.client) {
                (Some(company), Some(client)) if !is_of(shelf, &record, company) => Err(CallError::Outside(client)),
                _ => Ok(answer(record, None)),
            }
        }
    }
}
