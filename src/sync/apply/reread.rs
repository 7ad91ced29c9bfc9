//! Reading afresh what is written next, where this Hudu cannot tell what changed.

use std::collections::BTreeSet;

use crate::hudu::model::Asset;
use crate::order::gathered;
use crate::sync::apply::go::Go;
use crate::sync::apply::rhythm::BATCH;
use crate::sync::error::SyncError;
use crate::sync::plan::{Made, Target};
use crate::sync::survey::Changes;

/// Rows on a page of Hudu's lists.
const PAGE: usize = 1_000;

/// The companies, and the assets that the next batch of steps is about: company by company, or all of
/// them, whichever takes fewer requests.
pub(super) async fn reread(go: &Go<'_>) -> Result<Changes, SyncError> {
    let (touched, all) = touched(go);
    let hudu = &go.sides.hudu;
    let mut changes = Changes::default();
    if go.news.as_ref().is_some_and(|news| news.wants_companies()) {
        changes.companies = hudu.companies().await?.iter().map(|c| go.sides.company_record(c)).collect();
    }
    let mut rows: Vec<Asset> = Vec::new();
    if touched.len() <= all.div_ceil(PAGE) || hudu.assets_closed() {
        for company in &touched {
            rows.extend(hudu.company_assets(*company).await?);
        }
    } else {
        rows = hudu.assets_by(&[]).await?;
        if !hudu.lists_archived(&rows) {
            let archived = hudu.assets_by(&[("archived", "true")]).await?;
            rows.extend(archived.into_iter().filter(|asset| asset.archived));
        }
    }
    for asset in &rows {
        changes.assets.push(go.writer.asset_record(asset).await?);
    }
    Ok(changes)
}

/// Companies of the next steps and of creations that wait to be compared, and how many assets the run is
/// about in all.
fn touched(go: &Go<'_>) -> (BTreeSet<i64>, usize) {
    let (run, queue, fresh) = (go.run.borrow(), go.queue.borrow(), go.fresh.borrow());
    let company = |index: usize| match &run.plan.items[index].target {
        Target::Asset { company: Made::Is(id), .. } => Some(*id),
        Target::Asset { company: Made::By(id), .. } => run.steps[queue.place(id)?].target,
        _ => None,
    };
    let touched = gathered(queue.due().take(BATCH).chain(fresh.iter().copied()).filter_map(company));
    let assets = run.plan.items.iter().filter(|item| matches!(item.target, Target::Asset { .. })).count();
    (touched, assets)
}
