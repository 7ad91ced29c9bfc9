//! Which records a list request asks for.

use serde_json::Value;

use super::query::{Query, numbers};
use super::reply::Reply;
use super::resource::{Activity, Record, Resource, Row, Test, flag, number, text};
use super::state::{Caller, State};
use super::switches::Rights;
use super::{dates, rules};

/// What a list request asks for.
pub(crate) struct Wanted<'a> {
    state: &'a State,
    resource: &'a Resource,
    rights: Rights,
    /// Whether active and inactive records are shown.
    shown: (bool, bool),
    asked: Vec<(&'a Test, &'a str)>,
    /// Closed tickets are asked for.
    closed: bool,
    search: Option<String>,
    names: &'a [&'a str],
    exact: Vec<(String, String)>,
    changed: (Option<String>, Option<String>),
}

impl<'a> Wanted<'a> {
    /// Refuses an advanced search that names something else than members of rows.
    pub(crate) fn new(
        state: &'a State,
        resource: &'a Resource,
        caller: &Caller,
        query: &'a Query,
    ) -> Result<Self, Reply> {
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
            shown: shown(resource, query),
            asked: resource
                .filters
                .iter()
                .filter_map(|filter| Some((&filter.test, query.get(filter.param)?)))
                .collect(),
            closed: query.flag("closed_only"),
            search: query.get("search").map(str::to_lowercase),
            names,
            exact: advanced(resource, query, state.switches.advanced_types_ignored)?,
            changed: (date("lastupdatefromdate"), date("lastupdatetodate")),
        })
    }

    /// Whether a record is asked for and may be seen.
    pub(crate) fn has(&self, record: &Record) -> bool {
        rules::in_subset(self.state, self.resource, record)
            && (self.resource.visible)(self.state, &self.rights, record)
            && self.active(record)
            && self.filtered(record)
            && self.found(record)
            && self.exact.iter().all(|(name, value)| as_text(record.get(name)).eq_ignore_ascii_case(value))
            && self.changed(record)
    }

    fn active(&self, record: &Record) -> bool {
        let inactive = match self.resource.activity {
            Activity::All => return true,
            Activity::Flag(name, _) => flag(record, name),
            Activity::Inactive => flag(record, "inactive"),
            Activity::NotActive => !flag(record, "active"),
        };
        if inactive { self.shown.1 } else { self.shown.0 }
    }

    fn filtered(&self, record: &Record) -> bool {
        let unasked = self.resource.store != "Tickets" || self.closed || rules::listed(self.state, record);
        unasked
            && self.asked.iter().all(|(test, asked)| match test {
                Test::Among(name) => {
                    let asked = numbers(asked);
                    // Zero and below are sentinels for "any".
                    asked.iter().all(|id| *id <= 0) || number(record.get(*name)).is_some_and(|id| asked.contains(&id))
                }
                Test::Is(name) => asked.split(',').any(|one| text(record, name).eq_ignore_ascii_case(one.trim())),
                Test::By(test) => test(self.state, record, asked),
            })
    }

    fn found(&self, record: &Record) -> bool {
        let Some(search) = &self.search else {
            return true;
        };
        let whole_id = search.parse::<i64>().is_ok_and(|id| number(record.get("id")) == Some(id));
        whole_id || self.names.iter().any(|name| text(record, name).to_lowercase().contains(search))
    }

    fn changed(&self, record: &Record) -> bool {
        let stamp = self.resource.modified.first().map_or("", |name| text(record, name));
        self.changed.0.as_deref().is_none_or(|from| stamp >= from)
            && self.changed.1.as_deref().is_none_or(|to| stamp <= to)
    }
}

/// Whether active and inactive records are asked for.
fn shown(resource: &Resource, query: &Query) -> (bool, bool) {
    if let Activity::Flag(_, param) = resource.activity {
        return (true, query.flag(param));
    }
    if let Some(both) = query.get("activeinactive") {
        let mut parts = both.split(',').map(|part| part.trim().eq_ignore_ascii_case("true"));
        return (parts.next().unwrap_or(true), parts.next().unwrap_or(false));
    }
    (query.choice("includeactive").unwrap_or(true), query.flag("includeinactive"))
}

fn as_text(value: Option<&Value>) -> String {
    match value {
        None => "false".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// `advanced_search`: a JSON array; filter type 2 is exact, and only members of rows may be named.
fn advanced(resource: &Resource, query: &Query, lenient: bool) -> Result<Vec<(String, String)>, Reply> {
    let refused = || Reply::refused("Invalid advanced search parameter");
    let Some(asked) = query.get("advanced_search") else {
        return Ok(Vec::new());
    };
    let filters: Vec<Value> = serde_json::from_str(asked).map_err(|_| refused())?;
    let exact = filters.iter().map(|filter| {
        let name = filter["filter_name"].as_str().unwrap_or_default();
        let known = match resource.row {
            Row::All => !name.is_empty(),
            Row::Of(names) => names.contains(&name),
        };
        match (known, number(filter.get("filter_type"))) {
            (true, Some(2)) => Some(Ok((name.to_owned(), as_text(filter.get("filter_value"))))),
            (true, _) if lenient => None,
            _ => Some(Err(refused())),
        }
    });
    exact.flatten().collect()
}
