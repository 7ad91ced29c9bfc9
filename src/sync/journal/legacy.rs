//! Runs that the version before wrote: one JSON value with the whole plan in it.

use crate::json::{Json, Map, Value};
use crate::platform::{Host, StoreError};
use crate::sync::journal::{Run, Step, keep};
use crate::sync::plan::{Item, Plan, Subject};
use crate::sync::view::{Action, Direction, RunState};

#[derive(Json)]
struct Old {
    id: String,
    started: i64,
    plan: Value,
    state: RunState,
    requests: u32,
}

/// The run with its steps.
pub(super) async fn run(host: &Host, value: Value) -> Result<Run, StoreError> {
    let broken = |wrong: crate::json::Wrong| StoreError::Broken(wrong.to_string());
    let old = Old::from_json(value).map_err(broken)?;
    let Value::Object(mut members) = old.plan else {
        return Err(StoreError::Broken("a run without a plan".to_owned()));
    };
    let mut items = Vec::new();
    if let Some(Value::Array(rows)) = members.remove("items") {
        for row in rows {
            let mut item = Item::from_json(with(row, &[("safe", Value::Bool(false))])).map_err(broken)?;
            // What was begun then was agreed to.
            if item.action == Action::Conflict {
                item.action = Action::Update;
            }
            items.push(item);
        }
    }
    // What a plan did not have then is as in an empty one.
    let mut plan = match Plan::new(Direction::ToHudu, Subject::Layouts, Vec::new(), None).to_json() {
        Value::Object(usual) => usual,
        _ => Map::new(),
    };
    plan.extend(members);
    let plan = Plan::from_json(Value::Object(plan)).map_err(broken)?;
    let mut run = Run {
        id: old.id,
        who: String::new(),
        started: old.started,
        ended: (old.state != RunState::Running).then_some(old.started),
        looked: 0,
        state: old.state,
        requests: (0, old.requests),
        waits: None,
        waited: 0,
        steps: vec![Step::default(); items.len()],
        plan: Plan { items, ..plan },
    };
    keep::read_steps(host, &mut run).await?;
    Ok(run)
}

/// An object with these members where it lacks them.
fn with(value: Value, usual: &[(&str, Value)]) -> Value {
    let Value::Object(mut members) = value else { return value };
    for (name, value) in usual {
        members.entry(*name).or_insert_with(|| value.clone());
    }
    Value::Object(members)
}
