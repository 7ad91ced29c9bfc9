//! Lists: order and envelopes.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::filter::Wanted;
use super::page::Page;
use super::query::Query;
use super::reply::Reply;
use super::resource::{Record, Resource};
use super::show;
use super::state::{Caller, Key, State};
use super::switches::RecordCount;

/// `GET /api/<Resource>`.
pub(crate) fn answer(state: &State, resource: &Resource, caller: &Caller, query: &Query) -> Result<Reply, Reply> {
    let unorderable = &state.switches.order_refused;
    if query.get("order").is_some() && unorderable.iter().any(|path| path.eq_ignore_ascii_case(resource.path)) {
        return Err(Reply::refused("Invalid column name"));
    }
    let wanted = Wanted::new(state, resource, caller, query)?;
    let asked = format!("{} {} {:?}", resource.path, query.without("page_no"), caller.rights(state));
    // The calendar is listed for a time or for a ticket.
    let timeless = resource.path == "Appointment"
        && !state.switches.appointments_at_any_time
        && ["start_date", "end_date", "ticket_id"].iter().all(|name| query.get(name).is_none());
    let found = state.found(asked, || {
        let mut found: Vec<(Key, &Record)> = Vec::new();
        let all = state.table(resource.store).filter(|(_, record)| !timeless && wanted.has(record));
        found.extend(all.map(|(key, r)| (*key, r)));
        if state.switches.order {
            sort(&mut found, query);
        }
        found.into_iter().map(|(key, _)| key).collect()
    });
    let total = found.len();
    let page = Page::of(state, resource, query, total);
    let rows = found.iter().skip(page.skip).take(page.take).filter_map(|key| state.at(resource.store, *key));
    let mut rows: Vec<Value> = match query.flag("idonly") {
        true => rows.map(|record| json!({ "id": record.get("id") })).collect(),
        false => rows.map(|record| show::row(state, resource, query, record)).collect(),
    };
    if resource.path == "Agent" && state.switches.repeated_agents {
        let again: Vec<Value> = rows.iter().take(1).cloned().collect();
        rows.extend(again);
    }
    Ok(Reply::json(200, &enveloped(state, resource, query, &page, total, rows)))
}

fn enveloped(state: &State, resource: &Resource, query: &Query, page: &Page, total: usize, rows: Vec<Value>) -> Value {
    let flipped = state.switches.flipped_lists.iter().any(|path| path.eq_ignore_ascii_case(resource.path));
    if resource.bare != flipped {
        return Value::Array(rows);
    }
    let count = match (page.number.is_some(), state.switches.record_count) {
        (true, RecordCount::True) => total,
        (true, RecordCount::TooHigh) => total + 3,
        (true, RecordCount::TooLow) => total.saturating_sub(1),
        (true, RecordCount::PageOnly) | (false, _) => rows.len(),
    };
    let mut envelope = Record::new();
    if let (Some(number), true) = (page.number, state.switches.echo_paging) {
        if query.get("page_no").is_some() {
            envelope.insert("page_no".to_owned(), number.into());
        }
        envelope.insert("page_size".to_owned(), page.size.into());
    }
    envelope.insert("record_count".to_owned(), count.into());
    envelope.insert(resource.key.to_owned(), rows.into());
    for (name, value) in resource.sidecars {
        envelope.insert((*name).to_owned(), serde_json::from_str(value).unwrap_or_default());
    }
    if query.flag("includecolumns") {
        envelope.insert("columns".to_owned(), json!([]));
    }
    Value::Object(envelope)
}

/// `order` to `order5`, each with its `orderdesc`; the id breaks ties.
fn sort(found: &mut [(Key, &Record)], query: &Query) {
    let orders: Vec<(&str, bool)> = ["", "2", "3", "4", "5"]
        .iter()
        .filter_map(|n| Some((query.get(&format!("order{n}"))?, query.flag(&format!("orderdesc{n}")))))
        .collect();
    match orders.as_slice() {
        [] | [("id", false)] => return,
        _ => (),
    }
    found.sort_by(|(_, one), (_, other)| {
        orders.iter().fold(Ordering::Equal, |so_far, (name, descending)| {
            so_far.then_with(|| {
                let order = compare(one.get(*name), other.get(*name));
                if *descending { order.reverse() } else { order }
            })
        })
    });
}

fn compare(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    let double = |value: Option<&Value>| value.and_then(Value::as_f64);
    let words = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_lowercase);
    match (double(one), double(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => words(one).cmp(&words(other)),
    }
}
