//! Lists: filters, order, pages and envelopes.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::query::{Query, numbers};
use super::reply::Reply;
use super::resource::{Activity, Record, Resource, Row, Test, flag, number, text};
use super::show;
use super::state::{Caller, State};
use super::switches::{RecordCount, RepeatedRows};
use super::{dates, rules};

/// `GET /api/<Resource>`.
pub(crate) fn answer(
    state: &State,
    resource: &Resource,
    caller: &Caller,
    query: &Query,
) -> Result<Reply, Reply> {
    let wanted = Wanted::new(state, resource, caller, query)?;
    let mut found: Vec<&Record> =
        state.records(resource.store).filter(|record| wanted.has(record)).collect();
    sort(&mut found, query);
    let total = found.len();
    let page = Page::of(state, resource, query, total);
    let rows = found.into_iter().skip(page.skip).take(page.take);
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

fn enveloped(
    state: &State,
    resource: &Resource,
    query: &Query,
    page: &Page,
    total: usize,
    rows: Vec<Value>,
) -> Value {
    let flipped =
        state.switches.flipped_lists.iter().any(|path| path.eq_ignore_ascii_case(resource.path));
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

/// Which rows of the found ones are sent.
struct Page {
    /// Set when the request pages.
    number: Option<usize>,
    /// Rows of a full page.
    size: usize,
    skip: usize,
    take: usize,
}

impl Page {
    fn of(state: &State, resource: &Resource, query: &Query, total: usize) -> Self {
        let switches = &state.switches;
        let asked = |name: &str| query.number(name).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
        let everything = Self { number: None, size: total, skip: 0, take: total };
        if query.flag("idonly") {
            return everything;
        }
        if !resource.paged {
            return Self { take: asked("count").unwrap_or(total), ..everything };
        }
        if !query.flag("pageinate") {
            let cap = if switches.count_cap == 0 { usize::MAX } else { switches.count_cap };
            let take = asked("count").unwrap_or(switches.default_rows).min(cap);
            return Self { take, ..everything };
        }
        let mut take = asked("page_size").unwrap_or(switches.default_rows);
        if switches.page_cap > 0 {
            take = take.min(switches.page_cap);
        }
        if resource.path == "Asset" && switches.asset_page > 0 {
            take = switches.asset_page;
        }
        let number = asked("page_no").unwrap_or(1);
        let mut skip = (number - 1).saturating_mul(take);
        let unsteady = switches.repeated_rows == RepeatedRows::WithoutOrder && query.get("order").is_none();
        // The last row of a page comes again as the first of the next, and the very last is missed.
        if unsteady && number > 1 && take > 1 {
            let last = total.div_ceil(take);
            skip = skip.saturating_sub(1);
            if number == last {
                let rest = total.saturating_sub(skip + 1);
                return Self { number: Some(number), size: take, skip, take: rest };
            }
            if number > last {
                skip = total;
            }
        }
        Self { number: Some(number), size: take, skip, take }
    }
}

/// `order` to `order5`, each with its `orderdesc`; the id breaks ties.
fn sort(found: &mut [&Record], query: &Query) {
    let orders: Vec<(&str, bool)> = ["", "2", "3", "4", "5"]
        .iter()
        .filter_map(|n| Some((query.get(&format!("order{n}"))?, query.flag(&format!("orderdesc{n}")))))
        .collect();
    match orders.as_slice() {
        [] | [("id", false)] => return,
        _ => (),
    }
    found.sort_by(|one, other| {
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

/// What a list request asks for.
struct Wanted<'a> {
    state: &'a State,
    resource: &'a Resource,
    rights: super::switches::Rights,
    query: &'a Query,
    search: Option<String>,
    names: &'a [&'a str],
    exact: Vec<(String, String)>,
    changed: (Option<String>, Option<String>),
}

impl<'a> Wanted<'a> {
    fn new(state: &'a State, resource: &'a Resource, caller: &Caller, query: &'a Query) -> Result<Self, Reply> {
        let names = match query.flag("search_name_only") || query.flag("search_inventory_number_only") {
            true => &resource.search[..resource.search.len().min(1)],
            false => resource.search,
        };
        let date = |name: &str| {
            let honoured = resource.change_filter && state.switches.last_update_filter;
            query.get(name).filter(|_| honoured).and_then(dates::normalised)
        };
        Ok(Self {
            state,
            resource,
            rights: caller.rights(state),
            query,
            search: query.get("search").map(str::to_lowercase),
            names,
            exact: advanced(resource, query)?,
            changed: (date("lastupdatefromdate"), date("lastupdatetodate")),
        })
    }

    fn has(&self, record: &Record) -> bool {
        rules::in_subset(self.state, self.resource, record)
            && (self.resource.visible)(self.state, &self.rights, record)
            && self.active(record)
            && self.filtered(record)
            && self.found(record)
            && self.exact.iter().all(|(name, value)| as_text(record.get(name)).eq_ignore_ascii_case(value))
            && self.changed(record)
    }

    fn active(&self, record: &Record) -> bool {
        let (inactive, shown) = match self.resource.activity {
            Activity::All => return true,
            Activity::Flag(name, param) => (flag(record, name), (true, self.query.flag(param))),
            Activity::Inactive => (flag(record, "inactive"), self.activity_asked()),
            Activity::NotActive => (!flag(record, "active"), self.activity_asked()),
        };
        if inactive { shown.1 } else { shown.0 }
    }

    /// Whether active and inactive records are asked for.
    fn activity_asked(&self) -> (bool, bool) {
        if let Some(both) = self.query.get("activeinactive") {
            let mut parts = both.split(',').map(|part| part.trim().eq_ignore_ascii_case("true"));
            return (parts.next().unwrap_or(true), parts.next().unwrap_or(false));
        }
        (self.query.choice("includeactive").unwrap_or(true), self.query.flag("includeinactive"))
    }

    fn filtered(&self, record: &Record) -> bool {
        self.resource.filters.iter().all(|filter| {
            let Some(asked) = self.query.get(filter.param) else { return true };
            match filter.test {
                Test::Among(name) => {
                    let asked = numbers(asked);
                    // Zero and below are sentinels for "any".
                    asked.iter().all(|id| *id <= 0)
                        || number(record.get(name)).is_some_and(|id| asked.contains(&id))
                }
                Test::Is(name) => asked.split(',').any(|one| text(record, name).eq_ignore_ascii_case(one.trim())),
                Test::By(test) => test(self.state, record, asked),
            }
        })
    }

    fn found(&self, record: &Record) -> bool {
        let Some(search) = &self.search else { return true };
        let whole_id = search.parse::<i64>().is_ok_and(|id| number(record.get("id")) == Some(id));
        whole_id || self.names.iter().any(|name| text(record, name).to_lowercase().contains(search))
    }

    fn changed(&self, record: &Record) -> bool {
        let stamp = self.resource.modified.first().map_or("", |name| text(record, name));
        self.changed.0.as_deref().is_none_or(|from| stamp >= from)
            && self.changed.1.as_deref().is_none_or(|to| stamp <= to)
    }
}

fn as_text(value: Option<&Value>) -> String {
    match value {
        None => "false".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// `advanced_search`: a JSON array; filter type 2 is exact, and only members of rows may be named.
fn advanced(resource: &Resource, query: &Query) -> Result<Vec<(String, String)>, Reply> {
    let refused = || Reply::refused("Invalid advanced search parameter");
    let Some(asked) = query.get("advanced_search") else { return Ok(Vec::new()) };
    let filters: Vec<Value> = serde_json::from_str(asked).map_err(|_| refused())?;
    let exact = filters.iter().map(|filter| {
        let name = filter["filter_name"].as_str().unwrap_or_default();
        let known = match resource.row {
            Row::All => !name.is_empty(),
            Row::Of(names) => names.contains(&name),
        };
        match known && number(filter.get("filter_type")) == Some(2) {
            true => Ok((name.to_owned(), as_text(filter.get("filter_value")))),
            false => Err(refused()),
        }
    });
    exact.collect()
}
