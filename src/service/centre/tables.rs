//! Tables of plans and runs by window, single items, the history, exports.

use std::rc::Rc;

use crate::http::date;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::sync::error::SyncError;
use crate::sync::journal::{self, Run};
use crate::sync::rows::Arranged;
use crate::sync::table::{ExportForm, RowQuery, TableOf};
use crate::sync::{describe, export, rows};

/// Most rows in one answer.
const ROWS: usize = 500;
/// Most runs in one answer.
const RUNS: usize = 100;
/// A run that goes on is read again after so many times as long as the reading took.
const RESTS: i64 = 20;

/// A run as it was read last for a table.
pub(in crate::service) struct ShownRun {
    run: Rc<Run>,
    /// When it is read again, while it goes on.
    until: i64,
    /// The rows that were asked for last: the query, and what fits it in its order.
    arranged: Option<(RowQuery, Rc<Arranged>)>,
}

impl Service {
    /// A run for a table. One that goes on is read again now and then.
    async fn shown_run(&self, id: &str) -> Result<Rc<Run>, ServiceError> {
        let clock = &self.host().clock;
        let began = clock.now();
        let known = match &*self.centre_state().shown.borrow() {
            Some(shown) if shown.run.id == id && (began < shown.until || !self.is_running(id)) => {
                Some(shown.run.clone())
            }
            _ => None,
        };
        if let Some(run) = known {
            return Ok(run);
        }
        let run = Rc::new(journal::load(self.host(), id).await?.ok_or(SyncError::NoRun)?);
        let now = clock.now();
        let shown = ShownRun { run: run.clone(), until: now + (now - began).max(0) * RESTS, arranged: None };
        self.centre_state().shown.replace(Some(shown));
        Ok(run)
    }

    /// A window of rows.
    pub(super) async fn rows(
        &self,
        of: &TableOf,
        query: &RowQuery,
        offset: usize,
        count: usize,
    ) -> Result<Reply, ServiceError> {
        let count = count.min(ROWS);
        let rows = match of {
            TableOf::Plan(id) => self.plan_rows(id, query, offset, count).await?,
            TableOf::Run(id) => {
                let run = self.shown_run(id).await?;
                let picked = self.arranged_run(&run, query).window(offset, count);
                rows::shown(&run.plan, Some(&run.steps), picked)
            }
        };
        Ok(Reply::Rows { rows })
    }

    /// What of a run fits a query, made once for all windows of it.
    fn arranged_run(&self, run: &Run, query: &RowQuery) -> Rc<Arranged> {
        let mut shown = self.centre_state().shown.borrow_mut();
        let arranged = || Rc::new(rows::arrange_plan(&run.plan, Some(&run.steps), query));
        let Some(shown) = shown.as_mut().filter(|shown| std::ptr::eq(&*shown.run, run)) else { return arranged() };
        match &shown.arranged {
            Some((asked, known)) if asked == query => known.clone(),
            _ => shown.arranged.insert((query.clone(), arranged())).1.clone(),
        }
    }

    /// One item with its differences.
    pub(super) async fn item(&self, of: &TableOf, id: &str) -> Result<Reply, ServiceError> {
        let id_of_run = match of {
            TableOf::Plan(plan) => return self.plan_item(plan, id).await,
            TableOf::Run(run) => run,
        };
        let run = self.shown_run(id_of_run).await?;
        let item = run.plan.items.iter().find(|item| item.id == id).ok_or(SyncError::NoPlan)?;
        Ok(Reply::Item { item: Box::new(describe::item(item, run.plan.direction)) })
    }

    /// The history, newest first.
    pub(super) async fn runs(&self, offset: usize, count: usize) -> Result<Reply, ServiceError> {
        let (runs, total) = journal::heads(self.host(), offset, count.min(RUNS)).await?;
        Ok(Reply::Runs { runs, total })
    }

    /// A plan or a run as a file.
    pub(super) async fn export(&self, of: &TableOf, form: ExportForm) -> Result<Reply, ServiceError> {
        let (ending, media) = match form {
            ExportForm::Json => ("json", "application/json"),
            ExportForm::Csv => ("csv", "text/csv"),
        };
        let (what, at, text) = match of {
            TableOf::Plan(id) => {
                let plan = self.kept_plan(id).await?;
                ("plan", plan.made, export::plan(&plan, form))
            }
            TableOf::Run(id) => {
                let run = self.shown_run(id).await?;
                ("run", run.started, export::run(&run, form))
            }
        };
        let name = format!("sidelight-{what}-{}.{ending}", date::day_of(at));
        Ok(Reply::File { name, media: media.to_owned(), text })
    }
}
