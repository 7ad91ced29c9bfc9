//! Reading Hudu: lists and single records of everything in its catalogue, without secrets.

use serde_json::{Value, json};

use crate::halo::records::RecordsError;
use crate::hudu::catalogue::{ALL, Shelf, Single};
use crate::hudu::shelf::Ask;
use crate::tools::reach::is_of;
use crate::tools::{Arguments, Bench, Marks, Tool, ToolError, Work, answer, filters, schema, text, whole};

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
        let row = json!({"type": "object", "properties": {"id": {"type": ["integer", "string"]}}});
        let mut members: Vec<(&str, Value)> = shelf.filters.iter().map(|name| (*name, meaning(name))).collect();
        members.extend(schema::paging());
        let mut arguments = schema::object(&members, shelf.needs);
        arguments["additionalProperties"] = schema::passed();
        tools.push(Tool {
            name: format!("list_all_hudu_{many}"),
            about: format!("List {} of Hudu.", endpoint.area),
            marks: Marks::READS,
            arguments,
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

fn meaning(name: &str) -> Value {
    match name {
        "archived" | "draft" | "enable_sharing" | "in_company" | "active" | "default" | "matched" => {
            json!({"type": ["boolean", "string"]})
        }
        "updated_at" | "created_at" => {
            schema::words("A moment, or two with a comma between them (one may be left out): ISO 8601.")
        }
        _ if name == "id" || name.ends_with("_id") => json!({"type": ["integer", "string"]}),
        _ => json!({"type": ["string", "number"]}),
    }
}

/// Carries one of them out.
pub(super) async fn call(bench: &Bench, shelf: &Shelf, verb: Verb, given: &Arguments) -> Result<Value, ToolError> {
    let hudu = &bench.sides.hudu;
    // Only the layout tells which fields of an asset are confidential.
    let layouts = if shelf.many == "assets" { bench.layouts().await? } else { Vec::new() };
    match verb {
        Verb::List => {
            let mut filters = filters(given, &["limit", "cursor"]);
            if let Some(own) = ["page", "page_size"].iter().find(|own| given.contains_key(**own)) {
                return Err(ToolError::argument(*own, "is not a filter here: use limit and cursor"));
            }
            let company = bench.narrow_shelf(shelf, &mut filters).await?;
            let limit = whole(given, "limit").and_then(|limit| u32::try_from(limit).ok());
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
                (Some(company), Some(client)) if !is_of(shelf, &record, company) => Err(ToolError::Outside(client)),
                _ => Ok(answer(record, None)),
            }
        }
    }
}
