//! The articles of Halo by tag and last edit, read as one list where many are written.

use std::collections::HashMap;

use futures::lock::Mutex;

use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::{model, page, resource};
use crate::sync::apply::go::Go;
use crate::sync::article;
use crate::sync::error::SyncError;
use crate::sync::plan::{Item, Target};
use crate::sync::write::Look;

/// Clocks of two machines may differ so much.
const OVERLAP_MS: i64 = 120_000;

/// Ids by tag, and last edits by id.
#[derive(Default)]
struct Walk {
    /// Ids, and whether they are inactive.
    tagged: HashMap<String, Vec<(i64, bool)>>,
    edited: HashMap<i64, Option<i64>>,
}

/// The list of Halo's articles, read when it is first needed.
#[derive(Default)]
pub(super) struct Articles(Mutex<Option<Walk>>);

impl Articles {
    /// What is left to do of an article, as far as the list tells; `None` where it has to be read.
    pub(super) async fn look(&self, go: &Go<'_>, item: &Item) -> Result<Option<Look>, SyncError> {
        let Target::Article { id, .. } = &item.target else { return Ok(None) };
        let mut walk = self.0.lock().await;
        if walk.is_none() {
            *walk = Some(read(go).await?);
        }
        let Some(walk) = walk.as_ref() else { return Ok(None) };
        let Some(id) = id else {
            let found = walk.tagged.get(&tag_of(item)).and_then(|ids| ids.first());
            return Ok(Some(match found {
                Some((id, _)) => Look::Done { target: *id, url: Some(address(go, *id)), twins: Vec::new(), ours: true },
                None => Look::Todo(item.changes.clone()),
            }));
        };
        let since = go.run.borrow().plan.made - OVERLAP_MS;
        match walk.edited.get(id) {
            Some(Some(edited)) if *edited < since => Ok(Some(Look::Todo(item.changes.clone()))),
            _ => Ok(None),
        }
    }

    /// Compares the articles that this run made with others of the same tag.
    pub(super) async fn settle(&self, go: &Go<'_>, made: &[usize]) -> Result<(), SyncError> {
        let walk = read(go).await?;
        for index in made {
            let Ok((item, _)) = go.ready(*index) else { continue };
            let Some(own) = go.run.borrow().steps[*index].target else { continue };
            let others = walk.tagged.get(&tag_of(&item)).into_iter().flatten();
            let older = others.filter(|(id, inactive)| *id < own && !inactive).map(|(id, _)| *id).min();
            if let Some(older) = older {
                go.adopt(*index, &item, own, older, Some(address(go, older))).await?;
            }
        }
        Ok(())
    }
}

async fn read(go: &Go<'_>) -> Result<Walk, SyncError> {
    let params = [("includeinactive", "true"), ("includeactive", "true")];
    let rows: Vec<model::Article> = go.sides.halo.list(resource::ARTICLE, &params).await?;
    let mut walk = Walk::default();
    for row in rows {
        walk.edited.insert(row.id, row.changed());
        for word in row.tag_words().into_iter().filter(|word| word.starts_with("hudu-")) {
            walk.tagged.entry(word).or_default().push((row.id, row.inactive));
        }
    }
    Ok(walk)
}

fn tag_of(item: &Item) -> String {
    item.id.strip_prefix("hudu-article/").and_then(|id| id.parse().ok()).map(article::tag).unwrap_or_default()
}

fn address(go: &Go<'_>, id: i64) -> String {
    page::url(&go.sides.halo.connection().origin, RecordRef::new(RecordKind::Article, id))
}
