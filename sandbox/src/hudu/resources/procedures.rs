//! Processes, and the runs that are made from them. The API calls both procedures.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{By, CRUD, Draft, Filter, PLAIN, Resource, Takes, archived, exact, range, test};
use super::super::rest;
use super::super::save::save;
use super::super::state::State;
use super::super::store::{Record, flag_of, int, int_of, record, text_of};
use super::tasks;

pub(in super::super) static PROCEDURES: Resource = Resource {
    path: "procedures",
    root: "procedure",
    model: "Procedure",
    verbs: CRUD,
    lost: "Procedure not found",
    delete_message: true,
    takes: Takes::RootOrBare,
    filters: &[
        test("type", |_, own, wanted| match wanted {
            "process" => !flag_of(own, "run"),
            "run" => flag_of(own, "run"),
            _ => true,
        }),
        test("process_scope", |_, own, wanted| {
            let global = int_of(own, "company_id").is_none();
            flag_of(own, "run") || global == (wanted == "global")
        }),
        exact("parent_process_id"),
        Filter { name: "name", by: By::AnyCase("name") },
        exact("company_id"),
        exact("slug"),
        range("created_at"),
        range("updated_at"),
        archived(),
    ],
    writes: &["name", "description", "company_id", "archived"],
    required: &["name"],
    refs: &[("company_id", "companies")],
    blank: || {
        json!({
            "id": null, "slug": null, "name": null, "description": null, "company_id": null, "run": false,
            "parent_process_id": null, "asset": null, "archived": false, "created_at": null, "updated_at": null,
            "_cancelled": false,
        })
    },
    check: |_, draft: &mut Draft| {
        // A process keeps the company it was made for.
        if let Some(before) = &draft.before {
            let company = before.get("company_id").cloned().unwrap_or_default();
            draft.record.insert("company_id".to_owned(), company);
        }
        Ok(())
    },
    gone,
    shown,
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::POST, "procedures/:id/kickoff", kickoff),
    route(Method::POST, "procedures/:id/duplicate", duplicate),
    route(Method::POST, "procedures/:id/create_from_template", from_template),
];

/// The runs of a process go with it, and so do the tasks.
fn gone(state: &mut State, process: &Record) {
    let id = int_of(process, "id");
    state.store.remove_where("procedure_tasks", |task| int_of(task, "procedure_id") == id);
    let runs = state.store.table("procedures").iter();
    let runs: Vec<i64> = runs.filter(|(_, r)| int_of(r, "parent_process_id") == id).map(|(own, _)| *own).collect();
    for run in runs {
        rest::erase(state, &PROCEDURES, run);
    }
}

fn kickoff(state: &mut State, call: &Call) -> Reply {
    let process = rest::find(state, call, &PROCEDURES, call.id_at(1))?;
    if flag_of(&process, "run") {
        return Err(Answer::invalid(vec!["Cannot kickoff a run.".to_owned()]));
    }
    if int_of(&process, "company_id").is_none() {
        let text = "Cannot kickoff global process templates. They must first be copied to a company.";
        return Err(Answer::invalid(vec![text.to_owned()]));
    }
    let asset = call.param("asset_id").and_then(|id| int(&id));
    let asset = match asset {
        Some(id) if state.store.get("assets", id).is_none() => {
            return Err(Answer::invalid(vec!["Asset must exist".to_owned()]));
        }
        other => state.member("assets", other, "name"),
    };
    copy(
        state,
        call,
        &process,
        200,
        json!({
            "company_id": process.get("company_id"), "run": true, "parent_process_id": process.get("id"), "asset": asset,
        }),
    )
}

fn duplicate(state: &mut State, call: &Call) -> Reply {
    let process = rest::find(state, call, &PROCEDURES, call.id_at(1))?;
    let company = target_company(state, call)?;
    copy(state, call, &process, 201, json!({ "company_id": company }))
}

fn from_template(state: &mut State, call: &Call) -> Reply {
    let process = rest::find(state, call, &PROCEDURES, call.id_at(1))?;
    if int_of(&process, "company_id").is_some() {
        let text =
            "Source must be a global template (company_id: null). Use /duplicate for company-specific processes.";
        return Err(Answer::invalid(vec![text.to_owned()]));
    }
    let company = target_company(state, call)?;
    copy(state, call, &process, 201, json!({ "company_id": company }))
}

fn target_company(state: &State, call: &Call) -> Result<i64, Box<Answer>> {
    let id = call.param("company_id").and_then(|id| int(&id));
    let id = id.filter(|id| state.store.get("companies", *id).is_some());
    id.ok_or_else(|| Answer::invalid(vec!["Company must exist".to_owned()]))
}

/// A new procedure with the same tasks.
fn copy(state: &mut State, call: &Call, source: &Record, status: u16, with: Value) -> Reply {
    let mut body = record(with);
    for name in ["name", "description"] {
        let own = call.param(name).or_else(|| source.get(name).cloned()).unwrap_or_default();
        body.insert(name.to_owned(), own);
    }
    let run = flag_of(&body, "run");
    let id = save(state, &PROCEDURES, None, body, true)?;
    for mut task in tasks::of(state, int_of(source, "id")) {
        task.insert("procedure_id".to_owned(), Value::from(id));
        task.insert("_run".to_owned(), Value::Bool(run));
        save(state, &tasks::TASKS, None, task, true)?;
    }
    let new = state.store.get("procedures", id).cloned().unwrap_or_default();
    state.log(if run { "kicked off" } else { "created" }, "Procedure", &new);
    Ok(rest::single(state, &PROCEDURES, status, &new))
}

fn shown(state: &State, procedure: &Record) -> Value {
    let mut own = procedure.clone();
    let tasks = tasks::of(state, int_of(&own, "id"));
    let total = tasks.len();
    let done = tasks.iter().filter(|task| flag_of(task, "completed")).count();
    let percent = (done * 100).checked_div(total).unwrap_or(0);
    let run = flag_of(&own, "run");
    let kind = match (run, int_of(&own, "company_id")) {
        (true, _) => Value::Null,
        (false, Some(_)) => json!("company"),
        (false, None) => json!("global"),
    };
    let status = match (done, flag_of(&own, "_cancelled")) {
        (_, true) => "Cancelled",
        (0, _) => "Not Started",
        (some, _) if some < total => "In Progress",
        _ => "Completed",
    };
    let slug = text_of(&own, "slug").to_owned();
    let tasks: Vec<Value> = tasks.iter().map(|task| tasks::shown(state, task)).collect();
    for (name, value) in [
        ("object_type", json!("Process")),
        ("url", json!(format!("/processes/{slug}"))),
        ("share_url", json!(state.absolute(&format!("/shared_process/{slug}{slug}")))),
        ("company_name", state.company_name(int_of(&own, "company_id"))),
        ("parent_procedure", state.member("procedures", int_of(&own, "parent_process_id"), "name")),
        ("total", json!(total)),
        ("completed", json!(done)),
        ("completion_percentage", json!(format!("{percent}%"))),
        ("process_type", kind),
        ("status", json!(status)),
        ("procedure_tasks_attributes", Value::Array(tasks)),
    ] {
        own.insert(name.to_owned(), value);
    }
    Value::Object(own)
}
