//! What is left to do of an item, and what a server kept of what it accepted.

use serde_json::{Value, json};

use crate::http::{ApiError, Product};
use crate::hudu::field::FieldValue;
use crate::mapping::compare::{is_empty, same, show};
use crate::mapping::record::{HALO_ID, HuduRecord, Slot};
use crate::sync::describe::list;
use crate::sync::error::SyncError;
use crate::sync::plan::{Change, Item, Keep, Made, Target};
use crate::sync::write::Look;
use crate::t;
use crate::words::keeping;

/// The changes that are still to be made to a Hudu record.
pub(super) fn left(
    item: &Item,
    value: &dyn Fn(&Slot) -> FieldValue,
    alike: &dyn Fn(&str, &FieldValue, &FieldValue) -> bool,
    record: &HuduRecord,
) -> Result<Look, SyncError> {
    left_at(item, value, alike, record.id, &record.url)
}

/// The changes that are still to be made. A value that is neither the one before nor the one after
/// was changed by somebody else: the plan is stale.
pub(super) fn left_at(
    item: &Item,
    value: &dyn Fn(&Slot) -> FieldValue,
    alike: &dyn Fn(&str, &FieldValue, &FieldValue) -> bool,
    target: i64,
    url: &str,
) -> Result<Look, SyncError> {
    let mut todo = Vec::new();
    for change in &item.changes {
        let key = change.slot.key();
        let now = value(&change.slot);
        let is = |wanted: &FieldValue| alike(&key, &now, wanted) || (is_empty(&now) && is_empty(wanted));
        if is(&change.after) {
            continue;
        }
        if !is(&change.before) {
            return Err(SyncError::Stale(item.title.clone()));
        }
        todo.push(change.clone());
    }
    if todo.is_empty() {
        return Ok(Look::Done { target, url: Some(url.to_owned()), twins: Vec::new(), ours: true });
    }
    Ok(Look::Todo(todo))
}

/// What the server did not keep, though it said that it worked: success with nothing done is a failure.
pub(super) fn unkept(record: &HuduRecord, todo: &[Change]) -> Result<Option<String>, SyncError> {
    let lost: Vec<String> = todo
        .iter()
        .filter(|change| {
            let now = record.value(&change.slot);
            let kept = same(&change.slot.key(), &now, &change.after);
            let cleared = is_empty(&now) && is_empty(&change.after);
            !kept && !cleared
        })
        .map(|change| change.label.to_string())
        .collect();
    if lost.is_empty() {
        return Ok(None);
    }
    if lost.len() == todo.len() {
        return Err(SyncError::NotKept(record.name.clone(), list(&lost)));
    }
    Ok(Some(keeping(|| t!("Hudu did not keep {lost}.", lost = list(&lost)))))
}

/// Whether the changes put the record away (true) or bring it back (false).
pub(super) fn archiving(todo: &[Change]) -> Option<bool> {
    todo.iter().find(|change| change.slot == Slot::Archived).map(|change| change.after == FieldValue::Check(true))
}

/// The changes in the parts that take a request each: values first, then putting away or fetching back.
pub(super) fn parts(todo: &[Change]) -> Vec<Vec<Change>> {
    let (archived, values): (Vec<Change>, Vec<Change>) =
        todo.iter().cloned().partition(|change| change.slot == Slot::Archived);
    let parts: Vec<Vec<Change>> = [values, archived].into_iter().filter(|part| !part.is_empty()).collect();
    // A layout or a list is made without values.
    if parts.is_empty() { vec![Vec::new()] } else { parts }
}

/// A member's value as it is sent; null clears it.
pub(super) fn member(value: &FieldValue) -> Value {
    match value {
        FieldValue::Empty => Value::Null,
        FieldValue::Text(text) | FieldValue::Html(text) => json!(text),
        FieldValue::Assets(rows) => rows.first().map_or(Value::Null, |(id, _)| json!(id)),
        other => json!(show(other).unwrap_or_default()),
    }
}

/// The id that is known by now.
pub(super) fn resolve(made: &Made) -> Result<i64, SyncError> {
    match made {
        Made::Is(id) => Ok(*id),
        Made::By(item) => Err(SyncError::Lost(item.clone())),
    }
}

/// The id in an answer of Halo.
pub(super) fn id_of(answer: &Value) -> Result<i64, SyncError> {
    let id = answer.get("id").and_then(|id| id.as_i64().or_else(|| id.as_f64().map(|id| id as i64)));
    let unreadable = || ApiError::Unreadable { product: Product::Halo, why: t!("the answer has no id") };
    Ok(id.filter(|id| *id > 0).ok_or_else(unreadable)?)
}

/// The id of a target that is there already.
pub(super) fn target(item: &Item) -> Option<i64> {
    match &item.target {
        Target::Company(id)
        | Target::Asset { id, .. }
        | Target::Layout { id, .. }
        | Target::Article { id, .. }
        | Target::Password { id, .. } => *id,
        Target::FaqList { .. } | Target::TicketNote { .. } | Target::Relation { .. } => None,
    }
}

/// Whether the item writes into a record that is there already which Halo record it stands for.
pub(super) fn links(item: &Item) -> bool {
    let says = |slot: &Slot| match (&item.target, slot) {
        (Target::Company(Some(_)), Slot::Attribute(name)) => *name == "id_number",
        (Target::Asset { id: Some(_), .. }, Slot::Field(label)) => label.trim().eq_ignore_ascii_case(HALO_ID),
        _ => false,
    };
    item.keep == Keep::Synced && item.changes.iter().any(|change| says(&change.slot) && !is_empty(&change.after))
}
