//! Rows of plans and runs, with the values that change.

use crate::halo::record::{RecordKind, RecordRef};
use crate::json::{Json, Shape};
use crate::platform::Host;
use crate::sync::describe;
use crate::sync::error::SyncError;
use crate::sync::journal::{Run, Step};
use crate::sync::plan::{Item, Plan};
use crate::sync::rows::{self, outcome};
use crate::sync::shelf::{self, CHUNK};
use crate::sync::table::{Outcome, RowQuery};
use crate::sync::view::{Action, CandidateView, FieldDiffView};
use crate::trouble::Trouble;

/// What a plan does with one record, or what became of it in a run.
#[derive(Json, Shape)]
pub(super) struct SyncRow {
    /// Id within the plan.
    id: String,
    /// What it does.
    action: Action,
    /// Kind of record; null for layouts and lists.
    kind: Option<RecordKind>,
    /// The record in HaloITSM.
    record: Option<RecordRef>,
    /// Name.
    title: String,
    /// HaloITSM's id of the client.
    client_id: Option<i64>,
    /// What it does, in one sentence.
    sentence: String,
    /// Why: how it was matched, or what is in the way.
    reason: String,
    /// The values that change.
    fields: Vec<FieldDiffView>,
    /// Records to choose from, where several could be meant.
    candidates: Vec<CandidateView>,
    /// Address of the target, where there is one.
    url: Option<String>,
    /// In a run: how it ended.
    #[json(omit)]
    outcome: Option<Outcome>,
    /// In a run: what is worth saying.
    #[json(omit)]
    note: Option<String>,
    /// In a run: what went wrong.
    #[json(omit)]
    trouble: Option<Trouble>,
}

fn row(plan: &Plan, item: &Item, step: Option<&Step>) -> SyncRow {
    let view = describe::item(item, plan.direction);
    SyncRow {
        id: view.id,
        action: view.action,
        kind: item.kind(),
        record: view.record,
        title: view.title,
        client_id: item.client,
        sentence: view.sentence,
        reason: view.reason,
        fields: view.fields,
        candidates: view.candidates,
        url: step.and_then(|step| step.url.clone()).or(view.url),
        outcome: step.map(outcome),
        note: step.and_then(Step::note),
        trouble: step.and_then(Step::trouble),
    }
}

/// A window of a run's rows, and how many rows fit.
pub(super) fn of_run(run: &Run, query: &RowQuery, offset: usize, count: usize) -> (Vec<SyncRow>, usize) {
    let picked = rows::window(&run.plan, Some(&run.steps), query, offset, count);
    let shown = |place: &usize| Some(row(&run.plan, run.plan.items.get(*place)?, run.steps.get(*place)));
    (picked.places.iter().filter_map(shown).collect(), picked.total)
}

/// The same of a plan in memory.
pub(super) fn of_plan(plan: &Plan, query: &RowQuery, offset: usize, count: usize) -> (Vec<SyncRow>, usize) {
    let picked = rows::window(plan, None, query, offset, count);
    let shown = |place: &usize| Some(row(plan, plan.items.get(*place)?, None));
    (picked.places.iter().filter_map(shown).collect(), picked.total)
}

/// The same of a plan that is kept, of which only what the window needs is read.
pub(super) async fn of_kept(
    host: &Host,
    id: &str,
    query: &RowQuery,
    offset: usize,
    count: usize,
) -> Result<(Vec<SyncRow>, usize), SyncError> {
    let outline = shelf::outline(host, id).await?.ok_or(SyncError::NoPlan)?;
    let lines = if rows::asks_words(query) { shelf::lines(host, id, outline.marks.len()).await? } else { None };
    let arranged = rows::arrange(&outline, lines.as_ref(), query);
    let Some(picked) = arranged.map(|arranged| arranged.window(offset, count)) else {
        let plan = shelf::load(host, id).await?.ok_or(SyncError::NoPlan)?;
        return Ok(of_plan(&plan, query, offset, count));
    };
    let (mut found, mut chunk) = (Vec::new(), (usize::MAX, Vec::new()));
    for place in picked.places {
        let number = place / CHUNK;
        if chunk.0 != number {
            chunk = (number, shelf::chunk(host, id, number).await?.ok_or(SyncError::NoPlan)?);
        }
        found.extend(chunk.1.get(place % CHUNK).map(|item| row(&outline.plan, item, None)));
    }
    Ok((found, picked.total))
}
