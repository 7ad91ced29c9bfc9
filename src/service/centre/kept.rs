//! Kept plans as pages look at them: at a glance, by windows of rows, one item. Only what asks for all of a plan reads
//! all of it.

use std::rc::Rc;

use crate::platform::StoreError;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::sync::error::SyncError;
use crate::sync::lines::Lines;
use crate::sync::outline::Outline;
use crate::sync::plan::{Item, Plan};
use crate::sync::rows::Arranged;
use crate::sync::shelf::CHUNK;
use crate::sync::table::{RowQuery, RowsView, SummaryView};
use crate::sync::{describe, rows, shelf};

/// A chunk of a plan's items as it was read: plan, number, items.
pub(super) type Chunk = (String, usize, Rc<Vec<Item>>);

impl Service {
    /// The newest plan for everything.
    pub(super) async fn last_plan(&self) -> Result<Reply, ServiceError> {
        let centre = self.centre_state();
        let summary = loop {
            let newest = centre.newest.borrow().clone();
            let id = match &newest {
                Some(id) => Some(id.clone()),
                None => shelf::last(self.host()).await?,
            };
            let summary = match &id {
                Some(id) => self.summary_of_kept(id).await?,
                None => None,
            };
            // A plan that was kept meanwhile is newer than what was read.
            if *centre.newest.borrow() == newest {
                centre.newest.replace(summary.is_some().then_some(id).flatten());
                break summary;
            }
        };
        Ok(Reply::Summary { summary: summary.map(Box::new) })
    }

    async fn summary_of_kept(&self, id: &str) -> Result<Option<SummaryView>, ServiceError> {
        if let Some(plan) = self.plan_in_memory(id) {
            return Ok(Some(rows::summary(&plan)));
        }
        if let Some(outline) = self.outline(id).await? {
            return Ok(Some(rows::summary_of(&outline)));
        }
        match self.kept_plan(id).await {
            Ok(plan) => Ok(Some(rows::summary(&plan))),
            Err(ServiceError::Sync(SyncError::NoPlan)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The plan that is in memory, if it is this one.
    fn plan_in_memory(&self, id: &str) -> Option<Rc<Plan>> {
        self.centre_state().plan.borrow().clone().filter(|plan| plan.id == id)
    }

    /// A plan that is kept, whole.
    pub(in crate::service) async fn kept_plan(&self, id: &str) -> Result<Rc<Plan>, ServiceError> {
        if let Some(plan) = self.plan_in_memory(id) {
            return Ok(plan);
        }
        let plan = Rc::new(shelf::load(self.host(), id).await?.ok_or(SyncError::NoPlan)?);
        self.centre_state().plan.replace(Some(plan.clone()));
        Ok(plan)
    }

    /// A kept plan in outline.
    async fn outline(&self, id: &str) -> Result<Option<Rc<Outline>>, StoreError> {
        let known = self.centre_state().outline.borrow().clone().filter(|outline| outline.plan.id == id);
        if known.is_some() {
            return Ok(known);
        }
        let outline = shelf::outline(self.host(), id).await?.map(Rc::new);
        self.centre_state().outline.replace(outline.clone());
        Ok(outline)
    }

    /// A window of a plan's rows.
    pub(super) async fn plan_rows(
        &self,
        id: &str,
        query: &RowQuery,
        offset: usize,
        count: usize,
    ) -> Result<RowsView, ServiceError> {
        let arranged = self.arranged(id, query).await?;
        if self.plan_in_memory(id).is_none()
            && let Some(outline) = self.outline(id).await?
            && let Some(lines) = self.lines(&outline).await?
            && let Some(arranged) = &arranged
        {
            return Ok(rows::shown_kept(&outline, &lines, arranged.window(offset, count)));
        }
        let plan = self.kept_plan(id).await?;
        Ok(match arranged {
            Some(arranged) => rows::shown(&plan, None, arranged.window(offset, count)),
            None => rows::rows(&plan, None, query, offset, count),
        })
    }

    /// What fits a query, in its order, without the items where these are not in memory: it is made once for all
    /// windows of it. `None` where only the whole plan tells.
    async fn arranged(&self, id: &str, query: &RowQuery) -> Result<Option<Rc<Arranged>>, StoreError> {
        let state = self.centre_state();
        if let Some((of, asked, arranged)) = &*state.arranged.borrow()
            && of == id
            && asked == query
        {
            return Ok(Some(arranged.clone()));
        }
        let made = match self.plan_in_memory(id) {
            Some(plan) => Some(rows::arrange_plan(&plan, None, query)),
            None => {
                let Some(outline) = self.outline(id).await? else { return Ok(None) };
                let lines = if rows::asks_words(query) { self.lines(&outline).await? } else { None };
                rows::arrange(&outline, lines.as_deref(), query)
            }
        };
        let made = made.map(Rc::new);
        state.arranged.replace(made.clone().map(|made| (id.to_owned(), query.clone(), made)));
        Ok(made)
    }

    /// The lines of a kept plan.
    async fn lines(&self, outline: &Outline) -> Result<Option<Rc<Lines>>, StoreError> {
        let id = &outline.plan.id;
        if let Some((of, lines)) = &*self.centre_state().lines.borrow()
            && of == id
        {
            return Ok(Some(lines.clone()));
        }
        let lines = shelf::lines(self.host(), id, outline.marks.len()).await?.map(Rc::new);
        self.centre_state().lines.replace(lines.clone().map(|lines| (id.clone(), lines)));
        Ok(lines)
    }

    /// One item of a plan with its differences: out of its chunk, else out of the whole.
    pub(super) async fn plan_item(&self, id: &str, item: &str) -> Result<Reply, ServiceError> {
        let shown = |found: &Item, plan: &Plan| Reply::Item { item: Box::new(describe::item(found, plan.direction)) };
        if self.plan_in_memory(id).is_none()
            && let Some(outline) = self.outline(id).await?
            && let Some(place) = self.lines(&outline).await?.and_then(|lines| lines.place_of(item))
            && let Some(items) = self.chunk(id, place / CHUNK).await?
            && let Some(found) = items.get(place % CHUNK)
        {
            return Ok(shown(found, &outline.plan));
        }
        let plan = self.kept_plan(id).await?;
        let found = plan.items.iter().find(|found| found.id == item).ok_or(SyncError::NoPlan)?;
        Ok(shown(found, &plan))
    }

    /// A chunk of a plan's items; the last one is held, for who walks from row to row.
    async fn chunk(&self, id: &str, number: usize) -> Result<Option<Rc<Vec<Item>>>, StoreError> {
        let near = &self.centre_state().near;
        let known =
            near.borrow().as_ref().filter(|(plan, at, _)| plan == id && *at == number).map(|(.., items)| items.clone());
        if known.is_some() {
            return Ok(known);
        }
        let items = shelf::chunk(self.host(), id, number).await?.map(Rc::new);
        near.replace(items.clone().map(|items| (id.to_owned(), number, items)));
        Ok(items)
    }
}
