//! Narrowing a list by query parameters, and cutting it into pages.

use jiff::Timestamp;
use serde_json::Value;

use super::answer::Answer;
use super::call::Call;
use super::resource::{By, Pages, Resource, Unsaid};
use super::state::{State, stamp};
use super::store::{Record, flag_of, text_of, truth};
use super::switches::ArchivedDefault;

/// Hudu's page size when none is asked for.
const PAGE_SIZE: usize = 25;

/// Refuses parameters that a strict resource does not know.
pub(super) fn admit(resource: &Resource, call: &Call) -> Result<(), Box<Answer>> {
    if resource.pages != Pages::Strict {
        return Ok(());
    }
    match call.query.iter().find(|(name, _)| !resource.filters.iter().any(|filter| filter.name == name)) {
        Some((name, _)) => Err(Answer::error(400, &format!("{name} is not a valid filter parameter"))),
        None => Ok(()),
    }
}

/// Whether any filter of this resource is in use.
pub(super) fn any(resource: &Resource, call: &Call) -> bool {
    resource.filters.iter().any(|filter| call.query(filter.name).is_some())
}

/// Whether a parameter asks for one value of the column of its name.
pub(super) fn is_exact(resource: &Resource, name: &str) -> bool {
    resource.filters.iter().any(|filter| matches!(filter.by, By::Exact(column) if column == name))
}

/// A filter that is at work in a call, with what the call asks of it.
pub(super) struct Active<'a> {
    by: &'a By,
    wanted: Option<&'a str>,
    range: Range,
}

/// The filters that are at work in a call.
pub(super) fn active<'a>(resource: &'a Resource, call: &'a Call) -> Vec<Active<'a>> {
    let asked = resource.filters.iter().map(|filter| (&filter.by, call.query(filter.name)));
    asked
        .filter(|(by, wanted)| wanted.is_some() || matches!(by, By::Archived(_) | By::Always(_)))
        .map(|(by, wanted)| {
            let range = wanted.filter(|_| matches!(by, By::Range(_))).map(Range::read);
            Active { by, wanted, range: range.unwrap_or_default() }
        })
        .collect()
}

/// Whether a record passes every filter at work.
pub(super) fn passes(state: &State, active: &[Active<'_>], record: &Record) -> bool {
    active.iter().all(|Active { by, wanted, range }| match (by, *wanted) {
        (By::Archived(unsaid), wanted) => archived_passes(state, *unsaid, wanted, record),
        (By::Always(keep), _) => keep(state, record),
        (_, None) => true,
        (By::Exact(column), Some(wanted)) => record.get(*column).is_some_and(|value| plain(value) == wanted),
        (By::AnyCase(column), Some(wanted)) => text_of(record, column).to_lowercase() == wanted.to_lowercase(),
        (By::Phrase(columns), Some(wanted)) => {
            let wanted = wanted.to_lowercase();
            columns.iter().any(|column| text_of(record, column).to_lowercase().contains(&wanted))
        }
        (By::Range(column), Some(_)) => range.has(text_of(record, column)),
        (By::Test(run), Some(wanted)) => run(state, record, wanted),
    })
}

fn archived_passes(state: &State, unsaid: Unsaid, wanted: Option<&str>, record: &Record) -> bool {
    match wanted {
        Some(wanted) => is_archived(record) == truth(&Value::from(wanted)),
        None if unsaid == Unsaid::Switch && state.switches.archived_default == ArchivedDefault::Both => true,
        None => !is_archived(record),
    }
}

/// Whether a record is archived, in either of the two ways Hudu says so.
pub(super) fn is_archived(record: &Record) -> bool {
    flag_of(record, "archived") || record.get("archived_at").is_some_and(|at| !at.is_null())
}

/// The rows of the page that the call asks for.
pub(super) fn page<T>(state: &State, resource: &Resource, call: &Call, rows: impl IntoIterator<Item = T>) -> Vec<T> {
    let size = match resource.pages {
        Pages::Whole | Pages::Strict => return rows.into_iter().collect(),
        Pages::Fixed => PAGE_SIZE,
        Pages::Any => positive(call.query("page_size")).unwrap_or(PAGE_SIZE).min(state.switches.max_page_size),
    };
    let page = positive(call.query("page")).unwrap_or(1);
    rows.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect()
}

/// Zero, negative numbers and nonsense count as not given.
fn positive(text: Option<&str>) -> Option<usize> {
    text.and_then(|text| text.trim().parse().ok()).filter(|number| *number > 0)
}

/// A scalar as it would stand in a query.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Two ends of a time, both included; a missing end is open.
#[derive(Default)]
struct Range {
    first: Option<String>,
    last: Option<String>,
    /// It was asked in a way that nothing fits.
    nothing: bool,
}

impl Range {
    /// From `start,end`, where either end may be missing; one value alone is exact.
    fn read(wanted: &str) -> Self {
        let (start, end) = wanted.split_once(',').unwrap_or((wanted, wanted));
        let side = |text: &str| Some(text).filter(|text| !text.trim().is_empty()).map(bounds);
        let (start, end) = (side(start), side(end));
        let nothing = start == Some(None) || end == Some(None);
        Self { first: start.flatten().map(|(first, _)| first), last: end.flatten().map(|(_, last)| last), nothing }
    }

    fn has(&self, stored: &str) -> bool {
        !self.nothing
            && self.first.as_deref().is_none_or(|first| first <= stored)
            && self.last.as_deref().is_none_or(|last| stored <= last)
    }
}

/// Whether a stored time lies in `start,end`.
pub(super) fn in_range(stored: &str, wanted: &str) -> bool {
    Range::read(wanted).has(stored)
}

/// First and last stored time that a written time stands for: a day, a second or a millisecond.
fn bounds(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    if let Ok(day) = text.parse::<jiff::civil::Date>()
        && text.len() == 10
    {
        return Some((format!("{day}T00:00:00.000Z"), format!("{day}T23:59:59.999Z")));
    }
    let with_zone = if text.ends_with('Z') || text.get(10..).is_some_and(|time| time.contains(['+', '-'])) {
        text.to_owned()
    } else {
        format!("{text}Z")
    };
    let ms = with_zone.parse::<Timestamp>().ok()?.as_millisecond();
    let last = if text.contains('.') { ms } else { ms + 999 };
    Some((stamp(ms), stamp(last)))
}

#[cfg(test)]
mod tests {
    use super::in_range;

    #[test]
    fn ranges_include_both_ends() {
        let stored = "2026-09-13T02:54:47.411Z";
        for yes in [
            "2026-09-13T02:54:47Z,",
            "2026-09-13T02:54:47.411Z,",
            ",2026-09-13T02:54:47Z",
            "2026-09-13",
            "2026-09-01,2026-09-13",
            "2026-09-13T02:54:47",
        ] {
            assert!(in_range(stored, yes), "{yes}");
        }
        for no in ["2026-09-13T02:54:48Z,", ",2026-09-12", "yesterday", "2026-09-12"] {
            assert!(!in_range(stored, no), "{no}");
        }
    }
}
