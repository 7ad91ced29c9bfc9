//! The activity log: newest first, written by the server, cleared in bulk.

use axum::http::Method;
use serde_json::Value;

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{By, Filter, PLAIN, Resource, Shape, exact, test};
use super::super::state::State;
use super::super::store::{int_of, text_of, truth};
use super::super::{filter, rest};

pub(in super::super) static LOGS: Resource = Resource {
    path: "activity_logs",
    root: "activity_log",
    model: "ActivityLog",
    verbs: 0,
    list: Shape::Bare,
    lost: "Activity log not found",
    filters: &[
        exact("user_id"),
        exact("user_email"),
        Filter { name: "resource_id", by: By::Exact("record_id") },
        Filter { name: "resource_type", by: By::Exact("record_type") },
        Filter { name: "action_message", by: By::AnyCase("action") },
        test("start_date", |_, line, wanted| filter::in_range(text_of(line, "created_at"), &format!("{wanted},"))),
    ],
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] =
    &[route(Method::GET, "activity_logs", list), route(Method::DELETE, "activity_logs", clear)];

fn list(state: &mut State, call: &Call) -> Reply {
    let active = filter::active(&LOGS, call);
    let lines = state.store.table("activity_logs").values().rev();
    let lines: Vec<Value> =
        lines.filter(|line| filter::passes(state, &active, line)).map(|line| rest::show(state, &LOGS, line)).collect();
    Ok(Answer::json(200, &Value::Array(filter::page(state, &LOGS, call, lines))))
}

fn clear(state: &mut State, call: &Call) -> Reply {
    let Some(Value::String(from)) = call.param("datetime") else {
        return Err(Answer::error(400, "Datetime parameter is required"));
    };
    let unassigned = call.param("delete_unassigned_logs").is_some_and(|value| truth(&value));
    let range = format!("{from},");
    state.store.remove_where("activity_logs", |line| {
        filter::in_range(text_of(line, "created_at"), &range) && (!unassigned || int_of(line, "user_id").is_none())
    });
    Ok(Answer::empty(200))
}
