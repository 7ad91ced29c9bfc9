//! Relating two Hudu records.

use crate::sync::back::{item, plan_of};
use crate::sync::error::SyncError;
use crate::sync::plan::{Item, Plan, Target};
use crate::sync::sides::Sides;
use crate::sync::view::{Action, Direction};
use crate::sync::write::{Look, Written};
use crate::t;

/// One end of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Hudu's word for its kind ("Asset", "AssetPassword").
    pub kind: &'static str,
    /// Hudu id.
    pub id: i64,
    /// Name.
    pub name: String,
}

impl Sides {
    /// The plan that relates two records.
    pub async fn plan_relation(&self, from: &End, to: &End) -> Result<Plan, SyncError> {
        if (from.kind, from.id) == (to.kind, to.id) {
            return Err(SyncError::NotSynced(t!("A record cannot be related with itself.")));
        }
        let made = self.host.clock.now();
        let ends = [(from.kind.to_owned(), from.id), (to.kind.to_owned(), to.id)];
        let known = self.relation(&ends).await?.is_some();
        let action = if known { Action::Unchanged } else { Action::Create };
        let reason = match known {
            true => t!("Hudu relates them already."),
            false => t!("Hudu shows it on both records. It stays when undone elsewhere: Sidelight deletes nothing."),
        };
        let title = t!("{from} and {to}", from = from.name, to = to.name);
        let id = format!("relation/{}/{}/{}/{}", from.kind, from.id, to.kind, to.id);
        let [from, to] = ends;
        let item = item(id, action, &title, reason, Target::Relation { from, to });
        Ok(plan_of(Direction::ToHudu, t!("Relate {title}", title), item, made))
    }

    /// What is left to do.
    pub(in crate::sync) async fn look_for_relation(
        &self,
        item: &Item,
        from: &(String, i64),
        to: &(String, i64),
    ) -> Result<Look, SyncError> {
        Ok(match self.relation(&[from.clone(), to.clone()]).await? {
            Some(id) => Look::Done { target: id, url: None, twins: Vec::new(), ours: true },
            None => Look::Todo(item.changes.clone()),
        })
    }

    /// Writes the relation.
    pub(in crate::sync) async fn write_relation(
        &self,
        from: &(String, i64),
        to: &(String, i64),
    ) -> Result<Written, SyncError> {
        let target = self.hudu.relate((&from.0, from.1), (&to.0, to.1)).await?.id;
        Ok(Written { target, url: None, note: None })
    }

    /// The relation of these two, whichever way round.
    async fn relation(&self, ends: &[(String, i64); 2]) -> Result<Option<i64>, SyncError> {
        let [one, other] = ends;
        let is = |kind: &Option<String>, id: Option<i64>, end: &(String, i64)| {
            id == Some(end.1) && kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(&end.0))
        };
        let rows = self.hudu.relations().await?;
        let found = rows.iter().find(|row| {
            let pair = |a, b| is(&row.from_type, row.from_id, a) && is(&row.to_type, row.to_id, b);
            pair(one, other) || pair(other, one)
        });
        Ok(found.map(|row| row.id))
    }
}
