//! Kept plans as pages look at them: at a glance, by windows of rows, one item. Only what asks for all of a plan reads
//! all of it.

use std::rc::Rc;

use crate::order::Order;
use crate::platform::StoreError;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::sync::error::SyncError;
use crate::sync::outline::{Outline, Words};
use crate::sync::plan::{Item, Plan};
use crate::sync::rows::Arranged;
use crate::sync::shelf::CHUNK;
use crate::sync::table::{RowQuery, RowsView, SummaryView};
use crate::sync::{describe, rows, shelf};

/// Chunks of items that are held.
const NEAR: usize = 12;

/// A window that needs more of them reads the whole plan.
const WIDE: usize = 120;

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
            && let Some(picked) = arranged.as_ref().map(|arranged| arranged.window(offset, count))
            && let Some(chunks) = self.chunks(id, &picked.places).await?
        {
            let item = |place: usize| {
                let (.., items) = chunks.iter().find(|(_, number, _)| *number == place / CHUNK)?;
                items.get(place % CHUNK)
            };
            return Ok(picked.rows(&outline.plan, item));
        }
        let plan = self.kept_plan(id).await?;
        Ok(match arranged {
            Some(arranged) => arranged.window(offset, count).rows(&plan, |place| plan.items.get(place)),
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
                let words = if rows::asks_words(query) { self.words(&outline).await? } else { None };
                rows::arrange(&outline, words.as_deref(), query)
            }
        };
        let made = made.map(Rc::new);
        state.arranged.replace(made.clone().map(|made| (id.to_owned(), query.clone(), made)));
        Ok(made)
    }

    /// The words of a kept plan.
    async fn words(&self, outline: &Outline) -> Result<Option<Rc<Words>>, StoreError> {
        let id = &outline.plan.id;
        if let Some((of, words)) = &*self.centre_state().words.borrow()
            && of == id
        {
            return Ok(Some(words.clone()));
        }
        let words = shelf::words(self.host(), id, outline.marks.len()).await?.map(Rc::new);
        self.centre_state().words.replace(words.clone().map(|words| (id.clone(), words)));
        Ok(words)
    }

    /// The chunks in which items with these places stand; `None` where they are too many, or one is gone.
    async fn chunks(&self, id: &str, places: &[usize]) -> Result<Option<Vec<Chunk>>, StoreError> {
        let mut numbers: Vec<usize> = places.iter().map(|place| place / CHUNK).collect();
        numbers.order();
        numbers.dedup();
        if numbers.len() > WIDE {
            return Ok(None);
        }
        let mut chunks = Vec::new();
        for number in numbers {
            let near = &self.centre_state().near;
            let known = near.borrow().iter().find(|(plan, at, _)| plan == id && *at == number).cloned();
            chunks.push(match known {
                Some(chunk) => chunk,
                None => {
                    let Some(items) = shelf::chunk(self.host(), id, number).await? else { return Ok(None) };
                    let chunk = (id.to_owned(), number, Rc::new(items));
                    let mut near = near.borrow_mut();
                    near.push_back(chunk.clone());
                    if near.len() > NEAR {
                        near.pop_front();
                    }
                    chunk
                }
            });
        }
        Ok(Some(chunks))
    }

    /// One item of a plan with its differences: out of what was shown last, else out of the whole.
    pub(super) async fn plan_item(&self, id: &str, item: &str) -> Result<Reply, ServiceError> {
        let shown = |found: &Item, plan: &Plan| Reply::Item { item: Box::new(describe::item(found, plan.direction)) };
        if self.plan_in_memory(id).is_none()
            && let Some(outline) = self.outline(id).await?
        {
            let near = self.centre_state().near.borrow();
            let of_plan = near.iter().filter(|(plan, ..)| plan == id);
            if let Some(found) = of_plan.flat_map(|(.., items)| &**items).find(|found| found.id == item) {
                return Ok(shown(found, &outline.plan));
            }
        }
        let plan = self.kept_plan(id).await?;
        let found = plan.items.iter().find(|found| found.id == item).ok_or(SyncError::NoPlan)?;
        Ok(shown(found, &plan))
    }
}
