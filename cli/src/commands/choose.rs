//! Which of several Hudu records is meant.

use sidelight::halo::record::RecordRef;
use sidelight::platform::{Host, StoreError, Table, Write};
use sidelight::sync::plan::{Item, Link, Plan, Target};
use sidelight::sync::view::Action;

/// The choices of one command. They last only when the plan made with them is applied.
pub struct Choices<'a> {
    host: &'a Host,
    left: Vec<i64>,
    before: Vec<Write>,
}

impl<'a> Choices<'a> {
    /// The Hudu ids that were named.
    pub fn new(host: &'a Host, named: &[i64]) -> Self {
        Self { host, left: named.to_vec(), before: Vec::new() }
    }

    /// Settles one open choice of the plan with an id that was named; tells whether there was one, in
    /// which case the record has to be planned again.
    pub async fn settle(&mut self, plan: &Plan) -> Result<bool, StoreError> {
        for item in plan.items.iter().filter(|item| item.action == Action::Ambiguous) {
            let among = |id: &i64| item.candidates.iter().any(|candidate| candidate.id == *id);
            let named = self.left.iter().position(among);
            if let (Some(at), Some(record)) = (named, item.record) {
                let target = self.left.remove(at);
                self.link(record, target).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn link(&mut self, record: RecordRef, target: i64) -> Result<(), StoreError> {
        let (table, key) = (Table::Links, record.key());
        let value = self.host.store.get(table, &key).await?;
        self.before.push(Write { table, key: key.clone(), value });
        let link = Link { target, chosen: true, ..Link::default() };
        let value = serde_json::to_string(&link).map_err(|error| StoreError::Broken(error.to_string()))?;
        self.host.store.write(vec![Write { table, key, value: Some(value) }]).await
    }

    /// Ids that were named and are neither among the candidates nor what the plan writes to anyway.
    pub fn misplaced(&self, plan: &Plan) -> Vec<i64> {
        let writes_to = |id: &i64| plan.items.iter().any(|item| target(item) == Some(*id));
        self.left.iter().copied().filter(|id| !writes_to(id)).collect()
    }

    /// Takes the choices back: nothing was applied.
    pub async fn give_back(mut self) -> Result<(), StoreError> {
        self.before.reverse();
        if self.before.is_empty() { Ok(()) } else { self.host.store.write(self.before).await }
    }
}

/// The Hudu record that an item is about.
fn target(item: &Item) -> Option<i64> {
    match &item.target {
        Target::Company(id) | Target::Asset { id, .. } => *id,
        _ => None,
    }
}
