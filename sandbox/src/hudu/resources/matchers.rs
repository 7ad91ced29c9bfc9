//! Matchers: which company of an integration is which company here. Only the integration makes them.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::api::{Route, route};
use super::super::call::Call;
use super::super::resource::{Filter, PLAIN, Resource, exact, test};
use super::super::rest;
use super::super::state::State;
use super::super::store::{Record, int_of, truth};

/// The integrator's id of Hudu's own Halo integration on this instance, and its slug.
pub(in super::super) const HALO: (i64, &str) = (3, "halo");

pub(in super::super) static MATCHERS: Resource = Resource {
    path: "matchers",
    root: "matcher",
    model: "Matcher",
    verbs: 0,
    lost: "Matcher not found",
    filters: FILTERS,
    writes: &["company_id", "potential_company_id", "sync_id", "identifier"],
    refs: &[("company_id", "companies"), ("potential_company_id", "companies")],
    blank: || {
        json!({
            "id": null, "integrator_id": HALO.0, "integrator_name": HALO.1, "sync_id": null, "identifier": null,
            "name": null, "potential_company_id": null, "company_id": null,
        })
    },
    shown,
    ..PLAIN
};

const FILTERS: &[Filter] = &[
    test("matched", |_, row, wanted| int_of(row, "company_id").is_some() == truth(&Value::from(wanted))),
    exact("sync_id"),
    exact("identifier"),
    exact("company_id"),
];

pub(in super::super) static ROUTES: &[Route] = &[
    route(Method::GET, "matchers", list),
    route(Method::PUT, "matchers/:id", |state, call| {
        known(state, call)?;
        rest::update(state, call, &MATCHERS, call.id_at(1))
    }),
    route(Method::DELETE, "matchers/:id", |state, call| {
        known(state, call)?;
        rest::delete(state, call, &MATCHERS, call.id_at(1))
    }),
];

/// Without `integration_id` Hudu crashes; with an unknown one it says so.
fn list(state: &mut State, call: &Call) -> Reply {
    match call.query("integration_id") {
        None => Err(Answer::crash()),
        Some(id) if id != HALO.0.to_string() => Err(Answer::error(404, "No matching integration")),
        Some(_) => rest::list(state, call, &MATCHERS),
    }
}

/// A missing id is a 500 here, not a 404.
fn known(state: &State, call: &Call) -> Result<(), Box<Answer>> {
    state.store.get("matchers", call.id_at(1)).map(|_| ()).ok_or_else(Answer::crash)
}

/// A matcher row, which is also what stands in a company's `integrations`.
pub(super) fn shown(state: &State, row: &Record) -> Value {
    let mut row = row.clone();
    row.insert("company_name".to_owned(), state.company_name(int_of(&row, "company_id")));
    Value::Object(row)
}
