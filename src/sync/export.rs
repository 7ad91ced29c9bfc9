//! Plans and runs as files: JSON and CSV. Values of confidential fields stand as dots, as everywhere.
//!
//! JSON: one object. `kind` is `plan` or `run`, `version` the version of this shape. `plan` holds `id`,
//! `title`, `made`, `guard`, `notes`, `requests` (HaloITSM, Hudu); of a run `run` holds `id`, `started`,
//! `state`, `requests`. `items` holds an object for each item: `id`, `action`, `kind`, `halo_id`,
//! `title`, `client`, `reason`, `url`, `fields` (`field`, `before`, `after`, `note`), `candidates`
//! (`id`, `name`, `why`, `url`); of a run also `outcome`, `target_id` (in the product that is written to), `made`, `note`, `trouble`
//! (`code`, `sentence`), `attempts`, `began` and `ended` of its requests and `ms` between them. Times are milliseconds since 1970.
//!
//! CSV: RFC 4180, a head line, one line for each field that changes, one line for an item without. A
//! cell that a spreadsheet would take for a formula begins with an apostrophe.

use std::collections::HashMap;

use crate::halo::record::RecordKind;
use crate::json::{Json, Map, Value};
use crate::sync::describe;
use crate::sync::journal::{Run, Step};
use crate::sync::plan::{Item, Plan};
use crate::sync::rows::outcome;
use crate::sync::table::{ExportForm, Outcome};
use crate::words::tell;

/// Version of the shape.
const VERSION: i64 = 1;

/// A plan as a file.
pub fn plan(plan: &Plan, form: ExportForm) -> String {
    file(plan, None, form)
}

/// A run as a file.
pub fn run(run: &Run, form: ExportForm) -> String {
    file(&run.plan, Some(run), form)
}

fn file(plan: &Plan, run: Option<&Run>, form: ExportForm) -> String {
    match form {
        ExportForm::Json => json(plan, run),
        ExportForm::Csv => csv(plan, run),
    }
}

fn steps<'a>(plan: &'a Plan, run: Option<&'a Run>) -> impl Iterator<Item = (&'a Item, Option<&'a Step>)> {
    let steps = run.map(|run| run.steps.as_slice()).unwrap_or_default();
    plan.items.iter().enumerate().map(move |(place, item)| (item, steps.get(place)))
}

fn clients(plan: &Plan) -> HashMap<i64, &str> {
    plan.clients.iter().map(|(id, name)| (*id, name.as_str())).collect()
}

/// One object of these members; those that are null are left out.
fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    let held = members.into_iter().filter(|(_, value)| !value.is_null());
    crate::json::object(held.map(|(name, value)| (name.to_owned(), value)))
}

/// Text by text, so that a large plan is never one value in memory.
fn json(plan: &Plan, run: Option<&Run>) -> String {
    let clients = clients(plan);
    let mut head =
        members([("kind", Value::from(if run.is_some() { "run" } else { "plan" })), ("version", Value::from(VERSION))]);
    let about = members([
        ("id", plan.id.to_json()),
        ("title", describe::title(plan).to_json()),
        ("made", plan.made.to_json()),
        ("guard", plan.guard.as_deref().map(tell).to_json()),
        ("notes", plan.notes.to_json()),
        ("requests", plan.requests.to_json()),
    ]);
    head.insert("plan".to_owned(), Value::Object(about));
    if let Some(run) = run {
        head.insert("run".to_owned(), Value::Object(about_run(run)));
    }
    let mut text = Value::Object(head).to_string();
    text.pop();
    text.push_str(",\"items\":[");
    for (place, (item, step)) in steps(plan, run).enumerate() {
        text.push_str(if place > 0 { ",\n" } else { "\n" });
        text.push_str(&Value::Object(entry(item, step, &clients, plan)).to_string());
    }
    text.push_str("\n]}\n");
    text
}

fn about_run(run: &Run) -> Map<String, Value> {
    members([
        ("id", run.id.to_json()),
        ("started", run.started.to_json()),
        ("state", run.state.to_json()),
        ("requests", run.requests.to_json()),
        ("undoes", run.plan.undoes.to_json()),
    ])
}

