//! Exports: started, then listed. The sandbox finishes them at once with a small file.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, denied, route};
use super::super::call::Call;
use super::super::resource::{LIST, PLAIN, Pages, Resource, Shape};
use super::super::rest;
use super::super::save::save;
use super::super::state::State;
use super::super::store::{Blob, int_of, record, text_of, truth};

pub(in super::super) static EXPORTS: Resource = Resource {
    path: "exports",
    root: "export",
    model: "Export",
    verbs: LIST,
    list: Shape::Bare,
    one: Shape::Bare,
    lost: "Export file not available",
    pages: Pages::Whole,
    blank: || {
        json!({
            "id": null, "account_id": 1, "status": "finished", "is_pdf": false, "created_at": null, "updated_at": null,
            "file_name": null, "file_size": 0, "_company": null,
        })
    },
    shown: |state, export| {
        let mut export = export.clone();
        let path = format!("/api/v1/exports/{}?download=true", int_of(&export, "id").unwrap_or_default());
        export.insert("download_url".to_owned(), Value::from(state.absolute(&path)));
        Value::Object(export)
    },
    ..PLAIN
};

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::POST, "exports", start),
    route(Method::GET, "exports/:id", read),
    route(Method::POST, "s3_exports", |state, call| {
        if !call.key.exports {
            return Err(denied(&state.switches, state.switches.denied_status));
        }
        let id = state.store.next_id("s3_exports");
        Ok(Answer::json(200, &json!({ "id": id, "account_id": 1, "status": "started", "created_at": state.now() })))
    }),
];

fn start(state: &mut State, call: &Call) -> Reply {
    if !call.key.exports {
        return Err(denied(&state.switches, state.switches.denied_status));
    }
    let Some(Value::Object(body)) = call.body.get("export") else {
        return Err(Answer::error(422, "export parameter missing"));
    };
    let Some(company) = int_of(body, "company_id").and_then(|id| state.store.get("companies", id)) else {
        return Err(Answer::invalid(vec!["Company must exist".to_owned()]));
    };
    let pdf = text_of(body, "format") == "pdf";
    let text = format!("name,city\n{},{}\n", text_of(company, "name"), text_of(company, "city"));
    let (mime, ending) = if pdf { ("application/pdf", "pdf") } else { ("text/csv", "csv") };
    let name = format!("{}.{ending}", text_of(company, "slug"));
    let row = json!({ "is_pdf": pdf, "file_name": name, "file_size": text.len(), "_company": company.get("id") });
    let id = save(state, &EXPORTS, None, record(row), true)?;
    state.store.put_blob("exports", id, Blob { mime: mime.to_owned(), bytes: text.into_bytes() });
    Ok(Answer::empty(200))
}

fn read(state: &mut State, call: &Call) -> Reply {
    let id = call.id_at(1);
    let export = state.store.get("exports", id).zip(state.store.blob("exports", id));
    let (export, blob) = export.ok_or_else(|| Answer::errors_404("Export file not available"))?;
    if call.query("download").is_some_and(|wanted| truth(&Value::from(wanted))) {
        return Ok(Answer::new(200, blob.mime.clone(), blob.bytes.clone()));
    }
    Ok(Answer::json(200, &rest::show(state, &EXPORTS, export)))
}
