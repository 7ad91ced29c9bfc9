//! Values in which both sides were found to agree are the last synced state, also where nothing had to be
//! written for it: without them an edit in Hudu could not be told from an edit in HaloITSM later.

use crate::platform::json::put;
use crate::platform::{Host, StoreError, Table};
use crate::sync::links::Links;
use crate::sync::plan::{Link, Plan, Target};
use crate::sync::view::Action;

/// Links written in one transaction.
const ROWS: usize = 200;

/// Keeps what unchanged records agree in. `before` are the links that the plan was made from: one that a
/// click on a single record has changed since is left as it is.
pub(super) async fn keep(host: &Host, plan: &Plan, before: &Links) -> Result<(), StoreError> {
    let agreeing = || {
        let items = plan.items.iter().filter(|item| item.action == Action::Unchanged && !item.agreed.is_empty());
        items.filter_map(|item| match item.target {
            Target::Company(Some(id)) | Target::Asset { id: Some(id), .. } => Some((item, item.record?, id)),
            _ => None,
        })
    };
    if agreeing().next().is_none() {
        return Ok(());
    }
    let now = Links::load(host).await?;
    let mut writes = Vec::new();
    for (item, record, target) in agreeing().filter(|(_, record, _)| now.of(*record) == before.of(*record)) {
        let mut link = Link { target, ..now.of(record).cloned().unwrap_or_default() };
        link.synced.extend(item.agreed.clone());
        writes.push(put(Table::Links, record.key(), &link));
        if writes.len() >= ROWS {
            host.store.write(std::mem::take(&mut writes)).await?;
        }
    }
    host.store.write(writes).await
}
