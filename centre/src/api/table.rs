//! Rows of any members as a table.

use js_sys::{Array, Object};
use leptos::prelude::*;
use sidelight::t;
use sidelight_ui::browser::member;
use wasm_bindgen::{JsCast, JsValue};

use super::schema;

/// Members that come first where a tool names none.
const FIRST: [&str; 8] = ["index", "id", "state", "name", "summary", "title", "kind", "email"];
/// So many columns are shown before all are asked for.
const COLUMNS: usize = 12;
/// Letters of a cell before it is cut.
const CELL: usize = 120;

/// A result that has rows.
#[derive(Clone)]
pub struct Rows {
    /// Names of the columns, those that matter first.
    pub columns: Vec<String>,
    /// Cells of each row.
    pub rows: Vec<Vec<String>>,
    /// The result is a list; else one record, with its members as rows.
    pub many: bool,
}

impl Rows {
    /// The rows of a result, if it is one record or a list of records.
    pub fn of(result: &JsValue, first: &[String]) -> Option<Self> {
        if !Array::is_array(result) {
            let record = result.dyn_ref::<Object>()?;
            let names = ordered(std::slice::from_ref(result), first);
            let rows = names.into_iter().map(|name| vec![name.clone(), cell(member(record, &name))]).collect();
            return Some(Self { columns: vec![t!("Member"), t!("Value")], rows, many: false });
        }
        let records: Vec<JsValue> = Array::from(result).to_vec();
        if !records.iter().all(|record| record.is_object() && !Array::is_array(record)) {
            return None;
        }
        let columns = ordered(&records, first);
        let row = |record: &JsValue| columns.iter().map(|name| cell(member(record, name))).collect();
        Some(Self { rows: records.iter().map(row).collect(), columns, many: true })
    }
}

/// The members that hold something in any record, those that matter first.
fn ordered(records: &[JsValue], first: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for record in records.iter().filter_map(|record| record.dyn_ref::<Object>()) {
        for name in Object::keys(record).iter().filter_map(|name| name.as_string()) {
            if !names.contains(&name) && !cell(member(record, &name)).is_empty() {
                names.push(name);
            }
        }
    }
    let place = |name: &String| {
        let by_tool = first.iter().position(|other| other == name);
        let by_habit = FIRST.iter().position(|other| other == name).map(|place| first.len() + place);
        by_tool.or(by_habit).unwrap_or(usize::MAX)
    };
    names.sort_by_key(place);
    names
}

fn cell(value: Option<JsValue>) -> String {
    let Some(value) = value else { return String::new() };
    let text =
        value.as_string().unwrap_or_else(|| match Array::is_array(&value) && Array::from(&value).length() == 0 {
            true => String::new(),
            false => schema::text(&value, false),
        });
    match text.char_indices().nth(CELL) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

/// The table, in a frame that scrolls by itself.
#[component]
pub fn Table(
    /// What it shows.
    rows: Rows,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = rows.columns.len();
    let many = rows.many;
    let rows = StoredValue::new(rows);
    let grid = move || {
        let shown = if all.get() { count } else { COLUMNS };
        rows.with_value(|rows| {
            let head = rows.columns.iter().take(shown).map(|name| view! { <th scope="col">{name.clone()}</th> });
            let head = head.collect_view();
            let lines = rows.rows.iter().map(|row| {
                let cells = row.iter().take(shown).enumerate().map(|(place, text)| match (many, place) {
                    (false, 0) => view! { <th scope="row">{text.clone()}</th> }.into_any(),
                    _ => view! { <td dir="auto">{text.clone()}</td> }.into_any(),
                });
                view! { <tr>{cells.collect_view()}</tr> }
            });
            view! { <table><thead><tr>{head}</tr></thead><tbody>{lines.collect_view()}</tbody></table> }
        })
    };
    view! {
        <div class="grid" class:one=!many tabindex="0" role="region" aria-label=t!("Rows")>{grid}</div>
        {(count > COLUMNS && many).then(|| view! {
            <button type="button" class="btn quiet" data-act="all-columns" on:click=move |_| all.update(|all| *all = !*all)>
                {move || if all.get() { t!("The first {n} columns", n = COLUMNS) } else { t!("All {n} columns", n = count) }}
            </button>
        })}
    }
}
