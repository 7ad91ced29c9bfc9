//! Pages: which rows of a list are sent.

use super::query::Query;
use super::resource::Resource;
use super::state::State;
use super::switches::RepeatedRows;

/// Which rows of the found ones are sent.
pub(crate) struct Page {
    /// Set when the request pages.
    pub(super) number: Option<usize>,
    /// Rows of a full page.
    pub(super) size: usize,
    pub(super) skip: usize,
    pub(super) take: usize,
}

impl Page {
    /// The page that the query asks for, of `total` rows.
    pub(crate) fn of(state: &State, resource: &Resource, query: &Query, total: usize) -> Self {
        let switches = &state.switches;
        let asked = |name: &str| query.number(name).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
        let everything = Self { number: None, size: total, skip: 0, take: total };
        if query.flag("idonly") {
            return everything;
        }
        if !resource.paged {
            let unasked = if switches.unpaged_rows == 0 { total } else { switches.unpaged_rows };
            return Self { take: asked("count").unwrap_or(unasked), ..everything };
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
        let full = asked("page_size").filter(|_| switches.offset_by_asked_size).unwrap_or(take);
        let mut skip = (number - 1).saturating_mul(full);
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
