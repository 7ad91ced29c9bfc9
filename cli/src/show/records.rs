//! Records of any kind: as a table, JSON, one on each line, or CSV; page by page as they come.

use serde_json::{Map, Value, json};
use sidelight::sync::export::quoted;
use sidelight::tools::{Bench, CallError, Tool};
use sidelight::trouble::Explain;

use super::grid::{self, Cell};
use crate::args::{GetOrder, ListOrder, Sheet, dashed};
use crate::commands::tool;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, Style};

/// Widest cell of a table.
const WIDEST: usize = 44;
/// Records asked for at once where all are wanted.
const AT_ONCE: u32 = 1000;

/// How records of one kind come.
pub struct Sheets<'a> {
    /// Members that matter.
    pub columns: &'a [&'a str],
    /// So many of them make a table.
    pub narrow: usize,
}

/// Lists records with a tool.
pub async fn list(
    desk: &Desk,
    out: &Out,
    bench: &Bench,
    name: &str,
    order: &ListOrder,
    sheets: &Sheets<'_>,
) -> Result<Exit, Failure> {
    let tool = tool(name)?;
    let mut arguments = arguments(tool, order)?;
    let own: Vec<&str> = order.columns.iter().map(String::as_str).collect();
    let columns = match (own.as_slice(), order.format) {
        ([], Sheet::Table) => &sheets.columns[..sheets.narrow.min(sheets.columns.len())],
        ([], _) => sheets.columns,
        (own, _) => own,
    };
    let _busy = desk.interrupt.busy();
    let mut printer = Printer { out, sheet: order.format, columns, rows: 0 };
    let mut listening = true;
    loop {
        let page = tool.call(bench, Value::Object(arguments.clone())).await;
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                if let (true, Some(cursor)) = (printer.rows > 0, arguments.get("cursor").and_then(Value::as_str)) {
                    out.note(&format!("{} records came so far. Go on with --cursor {cursor}", printer.rows));
                }
                return Err(told(error));
            }
        };
        let next = page["next_cursor"].as_str().map(str::to_owned);
        listening &= printer.page(page["result"].as_array().map(Vec::as_slice).unwrap_or_default());
        let Some(next) = next else {
            printer.end(None);
            return Ok(Exit::Done);
        };
        if !order.all {
            printer.end(Some(&next));
            if order.format != Sheet::Json {
                // Only the next page tells for certain.
                out.note("There may be more: --all reads all, and this goes on:");
                out.note(&format!("--cursor {next}"));
            }
            return Ok(Exit::Done);
        }
        if !listening {
            return Ok(Exit::Done);
        }
        if desk.interrupt.asked() {
            printer.end(Some(&next));
            out.note(&format!("Stopped after {} records. Go on with --cursor {next}", printer.rows));
            return Ok(Exit::Part);
        }
        arguments.insert("cursor".to_owned(), next.into());
    }
}

/// Reads single records with a tool.
pub async fn single(
    out: &Out,
    bench: &Bench,
    name: &str,
    within: Option<&str>,
    order: &GetOrder,
    columns: &[&str],
) -> Result<Exit, Failure> {
    let tool = tool(name)?;
    let mut found = Vec::new();
    let mut exit = Exit::Done;
    for id in &order.ids {
        let mut arguments = json!({ "id": id });
        if let (Some(within), Some(ticket)) = (within, order.ticket) {
            arguments[within] = ticket.into();
        }
        match tool.call(bench, arguments).await {
            Ok(mut answer) => found.push(answer["result"].take()),
            Err(error) if order.ids.len() == 1 => return Err(error.into()),
            Err(error) => {
                out.failure(&error.sentence());
                exit = Exit::Act;
                // What is not there does not keep the others away.
                if error.code() != "http.not_found" {
                    break;
                }
            }
        }
    }
    if exit != Exit::Done && !found.is_empty() {
        exit = Exit::Part;
    }
    match (order.format, found.as_slice()) {
        (Sheet::Json, [one]) if order.ids.len() == 1 => {
            out.piece(&format!("{}\n", serde_json::to_string_pretty(one).unwrap_or_default()));
        }
        (Sheet::Table, records) => {
            for record in records {
                let members = record.as_object().into_iter().flatten();
                let rows: Vec<Vec<Cell>> = members
                    .map(|(name, value)| {
                        vec![Cell::new(Style::Strong, name.as_str()), Cell::clipped(Style::Plain, &text(value), 100)]
                    })
                    .collect();
                grid::print(out, &rows);
                out.text("");
            }
        }
        (sheet, records) => {
            let mut printer = Printer { out, sheet, columns, rows: 0 };
            printer.page(records);
            printer.end(None);
        }
    }
    Ok(exit)
}