fn entry(item: &Item, step: Option<&Step>, clients: &HashMap<i64, &str>, plan: &Plan) -> Map<String, Value> {
    let view = describe::item(item, plan.direction);
    let client = item.client.and_then(|id| clients.get(&id)).map(|name| (*name).to_owned());
    let mut entry = members([
        ("id", item.id.to_json()),
        ("action", item.action.to_json()),
        ("kind", item.kind().to_json()),
        ("halo_id", item.record.map(|record| record.id).to_json()),
        ("title", item.title.to_json()),
        ("client", client.to_json()),
        ("sentence", view.sentence.to_json()),
        ("reason", view.reason.to_json()),
        ("url", step.and_then(|step| step.url.clone()).or(view.url).to_json()),
    ]);
    let fields = view.fields.into_iter().map(|field| {
        let named = members([
            ("field", field.label.to_json()),
            ("before", field.before.to_json()),
            ("after", field.after.to_json()),
            ("note", field.note.to_json()),
        ]);
        Value::Object(named)
    });
    entry.insert("fields".to_owned(), Value::Array(fields.collect()));
    if !view.candidates.is_empty() {
        entry.insert("candidates".to_owned(), view.candidates.to_json());
    }
    if let Some(step) = step {
        entry.extend(members([
            ("outcome", outcome(step).to_json()),
            ("target_id", step.target.to_json()),
            ("made", step.made.to_json()),
            ("note", step.note().to_json()),
            ("trouble", step.trouble().to_json()),
            ("attempts", step.attempts.to_json()),
            ("began", step.began.to_json()),
            ("ended", step.at.to_json()),
            ("ms", duration(step).to_json()),
        ]));
    }
    entry
}

/// The columns. `outcome`, `trouble` and `ms` are a run's.
const COLUMNS: [&str; 14] = [
    "client", "kind", "halo_id", "title", "action", "field", "before", "after", "note", "reason", "outcome", "trouble",
    "ms", "url",
];

fn csv(plan: &Plan, run: Option<&Run>) -> String {
    let clients = clients(plan);
    let mut text = String::new();
    line(&mut text, COLUMNS);
    for (item, step) in steps(plan, run) {
        let view = describe::item(item, plan.direction);
        let client = item.client.and_then(|id| clients.get(&id)).copied().unwrap_or_default();
        let id = item.record.map(|record| record.id.to_string()).unwrap_or_default();
        let (ended, trouble) = match step {
            Some(step) => (word(outcome(step)), step.trouble().map(|trouble| trouble.sentence)),
            None => ("", None),
        };
        let trouble = trouble.or(step.and_then(Step::note)).unwrap_or_default();
        let url = step.and_then(|step| step.url.as_deref()).or(item.url.as_deref()).unwrap_or_default();
        let action = describe::word(item.action);
        let ms = step.and_then(duration).map(|ms| ms.to_string()).unwrap_or_default();
        let kind = item.kind().map_or("", RecordKind::word);
        let mut write = |field: &str, before: &str, after: &str, note: &str| {
            let cells = [
                client,
                kind,
                &id,
                &item.title,
                action,
                field,
                before,
                after,
                note,
                &view.reason,
                ended,
                &trouble,
                &ms,
                url,
            ];
            line(&mut text, cells);
        };
        if view.fields.is_empty() {
            write("", "", "", "");
        }
        for field in &view.fields {
            let part = |part: &'_ Option<String>| part.clone().unwrap_or_default();
            write(&field.label, &part(&field.before), &part(&field.after), &part(&field.note));
        }
    }
    text
}

/// How long a step took from its first request to its end, milliseconds; nothing where none was sent.
fn duration(step: &Step) -> Option<i64> {
    Some(step.at? - step.began?)
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Waiting => "waiting",
        Outcome::Done => "done",
        Outcome::Skipped => "skipped",
        Outcome::Failed => "failed",
    }
}

fn line<const N: usize>(text: &mut String, cells: [&str; N]) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&quoted(cell));
    }
    text.push_str("\r\n");
}

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A cell: in quotes where it has to be, and never a formula, also where a spreadsheet parts cells at semicolons.
pub fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(FORMULA) || cell.starts_with(['\t', '\r']);
    let mut cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    for begin in FORMULA {
        for end in [';', '\t'] {
            cell = cell.replace(&format!("{end}{begin}"), &format!("{end}'{begin}"));
        }
    }
    if cell.contains(['"', ',', ';', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_text() {
        assert_eq!(quoted("Harbour, \"Finch\""), "\"Harbour, \"\"Finch\"\"\"");
        assert_eq!(quoted("=cmd|'/C calc'!A0"), "'=cmd|'/C calc'!A0");
        assert_eq!(quoted("+44 131"), "'+44 131");
        assert_eq!(quoted("PC;=cmd|'/C calc'!A0"), "\"PC;'=cmd|'/C calc'!A0\"");
        assert_eq!(quoted("line\nbreak"), "\"line\nbreak\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
