//! Tasks of processes and of runs. A run's tasks are copies: they can be worked on, not added to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::answer::Answer;
use super::super::api::{Route, route};
use super::super::resource::{CRUD, Draft, PLAIN, Pages, Resource, exact, test};
use super::super::rest;
use super::super::state::State;
use super::super::store::{Record, flag_of, int, int_of, text_of};

/// Columns that only a run's task may have.
const RUN_ONLY: &[&str] = &["priority", "due_date", "assigned_users"];

pub(in super::super) static TASKS: Resource = Resource {
    path: "procedure_tasks",
    root: "procedure_task",
    model: "ProcedureTask",
    verbs: CRUD & !super::super::resource::DELETE,
    lost: "Procedure task not found",
    delete_message: true,
    pages: Pages::Whole,
    filters: &[
        exact("procedure_id"),
        exact("name"),
        test("company_id", |state, task, wanted| {
            let company = state.member("procedures", int_of(task, "procedure_id"), "company_id");
            int(&company).is_some_and(|id| id.to_string() == wanted)
        }),
    ],
    writes: &[
        "name",
        "description",
        "procedure_id",
        "position",
        "optional",
        "parent_task_id",
        "due_date",
        "priority",
        "assigned_users",
    ],
    required: &["name", "procedure_id"],
    refs: &[("procedure_id", "procedures"), ("parent_task_id", "procedure_tasks")],
    blank: || {
        json!({
            "id": null, "name": null, "description": null, "position": null, "priority": "unsure", "completed": false,
            "completed_date": null, "completion_notes": null, "due_date": null, "user_id": null, "user_name": null,
            "assigned_users": [], "procedure_id": null, "optional": false, "parent_task_id": null, "created_at": null,
        })
    },
    check,
    shown,
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] =
    &[route(axum::http::Method::DELETE, "procedure_tasks/:id", |state, call| {
        let task = rest::find(state, call, &TASKS, call.id_at(1))?;
        if flag_of(&task, "_run") {
            let text = "Cannot delete tasks from runs. Tasks can only be deleted from processes.";
            return Err(Answer::invalid(vec![text.to_owned()]));
        }
        rest::delete(state, call, &TASKS, call.id_at(1))
    })];

/// The tasks of a procedure in their order.
pub(super) fn of(state: &State, procedure: Option<i64>) -> Vec<Record> {
    let tasks = state.store.table("procedure_tasks").values();
    let mut tasks: Vec<Record> =
        tasks.filter(|t| procedure.is_some() && int_of(t, "procedure_id") == procedure).cloned().collect();
    tasks.sort_by_key(|task| (int_of(task, "position"), int_of(task, "id")));
    tasks
}

fn check(state: &mut State, draft: &mut Draft) -> Result<(), Box<Answer>> {
    let procedure = int_of(&draft.record, "procedure_id");
    let of_run = state.member("procedures", procedure, "run") == Value::Bool(true);
    let copied = draft.record.contains_key("_run");
    if of_run && draft.before.is_none() && !copied {
        return Err(Answer::invalid(vec!["Tasks cannot be added to runs.".to_owned()]));
    }
    let wrong: Vec<&str> = RUN_ONLY.iter().copied().filter(|name| draft.body.contains_key(*name)).collect();
    if !of_run && !copied && !wrong.is_empty() {
        let names = wrong.join(", ");
        let text =
            format!("cannot set run-only fields ({names}) on process tasks. These fields only apply to run tasks.");
        return Err(Answer::invalid(vec![text]));
    }
    if of_run
        && state.switches.task_completion
        && let Some(done) = draft.body.get("completed").filter(|value| value.is_boolean())
    {
        draft.record.insert("completed".to_owned(), done.clone());
    }
    if draft.record.get("position").is_none_or(Value::is_null) {
        let last = of(state, procedure).iter().filter_map(|task| int_of(task, "position")).max();
        draft.record.insert("position".to_owned(), json!(last.unwrap_or(0) + 1));
    }
    Ok(())
}

/// A task as it is read: there is no `updated_at`.
pub(super) fn shown(state: &State, task: &Record) -> Value {
    let mut own = task.clone();
    own.retain(|name, _| !name.starts_with('_'));
    if state.switches.task_description_base64
        && let Some(text) = own.get("description").and_then(Value::as_str)
    {
        let encoded = STANDARD.encode(text);
        own.insert("description".to_owned(), encoded.into());
    }
    let id = int_of(&own, "id");
    let below = state.store.table("procedure_tasks").iter();
    let below: Vec<i64> =
        below.filter(|(_, t)| id.is_some() && int_of(t, "parent_task_id") == id).map(|(own, _)| *own).collect();
    let first = own.get("assigned_users").and_then(Value::as_array).and_then(|list| list.first()).and_then(int);
    let user = first.and_then(|id| state.store.get("users", id));
    let names = user.map(|user| [text_of(user, "first_name"), text_of(user, "last_name")]);
    let slug = state.member("procedures", int_of(&own, "procedure_id"), "slug");
    for (name, value) in [
        ("first_assigned_user_id", json!(first)),
        ("first_assigned_user_name", json!(names.map(|names| names.join(" ")))),
        (
            "first_assigned_user_initials",
            json!(names.map(|names| { names.map(|n| n.chars().take(1).collect::<String>()).concat() })),
        ),
        ("formatted_due_date", own.get("due_date").cloned().unwrap_or_default()),
        ("subtask_ids", json!(below)),
        ("subtask_count", json!(below.len())),
        ("has_subtasks", json!(!below.is_empty())),
        ("url", json!(format!("/processes/{}", slug.as_str().unwrap_or_default()))),
    ] {
        own.insert(name.to_owned(), value);
    }
    Value::Object(own)
}