/// Why a list did not come; what is missing is named as it is typed.
fn told(error: CallError) -> Failure {
    let sentence = error.sentence();
    match sentence.split_once(" is missing") {
        Some((names, why)) if error.code() == "records.argument" || error.code() == "tools.arguments" => {
            let names: Vec<String> = names.split(" or ").map(|name| format!("--{}", dashed(name))).collect();
            Failure::File(format!("{} is missing{why}", names.join(" or ")))
        }
        _ => error.into(),
    }
}

/// The arguments that the options mean, in the types that the tool's schema asks for.
fn arguments(tool: &Tool, order: &ListOrder) -> Result<Map<String, Value>, Failure> {
    let cursor = order.cursor.clone().map(|cursor| ("cursor".to_owned(), cursor));
    let typed = |name: &str, value: String| {
        let wanted = &tool.arguments["properties"][name]["type"];
        match wanted.as_str() {
            Some("integer") => value.parse::<i64>().map_or_else(|_| value.clone().into(), Value::from),
            Some("number") => value.parse::<f64>().map_or_else(|_| value.clone().into(), Value::from),
            Some("boolean") => value.parse::<bool>().map_or_else(|_| value.clone().into(), Value::from),
            _ => value.into(),
        }
    };
    let mut arguments = Map::new();
    for (name, value) in order.given.iter().chain(&order.filter).cloned().chain(cursor) {
        let value = typed(&name, value);
        if let Some(before) = arguments.insert(name.clone(), value) {
            return Err(Failure::File(format!("The filter {name} is given twice; first it was {before}.")));
        }
    }
    let limit = order.limit.or(order.all.then_some(AT_ONCE));
    if let Some(limit) = limit {
        arguments.insert("limit".to_owned(), limit.into());
    }
    Ok(arguments)
}

/// Prints pages of records.
struct Printer<'a> {
    out: &'a Out,
    sheet: Sheet,
    columns: &'a [&'a str],
    rows: usize,
}

impl Printer<'_> {
    /// Prints a page; says whether anybody still reads.
    fn page(&mut self, rows: &[Value]) -> bool {
        let first = self.rows == 0;
        let before = self.rows;
        self.rows += rows.len();
        let text = match self.sheet {
            Sheet::Table => {
                self.table(rows, first);
                return self.out.is_read();
            }
            Sheet::Json => {
                let mut text = if first { "{\"result\":[".to_owned() } else { String::new() };
                for (place, row) in rows.iter().enumerate() {
                    let comma = if before + place > 0 { "," } else { "" };
                    text.push_str(&format!("{comma}\n{row}"));
                }
                text
            }
            Sheet::Ndjson => rows.iter().map(|row| format!("{row}\n")).collect(),
            Sheet::Csv => {
                let mut text = if first { format!("{}\r\n", self.columns.join(",")) } else { String::new() };
                for row in rows {
                    let cells: Vec<String> = self.columns.iter().map(|name| quoted(&self::text(&row[*name]))).collect();
                    text.push_str(&format!("{}\r\n", cells.join(",")));
                }
                text
            }
        };
        self.out.piece(&text)
    }

    fn table(&self, rows: &[Value], first: bool) {
        let mut lines = Vec::new();
        if first && !rows.is_empty() {
            lines.push(self.columns.iter().map(|name| Cell::new(Style::Strong, *name)).collect());
        }
        for row in rows {
            let cell = |name: &&str| match &row[*name] {
                Value::Number(number) => Cell::right(Style::Plain, number.to_string()),
                other => Cell::clipped(Style::Plain, &text(other), WIDEST),
            };
            lines.push(self.columns.iter().map(cell).collect());
        }
        grid::print(self.out, &lines);
    }

    /// The end of the answer, with where to go on.
    fn end(&self, next: Option<&str>) {
        match (self.sheet, next) {
            (Sheet::Json, next) => {
                self.out.piece(&format!("\n],\"next_cursor\":{}}}\n", json!(next)));
            }
            (Sheet::Table, None) if self.rows == 0 => self.out.text("There are none."),
            _ => {}
        }
    }
}

/// A value in one cell.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
